"""The archive of a round: everything in it, each file as it was, safe names, the same bytes again."""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import cast
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.web.conftest import BOTH
from tests.web.in_process import statements
from tests.web.office.support import NOBODY, OFFICER, READER, Office, filled_by, refused, workbook
from tests.web.working import finished
from zhengti_zip.web.database.models import Job, StoredFile
from zhengti_zip.web.database.office_models import Department, Round
from zhengti_zip.web.office.archive import ARCHIVE, archive, order_archive
from zhengti_zip.web.office.archive_writer import ArchiveWriter, csv_bytes
from zhengti_zip.web.office.opinions import add_opinion
from zhengti_zip.web.office.transitions import hand_in, pass_, return_
from zhengti_zip.web.work.calls import Calls
from zhengti_zip.web.work.undertaking import Undertaking


def archived(office: Office, work: Round) -> tuple[ZipFile, Job]:
    with office.session() as session:
        job = office.server.jobs.submit(session, OFFICER.owner, ARCHIVE, work.id)
    done = finished(office.server, job.id)
    assert done.state == "done", done.message
    assert done.result is not None
    content = office.server.store.file(done.result["digest"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == done.result["digest"]
    return ZipFile(io.BytesIO(content)), done


def table(archive: ZipFile, name: str) -> list[dict[str, str]]:
    [path] = [found for found in archive.namelist() if found.endswith(f"/{name}")]
    return list(csv.DictReader(io.StringIO(archive.read(path).decode("utf-8-sig"), newline="")))


@pytest.mark.slow
def test_everything_of_a_round_is_in_it(working_office: Office) -> None:
    office = working_office
    work = office.round()
    office.roster(work)
    first, second, _ = office.departments(work)
    made = [
        office.upload(first, workbook(first.name, ("goals.0.goal", ""))),
        office.upload(first, workbook(first.name)),
        office.upload(second, workbook(second.name)),
    ]
    for version in made:
        _examined(office, version.file_id)
    with office.session() as session:
        hand_in(session, filled_by(first), first, 2)
        add_opinion(session, OFFICER, first, "请核对\n支出率", "spending_rate")
        return_(session, OFFICER, first, "请改")
        hand_in(session, filled_by(second), second, 1)
        pass_(session, OFFICER, second)
    archive, job = archived(office, work)
    root = "2022 年度部门整体支出绩效自评表（广州市海珠区）"
    assert job.result is not None
    assert job.result["name"] == f"{root}-归档.zip"
    assert archive.namelist() == [
        f"{root}/{path}"
        for path in (
            "汇总表.xlsx",
            "汇总报告.pdf",
            "部门情况.csv",
            "操作记录.csv",
            "部门/1-虚构区教育局/第1版-自评表.xlsx",
            "部门/1-虚构区教育局/第2版-自评表.xlsx",
            "部门/1-虚构区教育局/第2版-自评表-打印稿.pdf",
            "部门/1-虚构区教育局/第2版-自评表-打印稿.docx",
            "部门/1-虚构区教育局/虚构区教育局-复核底稿.xlsx",
            "部门/1-虚构区教育局/复核意见.txt",
            "部门/2-虚构区民政局/第1版-自评表.xlsx",
            "部门/2-虚构区民政局/第1版-自评表-打印稿.pdf",
            "部门/2-虚构区民政局/第1版-自评表-打印稿.docx",
            "部门/2-虚构区民政局/虚构区民政局-复核底稿.xlsx",
            "清单.csv",
        )
    ]
    listed = {line["文件"]: line for line in table(archive, "清单.csv")}
    for path in archive.namelist()[:-1]:
        line, content = listed.pop(path.removeprefix(f"{root}/")), archive.read(path)
        assert (line["字节数"], line["SHA-256"]) == (str(len(content)), hashlib.sha256(content).hexdigest())
    assert listed == {}
    folder = f"{root}/部门/1-虚构区教育局"
    assert archive.read(f"{folder}/第2版-自评表.xlsx") == workbook(first.name)
    assert archive.read(f"{folder}/第2版-自评表-打印稿.pdf").startswith(b"%PDF")
    text = archive.read(f"{folder}/复核意见.txt").decode("utf-8-sig")
    assert text.startswith(
        "虚构区教育局　复核意见\r\n\r\n第 2 版　部门预算资金支出率\r\n请核对\r\n支出率\r\n（经办乙，"
    )
    states = [
        [line["单位名称"], line["状态"], line["版本数"], line["自评总分"]]
        for line in table(archive, "部门情况.csv")
    ]
    assert states == [
        ["虚构区教育局", "退回", "2", "94.55"],
        ["虚构区民政局", "通过", "1", "94.55"],
        ["虚构区水务局", "未报", "0", ""],
    ]
    steps = [line["操作"] for line in table(archive, "操作记录.csv")]
    assert (steps[0], steps[-1]) == ("新建填报工作", "通过")
    _links_lead_somewhere(archive, root)
    _, again = archived(office, work)
    assert again.result == job.result  # the same bytes


def _links_lead_somewhere(archive: ZipFile, root: str) -> None:
    sheet = load_workbook(io.BytesIO(archive.read(f"{root}/汇总表.xlsx")))["部门排名"]
    assert sheet["B5"].value == "虚构区民政局"
    for cell in ("G5", "H5"):
        assert f"{root}/{sheet[cell].hyperlink.target}" in archive.namelist()


def _examined(office: Office, file_id: str) -> None:
    with office.session() as session:
        job = session.query(Job).filter_by(subject_id=file_id).one()
    assert finished(office.server, job.id).state == "done"


@BOTH
def test_names_are_safe_and_what_is_missing_is_said(office: Office) -> None:
    work = office.round()
    office.roster(work, "单位名称,代码\n../../虚构局,\nCON,\n\"=cmd|' /C calc'!A0\",=1+1\n")
    first, second, third = office.departments(work)
    for department in (first, second):
        office.examine(office.upload(department, workbook(department.name)))
    with office.session() as session:
        kept = session.get_one(Department, first.id)
        file = session.query(StoredFile).filter_by(owner=f"department:{first.id}").one()
        file.name = "自评 表.xlsx"
        hand_in(session, filled_by(first), kept, 1, confirm=True)
    archive, _ = archived(office, work)
    for name in archive.namelist():
        path = PurePosixPath(name)
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert all(len(part.encode()) <= 255 for part in path.parts)
    folders = {PurePosixPath(name).parts[2] for name in archive.namelist() if "/部门/" in name}
    assert folders == {"1-.._.._虚构局", "2-CON"}
    missing = [line["缺少的内容"] for line in table(archive, "部门情况.csv")]
    assert missing == [
        "没有打印出的 PDF；没有打印出的 Word 文件",
        "没有报送，没有打印稿和复核底稿",
        "没有上传",
    ]
    [line] = [line for line in table(archive, "部门情况.csv") if line["单位名称"].endswith("A0")]
    assert (line["单位名称"][:2], line["代码"]) == ("'=", "'=1+1")
    assert third.name.startswith("=cmd")


def test_every_examination_is_read_once(office: Office) -> None:
    """They are large; the summary and the papers need both what stands in them."""
    work, server = office.round(), office.server
    office.roster(work)
    for department in office.departments(work)[:2]:
        office.hand_in(department)
    calls = cast(Calls, SimpleNamespace(call=lambda *_: b"made by a worker"))
    undertaking = Undertaking(
        work.id, server.database, server.store, lambda *_: None, calls, server.jobs.submit
    )
    with statements(server) as asked:
        archive(undertaking)
    assert sum("examination" in each for each in asked) == 1


def test_an_empty_round_gives_an_archive_too(office: Office) -> None:
    archive, _ = archived(office, office.round())
    assert [PurePosixPath(name).name for name in archive.namelist()] == [
        "汇总表.xlsx", "汇总报告.pdf", "部门情况.csv", "操作记录.csv", "清单.csv"
    ]  # fmt: skip


def test_the_bureau_orders_it_and_it_is_logged(office: Office) -> None:
    work = office.round()
    office.roster(work)
    with office.session() as session:
        for visitor in (NOBODY, filled_by(office.departments(work)[0])):
            with refused(404, "没有这个页面"):
                order_archive(office.server, session, visitor, work)
        job = order_archive(office.server, session, READER, work)
        assert (job.owner, job.subject_id) == ("account:r1", work.id)
        assert job.expires_at is not None
    finished(office.server, job.id)
    assert office.steps()[-1] == "archive_made"


def test_a_name_that_is_taken_gets_a_number(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("zip") / "a.zip"
    with file.open("wb") as stream:
        writer = ArchiveWriter(stream, "甲")
        for name in ("A.txt", "a.txt", "a.txt", "清单.csv"):
            writer.add(name, name.encode())
        writer.close()
    with ZipFile(file) as archive:
        assert archive.namelist() == [
            "甲/A.txt", "甲/a（2）.txt", "甲/a（3）.txt", "甲/清单（2）.csv", "甲/清单.csv"
        ]  # fmt: skip
    subprocess.run(["python3", "-m", "zipfile", "-t", str(file)], check=True, capture_output=True)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_no_cell_of_a_table_reckons(text: str) -> None:
    [line] = csv.reader(io.StringIO(csv_bytes((text,), []).decode("utf-8-sig"), newline=""))
    [_, cells] = csv.reader(io.StringIO(csv_bytes(("头",), [(text,)]).decode("utf-8-sig"), newline=""))
    assert (line, cells) == ([text], [f"'{text}"])
