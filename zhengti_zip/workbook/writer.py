"""Writing the workbook: a blank template, or one filled from a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip import __version__
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.inputs import GOALS, INDICATORS, UNITS
from zhengti_zip.submission import Submission
from zhengti_zip.workbook import style
from zhengti_zip.workbook.cells import put
from zhengti_zip.workbook.filling import Filling, Written
from zhengti_zip.workbook.plan import (
    BUDGET_SHEET,
    DATA_SHEET,
    FIELDS_SHEET,
    FORM_NAME,
    GUIDE_SHEET,
    HEADER_ROW,
    META_SHEET,
    SCORES_SHEET,
    VERSION_NAME,
    InputCell,
    TableArea,
    WorkbookPlan,
)
from zhengti_zip.workbook.sheets import budget_sheet, data_sheet, fields_sheet, guide_sheet, scores_sheet

FORMATS = {
    ValueKind.AMOUNT: style.MONEY_FORMAT,
    ValueKind.POINTS: style.GENERAL_FORMAT,
    ValueKind.NUMBER: style.GENERAL_FORMAT,
    ValueKind.COUNT: style.COUNT_FORMAT,
    ValueKind.YEAR: style.COUNT_FORMAT,
}


def blank_workbook(form: FormDefinition) -> bytes:
    """The blank template of a form, as an .xlsx file."""
    return _write(form, None)


def filled_workbook(form: FormDefinition, submission: Submission) -> bytes:
    """The template with a submission filled in, as an .xlsx file."""
    return _write(form, submission)


def _write(form: FormDefinition, submission: Submission | None) -> bytes:
    plan = WorkbookPlan(form)
    book = Workbook()
    book.remove(book.worksheets[0])
    filling = Filling(form, submission)
    guide_sheet(book.create_sheet(GUIDE_SHEET), form)
    writer = _Writer(book, filling)
    fields_sheet(book.create_sheet(FIELDS_SHEET), plan)
    writer.singles(plan.on_sheet(FIELDS_SHEET))
    writer.table(plan.tables[0])
    budget_sheet(book.create_sheet(BUDGET_SHEET), plan)
    writer.singles(plan.on_sheet(BUDGET_SHEET))
    scores_sheet(book.create_sheet(SCORES_SHEET), plan, filling)
    writer.singles(plan.on_sheet(SCORES_SHEET))
    data_sheet(book.create_sheet(DATA_SHEET), plan)
    writer.singles(plan.on_sheet(DATA_SHEET))
    for area in plan.tables[1:]:
        writer.table(area)
    writer.meta(form)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    book.properties.creator = "zhengti-zip"
    book.active = 0
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


class _Writer:
    """Puts inputs, their names, their checks and their values into the sheets."""

    def __init__(self, book: Workbook, filling: Filling) -> None:
        self.book, self.filling = book, filling

    def singles(self, cells: list[InputCell]) -> None:
        """The inputs that exist once."""
        for planned in cells:
            sheet = self.book[planned.sheet]
            cell = sheet.cell(planned.row, planned.column)
            _input(cell, planned.item)
            put(cell, self.filling.single(planned.path))
            _validate(sheet, planned.item, planned.coordinate, planned.label)
            column = get_column_letter(planned.column)
            self._name(planned.name, sheet.title, f"${column}${planned.row}")

    def table(self, area: TableArea) -> None:
        """A growing table: heads, offered rows and, past them, as many as the submission has."""
        sheet = self.book.create_sheet(area.sheet)
        look = TABLE_LOOKS[area.table]
        widths = look.widths + look.widths[-1:] * (len(area.columns) - len(look.widths))
        _table_heads(sheet, area, look, widths)
        rows = self.filling.rows(area.table)
        last = max(area.last_row, area.first_row + len(rows) - 1)
        for row in range(area.first_row, last + 1):
            offset = row - area.first_row
            _table_row(sheet, area, row, rows[offset] if offset < len(rows) else {}, widths)
        for column in area.columns:
            letter = get_column_letter(column.column)
            _validate(sheet, column.part, f"{letter}{area.first_row}:{letter}{last}", column.part.label)
            self._name(column.name, sheet.title, f"${letter}${area.first_row}:${letter}${last}")
        style.finish(sheet, f"{get_column_letter(area.columns[0].column)}{area.first_row}")

    def meta(self, form: FormDefinition) -> None:
        """The hidden sheet that says which form and template version this is."""
        sheet = self.book.create_sheet(META_SHEET)
        sheet.sheet_state = "hidden"
        for row, (key, value) in enumerate(
            (("form", form.id), ("template_version", form.version), ("written_by", __version__)), start=1
        ):
            sheet.cell(row, 1, key)
            sheet.cell(row, 2, value)
        self._name(FORM_NAME, META_SHEET, "$B$1")
        self._name(VERSION_NAME, META_SHEET, "$B$2")

    def _name(self, name: str, sheet: str, reference: str) -> None:
        self.book.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet)}!{reference}")


@dataclass(frozen=True, slots=True)
class TableLook:
    """Words and column widths (characters) of a growing table; the last width serves further columns."""

    title: str
    hint: str
    widths: tuple[float, ...]


TABLE_LOOKS = {
    GOALS: TableLook(
        "年度整体绩效目标",
        "每行一条目标，右边写它的完成情况；未完成的写明原因。完成情况可用 Alt+Enter 分段。不必自己编号。",
        (52, 64, 30),
    ),
    INDICATORS: TableLook(
        "绩效指标",
        "填写年初设定的产出、效益和满意度指标。能量化的填目标值和实际完成值；"
        "“定性”指标填定性目标、达成程度和完成率。权重可全部留空。",
        (14, 30, 10, 12, 24, 10, 12, 12, 12, 9, 28),
    ),
    UNITS: TableLook(
        "单位明细",
        "单位数多于 1 个时填写：每行一个单位，金额单位为万元，没有的填 0。各单位之和应等于“部门预算”。",
        (36, 15),
    ),
}


def _table_heads(sheet: Worksheet, area: TableArea, look: TableLook, widths: tuple[float, ...]) -> None:
    style.title(sheet, look.title, look.hint, area.columns[-1].column)
    style.fit_height(sheet, 2, [(look.hint, sum(widths))], least=20)
    style.widths(sheet, (6, *widths))
    style.head(sheet.cell(HEADER_ROW, 1, "序号"))
    for column in area.columns:
        unit = f"（{column.part.unit}）" if column.part.unit else ""
        style.head(sheet.cell(HEADER_ROW, column.column, column.part.label + unit))
    sheet.row_dimensions[HEADER_ROW].height = 34


def _table_row(
    sheet: Worksheet, area: TableArea, row: int, values: Mapping[str, Written], widths: tuple[float, ...]
) -> None:
    letter = get_column_letter(area.columns[0].column)
    counted = f'=IF({letter}{row}="","",COUNTA({letter}${area.first_row}:{letter}{row}))'
    style.label(sheet.cell(row, 1, counted), center=True)
    for column in area.columns:
        cell = sheet.cell(row, column.column)
        _input(cell, column.part)
        put(cell, values.get(column.part.id))
    texts = [
        (str(values.get(column.part.id) or ""), width)
        for column, width in zip(area.columns, widths, strict=True)
    ]
    style.fit_height(sheet, row, texts)


def _input(cell: Cell | MergedCell, item: Input) -> None:
    long_text = item.kind is ValueKind.TEXT and item.max_length is None
    style.entry(cell, FORMATS.get(item.kind, style.GENERAL_FORMAT), long_text=long_text)


def _validate(sheet: Worksheet, item: Input, cells: str, label: str) -> None:
    """A drop-down or a range check with a message; warnings only, for full-width digits are welcome."""
    if item.options:
        rule = DataValidation(type="list", formula1='"' + ",".join(item.options) + '"', allow_blank=True)
        rule.errorTitle, rule.error, rule.errorStyle = (
            "请从列表选择",
            f"可选：{'、'.join(item.options)}"[:255],
            "stop",
        )
    elif item.kind.is_number:
        rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        rule.errorTitle, rule.error, rule.errorStyle = (
            "请核对",
            f"“{label}”应为不小于 0 的数值"[:255],
            "warning",
        )
    else:
        rule = DataValidation(allow_blank=True)
    words = [item.help, f"单位：{item.unit}" if item.unit else ""]
    if prompt := "；".join(word for word in words if word):
        rule.promptTitle, rule.prompt, rule.showInputMessage = item.label[:32], prompt[:255], True
    rule.showErrorMessage = True
    if rule.type or rule.prompt:
        sheet.add_data_validation(rule)
        rule.add(cells)
