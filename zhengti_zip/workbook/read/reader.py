"""Workbook → Source: inputs found by defined name, values understood, every problem with its cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zhengti_zip.base.errors import InputError, UsageProblem
from zhengti_zip.base.limits import MAX_TABLE_ROWS
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import DEFAULT_FORM, known_form
from zhengti_zip.submission.entry import RawEntry, assemble
from zhengti_zip.submission.paths import GROUPS, InputPath
from zhengti_zip.submission.problems import Place, Problem, Severity, locate
from zhengti_zip.submission.source import Source
from zhengti_zip.submission.values import Raw, clean_text, shown
from zhengti_zip.workbook.coordinates import cell_name
from zhengti_zip.workbook.plan import (
    FIELDS_SHEET,
    FORM_NAME,
    META_ROWS,
    META_SHEET,
    VERSION_NAME,
    InputCell,
    TableArea,
    TableColumn,
    WorkbookPlan,
)
from zhengti_zip.workbook.read.cell import NOT_CALCULATED
from zhengti_zip.workbook.read.grid import CellGrid, open_grid
from zhengti_zip.workbook.read.recovery import Recovery
from zhengti_zip.workbook.read.stripped import Area

NEW_TEMPLATE = "请用 zhengti-zip template 生成空白表，把数据填入后重试"
UPGRADE = "请运行 zhengti-zip upgrade 旧工作簿.xlsx -o 新工作簿.xlsx，在新工作簿中补填"


def read_workbook(file: Path, content: bytes, form: FormDefinition | None = None) -> Source:
    """Read a department's workbook.

    Args:
        file: its name, for messages.
        content: an .xlsx file made by ``zhengti-zip template``.
        form: the form it must be of; None takes the one its hidden sheet names.

    Raises:
        InputError: it is not such a workbook.
        UsageProblem: its form is unknown.
    """
    return read_cells(file, content, form)[0]


def read_cells(file: Path, content: bytes, form: FormDefinition | None = None) -> tuple[Source, RawEntry]:
    """The same, with the raw values beside it, for who must not lose what could not be understood.

    Raises:
        InputError: it is not such a workbook.
        UsageProblem: its form is unknown.
    """
    grid = open_grid(file, content)
    definition = _form_of(file, grid, form)
    version = _meta(grid, VERSION_NAME)
    reader = _Reader(grid, WorkbookPlan(definition), version.isdigit() and int(version) < definition.version)
    reader.read()
    submission, problems = assemble(definition, reader.raw)
    located = locate([*reader.problems, *problems], reader.places)
    return Source(definition, submission, reader.places, located), reader.raw


def _form_of(file: Path, grid: CellGrid, form: FormDefinition | None) -> FormDefinition:
    form_id = _meta(grid, FORM_NAME)
    if not form_id and any(FIELDS_SHEET in title for title in grid.titles):
        if form is not None:
            return form
        # The hidden sheet is gone, as a document inspector leaves it.
        raise InputError(
            f"{file} 中记录表种的隐藏工作表已被删除",
            f"请用 --form 指明是哪种表后重试，例如 --form {DEFAULT_FORM}",
        )
    if not form_id:
        raise InputError(f"{file} 不是本程序的填报工作簿", NEW_TEMPLATE)
    if form is None:
        try:
            form = known_form(form_id)
        except UsageProblem as problem:
            raise InputError(
                f"{file} 是“{shown(form_id)}”表的工作簿，本程序没有这种表", problem.remedy
            ) from problem
    elif form.id != form_id:
        raise InputError(
            f"{file} 是“{shown(form_id)}”表的工作簿，不是“{form.id}”表的", "请去掉 --form，或换用对应的工作簿"
        )
    version = _meta(grid, VERSION_NAME)
    if version.isdigit() and int(version) > form.version:
        raise InputError(f"{file} 由更新版本的程序生成（模板版本 {version}）", "请升级 zhengti-zip 后重试")
    return form


def _meta(grid: CellGrid, name: str) -> str:
    area = grid.names.get(name) or Area(META_SHEET, META_ROWS[name], 2, META_ROWS[name])
    value = grid.value(area.sheet, area.top, area.left)
    return "" if value is None else clean_text(str(value))


class _Reader:
    """Finds every input of a form in a grid of cells."""

    def __init__(self, grid: CellGrid, plan: WorkbookPlan, is_old: bool) -> None:
        self.grid, self.plan, self.is_old = grid, plan, is_old
        self.recovery = Recovery(grid, plan.form)
        self.recovered: set[str] = set()
        self.raw = RawEntry()
        self.places: dict[InputPath, Place] = {}
        self.problems: list[Problem] = []

    def read(self) -> None:
        """Collect raw values and places, in the order of the form."""
        tables = {area.table: area for area in self.plan.tables}
        for group in GROUPS:
            if group in tables:
                self._table(tables[group])
            else:
                for cell in self.plan.cells:
                    if cell.path.group == group:
                        self._single(cell)

    def _single(self, cell: InputCell) -> None:
        area = self._known(cell.name)
        if area is None and not self._deleted(cell.name):
            area = self._recovered(self.recovery.single(cell), cell.sheet)
        if area is None:
            self._lost(cell.path, cell.label, cell.sheet)
            return
        self.places[cell.path] = _place(area.sheet, area.top, area.left)
        self.raw.singles[cell.path] = self._value(area.sheet, area.top, area.left, cell.path, cell.label)

    def _known(self, name: str) -> Area | None:
        area = self.grid.names.get(name)
        return area if area and area.sheet in self.grid.titles else None

    def _deleted(self, name: str) -> bool:
        """Whether the name is still there and leads nowhere: its cells are gone, others stand in their place."""
        return name in self.grid.names and self.grid.names[name] is None

    def _recovered(self, area: Area | None, planned: str) -> Area | None:
        """An input found by its label; said once for each sheet."""
        if area and area.sheet not in self.recovered:
            self.recovered.add(area.sheet)
            renamed = f"“{planned}”似已改名为“{area.sheet}”，" if area.sheet != planned else ""
            self.problems.append(
                Problem(
                    Severity.WARNING,
                    "name_lost",
                    f"{renamed}“{area.sheet}”的单元格名称已丢失，按表中的文字找到填写位置",
                    "请核对读到的内容；建议运行 zhengti-zip upgrade 换成新的工作簿",
                    place=_place(area.sheet, area.top, area.left),
                )
            )
        return area

    def _lost(self, path: InputPath, label: str, planned: str) -> None:
        """An input that is nowhere."""
        if self.is_old:
            words, remedy = f"旧版模板中没有“{label}”", UPGRADE
        else:
            words, remedy = f"找不到“{label}”的填写位置：它所在的行、列或工作表已被删除", NEW_TEMPLATE
            if self.recovery.sheet(planned) is None:
                words = f"找不到“{label}”的填写位置：工作表“{planned}”已被删除或改名"
        self.problems.append(Problem(Severity.ERROR, "lost_input", words, remedy, path, label))

    def _value(self, sheet: str, row: int, column: int, path: InputPath, label: str) -> Raw:
        value: Any = self.grid.value(sheet, row, column)
        if value is not NOT_CALCULATED:
            raw: Raw = value
            return raw
        self.problems.append(
            Problem(
                Severity.ERROR,
                "formula_not_calculated",
                f"“{label}”是一个没有计算结果的公式",
                "请用 Excel 或 WPS 打开并保存一次，或直接填写数值",
                path,
                label,
                place=_place(sheet, row, column),
            )
        )
        return None

    def _table(self, area: TableArea) -> None:
        known: dict[TableColumn, Area] = {}
        for column in area.columns:
            where = self._known(column.name)
            if where is None and not self._deleted(column.name):
                where = self._recovered(self.recovery.column(area, column), area.sheet)
            if where is None:
                self._lost(InputPath.whole(area.table), column.part.label, area.sheet)
            else:
                known[column] = where
        if not known:
            return
        first = min(known.values(), key=lambda where: where.top)
        self.places[InputPath.whole(area.table)] = _place(first.sheet, first.top, first.left)
        rows = self.raw.tables.setdefault(area.table, [])
        filled = {
            row
            for where in known.values()
            for row, value in self.grid.column(where.sheet, where.left).items()
            if row >= first.top and _is_filled(value)
        }
        for row in sorted(filled):
            if len(rows) >= MAX_TABLE_ROWS:
                raise InputError(f"“{first.sheet}”超过 {MAX_TABLE_ROWS} 行", "请删除多余的行")
            rows.append(self._table_row(area.table, len(rows), row, known))

    def _table_row(self, table: str, number: int, row: int, known: dict[TableColumn, Area]) -> dict[str, Raw]:
        values = dict[str, Raw]()
        for column, where in known.items():
            path = InputPath.cell(table, number, column.part.id)
            top = row
            if column.part.options:
                # People merge 指标类型 over the rows it holds for; a text so merged belongs to its first row.
                corner, left = self.grid.corner(where.sheet, row, where.left)
                top = corner if left == where.left else row
            self.places[path] = _place(where.sheet, row, where.left)
            values[column.part.id] = self._value(where.sheet, top, where.left, path, column.part.label)
        return values


def _is_filled(value: Any) -> bool:
    return value is not None and (not isinstance(value, str) or bool(clean_text(value)))


def _place(sheet: str, row: int, column: int) -> Place:
    return Place(sheet, cell_name(row, column))
