"""Which form a workbook is of: what its hidden sheet says, else what its names and sheets are like."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhengti_zip.base.commands import upgrade_command
from zhengti_zip.base.errors import InputError, UsageProblem
from zhengti_zip.base.numbers import whole_number
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import DEFAULT_FORM, form_ids, known_form, remedy_for_another
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.raw import clean_text, shown
from zhengti_zip.workbook.defined_names import FORM_NAME, VERSION_NAME
from zhengti_zip.workbook.plan import META_ROWS, META_SHEET, WorkbookPlan
from zhengti_zip.workbook.read.grid import CellGrid
from zhengti_zip.workbook.read.recovery import Recovery

ENOUGH = 0.5
"""The share of a form's inputs that must be found in a workbook to take it for one of the form."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The form of a workbook, whether its template is older than the form, and what had to be guessed."""

    form: FormDefinition
    is_old: bool
    problems: tuple[Problem, ...] = ()


def recognised(file: Path, grid: CellGrid, form: FormDefinition | None) -> Recognised:
    """The form of a workbook.

    Args:
        form: the form it must be of; None takes the one it names or is like.

    Raises:
        InputError: it is of no form, of another form, or of a newer template.
    """
    form_id = _meta(grid, FORM_NAME)
    if not form_id:
        return _without_meta(file, grid, form)
    if form is None:
        try:
            form = known_form(form_id)
        except UsageProblem as problem:
            raise InputError(
                f"{file} 是“{shown(form_id)}”表的工作簿，本程序没有这种表", problem.remedy
            ) from problem
    elif form.id != form_id:
        raise InputError(
            f"{file} 是“{shown(form_id)}”表的工作簿，不是“{form.id}”表的",
            remedy_for_another(form_id, "工作簿"),
        )
    version = _meta(grid, VERSION_NAME)
    number = whole_number(version)
    if number is None:
        number = form.version
    if number > form.version:
        raise InputError(
            f"{file} 由更新版本的程序生成（模板版本 {shown(version)}）", "请升级 zhengti-zip 后重试"
        )
    return Recognised(form, number < form.version)


def _meta(grid: CellGrid, name: str) -> str:
    """What the hidden sheet says; "" without it."""
    if area := grid.names.get(name):
        value = grid.value(area.sheet, area.top, area.left)
    else:
        title = next((title for title in grid.titles if META_SHEET in title), META_SHEET)
        value = grid.value(title, META_ROWS[name], 2)
    return "" if value is None else clean_text(str(value))


def _without_meta(file: Path, grid: CellGrid, form: FormDefinition | None) -> Recognised:
    """The hidden sheet is gone, as a document inspector leaves it."""
    forms = [known_form(form_id) for form_id in form_ids()] if form is None else [form]
    is_like_ours = any(known.sheets.fields in title for known in forms for title in grid.titles)
    if form is not None and is_like_ours:
        return Recognised(form, is_old=False)
    likeness = {known.id: _likeness(grid, known) for known in forms} if form is None else {}
    best = max(likeness, key=lambda form_id: likeness[form_id], default="")
    if best and likeness[best] >= ENOUGH and list(likeness.values()).count(likeness[best]) == 1:
        message = f"记录表种的隐藏工作表已被删除，按名称和工作表认作“{best}”表"
        remedy = f"不是这种表的，请用 --form 指明；是的，可运行 {upgrade_command(file)}，换成完整的工作簿"
        problem = Problem(Severity.WARNING, "form_guessed", message, remedy)
        return Recognised(known_form(best), is_old=False, problems=(problem,))
    if is_like_ours:
        raise InputError(
            f"{file} 中记录表种的隐藏工作表已被删除",
            f"请用 --form 指明是哪种表后重试，例如 --form {DEFAULT_FORM}",
        )
    raise InputError(
        f"{file} 不是本程序的填报工作簿",
        "请检查是否选错了文件；空白的填报工作簿用 zhengti-zip template 生成",
    )


def _likeness(grid: CellGrid, form: FormDefinition) -> float:
    """The share of a form's inputs and columns that have their name, or else their words, in a workbook."""
    plan = WorkbookPlan(form)
    recovery = Recovery(grid, plan)
    columns = [(area, column) for area in plan.tables for column in area.columns]
    found = sum(1 for cell in plan.cells if grid.names.get(cell.name) or recovery.single(cell))
    found += sum(1 for place in columns if grid.names.get(place[1].name) or recovery.column(*place))
    return found / (len(plan.cells) + len(columns))
