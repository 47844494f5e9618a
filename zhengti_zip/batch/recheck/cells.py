"""The cells of a working paper that was read: what each shows, with a problem for every one that says nothing sure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from zhengti_zip.base.characters import unescaped
from zhengti_zip.base.coordinates import cell_name
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.excerpts import shortened
from zhengti_zip.batch.recheck.model import PaperProblem
from zhengti_zip.batch.recheck.paper import HEADS, TITLE
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.submission.problems import Severity
from zhengti_zip.submission.raw import ValueProblem, compact, shown
from zhengti_zip.submission.values import parse
from zhengti_zip.workbook.read.cell import FormulaWithoutValue
from zhengti_zip.workbook.read.grid import CellGrid
from zhengti_zip.workbook.read.meant import meant

HEAD_ROWS = 30
"""Rows from the top in which the column heads are looked for."""

MAX_REMARK = 2000
"""Characters of a text that are read; a remark is a sentence or two."""

POINTS = Input(id="points", label="复核得分", kind=ValueKind.POINTS, required=False)
TEXT = Input(id="text", label="文字", kind=ValueKind.TEXT, required=False)


@dataclass
class PaperCells:
    """The sheet of a paper and what was found doubtful in it.

    Attributes:
        sheet: its title.
        head_row: the row of the column heads.
        columns: the column by its head.
    """

    grid: CellGrid
    sheet: str
    head_row: int
    columns: Mapping[str, int]
    problems: list[PaperProblem] = field(default_factory=list)
    _texts: dict[tuple[int, int], str] = field(default_factory=dict)

    def text(self, row: int, column: int, label: str) -> str:
        """What a cell shows; "" for an empty one and, with a problem, for one that cannot be read.

        A cell that is asked for again has no second problem.
        """
        if (row, column) not in self._texts:
            self._texts[row, column] = self._read_text(row, column, label)
        return self._texts[row, column]

    def _read_text(self, row: int, column: int, label: str) -> str:
        value = self._value(row, column, label, TEXT)
        if value is None:
            return ""
        text = unescaped(str(value)).strip()
        if len(text) > MAX_REMARK:
            remedy = "请精简这段文字"
            self.tell(row, column, label, f"文字超过 {MAX_REMARK} 个字，只读取了前面的", remedy)
        return text[:MAX_REMARK]

    def points(self, row: int, column: int, label: str) -> Decimal | None:
        """The points in a cell; None for an empty one and, with a problem, for one that holds none."""
        value = self._value(row, column, label, POINTS)
        return value if isinstance(value, Decimal) else None

    def tell(
        self,
        row: int,
        column: int,
        label: str,
        message: str,
        remedy: str = "",
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Note what is wrong with a cell."""
        place = f"{self.sheet}!{cell_name(row, column)}"
        self.problems.append(PaperProblem(severity, place, label, message, remedy))

    def _value(self, row: int, column: int, label: str, item: Input) -> Decimal | int | str | None:
        stored = self.grid.value(self.sheet, row, column)
        if isinstance(stored, FormulaWithoutValue):
            message, remedy = "公式没有计算结果", "请用 Excel 或 WPS 打开、重新计算并保存，或直接填写数值"
            self.tell(row, column, label, message, remedy, Severity.ERROR)
            return None
        cell = self.grid.cell(self.sheet, row, column)
        if cell is None:
            return None
        found = meant(cell, self.grid.runs(self.sheet, row, column), item)
        for words in found.notices:
            self.tell(row, column, label, words)
        try:
            parsed = parse(item, found.raw)
        except ValueProblem as problem:
            self.tell(row, column, label, problem.message, problem.remedy, Severity.ERROR)
            return None
        if parsed.notice and item is POINTS:
            self.tell(row, column, label, parsed.notice, severity=Severity.NOTICE)
        return parsed.value


def found_table(grid: CellGrid, name: str, hidden: Collection[str]) -> PaperCells:
    """Where the table stands: sheets may be renamed, rows and columns inserted and moved.

    Args:
        name: of the file, for messages.
        hidden: sheets that are not looked at.

    Raises:
        InputError: no sheet has the column heads.
    """
    wanted = [head for head, _ in HEADS]
    titles = sorted((title for title in grid.titles if title not in hidden), key=lambda title: title != TITLE)
    for title in titles:
        rows: dict[int, dict[str, int]] = {}
        for (row, column), cell in grid.cells(title).items():
            head = compact(cell.value) if isinstance(cell.value, str) else ""
            if row <= HEAD_ROWS and head in wanted:
                rows.setdefault(row, {}).setdefault(head, column)
        for row, columns in sorted(rows.items()):
            if {"指标", "复核得分", "备注"} <= columns.keys():
                missing = [head for head in ("序号", "复核完成值") if head not in columns]
                if missing:
                    raise InputError(
                        f"{name} 的“{title}”第 {row} 行缺少列“{'”“'.join(missing)}”",
                        "请恢复被删除或改名的列，或重新生成底稿",
                    )
                return PaperCells(grid, title, row, columns)
    raise InputError(
        f"{name} 中找不到有“指标”“复核得分”“备注”三列的表头",
        "请恢复表头的文字，或用 zhengti-zip recheck paper 重新生成底稿",
    )


def quoted(text: str) -> str:
    """A value as messages quote it."""
    return f"“{shortened(shown(text))}”" if text else "空的"
