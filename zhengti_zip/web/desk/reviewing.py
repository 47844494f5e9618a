"""A reviewed Word file beside its workbook: begun, decided, found again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import StoredFile, WordReview, now
from zhengti_zip.web.desk.file_view import job_of
from zhengti_zip.web.files import expiry, may_see
from zhengti_zip.web.log import record
from zhengti_zip.web.refusals import not_found, wrong_input
from zhengti_zip.web.server import Server
from zhengti_zip.web.times import shown_time
from zhengti_zip.web.visitor import Visitor
from zhengti_zip.web.work.jobs import FINISHED

MAX_RECENT = 10


@dataclass(frozen=True, slots=True)
class RecentReview:
    """A review in a list."""

    id: str
    document: str
    time: str


def begin_review(
    server: Server, session: Session, visitor: Visitor, document: StoredFile, workbook: StoredFile
) -> WordReview:
    """Have the changes in a Word file read.

    Raises:
        Refusal: the first file is no Word file, or the second is one.
    """
    if document.kind != "word":
        raise wrong_input(f"{document.name} 不是 Word 文件", "请选择审阅过的 .docx 文件")
    if workbook.kind not in ("workbook", "json"):
        raise wrong_input(f"{workbook.name} 不是工作簿", "请选择生成该 Word 文件的工作簿（.xlsx）")
    made = WordReview(owner=visitor.owner, document_id=document.id, workbook_id=workbook.id)
    made.expires_at = expiry(server)
    session.add(made)
    session.flush()
    server.jobs.submit(session, visitor.owner, "review", made.id, expires_at=made.expires_at)
    record(session, visitor, "review_added", document=document.name, workbook=workbook.name)
    return made


def review_of(session: Session, visitor: Visitor, identity: str) -> WordReview:
    """A review by its id.

    Raises:
        Refusal: there is none, or the visitor may not see it.
    """
    found = session.get(WordReview, identity)
    if found is None or not may_see(visitor, found.owner):
        raise not_found()
    return found


def recent_reviews(session: Session, visitor: Visitor) -> list[RecentReview]:
    """The reviews of a visitor, the last one first."""
    found = session.scalars(
        select(WordReview)
        .where(WordReview.owner == visitor.owner, WordReview.expires_at > now())
        .order_by(WordReview.created_at.desc())
        .limit(MAX_RECENT)
    )
    return [
        RecentReview(each.id, session.get_one(StoredFile, each.document_id).name, shown_time(each.created_at))
        for each in found
    ]


def decide(
    server: Server, session: Session, visitor: Visitor, review: WordReview, accepted: Collection[str]
) -> None:
    """Have the workbook made that has the accepted changes; a job does it.

    Args:
        accepted: keys of decisions; all others are refused.

    Raises:
        Refusal: the review is another's, the changes are not read yet, a workbook is being made, or a key names none of them.
    """
    if review.owner != visitor.owner:  # the bureau sees it, but does not decide for a department
        raise not_found()
    job = job_of(session, review.id)
    if review.result is None or (job is not None and job.state not in FINISHED):
        raise wrong_input("改动还没有读完", "请稍候刷新页面后再选择")
    known = [each["key"] for each in review.result["decisions"]]
    if not set(accepted) <= set(known):
        raise wrong_input("审阅稿中没有所选的改动", "请刷新页面后重新选择")
    review.refused = [key for key in known if key not in accepted]
    review.outcome_id = None
    review.expires_at = expiry(server)
    server.jobs.submit(session, visitor.owner, "review_outcome", review.id, expires_at=review.expires_at)
    record(session, visitor, "review_decided", accepted=len(set(accepted)), refused=len(review.refused))
