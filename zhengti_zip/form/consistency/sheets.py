"""Titles of the workbook's sheets: office programs accept them, and no two are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Mistake

_REFUSED = re.compile(r"[\[\]:*?/\\']")


def sheet_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Titles that no sheet can have, and titles given twice."""
    seen: dict[str, str] = {}
    for path, title in _titles(form):
        if refused := _REFUSED.search(title):
            words = f"“{title}”也是工作表的名称，其中不能有“{refused[0]}”"
            yield Mistake(path, words, "改用其他字，例如中文的“：”“（”“、”")
        elif title.casefold() in seen:
            words = f"两张工作表都叫“{title}”（另一张见 {seen[title.casefold()]}）"
            yield Mistake(path, words, "给其中一张换一个名称")
        seen.setdefault(title.casefold(), path)


def _titles(form: FormDefinition) -> Iterator[tuple[str, str]]:
    """The titles of the sheets a form has, each with its key path."""
    has = {
        "goals": bool(form.goal_columns),
        "budget": bool(form.budget.columns),
        "scores": bool(form.rows),
        "data": any(True for _ in form.data_inputs()),
        "indicators": form.has_indicators and form.own is None,
        "units": form.has_units,
        "evidence": bool(form.evidence_columns),
    }
    for key, title in form.sheets.model_dump().items():
        if has.get(key, True):
            yield f"sheets.{key}", title
    if form.funds.lines:
        yield "funds.title", form.funds.title
    if form.own is not None:
        yield "own.title", form.own.title
