"""The tables of a report that hold amounts, as texts."""

from __future__ import annotations

from zhengti_zip.form.base import ValueKind
from zhengti_zip.form.print_columns import TableColumn
from zhengti_zip.grid.content import Entry
from zhengti_zip.grid.entered_rows import row_part
from zhengti_zip.reporting.figures import Figures
from zhengti_zip.reporting.pieces import MoneyTable
from zhengti_zip.submission.inputs import sheet_title, unit_parts
from zhengti_zip.submission.paths import UNITS, InputPath


def units_table(entry: Entry) -> MoneyTable | None:
    """The table of units; None where there are none."""
    parts = unit_parts(entry.form)
    column = TableColumn(head="金额", chars=1)
    rows = [
        tuple(row_part(entry, UNITS, number, part.id, column)[0].text for part in parts)
        for number in range(len(entry.submission.units))
    ]
    heads = tuple(part.label for part in parts)
    return MoneyTable(sheet_title(entry.form, UNITS), heads, tuple(rows)) if rows else None


def money_tables(entry: Entry, figures: Figures) -> list[MoneyTable]:
    """The budget block, the table of money, amounts asked for the scores; of these what the form has."""
    tables = (_budget(entry, figures), _funds(entry, figures), _asked(entry, figures))
    return [table for table in tables if table]


def _budget(entry: Entry, figures: Figures) -> MoneyTable | None:
    columns = entry.form.budget.columns
    rows = [(column.label, _amount(figures, InputPath.amount(column.id))) for column in columns]
    return MoneyTable("年度部门预算", ("项目", "金额"), tuple(rows)) if rows else None


def _funds(entry: Entry, figures: Figures) -> MoneyTable | None:
    funds = entry.form.funds
    asked = {(line, column) for line, column, _ in funds.cells()}
    rows = [
        (
            line.label,
            *(
                _amount(figures, InputPath.money(line.id, column.id))
                if (line.id, column.id) in asked
                else "—"
                for column in funds.columns
            ),
        )
        for line in funds.lines
    ]
    heads = ("项目", *(column.label for column in funds.columns))
    return MoneyTable(funds.title, heads, tuple(rows)) if rows else None


def _asked(entry: Entry, figures: Figures) -> MoneyTable | None:
    """Amounts that only the scores are worked out from."""
    year = entry.submission.fields.get(entry.form.roles.year)
    asked = entry.form.data_inputs(year if isinstance(year, int) else None)
    rows = [
        (item.label, _amount(figures, InputPath.datum(item.id)))
        for _, item in asked
        if item.kind is ValueKind.AMOUNT
    ]
    return MoneyTable("评分所用的金额", ("项目", "金额"), tuple(rows)) if rows else None


def _amount(figures: Figures, path: InputPath) -> str:
    return figures.text(path) or "未填写"
