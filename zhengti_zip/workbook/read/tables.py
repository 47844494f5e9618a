"""Reading the growing tables of a workbook: 年度目标, 绩效指标 and 单位明细."""

from __future__ import annotations

from decimal import Decimal

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import MAX_TABLE_ROWS
from zhengti_zip.base.marks import folded
from zhengti_zip.base.numbers import plain
from zhengti_zip.submission.inputs import (
    TOTALLED_TABLES,
    UNIT_PART,
    holds_over_rows,
    is_percent_unit,
    measured_parts,
    names_a_total,
    row_label,
)
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.raw import Raw, Unreadable, clean_text, shown
from zhengti_zip.workbook.areas import TableArea, TableColumn
from zhengti_zip.workbook.read.collecting import Collector, is_filled, merged_words, place_of
from zhengti_zip.workbook.read.meant import PERCENT, other_unit
from zhengti_zip.workbook.read.stripped import Area


class TableReader:
    """Reads the rows of one table.

    Args:
        work: what finds inputs and takes cells.
        area: the table of the template.
    """

    def __init__(self, work: Collector, area: TableArea) -> None:
        self._work, self._area = work, area
        self._found = work.found
        self._known: dict[TableColumn, Area] = {}
        self._lost: list[TableColumn] = []
        self._filled: list[int] = []

    def read(self) -> None:
        """Add every row that is filled in."""
        end = self._find_columns()
        if not self._known:
            return
        first = min(self._known.values(), key=lambda where: where.top)
        self._found.places[InputPath.whole(self._area.table)] = place_of(first.sheet, first.top, first.left)
        self._filled = self._filled_rows(first.top)
        rows = self._found.raw.tables.setdefault(self._area.table, [])
        for row in self._filled:
            if len(rows) >= MAX_TABLE_ROWS:
                raise InputError(f"“{first.sheet}”超过 {MAX_TABLE_ROWS} 行", "请删除多余的行")
            if not self._is_total(row):
                rows.append(self._row(len(rows), row))
        if end and self._filled and self._filled[-1] > end:
            self._tell_below(first.sheet, end)

    def _find_columns(self) -> int:
        """Find where each column stands; the last row of the table as its names say, 0 when they are lost."""
        end = 0
        for column in self._area.columns:
            where = self._work.named(column.name)
            if where is not None:
                end = max(end, where.bottom)
            else:
                guessed = self._work.recovery().column(self._area, column)
                where = self._work.recovered(
                    column.name, guessed, self._area.sheet, InputPath.whole(self._area.table)
                )
            if where is None:
                self._lost.append(column)
                self._work.lose(InputPath.whole(self._area.table), column.part.label, self._area.sheet)
            else:
                self._known[column] = where
        return end

    def _filled_rows(self, first: int) -> list[int]:
        filled = {
            row
            for where in self._known.values()
            for row, value in self._work.grid.column(where.sheet, where.left).items()
            if row >= first and is_filled(value)
        }
        return sorted(filled)

    def _is_total(self, row: int) -> bool:
        """Whether a row holds sums that nobody asked for; they are told and left out."""
        if self._area.table not in TOTALLED_TABLES:
            return False
        texts = [(w.sheet, w.left) for column, w in self._known.items() if not column.part.kind.is_number]
        sheet, first = min(texts, key=lambda place: place[1], default=("", 0))
        for column in ([first - 1] if first > 1 else []) + [left for _, left in texts]:
            value = self._work.grid.value(sheet, row, column)
            if isinstance(value, str) and folded(value):
                if names_a_total(value):
                    self._tell_total(place_row=(sheet, row, column), words=shown(value))
                    return True
                if column >= first:
                    return False
        return False

    def _tell_total(self, place_row: tuple[str, int, int], words: str) -> None:
        path = InputPath.whole(self._area.table)
        message = f"第 {place_row[1]} 行“{words}”不用填，没有读取"
        remedy = "请删除这一行；合计由程序计算"
        place = place_of(*place_row)
        self._found.problems.append(
            Problem(Severity.WARNING, "total_row", message, remedy, path, self._area.sheet, words, place)
        )

    def _tell_below(self, sheet: str, end: int) -> None:
        row = next(row for row in self._filled if row > end)
        message = f"表格到第 {end} 行为止，第 {row} 行起填在表格下方，也按表中的行读取了"
        remedy = "如是备注，请移到别处；如是填报内容，可不处理"
        column = min(where.left for where in self._known.values())
        path, place = InputPath.whole(self._area.table), place_of(sheet, row, column)
        self._found.problems.append(
            Problem(Severity.NOTICE, "below_table", message, remedy, path, self._area.sheet, place=place)
        )

    def _row(self, number: int, row: int) -> dict[str, Raw]:
        values = dict[str, Raw]()
        for column, where in self._known.items():
            part = column.part
            path = InputPath.cell(self._area.table, number, part.id)
            label = row_label(self._area.table, number, part)
            self._found.places[path] = place_of(where.sheet, row, where.left)
            raw = self._work.take(where.sheet, row, where.left, path, part, label)
            values[part.id] = self._unless_merged(raw, where, row, column)
        for column in self._lost:
            self._found.withheld.add(InputPath.cell(self._area.table, number, column.part.id))
        self._match_units(number, values)
        return values

    def _unless_merged(self, raw: Raw, where: Area, row: int, column: TableColumn) -> Raw:
        """A value, unless its cell is merged over other rows that are filled in and may be meant too."""
        merged = self._work.grid.covering(where.sheet, row, where.left)
        if raw is None or not merged or merged[1] != row or holds_over_rows(column.part):
            return raw
        if isinstance(raw, Unreadable) or not any(row < other <= merged[3] for other in self._filled):
            return raw
        return Unreadable.because(shown(raw), "merged_cells", *merged_words(merged, column.part.label))

    def _match_units(self, number: int, values: dict[str, Raw]) -> None:
        """Refuse numbers shown in another unit than their row's; say how they were read where it has none."""
        unit, measured = clean_text(str(values.get(UNIT_PART) or "")), measured_parts(self._work.plan.form)
        for part in (column.part for column in self._known if column.part.id in measured):
            path, raw = InputPath.cell(self._area.table, number, part.id), values.get(part.id)
            written = self._found.written_units.get(path)
            if written is None or not isinstance(raw, Decimal) or _is_same_unit(written.unit, unit):
                continue
            if unit:
                values[part.id] = other_unit(written, part.label, unit)
            else:
                label = row_label(self._area.table, number, part)
                notice = f"单元格显示为“{written.text}”，读作 {plain(raw)}"
                self._work.understood([notice], path, label, written.text)


def _is_same_unit(written: str, unit: str) -> bool:
    """Whether a unit written by a number format is the one of the row."""
    if written == PERCENT:
        return is_percent_unit(unit)
    return folded(written) == folded(unit)
