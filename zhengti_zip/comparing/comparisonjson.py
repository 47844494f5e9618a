"""A comparison as JSON: what ``diff --json`` prints (docs/json-output.md)."""

from __future__ import annotations

from typing import Any

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.numbers import plain
from zhengti_zip.comparing.comparison import Comparison
from zhengti_zip.scoring.evaluation import evaluate
from zhengti_zip.submission.problems import InputRefused, Problem, Severity


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """The differences, and total and grade of both files."""
    before, after = (evaluate(each.form, each.submission) for each in (comparison.before, comparison.after))
    form = comparison.after.form
    data: dict[str, Any] = {
        "equal": comparison.is_equal,
        "form": form.id,
        "differences": [
            {
                "kind": difference.kind.value,
                "path": difference.path,
                "label": difference.label,
                "before": difference.before,
                "after": difference.after,
                "unit": difference.unit,
            }
            for difference in comparison.differences
        ],
    }
    if form.derived:
        data["derived"] = [
            {"id": item.value_id, "label": item.label, "before": item.before, "after": item.after}
            for item in comparison.derived
        ]
    data["total"] = {
        "before": None if before.total is None else plain(before.total),
        "after": None if after.total is None else plain(after.total),
    }
    if form.grade.bands:
        data["grade"] = {
            "before": None if before.grade is None else before.grade.name,
            "after": None if after.grade is None else after.grade.name,
        }
    return {**data, "problems": [problem.as_json() for problem in comparison.notes]}


def not_compared_data(error: InputError | InputRefused) -> dict[str, Any]:
    """The same keys for files that could not be compared; ``equal`` is null."""
    whole = Problem(Severity.ERROR, "unreadable", error.message, error.remedy)
    problems = error.problems if isinstance(error, InputRefused) else [whole]
    unknown = {"before": None, "after": None}
    return {
        "equal": None,
        "form": None,
        "differences": [],
        "total": unknown,
        "grade": unknown,
        "problems": [problem.as_json() for problem in problems],
    }
