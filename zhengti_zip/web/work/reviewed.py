"""A reviewed Word file as plain data: the decisions to make, comments, what was not read, the scores before and after."""

from __future__ import annotations

from typing import Any

from zhengti_zip.base.numbers import plain
from zhengti_zip.review.decisions import Decision
from zhengti_zip.review.review import ReviewResult, review_content
from zhengti_zip.review.workbook_changes import UnattachedRemark
from zhengti_zip.scoring.evaluation import Evaluation
from zhengti_zip.submission.problems import Place
from zhengti_zip.web.work.tasks import ReviewRequest

MAX_PROBLEMS = 500
"""Most problems listed; the workbook itself tells all of them when it is examined."""


def reviewed(request: ReviewRequest) -> ReviewResult:
    """The review of a file.

    Raises:
        InputError, InputRefused, UsageProblem: as :func:`zhengti_zip.review.review.review_content`.
    """
    document, workbook = request.document, request.workbook
    return review_content(
        document.content, document.name, workbook.content, workbook.name, refused=request.refused
    )


def review_data(result: ReviewResult) -> dict[str, Any]:
    """The value of ``WordReview.result``."""
    merged = result.merged
    return {
        "decisions": [_decision(each) for each in result.decisions],
        "comments": [_comment(each) for each in merged.remarks],
        "unread": [each.as_json() for each in merged.unread],
        "problems": [
            {**problem.as_json(), "path": str(problem.path)} for problem in result.problems[:MAX_PROBLEMS]
        ],
        "before": _score(result.before),
        "after": _score(result.after),
    }


def _decision(decision: Decision) -> dict[str, Any]:
    first = decision.changes[0]
    comments = {remark: None for change in decision.changes for remark in change.comments}
    return {
        "key": decision.key,
        "label": decision.label,
        "before": decision.before,
        "after": decision.after,
        "author": first.author,
        "date": first.date,
        "comments": [remark.as_json() for remark in comments],
        "place": _place(first.place),
        "kind": decision.kind,
        "group": first.group,
    }


def _comment(remark: UnattachedRemark) -> dict[str, str]:
    return {"label": remark.label, "place": _place(remark.place), **remark.remark.as_json()}


def _place(place: Place | None) -> str:
    return str(place) if place else ""


def _score(evaluation: Evaluation) -> dict[str, str | None]:
    total, grade = evaluation.total, evaluation.grade
    return {"total": None if total is None else plain(total), "grade": grade.name if grade else ""}
