"""The log of a batch: one JSON object per line, whatever the names."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch.offices import workbook, write
from tests.cli.calling import call, environment
from zhengti_zip.base.errors import OutputError
from zhengti_zip.batch.log import Log
from zhengti_zip.batch.result import ListedProblem, Result, Status
from zhengti_zip.batch.work import Handling


def test_lines_are_appended(tmp_path: Path) -> None:
    for number in range(2):
        with Log(tmp_path / "log") as log:
            log.write("start", files=number)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert [(line["event"], line["files"]) for line in lines] == [("start", 0), ("start", 1)]


def test_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    problem = ListedProblem("error", "unreadable", "", place="\udcff!A1")
    with Log(tmp_path / "log") as log:
        log.result(Handling.WORKED, Result("\udcff.json", Status.FAILED, problems=(problem,)), "")
        log.write("removed", file="\ud800")
    one, other = (json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines())
    assert (one["file"], one["problems"][0]["place"]) == ("\ufffd.json", "\ufffd!A1")
    assert other["file"] == "\ufffd"


def test_without_a_file_nothing_is_written() -> None:
    with Log(None) as log:
        log.write("start")


def test_a_folder_cannot_be_the_log(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="不能写入日志"):
        Log(tmp_path)


@pytest.mark.parametrize(
    "content", [b"PK\3\4", b"notes\n", b'{"form": "haizhu-2022"}', b"[1]", b"[" * 50_000, b"\xff\xfe"]
)
def test_a_file_that_is_no_log_is_refused_and_stays(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "记录"
    file.write_bytes(content)
    with pytest.raises(OutputError, match="不是 zhengti-zip batch 的日志") as caught:
        Log(file)
    assert "--log-file" in caught.value.remedy
    assert file.read_bytes() == content


@pytest.mark.parametrize("name", ["甲.xlsx", "甲.XLSX", "甲.docx", "甲.pdf", "甲.zip", "甲.et"])
def test_a_document_is_never_a_log_not_even_a_new_one(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="文档"):
        Log(tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_batch_given_a_workbook_as_its_log_leaves_it_as_it_is(tmp_path: Path) -> None:
    write(tmp_path / "填报", 1)
    clerks = tmp_path / "甲.xlsx"
    clerks.write_bytes(before := workbook(2))
    outcome = call("batch", tmp_path / "填报", "-o", tmp_path / "输出", "--docx", "--log-file", clerks)
    assert (outcome.code, clerks.read_bytes() == before) == (4, True)
    assert not list((tmp_path / "输出").glob("*.docx"))


def test_every_file_that_counts_for_nothing_has_a_line_with_the_reason(tmp_path: Path) -> None:
    inputs = tmp_path / "填报"
    twin = write(inputs, 1)
    (inputs / "局9.json").write_bytes(twin.read_bytes())
    (inputs / "通知.txt").write_text("请于月底前报送", encoding="utf-8")
    call("batch", inputs, "-o", tmp_path / "输出", "--docx", "--log-file", tmp_path / "log")
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    skipped = {line["file"]: line["why"] for line in lines if line["event"] == "skipped"}
    assert skipped.keys() == {"局9.json", "通知.txt"}
    assert all(skipped.values())
    assert (lines[-1]["done"], lines[-1]["skipped"]) == (1, 2)


def test_half_a_line_of_a_killed_run_stays_a_line_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "log"
    with Log(file) as log:
        log.write("start")
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole + '{"time": "20', encoding="utf-8")
    with Log(file) as log:
        log.write("start")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [lines[0], lines[1]] == [whole.rstrip(), '{"time": "20']
    assert json.loads(lines[2])["event"] == "start"


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_pipe_is_no_log(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "log")
    with pytest.raises(OutputError, match="不是普通文件"):
        Log(tmp_path / "log")


FULL = """
mount -t tmpfs -o size=4k tmpfs "$1" && head -c 4000 /dev/zero | tr '\\0' x > "$1/满" && shift && exec "$@"
"""


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare (util-linux)")
def test_a_full_disk_under_the_log_is_one_message_and_the_batch_goes_on(tmp_path: Path) -> None:
    inputs, disk = tmp_path / "填报", tmp_path / "盘"
    disk.mkdir()
    for number in range(3):
        write(inputs, number)
    if subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("no namespaces here")
    command = ["batch", str(inputs), "-o", str(tmp_path / "输出"), "--docx", "--log-file", str(disk / "log")]
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", FULL, "sh", disk, sys.executable, "-m", "zhengti_zip", *command],
        capture_output=True,
        env=environment(),
        check=False,
        timeout=120,
    )
    err = done.stderr.decode("utf-8")
    assert done.returncode == 0, err
    assert err.count("不能写入日志") == 1
    assert "磁盘已满" in err
    assert len(list((tmp_path / "输出").glob("局*.docx"))) == 3
