"""A review as its page shows it: each change before and after, what is not adopted, comments, what was not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from zhengti_zip.review.workbook_changes import DECIDED, MADE
from zhengti_zip.web.database.models import Job, StoredFile, WordReview
from zhengti_zip.web.desk.at_work import AtWork, job_of
from zhengti_zip.web.desk.file_view import FileLink, file_link
from zhengti_zip.web.desk.marking import Piece, marked
from zhengti_zip.web.desk.problem_view import ProblemView, problem_view
from zhengti_zip.web.desk.reviewing import title_of
from zhengti_zip.web.files import file_of
from zhengti_zip.web.visitor import Visitor

KINDS = {"edited": "修改", "added": "新增一行", "removed": "删除一行", "moved": "移动一行"}


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A change to accept or refuse.

    Attributes:
        key: names it.
        label: the input or row.
        kind_label: what was done.
        place: cell of the workbook; "" for none.
        author, date: of the change; "" when it was not tracked.
        comments: of the reviewers on it, each with ``author`` and ``text``.
        before, after: in pieces, with what differs marked.
        is_accepted: whether it is chosen now.
    """

    key: str
    label: str
    kind_label: str
    place: str
    author: str
    date: str
    comments: tuple[Mapping[str, str], ...]
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class RefusalView:
    """A change that nobody can take over.

    Attributes:
        label, kind_label, place, author, date, comments, before, after: as of a :class:`DecisionView`.
        reason: why it is not taken over.
        is_made: whether the workbook has it already.
    """

    label: str
    kind_label: str
    place: str
    author: str
    date: str
    comments: tuple[Mapping[str, str], ...]
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    reason: str
    is_made: bool


@dataclass(frozen=True, slots=True)
class ReviewView(AtWork):
    """A review on its page; ``before`` and ``after`` say total and grade in words.

    Attributes:
        title: what it is called, by its Word files.
        other_department: that a Word file is of another department or year, in words; "" when none is.
        refusals: changes that are not in the new workbook, whatever is decided.
    """

    id: str
    title: str
    documents: tuple[FileLink, ...]
    other_department: str
    workbook: FileLink
    outcome: FileLink | None
    job: Job | None
    is_read: bool
    decisions: tuple[DecisionView, ...]
    refusals: tuple[RefusalView, ...]
    comments: tuple[Mapping[str, str], ...]
    unread: tuple[Mapping[str, str], ...]
    problems: tuple[ProblemView, ...]
    before: str
    after: str


def review_view(session: Session, visitor: Visitor, review: WordReview) -> ReviewView:
    """What the page of a review shows.

    Raises:
        Refusal: one of the files is gone.
    """
    data: dict[str, Any] = review.result or {}
    owners: dict[str, str] = {}
    problems = tuple(
        problem_view(f"problem-{number}", problem, {}, owners)
        for number, problem in enumerate(data.get("problems", ()), start=1)
    )
    documents = tuple(file_link(file_of(session, visitor, identity)) for identity in review.document_ids)
    outcome = session.get(StoredFile, review.outcome_id) if review.outcome_id else None
    return ReviewView(
        id=review.id,
        title=title_of([document.name for document in documents]),
        documents=documents,
        other_department=data.get("other_department", ""),
        workbook=file_link(file_of(session, visitor, review.workbook_id)),
        outcome=file_link(outcome) if outcome else None,
        job=job_of(session, review.id),
        is_read=review.result is not None,
        decisions=tuple(_decision(each, review.refused) for each in data.get("decisions", ())),
        refusals=tuple(_refusal(each) for each in data.get("refused", ()) if each["code"] != DECIDED),
        comments=tuple(data.get("comments", ())),
        unread=tuple(data.get("unread", ())),
        problems=problems,
        before=_score(data.get("before")),
        after=_score(data.get("after")),
    )


def _decision(each: Mapping[str, Any], refused: list[str]) -> DecisionView:
    return DecisionView(
        each["key"],
        each["label"],
        KINDS[each["kind"]],
        each["place"] or "",
        each["author"],
        _time(each["date"]),
        tuple(each["comments"]),
        *marked(each["before"], each["after"]),
        is_accepted=each["key"] not in refused,
    )


def _refusal(each: Mapping[str, Any]) -> RefusalView:
    return RefusalView(
        each["field"],
        KINDS[each["kind"]],
        each["place"],
        each["author"],
        _time(each["date"]),
        tuple(each["comments"]),
        *marked(each["before"], each["after"]),
        reason=each["reason"],
        is_made=each["code"] == MADE,
    )


def _time(date: str) -> str:
    """A date of a Word file as shown to the user."""
    return date.replace("T", " ").removesuffix("Z")[:16]


def _score(side: Mapping[str, str | None] | None) -> str:
    if side is None or side["total"] is None:
        return "算不出总分"
    return f"{side['total']} 分" + (f"，{side['grade']}" if side["grade"] else "")
