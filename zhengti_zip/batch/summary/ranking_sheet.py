"""部门排名: one line per department, all its figures and links to its forms."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.summary.figures import Figures, Ranked
from zhengti_zip.batch.summary.sheet import FIRST_ROW, SummaryCell, SummaryStyle, SummaryWorkbook
from zhengti_zip.batch.summary.texts import link_target
from zhengti_zip.form.definition import FormDefinition

TITLE = "部门排名"
HINT = "总分相同的名次相同。浅黄色：低于分值。金额单位：万元。点“PDF”“Word”打开该部门的表。"
LEADING = (
    ("名次", 6),
    ("部门", 34),
    ("", 9),
    ("年度", 7),
    ("总分", 8),
    ("等级", 7),
    ("PDF", 7),
    ("Word", 7),
    ("填报文件", 30),
)
SCOPE, TOTAL, GRADE = 3, 5, 6
"""Columns other sheets refer to."""

FROZEN = 2
CHARS_A_PAGE = 170
"""Width printed on one landscape page, in characters; all columns on one page could not be read."""

_LINKED = ((".pdf", "PDF"), (".docx", "Word"))
_BELOW = DifferentialStyle(fill=PatternFill(bgColor="FFF1C9", fill_type="solid"))


class Columns:
    """Where everything of a ranking stands; the other sheets' formulas refer to it."""

    def __init__(self, form: FormDefinition, departments: int) -> None:
        self.last_row = FIRST_ROW + departments - 1
        first_score = len(LEADING) + 1
        self.scores = {context.row.id: first_score + n for n, context in enumerate(form.rows)}
        first_amount = first_score + len(self.scores)
        self.budget = {column.id: first_amount + n for n, column in enumerate(form.budget.columns)}
        self.last = first_amount + len(self.budget) - 1

    def cells(self, column: int) -> str:
        """The cells of a column from the first department to the last, as a formula names them."""
        return self.block(column, column)

    def block(self, first: int, last: int) -> str:
        """The cells of several columns."""
        left, right = get_column_letter(first), get_column_letter(last)
        return f"'{TITLE}'!${left}${FIRST_ROW}:${right}${self.last_row}"


def ranking_sheet(book: SummaryWorkbook, figures: Figures, form: FormDefinition) -> None:
    """Write the sheet."""
    columns = Columns(form, len(figures.ranked))
    widths = [width for _, width in LEADING] + [11.0] * len(columns.scores) + [14.0] * len(columns.budget)
    letter = get_column_letter
    sheet = book.sheet(TITLE, HINT, widths, f"{letter(FROZEN + 1)}{FIRST_ROW}")
    sheet.worksheet.print_title_cols = f"A:{letter(FROZEN)}"
    sheet.print_pages(across=-int(-sum(widths) // CHARS_A_PAGE))
    sheet.skip()
    sheet.head(_heads(figures, form), 76)
    for item in figures.ranked:
        sheet.table(_line(item, form))
    if not figures.ranked:
        sheet.add([None, SummaryCell("没有可以排名的部门，原因见“问题清单”和“说明”。", SummaryStyle.HINT)])
    else:
        for context in form.rows:
            column = letter(columns.scores[context.row.id])
            rule = Rule(type="cellIs", operator="lessThan", formula=[plain(context.row.weight)], dxf=_BELOW)
            sheet.worksheet.conditional_formatting.add(
                f"{column}{FIRST_ROW}:{column}{columns.last_row}", rule
            )
    sheet.filter(columns.last, columns.last_row)


def _heads(figures: Figures, form: FormDefinition) -> list[str]:
    leading = [head or figures.scope_label for head, _ in LEADING]
    scores = [f"{context.name}\n（{plain(context.row.weight)}分）" for context in form.rows]
    return leading + scores + [f"{column.label}\n（万元）" for column in form.budget.columns]


def _line(item: Ranked, form: FormDefinition) -> list[SummaryCell | None]:
    result = item.result
    return [
        SummaryCell(item.rank, SummaryStyle.CENTRE),
        SummaryCell(result.department or "（未填写部门名称）"),
        SummaryCell(item.scope, SummaryStyle.CENTRE),
        SummaryCell(result.year or None, SummaryStyle.CENTRE),
        SummaryCell(item.total, SummaryStyle.SCORE),
        SummaryCell(result.grade or "—", SummaryStyle.CENTRE),
        *output_links(result.outputs),
        SummaryCell(result.name),
        *_numbers((result.scores.get(context.row.id) for context in form.rows), SummaryStyle.SCORE),
        *_numbers((result.budget.get(column.id) for column in form.budget.columns), SummaryStyle.MONEY),
    ]


def output_links(outputs: tuple[str, ...]) -> Iterator[SummaryCell]:
    """A cell that opens the PDF, and one that opens the Word file."""
    for suffix, word in _LINKED:
        path = next((path for path in outputs if path.lower().endswith(suffix)), "")
        yield (
            SummaryCell(word, SummaryStyle.LINK, link=link_target(path))
            if path
            else SummaryCell("—", SummaryStyle.CENTRE)
        )


def _numbers(values: Iterator[Decimal | None], look: SummaryStyle) -> Iterator[SummaryCell]:
    return (SummaryCell(value, look) for value in values)
