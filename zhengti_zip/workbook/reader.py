"""Workbook → Source: inputs found by defined name, values understood, every problem with its cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from zhengti_zip.entry import RawEntry, assemble
from zhengti_zip.errors import InputError, UsageProblem
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import load_form
from zhengti_zip.limits import MAX_TABLE_ROWS
from zhengti_zip.problems import Place, Problem, Severity, locate
from zhengti_zip.source import Source
from zhengti_zip.values import Raw, clean_text
from zhengti_zip.workbook.package import NOT_CALCULATED, Area, CellGrid, open_grid
from zhengti_zip.workbook.plan import FORM_NAME, VERSION_NAME, InputCell, TableArea, WorkbookPlan

NEW_TEMPLATE = "请用 zhengti-zip template 生成空白表，把数据填入后重试"


def read_workbook(file: Path, form: FormDefinition | None = None) -> Source:
    """Read a department's workbook.

    Args:
        file: an .xlsx file made by ``zhengti-zip template``.
        form: the form it must be of; None takes the one its hidden sheet names.

    Raises:
        InputError: it is not such a workbook.
        UsageProblem: its form is unknown.
    """
    grid = open_grid(file)
    definition = _form_of(file, grid, form)
    reader = _Reader(grid, WorkbookPlan(definition))
    reader.read()
    submission, problems = assemble(definition, reader.raw)
    return Source(definition, submission, reader.places, locate([*reader.problems, *problems], reader.places))


def _form_of(file: Path, grid: CellGrid, form: FormDefinition | None) -> FormDefinition:
    form_id = _meta(grid, FORM_NAME)
    if not form_id:
        raise InputError(f"{file} 不是本程序的填报工作簿", NEW_TEMPLATE)
    if form is None:
        try:
            form = load_form(form_id)
        except UsageProblem as problem:
            raise InputError(f"{file} 是“{form_id}”表的工作簿，本程序没有这种表", problem.remedy) from problem
    elif form.id != form_id:
        raise InputError(
            f"{file} 是“{form_id}”表的工作簿，不是“{form.id}”表的", "请去掉 --form，或换用对应的工作簿"
        )
    version = _meta(grid, VERSION_NAME)
    if version.isdigit() and int(version) > form.version:
        raise InputError(f"{file} 由更新版本的程序生成（模板版本 {version}）", "请升级 zhengti-zip 后重试")
    return form


def _meta(grid: CellGrid, name: str) -> str:
    area = grid.names.get(name)
    return clean_text(str(grid.value(area.sheet, area.top, area.left) or "")) if area else ""


class _Reader:
    """Finds every input of a form in a grid of cells."""

    def __init__(self, grid: CellGrid, plan: WorkbookPlan) -> None:
        self.grid, self.plan = grid, plan
        self.raw = RawEntry()
        self.places: dict[str, Place] = {}
        self.problems: list[Problem] = []

    def read(self) -> None:
        """Collect raw values and places, in the order of the form."""
        tables = {area.table: area for area in self.plan.tables}
        order = ("fields", "goals", "budget", "scores", "data", "indicators", "units")
        for group in order:
            if group in tables:
                self._table(tables[group])
            else:
                for cell in self.plan.cells:
                    if cell.path.startswith(f"{group}."):
                        self._single(cell)

    def _single(self, cell: InputCell) -> None:
        area = self._area(cell.name, cell.path, cell.label)
        if area is None:
            return
        self.places[cell.path] = _place(area.sheet, area.top, area.left)
        self.raw.singles[cell.path] = self._value(area.sheet, area.top, area.left, cell.path, cell.label)

    def _area(self, name: str, path: str, label: str) -> Area | None:
        area = self.grid.names.get(name)
        if area is None or area.sheet not in self.grid.cells:
            self.problems.append(
                Problem(
                    Severity.ERROR,
                    "lost_input",
                    f"找不到“{label}”的填写位置：它所在的行、列或工作表已被删除",
                    NEW_TEMPLATE,
                    path,
                    label,
                )
            )
            return None
        return area

    def _value(self, sheet: str, row: int, column: int, path: str, label: str) -> Raw:
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
        found = {column: self._area(column.name, area.table, column.part.label) for column in area.columns}
        known = {column: where for column, where in found.items() if where is not None}
        if not known:
            return
        first = min(known.values(), key=lambda where: where.top)
        last_row = max(self.grid.last_rows[where.sheet] for where in known.values())
        self.places[area.table] = _place(first.sheet, first.top, first.left)
        rows = self.raw.tables.setdefault(area.table, [])
        for row in range(first.top, last_row + 1):
            if not any(_is_filled(self.grid.value(w.sheet, row, w.left)) for w in known.values()):
                continue
            if len(rows) >= MAX_TABLE_ROWS:
                raise InputError(f"“{first.sheet}”超过 {MAX_TABLE_ROWS} 行", "请删除多余的行")
            number, values = len(rows), dict[str, Raw]()
            for column, where in known.items():
                path = f"{area.table}.{number}.{column.part.id}"
                self.places[path] = _place(where.sheet, row, where.left)
                values[column.part.id] = self._value(where.sheet, row, where.left, path, column.part.label)
            rows.append(values)


def _is_filled(value: Any) -> bool:
    return value is not None and (not isinstance(value, str) or bool(clean_text(value)))


def _place(sheet: str, row: int, column: int) -> Place:
    return Place(sheet, f"{get_column_letter(column)}{row}")
