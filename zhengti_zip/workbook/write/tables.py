"""The growing tables: 年度目标, 绩效指标 and 单位明细."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.paths import GOALS, INDICATORS, UNITS, InputPath
from zhengti_zip.workbook.cells import dress, put, validate
from zhengti_zip.workbook.naming import Names
from zhengti_zip.workbook.plan import COMPLETION_NAME, TableArea, name_of, result_name
from zhengti_zip.workbook.write import live_tables, style
from zhengti_zip.workbook.write.filling import Filling, Written
from zhengti_zip.workbook.write.sheets import STATUS_HEAD


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
        (52, 60, 28),
    ),
    INDICATORS: TableLook(
        "绩效指标",
        "填写年初设定的产出、效益和满意度指标。能量化的填目标值和实际完成值；"
        "“定性”指标填定性目标、达成程度和完成率。权重可全部留空。",
        (14, 28, 8, 12, 20, 10, 12, 11, 11, 8, 24),
    ),
    UNITS: TableLook(
        "单位明细",
        "单位数多于 1 个时填写：每行一个单位，金额单位为万元，没有的填 0。各单位之和应等于“部门预算”。",
        (32, 15),
    ),
}
STATUS_WIDTH, COMPLETION_WIDTH = 24.0, 10.0
MORE_ROWS = "需要更多行时，请在本行以上插入行。"


class TableSheets:
    """Writes growing tables: heads, offered rows and, past them, as many as the submission has."""

    def __init__(self, book: Workbook, form: FormDefinition, filling: Filling, names: Names) -> None:
        self.book, self.form, self.filling, self.names = book, form, filling, names
        self.last_rows: dict[str, int] = {}
        """The closing row of each table. It belongs to the named columns, so rows inserted above it do too."""

    def write(self, area: TableArea) -> None:
        """One table on its own sheet."""
        sheet = self.book.create_sheet(area.sheet)
        widths = _widths(area)
        rows = self.filling.rows(area.table)
        closing = max(area.last_row, area.first_row + len(rows) - 1) + 1
        self.last_rows[area.table] = closing
        _heads(sheet, area, widths)
        style.default_height(sheet, 24)
        for row in range(area.first_row, closing):
            offset = row - area.first_row
            self._row(sheet, area, row, rows[offset] if offset < len(rows) else {}, widths)
        _closing(sheet, area, closing)
        for column in area.columns:
            letter = get_column_letter(column.column)
            validate(sheet, column.part, f"{letter}{area.first_row}:{letter}{closing - 1}", column.part.label)
            self.names.column(column.name, sheet.title, column.column, (area.first_row, closing))
        if area.completion_column:
            rows_named = (area.first_row, closing)
            self.names.column(COMPLETION_NAME, sheet.title, area.completion_column, rows_named)
        if area.table == UNITS:
            self._unit_sums(sheet, area, closing)
        status = get_column_letter(area.status_column)
        style.lights(sheet, f"{status}{area.first_row}:{status}{closing - 1}")
        freeze = f"{get_column_letter(area.columns[1 if area.table != GOALS else 0].column)}{area.first_row}"
        style.finish(sheet, freeze, head_row=area.header_row)

    def _row(
        self,
        sheet: Worksheet,
        area: TableArea,
        row: int,
        values: Mapping[str, Written],
        widths: tuple[float, ...],
    ) -> None:
        first, last = (get_column_letter(area.columns[n].column) for n in (0, -1))
        # Rows are numbered as the program will number them: empty ones do not count.
        counted = f'=IF(COUNTA({first}{row}:{last}{row})=0,"",N({{above}})+1)'
        above = f"MAX(A${area.first_row}:A{row - 1})" if row > area.first_row else "0"
        style.label(sheet.cell(row, 1, counted.format(above=above)), center=True)
        for column in area.columns:
            cell = sheet.cell(row, column.column)
            dress(cell, column.part)
            put(cell, values.get(column.part.id))
        if area.completion_column:
            done = sheet.cell(row, area.completion_column, live_tables.completion(self.form, area, row))
            style.result(done, "0.00%", center=True)
        style.status(sheet.cell(row, area.status_column, live_tables.table_status(self.form, area, row)))
        texts = [
            (str(values.get(column.part.id) or ""), width)
            for column, width in zip(area.columns, widths, strict=False)
        ]
        style.fit_height(sheet, row, texts, least=24, grow=True)

    def _unit_sums(self, sheet: Worksheet, area: TableArea, closing: int) -> None:
        """Above the heads: the units' sums, the department's amounts and the differences."""
        top = area.header_row - 3
        for offset, word in enumerate(("各单位合计", "部门预算", "相差")):
            style.label(sheet.cell(top + offset, 1))
            style.label(sheet.cell(top + offset, 2, word), bold=True)
            sheet.row_dimensions[top + offset].height = 22
        for column in area.columns[1:]:
            letter, budget = get_column_letter(column.column), name_of(InputPath.amount(column.part.id))
            cells = f"{letter}{area.first_row}:{letter}{closing}"
            total, whole = f"{letter}{top}", f"{letter}{top + 1}"
            formulas = (
                f'=IF(COUNT({cells})=0,"",ROUND(SUM({cells}),6))',
                f'=IF(ISNUMBER({budget}),{budget},"")',
                f'=IF(AND(ISNUMBER({total}),ISNUMBER({whole})),ROUND(N({total})-N({whole}),6),"")',
            )
            for offset, formula in enumerate(formulas):
                style.result(sheet.cell(top + offset, column.column, formula))
        first, last = area.columns[1].column, area.columns[-1].column
        self.names.row(result_name("units.differences"), sheet.title, top + 2, (first, last))
        cells = f"{get_column_letter(first)}{top + 2}:{get_column_letter(last)}{top + 2}"
        style.lights(sheet, cells, complete="0")


def _widths(area: TableArea) -> tuple[float, ...]:
    look = TABLE_LOOKS[area.table].widths
    inputs = look + look[-1:] * (len(area.columns) - len(look))
    more = (COMPLETION_WIDTH,) if area.completion_column else ()
    return (*inputs, *more, STATUS_WIDTH)


def _heads(sheet: Worksheet, area: TableArea, widths: tuple[float, ...]) -> None:
    look = TABLE_LOOKS[area.table]
    style.title(sheet, look.title, look.hint, area.status_column)
    style.fit_height(sheet, 2, [(look.hint, min(sum(widths), 150))], least=20)
    style.widths(sheet, (6, *widths))
    words = {1: "序号", area.status_column: STATUS_HEAD}
    if area.completion_column:
        words[area.completion_column] = "完成率"
    for column in area.columns:
        unit = f"\n（{column.part.unit}）" if column.part.unit else ""
        words[column.column] = column.part.label + unit
    for number, word in words.items():
        style.head(sheet.cell(area.header_row, number, word))
    sheet.row_dimensions[area.header_row].height = 34


def _closing(sheet: Worksheet, area: TableArea, row: int) -> None:
    """The locked last row of the named columns: rows inserted above it belong to the table."""
    for column in range(1, area.status_column + 1):
        style.label(sheet.cell(row, column))
    # In the first column, which is no input; not wrapped, so that it runs on over the empty cells.
    cell = sheet.cell(row, 1)
    cell.value = MORE_ROWS
    cell.font, cell.alignment = style.NOTE_FONT, Alignment(vertical="center")
    sheet.row_dimensions[row].height = 26
