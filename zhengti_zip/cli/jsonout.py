"""Problems and scores as JSON data; the shapes are a stable interface (docs/json-output.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zhengti_zip.base.errors import InputError
from zhengti_zip.submission.problems import Problem, Severity, has_errors

if TYPE_CHECKING:
    from zhengti_zip.form.definition import FormDefinition
    from zhengti_zip.scoring.explanation import Explanation


def check_data(problems: Sequence[Problem]) -> dict[str, Any]:
    """What ``check --json`` prints."""
    return {"ok": not has_errors(problems), "problems": [problem.as_json() for problem in problems]}


def unreadable_data(error: InputError) -> dict[str, Any]:
    """What ``check --json`` prints for a file that cannot be read."""
    return check_data([Problem(Severity.ERROR, "unreadable", error.message, error.remedy)])


def explanation_data(explanation: Explanation, form: FormDefinition) -> dict[str, Any]:
    """What ``explain --json`` prints."""
    from zhengti_zip.base.numbers import plain
    from zhengti_zip.scoring.scorejson import result_data, row_data

    return {
        "department": explanation.department or None,
        "year": str(explanation.year),
        **result_data(form, explanation.evaluation),
        **_besides(explanation),
        "rows": [
            {
                **row_data(row.result),
                "computed": None if row.result.computed is None else plain(row.result.computed),
                "self": None if row.result.entry.score is None else plain(row.result.entry.score),
                "lost": plain(row.lost),
                "rule": row.rule_text,
                "basis": row.result.rule.basis,
                "data": [
                    {"label": d.label, "value": d.value, "unit": d.unit, "note": d.note} for d in row.data
                ],
                "gains": [{"change": gain.change, "points": plain(gain.points)} for gain in row.gains],
            }
            for row in explanation.rows
        ],
    }


def _besides(explanation: Explanation) -> dict[str, Any]:
    """What only some forms have: a limit that lowered the total, derived values, rows of the department."""
    found: dict[str, Any] = {}
    if explanation.evaluation.cap_applied:
        found["cap"] = explanation.evaluation.cap_applied
    if explanation.derived:
        found["derived"] = [
            {"label": label, "how": how, "value": value or None} for label, how, value in explanation.derived
        ]
    if explanation.method:
        found["method"] = explanation.method
    return found
