"""The growing tables: 年度目标, 绩效指标 and 单位明细."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.shared_points import shared_points
from zhengti_zip.submission.inputs import measured_parts
from zhengti_zip.submission.paths import GOALS, INDICATORS, UNITS, InputPath
from zhengti_zip.workbook.areas import SHOWN_ROWS, TableArea
from zhengti_zip.workbook.cells import dress, put_entry, validate
from zhengti_zip.workbook.defined_names import (
    COMPLETION_NAME,
    OWN_COMPUTED,
    OWN_COUNTING,
    read_name,
    result_name,
)
from zhengti_zip.workbook.naming import Names
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.write import live_tables, live_values, style
from zhengti_zip.workbook.write.filled_down import FilledDown
from zhengti_zip.workbook.write.filling import Filling, Written
from zhengti_zip.workbook.write.live_checks import UNIT_ROWS
from zhengti_zip.workbook.write.live_own import FITS, OwnRow, share_name, shared_state, shared_sum
from zhengti_zip.workbook.write.sheets import STATUS_HEAD
from zhengti_zip.workbook.write.table_looks import TableLook, table_look

STATUS_WIDTH, RESULT_WIDTH = 24.0, 10.0
MORE_ROWS = "需要更多行：选中本行和上一行的行号，点右键选“取消隐藏”（LibreOffice 须先点“工具→保护工作表”取消保护，没有密码）。"
SPARE_ROWS = 5
"""Empty rows shown below the filled ones, however many these are."""


class TableSheets:
    """Writes growing tables: heads, offered rows and, past them, as many as the submission has."""

    def __init__(self, book: Workbook, plan: WorkbookPlan, filling: Filling, names: Names) -> None:
        self.book, self.plan, self.form = book, plan, plan.form
        self.filling, self.names = filling, names
        self.last_rows: dict[str, int] = {}
        """The closing row of each table. It belongs to the named columns, so rows inserted above it do too."""

        self.filled_down: list[FilledDown] = []
        """The rows of each table."""

    def write(self, area: TableArea) -> None:
        """One table on its own sheet."""
        sheet = self.book.create_sheet(area.sheet)
        look = table_look(self.plan, area)
        widths = _widths(area, look)
        rows = self.filling.rows(area.table)
        shown = max(SHOWN_ROWS[area.table], len(rows) + SPARE_ROWS)
        closing = max(area.last_row, area.first_row + shown - 1) + 1
        self.last_rows[area.table] = closing
        _heads(sheet, area, look, widths)
        style.default_height(sheet, 24)
        for offset in range(shown):
            _inputs(sheet, area, area.first_row + offset, rows[offset] if offset < len(rows) else {}, widths)
        _closing(sheet, area, closing)
        self._formulas(sheet, area, area.first_row + shown - 1, closing - 1)
        self._names(sheet, area, closing)
        if area.table == UNITS:
            self._unit_sums(sheet, area, closing)
        elif area.table == INDICATORS:
            self._shares(sheet, area) if area.is_scored else self._weights(sheet, area)
        freeze = f"{get_column_letter(area.columns[1 if area.table != GOALS else 0].column)}{area.first_row}"
        style.finish(sheet, freeze, head_row=area.header_row)

    def _formulas(self, sheet: Worksheet, area: TableArea, shown: int, last: int) -> None:
        """What is worked out in every row: in the first one, to be filled down to ``last``."""
        first = area.first_row
        found = {
            1: live_tables.row_number(area, first),
            area.status_column: live_tables.table_status(self.plan, area, first),
        }
        if area.computed_column and area.completion_column and area.counting_column:
            own = OwnRow(self.plan, area, first)
            found[area.completion_column] = own.completion_formula()
            found[area.computed_column] = own.computed_formula()
            found[area.counting_column] = own.counting_formula()
            sheet.column_dimensions[get_column_letter(area.counting_column)].hidden = True
        elif area.completion_column:
            found[area.completion_column] = live_tables.completion(self.form, area, first)
        measured = measured_parts(self.form)
        for part, column in area.read_columns.items():
            found[column] = live_values.number_read(
                f"{area.letter(part)}{first}",
                area.part(part),
                f"{area.letter('unit')}{first}" if part in measured and area.has("unit") else "",
            )
            sheet.column_dimensions[get_column_letter(column)].hidden = True
        for column, formula in found.items():
            sheet.cell(first, column).value = formula
        for column in (*area.read_columns.values(), *filter(None, (area.counting_column,))):
            for row in range(first, shown + 1):  # without a look of its own an empty cell is not written
                sheet.cell(row, column).font = style.NOTE_FONT
        self.filled_down.append(FilledDown(sheet.title, first, shown, last, tuple(found)))
        status = get_column_letter(area.status_column)
        style.lights(sheet, f"{status}{first}:{status}{last}")

    def _names(self, sheet: Worksheet, area: TableArea, closing: int) -> None:
        """The drop-downs and the defined names of the columns."""
        named = {column.name: column.column for column in area.columns}
        for column in area.columns:
            letter = get_column_letter(column.column)
            validate(sheet, column.part, f"{letter}{area.first_row}:{letter}{closing - 1}", column.part.label)
        if area.completion_column:
            named[COMPLETION_NAME] = area.completion_column
        if area.computed_column and area.counting_column:
            named[result_name(OWN_COMPUTED)] = area.computed_column
            named[result_name(OWN_COUNTING)] = area.counting_column
        for part, number in area.read_columns.items():
            named[read_name(InputPath.column(area.table, part))] = number
        for name, number in named.items():
            self.names.column(name, sheet.title, number, (area.first_row, closing))

    def _weights(self, sheet: Worksheet, area: TableArea) -> None:
        """In a hidden column: whether the weights of each group are all there."""
        column = area.read_columns["weight"]
        for number, groups in enumerate(live_tables.weighted_groups(self.form)):
            cell = sheet.cell(number + 1, column + 1, live_tables.weights_state(groups))
            self.names.result(live_tables.weights_name(number), cell)
        sheet.column_dimensions[get_column_letter(column + 1)].hidden = True

    def _shares(self, sheet: Worksheet, area: TableArea) -> None:
        """Above the heads: the points entered under each level that has points, and what they should be."""
        shares, word = shared_points(self.form), area.part("weight").label
        top, (label, amount, state) = area.header_row - len(shares), _share_columns(area)
        for number, share in enumerate(shares):
            row = top + number
            for column in range(1, label + 1):
                style.label(sheet.cell(row, column), bold=True)
            sheet.cell(row, 1).value = f"{share.name}：各项{word}合计应为 {plain(share.points)} 分"
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=label)
            cell = sheet.cell(row, amount, shared_sum(self.plan, share))
            style.result(cell, style.GENERAL_FORMAT, center=True)
            said = sheet.cell(row, state, shared_state(share, f"{get_column_letter(amount)}{row}"))
            style.status(said)
            self.names.result(share_name(number), said)
            sheet.row_dimensions[row].height = 22
        letter = get_column_letter(state)
        style.lights(sheet, f"{letter}{top}:{letter}{area.header_row - 1}", complete=FITS)

    def _unit_sums(self, sheet: Worksheet, area: TableArea, closing: int) -> None:
        """Above the heads: the units' sums, the department's amounts and the differences."""
        top = area.header_row - 3
        for offset, word in enumerate(("各单位合计", "部门预算", "相差")):
            style.label(sheet.cell(top + offset, 1))
            style.label(sheet.cell(top + offset, 2, word), bold=True)
            sheet.row_dimensions[top + offset].height = 22
        for column in area.columns[1:]:
            letter, budget = get_column_letter(column.column), read_name(InputPath.amount(column.part.id))
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
        rows = sheet.cell(1, area.status_column + 1, f"={live_tables.rows_entered(area)}")
        self.names.result(UNIT_ROWS, rows)
        self.names.row(result_name("units.differences"), sheet.title, top + 2, (first, last))
        cells = f"{get_column_letter(first)}{top + 2}:{get_column_letter(last)}{top + 2}"
        style.lights(sheet, cells, complete="0")


def _inputs(
    sheet: Worksheet, area: TableArea, row: int, values: Mapping[str, Written], widths: tuple[float, ...]
) -> None:
    """The inputs of one row, and the look of what is worked out beside them."""
    style.label(sheet.cell(row, 1), center=True)
    for column in area.columns:
        cell = sheet.cell(row, column.column)
        dress(cell, column.part)
        put_entry(cell, column.part, values.get(column.part.id))
    if area.completion_column:
        style.result(sheet.cell(row, area.completion_column), "0.00%", center=True)
    if area.computed_column:
        style.result(sheet.cell(row, area.computed_column), style.GENERAL_FORMAT, center=True)
    style.status(sheet.cell(row, area.status_column))
    texts = [
        (str(values.get(column.part.id) or ""), width)
        for column, width in zip(area.columns, widths, strict=False)
    ]
    style.fit_height(sheet, row, texts, least=24, grow=True)


def _share_columns(area: TableArea) -> tuple[int, int, int]:
    """The last column of the words of shared points, the column of their sum, and that of what is said of it."""
    label = min(3, area.columns[-1].column)
    return label, label + 1, label + 2


def _widths(area: TableArea, look: TableLook) -> tuple[float, ...]:
    results = len([column for column in (area.completion_column, area.computed_column) if column])
    return (*look.widths, *(RESULT_WIDTH for _ in range(results)), STATUS_WIDTH)


def _heads(sheet: Worksheet, area: TableArea, look: TableLook, widths: tuple[float, ...]) -> None:
    style.title(sheet, look.title, look.hint, area.status_column)
    style.fit_height(sheet, 2, [(look.hint, min(sum(widths), 150))], least=20)
    style.widths(sheet, (6, *widths))
    words = {1: "序号", area.status_column: STATUS_HEAD}
    if area.completion_column:
        words[area.completion_column] = "完成率"
    if area.computed_column:
        words[area.computed_column] = "计算得分"
    for column in area.columns:
        unit = f"\n（{column.part.measure}）" if column.part.measure else ""
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
