"""Work for the page in worker processes: compared, reviewed and mended files, limits, and what a restart finds."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.support import sound
from tests.web import slow_tasks
from tests.web.working import CLERK, examined, finished, handed_over, settings_in, working_server
from zhengti_zip import load_form
from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.grid.examine import examine
from zhengti_zip.printing.build import printed
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.database.models import Comparison, Job, StoredFile, WordReview
from zhengti_zip.web.desk.mending import mend, mended_workbook
from zhengti_zip.web.files import expiry, file_of, may_see
from zhengti_zip.web.refusals import Refusal
from zhengti_zip.web.server import Server
from zhengti_zip.web.store import Store
from zhengti_zip.web.visitor import Role, Visitor
from zhengti_zip.web.work import tasks
from zhengti_zip.workbook.write.writer import filled_workbook

FORM = load_form("haizhu-2022")
SOURCE = from_data(sound(), FORM)
BOOK = filled_workbook(FORM, SOURCE.submission)
TOTAL = "部门预算!B5"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with working_server(tmp_path_factory.mktemp("server")) as made:
        yield made


def _submit(server: Server, made: Any, kind: str) -> Job:
    with server.database.session() as session:
        session.add(made)
        session.flush()
        job = server.jobs.submit(session, CLERK.owner, kind, made.id)
    return finished(server, job.id)


def _reviewed_word() -> bytes:
    """The Word file of the form as a reviewer gives it back: another department, without tracking."""
    document = Document(BytesIO(printed(examine(SOURCE))[".docx"]))
    for text in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        if text.text == "已全部完成。":
            text.text = "除一项外已完成。"
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_file_is_reviewed_and_what_is_accepted_becomes_a_workbook(server: Server) -> None:
    document_id, job = handed_over(server, "甲-审阅.docx", _reviewed_word())
    workbook_id, _ = handed_over(server, "甲.xlsx", BOOK)
    finished(server, job)
    review = WordReview(owner=CLERK.owner, document_ids=[document_id], workbook_id=workbook_id)
    job_of_review = _submit(server, review, "review")
    assert (job_of_review.state, job_of_review.message) == ("done", "")
    with server.database.reading() as session:
        result = session.get_one(WordReview, review.id).result
    assert result is not None
    (decision,) = result["decisions"]
    assert (decision["before"], decision["after"]) == ("已全部完成。", "除一项外已完成。")
    assert (decision["place"], decision["kind"]) == ("年度目标!C5", "edited")
    assert result["before"] == result["after"] == {"total": "100", "grade": "优"}
    for refused, wanted in (([], "除一项外已完成。"), ([decision["key"]], "已全部完成。")):
        with server.database.session() as session:
            session.get_one(WordReview, review.id).refused = refused
            made = server.jobs.submit(session, CLERK.owner, "review_outcome", review.id)
        outcome = finished(server, made.id).result
        assert outcome is not None
        finished(server, outcome["job"])
        with server.database.reading() as session:
            file = session.get_one(StoredFile, outcome["file"])
            assert session.get_one(WordReview, review.id).outcome_id == file.id
            assert file.examination is not None
            assert file.examination["inputs"]["年度目标!C5"]["value"] == wanted
        assert (file.name, file.parent_id, file.owner) == ("甲-审阅后.xlsx", workbook_id, CLERK.owner)


def test_two_files_are_compared_whatever_their_kind(server: Server) -> None:
    before, _ = handed_over(server, "旧.docx", printed(examine(SOURCE))[".docx"])
    changed = {**sound(), "budget": {**sound()["budget"], "basic": "1150"}}
    after, _ = handed_over(server, "新.xlsx", filled_workbook(FORM, from_data(changed, FORM).submission))
    comparison = Comparison(owner=CLERK.owner, before_id=before, after_id=after)
    assert _submit(server, comparison, "compare").state == "done"
    with server.database.reading() as session:
        result = session.get_one(Comparison, comparison.id).result
    assert result is not None
    (difference,) = result["differences"]
    found = difference["path"], difference["before"], difference["after"]
    assert found == ("budget.basic", "1155.12", "1150")


def test_files_that_cannot_be_compared_are_told_in_one_message(server: Server) -> None:
    before, _ = handed_over(server, "甲.xlsx", BOOK)
    after, _ = handed_over(server, "乙.pdf", b"%PDF-1.7 of another program")
    job = _submit(server, Comparison(owner=CLERK.owner, before_id=before, after_id=after), "compare")
    assert job.state == "failed" and job.message.startswith("乙.pdf") and job.remedy


def test_a_cell_is_mended_in_a_copy_which_is_examined(server: Server) -> None:
    file, _ = examined(server, "甲.xlsx", BOOK)
    made, job = mend(server, CLERK, file, {TOTAL: "1,300 万元"})
    finished(server, job.id)
    with server.database.reading() as session:
        mended = file_of(session, CLERK, made.id)
        assert mended.examination is not None
        assert mended.examination["inputs"][TOTAL]["value"] == "1300"
    assert (mended.parent_id, mended.name, mended.digest == file.digest) == (file.id, "甲-更正.xlsx", False)


def test_json_is_mended_as_the_workbook_made_of_it(server: Server) -> None:
    content = SOURCE.submission.to_json().encode("utf-8")
    file, _ = examined(server, "甲.json", content)
    name, mended = mended_workbook(server, file, {TOTAL: "1300"})
    assert name == "甲-更正.xlsx"
    assert load_workbook(BytesIO(mended))["部门预算"]["B5"].value == 1300


@pytest.mark.parametrize(
    ("edits", "words"), [({TOTAL: "1297.59"}, "没有改动"), ({"部门预算!A1": "1"}, "不是填写的单元格")]
)
def test_what_cannot_be_mended_is_refused(server: Server, edits: dict[str, str], words: str) -> None:
    file, _ = examined(server, "甲.xlsx", BOOK)
    with pytest.raises(ZhengtiError, match=words):
        mended_workbook(server, file, edits)


@pytest.mark.parametrize(
    ("visitor", "owner", "sees"),
    [
        (Visitor(Role.VISITOR, "a"), "visit:a", True),
        (Visitor(Role.VISITOR, "a"), "visit:b", False),
        (Visitor(Role.DEPARTMENT, "a"), "department:b", False),
        (Visitor(Role.READER, "a"), "department:b", True),
        (Visitor(Role.ADMINISTRATOR, "a"), "account:b", False),
        (Visitor(Role.NOBODY), "department:b", False),
    ],
)
def test_everybody_sees_what_is_theirs_and_the_bureau_the_departments(
    visitor: Visitor, owner: str, sees: bool
) -> None:
    assert may_see(visitor, owner) is sees


def test_a_file_of_somebody_else_is_not_there(server: Server) -> None:
    identity, _ = handed_over(server, "甲.xlsx", BOOK)
    with server.database.reading() as session, pytest.raises(Refusal, match="没有这个页面"):
        file_of(session, Visitor(Role.VISITOR, "another"), identity)


@pytest.mark.parametrize(
    ("task", "words"),
    [
        (slow_tasks.never_ends, "处理超过 2 秒"),
        (slow_tasks.takes_all_memory, "内存超过 700 MB"),
        (slow_tasks.fails, "程序内部出错"),
    ],
)
def test_a_file_beyond_the_limits_is_told_in_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, task: object, words: str
) -> None:
    monkeypatch.setattr(tasks, "examine_file", task)
    with working_server(tmp_path, workers=1, seconds=2, megabytes=700) as server:
        file, made = examined(server, "甲.xlsx", b"whatever")
    assert file.examination is not None and made == {}
    assert words in file.examination["unreadable"]["message"]


def test_a_worker_that_is_lost_fails_the_job_and_not_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "examine_file", slow_tasks.is_killed)
    with working_server(tmp_path, workers=1) as server:
        file_id, job_id = handed_over(server, "甲.xlsx", b"whatever")
        job = finished(server, job_id)
        assert (job.state, job.message) == ("failed", "处理被中断")
        with server.database.reading() as session:
            assert session.get_one(StoredFile, file_id).examination is None


def test_a_restart_goes_on_with_what_was_left(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    database = Database(settings.database_url)
    database.upgrade()
    digest = Store(tmp_path / "files").put(BOOK)
    with database.session() as session:
        file = StoredFile(owner=CLERK.owner, name="甲.xlsx", digest=digest, size=len(BOOK), kind="workbook")
        session.add(file)
        session.flush()
        jobs = [
            Job(owner=CLERK.owner, kind="examine", subject_id=file.id, state=state, stage=stage)
            for state, stage in (("running", "排版"), ("queued", ""), ("failed", ""))
        ]
        session.add_all(jobs)
    database.close()
    with working_server(tmp_path) as server:
        assert [finished(server, job.id).state for job in jobs] == ["done", "done", "failed"]
        with server.database.reading() as session:
            examination = session.get_one(StoredFile, file.id).examination
    assert examination is not None and examination["total"] == "100"


def test_a_file_that_has_expired_meanwhile_leaves_nothing(server: Server) -> None:
    with server.database.session() as session:
        job = server.jobs.submit(session, CLERK.owner, "examine", "gone", expires_at=expiry(server))
    assert finished(server, job.id).state == "done"
