"""Finding the inputs of a form in a workbook, and taking what their cells hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhengti_zip.base.coordinates import Rectangle, cell_name
from zhengti_zip.form.base import Input
from zhengti_zip.submission.entry import RawEntry
from zhengti_zip.submission.inputs import holds_over_rows
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Place, Problem, Severity
from zhengti_zip.submission.raw import Raw, is_blank, shown
from zhengti_zip.workbook.plan import InputCell, WorkbookPlan
from zhengti_zip.workbook.read.cell import NOT_CALCULATED
from zhengti_zip.workbook.read.grid import CellGrid
from zhengti_zip.workbook.read.meant import WrittenUnit, meant
from zhengti_zip.workbook.read.recovery import Recovery
from zhengti_zip.workbook.read.stripped import Area

NAMED = 3
"""Lost inputs a message names."""


@dataclass(slots=True)
class Collected:
    """What was found so far.

    Attributes:
        raw: raw values by path.
        places: where each input stands.
        problems: what was noticed.
        withheld: inputs whose value is not known for a reason that is told elsewhere.
        written_units: the units that number formats write behind the numbers of some inputs.
    """

    raw: RawEntry = field(default_factory=RawEntry)
    places: dict[InputPath, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    withheld: set[InputPath] = field(default_factory=set)
    written_units: dict[InputPath, WrittenUnit] = field(default_factory=dict)


class Collector:
    """Finds single inputs, and serves those who read tables.

    Args:
        upgrade: the command that carries the workbook over to the present template.
        is_old: whether the template is older than the form, so that inputs may be missing.
    """

    def __init__(self, grid: CellGrid, plan: WorkbookPlan, upgrade: str, *, is_old: bool) -> None:
        self.grid, self.plan, self.upgrade, self.is_old = grid, plan, upgrade, is_old
        self.found = Collected()
        self._recovery = Recovery(grid, plan)
        self._recovered: set[str] = set()
        self._lost: dict[str, list[tuple[InputPath, str]]] = {}
        self._merged: set[tuple[str, Rectangle]] = set()

    def single(self, cell: InputCell) -> None:
        """Find an input that exists once."""
        area = self.named(cell.name) or self.recovered(
            cell.name, self._recovery.single(cell), cell.sheet, InputPath.whole(cell.path.group)
        )
        if area is None:
            self.lose(cell.path, cell.label, cell.sheet)
            return
        self.found.places[cell.path] = place_of(area.sheet, area.top, area.left)
        self.found.raw.singles[cell.path] = self.take(
            area.sheet, area.top, area.left, cell.path, cell.item, cell.label
        )

    def named(self, name: str) -> Area | None:
        """Where a defined name leads; None when it is lost."""
        area = self.grid.names.get(name)
        return area if area and area.sheet in self.grid.titles else None

    def recovery(self) -> Recovery:
        """What finds inputs by the words beside them."""
        return self._recovery

    def recovered(self, name: str, area: Area | None, planned: str, group: InputPath) -> Area | None:
        """An input found by its words, said once for each sheet.

        Args:
            name: its defined name.
            area: where its words are.
            planned: the sheet it has in the template.
            group: what the sheet holds.

        Returns:
            None when its name is still there and leads nowhere: its cells are gone, others stand in their place.
        """
        if area is None or (name in self.grid.names and self.grid.names[name] is None):
            return None
        if area.sheet not in self._recovered:
            self._recovered.add(area.sheet)
            renamed = f"“{planned}”似已改名为“{area.sheet}”，" if area.sheet != planned else ""
            self.found.problems.append(
                Problem(
                    Severity.WARNING,
                    "name_lost",
                    f"{renamed}“{area.sheet}”的单元格名称已丢失，按表中的文字找到填写位置",
                    f"请核对读到的内容；建议运行 {self.upgrade}，换成新的工作簿",
                    group,
                    area.sheet,
                    place=place_of(area.sheet, area.top, area.left),
                )
            )
        return area

    def lose(self, path: InputPath, label: str, planned: str) -> None:
        """Remember an input that is nowhere."""
        self.found.withheld.add(path)
        self._lost.setdefault(planned, []).append((path, label))

    def tell_lost(self) -> None:
        """One problem for all inputs that one sheet has lost."""
        for planned, lost in self._lost.items():
            path, label = lost[0]
            names = "".join(f"“{name}”" for _, name in lost[:NAMED])
            if len(lost) > NAMED:
                names += f"等 {len(lost)} 个"
            if self.is_old:
                words = f"旧版模板中没有{names}"
            elif self._recovery.sheet(planned) is None:
                words = f"工作表“{planned}”已被删除或改名，找不到其中{names}的填写位置"
            else:
                words = f"找不到{names}的填写位置：“{planned}”中它所在的行、列或单元格已被删除"
            if len(lost) > 1:
                path, label = InputPath.whole(path.group), planned
            remedy = f"请运行 {self.upgrade}，在新工作簿中补填"
            title = self._recovery.sheet(planned)
            place = place_of(title, 1, 1) if title else None  # no cell of a sheet that is gone
            self.found.problems.append(
                Problem(Severity.ERROR, "lost_input", words, remedy, path, label, place=place)
            )

    def take(self, sheet: str, row: int, column: int, path: InputPath, item: Input, label: str) -> Raw:
        """What an input's cell holds; None when it is empty."""
        merged = self.grid.covering(sheet, row, column)
        if merged and (merged[1], merged[0]) != (row, column):
            if merged[0] == column and holds_over_rows(item):
                return self.take(sheet, merged[1], column, path, item, label)
            self._covered(sheet, merged, column, path, item, label)
            return None
        cell = self.grid.cell(sheet, row, column)
        if cell is None:
            if self.grid.value(sheet, row, column) is NOT_CALCULATED:
                self._not_calculated(place_of(sheet, row, column), path, label)
            return None
        found = meant(cell, self.grid.runs(sheet, row, column), item)
        if found.notices:
            self.understood(found.notices, path, label, shown(cell.value))
        if found.written:
            self.found.written_units[path] = found.written
        return found.raw

    def understood(self, notices: Sequence[str], path: InputPath, label: str, value: str) -> None:
        """Say how a cell was read."""
        for notice in notices:
            remedy = "如与本意不符，请改写"
            self.found.problems.append(
                Problem(Severity.NOTICE, "understood", notice, remedy, path, label, value)
            )

    def _covered(
        self, sheet: str, merged: Rectangle, column: int, path: InputPath, item: Input, label: str
    ) -> None:
        """An input that merged cells hide: told once for each of them, where it may have mattered."""
        left, top, _, _ = merged
        if not (item.required or (left == column and is_filled(self.grid.value(sheet, top, left)))):
            return
        self.found.withheld.add(path)
        # In a table the row that holds the value tells: it is withheld too.
        is_told = path.number is not None and left == column
        if not is_told and (sheet, merged) not in self._merged:
            self._merged.add((sheet, merged))
            place = place_of(sheet, top, left)
            message, remedy = merged_words(merged, label)
            self.found.problems.append(
                Problem(Severity.ERROR, "merged_cells", message, remedy, path, label, place=place)
            )

    def _not_calculated(self, place: Place, path: InputPath, label: str) -> None:
        self.found.problems.append(
            Problem(
                Severity.ERROR,
                "formula_not_calculated",
                f"“{label}”是一个没有计算结果的公式",
                "请用 Excel 或 WPS 打开并保存一次，或直接填写数值",
                path,
                label,
                place=place,
            )
        )


def merged_words(merged: Rectangle, label: str) -> tuple[str, str]:
    """What is wrong with merged cells that hide an input, and what to do."""
    left, top, right, bottom = merged
    cells = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
    if bottom > top:
        return f"{cells} 合并成了一个单元格，分不清“{label}”是哪一行的", "请取消合并后逐行填写"
    return f"{cells} 合并成了一个单元格，盖住了“{label}”", "请取消合并，再填写被盖住的格"


def is_filled(value: object) -> bool:
    """Whether a cell holds more than blanks."""
    return value is not None and not (isinstance(value, str) and is_blank(value))


def place_of(sheet: str, row: int, column: int) -> Place:
    """A cell as a place."""
    return Place(sheet, cell_name(row, column))
