"""Reviewed Word files beside their workbook: begun, decided, found again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import StoredFile, WordReview, now
from zhengti_zip.web.desk.at_work import job_of
from zhengti_zip.web.files import expiry, may_see
from zhengti_zip.web.log import record
from zhengti_zip.web.refusals import not_found, wrong_input
from zhengti_zip.web.server import Server
from zhengti_zip.web.times import shown_time
from zhengti_zip.web.visitor import Visitor
from zhengti_zip.web.work.jobs import FINISHED

MAX_RECENT = 10

MAX_COPIES = 20
"""Word files of one review."""


@dataclass(frozen=True, slots=True)
class RecentReview:
    """A review in a list."""

    id: str
    document: str
    time: str


def begin_review(
    server: Server,
    session: Session,
    visitor: Visitor,
    documents: Sequence[StoredFile],
    workbook: StoredFile,
    *,
    force: bool = False,
) -> WordReview:
    """Have the changes in a Word file read, or in the copies of several reviewers.

    Args:
        force: take also Word files of another department or year than the workbook.

    Raises:
        Refusal: there is no Word file, too many, one is of another kind, or the workbook is none.
    """
    documents = list({document.id: document for document in documents}.values())
    if not documents:
        raise wrong_input("没有选择审阅过的 Word 文件", "请选择审阅过的 Word 文件后再提交")
    if len(documents) > MAX_COPIES:
        raise wrong_input(
            f"一次最多处理 {MAX_COPIES} 份审阅稿，收到 {len(documents)} 份",
            "请分几次处理，后一次用前一次得到的工作簿",
        )
    if other := next((document for document in documents if document.kind != "word"), None):
        raise wrong_input(f"{other.name} 不是 Word 文件", "请选择审阅过的 .docx 文件")
    if workbook.kind not in ("workbook", "json"):
        raise wrong_input(f"{workbook.name} 不是工作簿", "请选择生成该 Word 文件的工作簿（.xlsx）")
    identities = [document.id for document in documents]
    made = WordReview(owner=visitor.owner, document_ids=identities, workbook_id=workbook.id, is_forced=force)
    made.expires_at = expiry(server)
    session.add(made)
    session.flush()
    server.jobs.submit(session, visitor.owner, "review", made.id, expires_at=made.expires_at)
    names = "、".join(document.name for document in documents)
    record(session, visitor, "review_added", document=names, workbook=workbook.name)
    return made


def insist(server: Server, session: Session, visitor: Visitor, review: WordReview) -> None:
    """Have a Word file read that is of another department or year than the workbook.

    Raises:
        Refusal: the review is another's, or its files are of one department and year.
    """
    if review.owner != visitor.owner:
        raise not_found()
    if not (review.result or {}).get("other_department"):
        raise wrong_input("这份审阅稿不需要另行确认", "请刷新页面后再选择")
    review.is_forced, review.result = True, None
    review.expires_at = expiry(server)
    server.jobs.submit(session, visitor.owner, "review", review.id, expires_at=review.expires_at)
    record(session, visitor, "review_forced", workbook=session.get_one(StoredFile, review.workbook_id).name)


def title_of(names: Sequence[str]) -> str:
    """What a review is called, by the names of its Word files."""
    return names[0] if len(names) == 1 else f"{names[0]} 等 {len(names)} 份"


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
    found = session.execute(
        select(WordReview.id, WordReview.document_ids, WordReview.created_at)
        .where(WordReview.owner == visitor.owner, WordReview.expires_at > now())
        .order_by(WordReview.created_at.desc())
        .limit(MAX_RECENT)
    ).all()
    wanted = {document for _, documents, _ in found for document in documents}
    named = select(StoredFile.id, StoredFile.name).where(StoredFile.id.in_(wanted))
    names = {row.id: row.name for row in session.execute(named)}
    return [
        RecentReview(identity, title_of([names[document] for document in documents]), shown_time(moment))
        for identity, documents, moment in found
        if names.keys() >= set(documents)
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
    if review.result.get("other_department"):
        raise wrong_input("审阅稿属于别的部门或年度", "请先确认仍然处理，再选择采纳哪些改动")
    known = [each["key"] for each in review.result["decisions"]]
    if not set(accepted) <= set(known):
        raise wrong_input("审阅稿中没有所选的改动", "请刷新页面后重新选择")
    review.refused = [key for key in known if key not in accepted]
    review.outcome_id = None
    review.expires_at = expiry(server)
    server.jobs.submit(session, visitor.owner, "review_outcome", review.id, expires_at=review.expires_at)
    record(session, visitor, "review_decided", accepted=len(set(accepted)), refused=len(review.refused))
