"""Two files beside each other: begun, found again, shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from zhengti_zip.comparing.difference import DifferenceKind
from zhengti_zip.web.database.models import Comparison, Job, StoredFile, now
from zhengti_zip.web.desk.at_work import AtWork, job_of
from zhengti_zip.web.desk.file_view import FileLink, file_link
from zhengti_zip.web.desk.marking import Piece, marked
from zhengti_zip.web.desk.problem_view import ProblemView, problem_view
from zhengti_zip.web.files import expiry, file_of, may_see
from zhengti_zip.web.log import record
from zhengti_zip.web.refusals import not_found
from zhengti_zip.web.server import Server
from zhengti_zip.web.times import shown_time
from zhengti_zip.web.visitor import Visitor

MAX_RECENT = 10

KINDS = {
    DifferenceKind.CHANGED: "修改",
    DifferenceKind.ADDED: "新增",
    DifferenceKind.REMOVED: "删除",
    DifferenceKind.MOVED: "移动",
}


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One difference; the texts in pieces, with what differs marked."""

    label: str
    kind_label: str
    unit: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """Total, grade or a derived value of both files, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ComparisonView(AtWork):
    """A comparison on its page.

    Attributes:
        before, after: the files.
        job: the work on it.
        is_equal: None while that is not known, or when the files could not be compared.
        summary: total, grade and derived values.
        differences: all of them.
        notes: what was found while reading.
    """

    id: str
    before: FileLink
    after: FileLink
    job: Job | None
    is_equal: bool | None
    summary: tuple[SummaryLine, ...]
    differences: tuple[DifferenceView, ...]
    notes: tuple[ProblemView, ...]


@dataclass(frozen=True, slots=True)
class RecentComparison:
    """A comparison in a list."""

    id: str
    before: str
    after: str
    time: str


def begin_comparison(
    server: Server, session: Session, visitor: Visitor, before: StoredFile, after: StoredFile
) -> Comparison:
    """Have two files compared."""
    made = Comparison(owner=visitor.owner, before_id=before.id, after_id=after.id)
    made.expires_at = expiry(server)
    session.add(made)
    session.flush()
    server.jobs.submit(session, visitor.owner, "compare", made.id, expires_at=made.expires_at)
    record(session, visitor, "comparison_added", before=before.name, after=after.name)
    return made


def comparison_of(session: Session, visitor: Visitor, identity: str) -> Comparison:
    """A comparison by its id.

    Raises:
        Refusal: there is none, or the visitor may not see it.
    """
    found = session.get(Comparison, identity)
    if found is None or not may_see(visitor, found.owner):
        raise not_found()
    return found


def recent_comparisons(session: Session, visitor: Visitor) -> list[RecentComparison]:
    """The comparisons of a visitor, the last one first."""
    before, after = aliased(StoredFile), aliased(StoredFile)
    found = session.execute(
        select(Comparison.id, before.name, after.name, Comparison.created_at)
        .join(before, before.id == Comparison.before_id)
        .join(after, after.id == Comparison.after_id)
        .where(Comparison.owner == visitor.owner, Comparison.expires_at > now())
        .order_by(Comparison.created_at.desc())
        .limit(MAX_RECENT)
    )
    return [RecentComparison(identity, old, new, shown_time(moment)) for identity, old, new, moment in found]


def comparison_view(session: Session, visitor: Visitor, comparison: Comparison) -> ComparisonView:
    """What the page of a comparison shows.

    Raises:
        Refusal: one of the files is gone.
    """
    files = [file_of(session, visitor, name) for name in (comparison.before_id, comparison.after_id)]
    before, after = (file_link(file) for file in files)
    data: dict[str, Any] = comparison.result or {}
    owners: dict[str, str] = {}
    notes = tuple(
        problem_view(f"note-{number}", problem, {}, owners)
        for number, problem in enumerate(data.get("problems", ()), start=1)
    )
    return ComparisonView(
        id=comparison.id,
        before=before,
        after=after,
        job=job_of(session, comparison.id),
        is_equal=data.get("equal"),
        summary=_summary(data),
        differences=_differences(data.get("differences", ())),
        notes=notes,
    )


def _differences(found: Sequence[dict[str, Any]]) -> tuple[DifferenceView, ...]:
    return tuple(
        DifferenceView(
            each["label"],
            KINDS[DifferenceKind(each["kind"])],
            each["unit"],
            *marked(each["before"], each["after"]),
        )
        for each in found
    )


def _summary(data: dict[str, Any]) -> tuple[SummaryLine, ...]:
    lines = []
    for key, label, unknown in (("total", "总分", "算不出"), ("grade", "等级", "无")):
        if key in data:
            lines.append(SummaryLine(label, *(data[key][side] or unknown for side in ("before", "after"))))
    for each in data.get("derived", ()):
        lines.append(SummaryLine(each["label"], each["before"] or "算不出", each["after"] or "算不出"))
    return tuple(lines)
