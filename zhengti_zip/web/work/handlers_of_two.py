"""The work on two files: compared, or a reviewed Word file beside its workbook."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import Comparison, StoredFile, WordReview
from zhengti_zip.web.store import Store
from zhengti_zip.web.work import tasks
from zhengti_zip.web.work.keeping import keep, workbook_of
from zhengti_zip.web.work.tasks import CompareRequest, FileRequest, ReviewRequest
from zhengti_zip.web.work.undertaking import Undertaking

REVIEWED = "-审阅后.xlsx"


def compare(undertaking: Undertaking) -> None:
    """Compare two files; the result stands in the comparison."""
    with undertaking.database.reading() as session:
        comparison = session.get(Comparison, undertaking.subject_id)
        if comparison is None:  # it has expired
            return
        before, after = (
            _request(undertaking.store, session.get_one(StoredFile, identity))
            for identity in (comparison.before_id, comparison.after_id)
        )
    undertaking.tell("对比", 0, 1)
    data = undertaking.call(tasks.compare_files, CompareRequest(before, after))
    with undertaking.database.session() as session:
        if found := session.get(Comparison, undertaking.subject_id):
            found.result = data


def review(undertaking: Undertaking) -> None:
    """Read the changes in a Word file; they stand in the review."""
    request = _review_request(undertaking)
    if request is None:
        return
    undertaking.tell("读取审阅稿", 0, 1)
    data = undertaking.call(tasks.review_document, request)
    with undertaking.database.session() as session:
        if found := session.get(WordReview, undertaking.subject_id):
            found.result = data


def review_outcome(undertaking: Undertaking) -> dict[str, Any] | None:
    """Make the workbook with the accepted changes, and have it examined."""
    request = _review_request(undertaking)
    if request is None:
        return None
    undertaking.tell("写入采纳的改动", 0, 1)
    content = undertaking.call(tasks.accepted_changes, request)
    with undertaking.database.session() as session:
        found = session.get(WordReview, undertaking.subject_id)
        if found is None:
            return None
        workbook = session.get_one(StoredFile, found.workbook_id)
        file, job = keep(
            session,
            undertaking.store,
            undertaking.submit,
            found.owner,
            f"{PurePosixPath(workbook.name).stem}{REVIEWED}",
            content,
            form=workbook.form,
            parent=workbook,
            expires=found.expires_at,
        )
        found.outcome_id = file.id
        return {"file": file.id, "job": job.id}


def _review_request(undertaking: Undertaking) -> ReviewRequest | None:
    """What is to be reviewed; None when it has expired."""
    store = undertaking.store
    with undertaking.database.reading() as session:
        found = session.get(WordReview, undertaking.subject_id)
        if found is None:
            return None
        files = [session.get(StoredFile, identity) for identity in found.document_ids]
        documents = tuple(_request(store, file) for file in files if file is not None)
        if len(documents) < len(files):
            return None
        workbook = _workbook_request(session, store, session.get_one(StoredFile, found.workbook_id))
        return ReviewRequest(documents, workbook, tuple(found.refused), found.is_forced)


def _request(store: Store, file: StoredFile) -> FileRequest:
    return FileRequest(file.name, store.get(file.digest), file.form)


def _workbook_request(session: Session, store: Store, file: StoredFile) -> FileRequest:
    """A workbook, or the one that was made of a PDF or Word file; a file of no other kind is read as it is."""
    name, digest = workbook_of(session, file)
    return FileRequest(name, store.get(digest), file.form)
