"""The scores as JSON (docs/json-output.md): printed by ``score --json`` and kept inside the PDF."""

from __future__ import annotations

from typing import Any

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring.evaluation import Evaluation, RowResult, year_of
from zhengti_zip.submission.rows import row_title
from zhengti_zip.submission.source import Source


def score_data(source: Source, evaluation: Evaluation) -> dict[str, Any]:
    """What ``score --json`` prints."""
    form, submission = source.form, source.submission
    data: dict[str, Any] = {
        "form": form.id,
        "department": submission.field_text(form.roles.department) or None,
        "year": str(year_of(form, submission)),
        **result_data(form, evaluation),
    }
    if evaluation.cap_applied:
        data["cap"] = evaluation.cap_applied
    if form.derived:
        data["derived"] = [
            {
                "id": item.id,
                "label": item.label,
                "value": item.text(evaluation.derived.get(item.path)) or None,
            }
            for item in form.derived
        ]
    return {**data, "rows": [row_data(row) for row in evaluation.rows]}


def result_data(form: FormDefinition, evaluation: Evaluation) -> dict[str, str | None]:
    """Total and, in a form with grades, grade; null where there is none."""
    total = {"total": None if evaluation.total is None else plain(evaluation.total)}
    if not form.grade.bands:
        return total
    return total | {"grade": None if evaluation.grade is None else evaluation.grade.name}


def row_data(row: RowResult) -> dict[str, str | None]:
    """One scored row of it."""
    return {
        "id": row.context.row.id,
        "name": row_title(row.context),
        "weight": plain(row.weight),
        "score": None if row.score is None else plain(row.score),
        "source": row.origin.value,
        "working": row.working,
    }
