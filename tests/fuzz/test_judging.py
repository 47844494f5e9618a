"""The fuzz test can fail: what it must notice is noticed."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.fuzz import running
from tests.fuzz.base import data, workbook
from tests.fuzz.files import KINDS
from tests.fuzz.leavings import disorder, done_again, miscarriage, tree
from tests.fuzz.running import judged
from tests.workbook.tools import DEMO
from zhengti_zip.workbook.read import reader

pytestmark = pytest.mark.slow


def test_a_sound_file_is_no_finding() -> None:
    verdict = judged(["check", DEMO])
    assert (verdict.fault, verdict.code) == ("", 0)


def test_an_internal_error_is_a_finding_with_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("gone")

    monkeypatch.setattr(reader, "open_grid", broken)
    fault = judged(["check", DEMO]).fault
    assert "ZeroDivisionError: gone" in fault and "Traceback" in fault


def test_another_exit_code_is_a_finding(tmp_path: Path) -> None:
    target = tmp_path / "有.json"
    target.write_text("{}", encoding="utf-8")
    assert "code 4" in judged(["export", DEMO, "-o", target]).fault


def test_a_hang_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(running, "MAX_SECONDS", 0.05)
    monkeypatch.setattr(reader, "open_grid", endless)
    assert judged(["check", DEMO]).fault


def undated(content: bytes) -> object:
    """What a file is but for the times in an archive: openpyxl writes the present one."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return [(entry.filename, entry.CRC, entry.file_size) for entry in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        return content


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", KINDS)
def test_files_differ_and_a_seed_gives_the_same_again(kind: str) -> None:
    made = [KINDS[kind](Random(seed)).content for seed in range(8)]
    again = [KINDS[kind](Random(seed)).content for seed in range(8)]
    assert list(map(undated, made)) == list(map(undated, again))
    assert len(set(made)) > 4
    assert workbook() not in made or data() not in made


def laid_down(folder: Path) -> Path:
    """The output folder of a batch of one file, beside its input."""
    output = folder / "出"
    for file, content in (
        ("入/甲.json", "{}"),
        ("出/甲.pdf", "%PDF-1.7 %%EOF"),
        ("出/汇总报告.pdf", "%PDF-%%EOF"),
    ):
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(content, encoding="utf-8")
    return output


def events(status: str = "done", codes: tuple[str, ...] = (), **end: Any) -> list[dict[str, Any]]:
    """The log of that batch."""
    outputs = ["甲.pdf"] if status == "done" else []
    file = {
        "event": "file",
        "file": "甲.json",
        "fate": "worked",
        "status": status,
        "sha256": "1",
        "outputs": outputs,
    }
    counts = {"done": int(status == "done"), "failed": int(status != "done"), "skipped": 0}
    finish = {"event": "finish", **counts, "summaries": ["汇总报告.pdf"], **end}
    return [{"event": "start"}, {**file, "problems": [{"code": code} for code in codes]}, finish]


def test_a_batch_that_did_as_it_should_is_no_finding(tmp_path: Path) -> None:
    output = laid_down(tmp_path)
    assert not miscarriage(events(), output, 0, {"1"})
    assert not disorder(tmp_path, tree(tmp_path), output)
    assert done_again(events()) == ["甲.json"]


@pytest.mark.parametrize(
    ("log", "code", "words"),
    [
        (events()[:-1], 0, "does not come to an end"),
        (events(), 5, "code 5"),
        (events(failed=1), 5, "failed"),
        (events(skipped=1), 0, "skipped"),
        (events("failed"), 5, "good files not printed"),
        (events("failed", ("crashed",)), 5, "crashed"),
        (events(codes=("not_written",)), 0, "not_written"),
        (events(summaries=[]), 0, "written are"),
        (events(summaries=["汇总报告.pdf", "汇总表.xlsx"]), 0, "written are"),
    ],
)
def test_what_a_batch_left_undone_is_a_finding(
    log: list[dict[str, Any]], code: int, words: str, tmp_path: Path
) -> None:
    assert words in miscarriage(log, laid_down(tmp_path), code, {"1"})


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("外.pdf", "outside"),
        ("入/甲.json", "outside"),
        ("入/甲.pdf", "outside"),
        ("出/.zhengti-1.tmp", "left over"),
        ("出/街道/.zhengti-1.tmp", "left over"),
        *((f"出/半{suffix}", "not whole") for suffix in (".pdf", ".png", ".xlsx", ".docx", ".json")),
    ],
)
def test_what_lies_where_it_should_not_or_is_cut_off_is_a_finding(
    name: str, words: str, tmp_path: Path
) -> None:
    output = laid_down(tmp_path)
    before = tree(tmp_path)
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"%PDF-1.7 \x89PNG PK{")
    assert words in disorder(tmp_path, before, output)
