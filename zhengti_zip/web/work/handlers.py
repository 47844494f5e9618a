"""The work on one file: examined, printed, its pages drawn."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from zhengti_zip.web.database.models import StoredFile
from zhengti_zip.web.database.office_models import Version
from zhengti_zip.web.office.versions import settle
from zhengti_zip.web.work import tasks
from zhengti_zip.web.work.calls import OF_THE_FILE, REFUSED, WorkFailed
from zhengti_zip.web.work.gate import LATER
from zhengti_zip.web.work.keeping import keep_made
from zhengti_zip.web.work.tasks import Examined, FileRequest, Made, unreadable_data
from zhengti_zip.web.work.undertaking import Undertaking

STAGES = ("读取和检查", "排版", "页面图片")


def examine(undertaking: Undertaking) -> None:
    """Examine a file, then print it, then draw its pages; each is there for the page as soon as it is made.

    Files that were handed over meanwhile are examined before this one is printed: their owners wait.
    """
    with undertaking.database.reading() as session:
        file = session.get(StoredFile, undertaking.subject_id)
    if file is None:  # it has expired
        return
    request = FileRequest(file.name, undertaking.store.get(file.digest), file.form)
    undertaking.tell(STAGES[0], 0, len(STAGES))
    try:
        examined: Examined = undertaking.call(tasks.examine_file, request)
    except WorkFailed as failure:
        if failure.code not in (REFUSED, *OF_THE_FILE):
            raise
        _keep(undertaking, Examined(unreadable_data(failure.message, failure.remedy), {}))
        return
    _keep(undertaking, examined)
    undertaking.tell(STAGES[1], 1, len(STAGES))
    printed = undertaking.call(tasks.print_file, request, LATER)
    _keep_made(undertaking, printed)
    undertaking.tell(STAGES[2], 2, len(STAGES))
    pictures = undertaking.call(tasks.page_pictures, printed["pdf"].content, LATER)
    _keep_made(undertaking, pictures)


def _keep(undertaking: Undertaking, examined: Examined) -> None:
    """Write down what is known of a file, and of the version of a department that it is."""
    data = examined.examination
    with undertaking.database.session() as session:
        file = session.get(StoredFile, undertaking.subject_id)
        if file is None:
            return
        file.examination = data
        keep_made(session, undertaking.store, file.id, examined.files)
        for version in session.scalars(select(Version).where(Version.file_id == file.id)):
            settle(version, data)


def _keep_made(undertaking: Undertaking, made: Mapping[str, Made]) -> None:
    with undertaking.database.session() as session:
        if session.get(StoredFile, undertaking.subject_id):
            keep_made(session, undertaking.store, undertaking.subject_id, made)
