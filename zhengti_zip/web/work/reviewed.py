"""A review as plain data: the decisions to make, what nobody can decide, comments, what was not read, the scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from zhengti_zip.base.numbers import plain
from zhengti_zip.review.decisions import Decision
from zhengti_zip.review.review import ReviewResult, review_copies
from zhengti_zip.review.same_department import OtherDepartment
from zhengti_zip.review.workbook_changes import RefusedChange, UnattachedRemark
from zhengti_zip.scoring.evaluation import Evaluation
from zhengti_zip.submission.problems import Place
from zhengti_zip.web.work.tasks import FileRequest, ReviewRequest

MAX_PROBLEMS = 500
"""Most problems listed; the workbook itself tells all of them when it is examined."""


def reviewed(request: ReviewRequest) -> ReviewResult:
    """The review of a file, or of the copies of several reviewers.

    Raises:
        InputError, InputRefused, UsageProblem: as :func:`zhengti_zip.review.review.review_copies`.
    """
    workbook = request.workbook
    copies = list(
        zip(_own_names(request.documents), (each.content for each in request.documents), strict=True)
    )
    return review_copies(
        copies, workbook.content, workbook.name, refused=request.refused, force=request.is_forced
    )


def _own_names(files: Sequence[FileRequest]) -> Iterator[str]:
    """A name for each file: copies of one name get a number."""
    seen: Counter[str] = Counter()
    for file in files:
        seen[file.name] += 1
        path = PurePosixPath(file.name)
        yield file.name if seen[file.name] == 1 else f"{path.stem}（{seen[file.name]}）{path.suffix}"


def other_department_data(error: OtherDepartment) -> dict[str, Any]:
    """The value of ``WordReview.result`` of a Word file that is not taken, unless the reviewer insists."""
    return {"other_department": error.message, "decisions": []}


def review_data(result: ReviewResult) -> dict[str, Any]:
    """The value of ``WordReview.result``."""
    merged = result.merged
    return {
        "decisions": [_decision(each) for each in result.decisions],
        "refused": [_refused(each) for each in merged.refused],
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


def _refused(item: RefusedChange) -> dict[str, Any]:
    change = item.change
    return {**change.as_json(), "place": _place(change.place), "code": item.code, "reason": item.reason}


def _comment(remark: UnattachedRemark) -> dict[str, str]:
    return {"label": remark.label, "place": _place(remark.place), **remark.remark.as_json()}


def _place(place: Place | None) -> str:
    return str(place) if place else ""


def _score(evaluation: Evaluation) -> dict[str, str | None]:
    total, grade = evaluation.total, evaluation.grade
    return {"total": None if total is None else plain(total), "grade": grade.name if grade else ""}
