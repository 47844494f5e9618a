"""The log of a batch: one JSON object a line, whatever the names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhengti_zip.base.errors import OutputError
from zhengti_zip.batch.log import Log
from zhengti_zip.batch.result import ListedProblem, Result, Status
from zhengti_zip.batch.runner import Fate


def test_lines_are_added_to_what_is_there(tmp_path: Path) -> None:
    for number in range(2):
        with Log(tmp_path / "log") as log:
            log.write("start", files=number)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert [(line["event"], line["files"]) for line in lines] == [("start", 0), ("start", 1)]


def test_what_is_no_text_is_replaced(tmp_path: Path) -> None:
    problem = ListedProblem("error", "unreadable", "", place="\udcff!A1")
    with Log(tmp_path / "log") as log:
        log.result(Fate.WORKED, Result("\udcff.json", Status.FAILED, problems=(problem,)), "")
        log.write("removed", file="\ud800")
    one, other = (json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines())
    assert (one["file"], one["problems"][0]["place"]) == ("\ufffd.json", "\ufffd!A1")
    assert other["file"] == "\ufffd"


def test_without_a_file_nothing_is_written() -> None:
    with Log(None) as log:
        log.write("start")


def test_a_folder_is_no_log(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="不能写入日志"):
        Log(tmp_path)
