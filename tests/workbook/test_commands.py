"""``check --annotate`` and ``upgrade`` as the clerk calls them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.calling import call
from tests.workbook.tools import DEMO, HAIZHU, SAMPLES, edit
from zhengti_zip import read
from zhengti_zip.base.errors import ExitCode


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    return edit(HAIZHU, tmp_path, {("基本情况", "B6"): "去年"})


def test_check_writes_an_annotated_copy(wrong: Path, tmp_path: Path) -> None:
    target = tmp_path / "标注.xlsx"
    before = wrong.read_bytes()
    outcome = call("check", wrong, "--annotate", target)
    assert outcome.code == ExitCode.INPUT_ERROR
    assert "“去年”不是年份" in outcome.out
    assert "标注.xlsx" in outcome.err
    comment = load_workbook(target)["基本情况"]["B6"].comment
    assert comment and "“去年”不是年份" in comment.text
    assert wrong.read_bytes() == before


def test_annotating_never_replaces_what_somebody_typed(wrong: Path, tmp_path: Path) -> None:
    assert call("check", wrong, "--annotate", wrong).code == ExitCode.OUTPUT
    assert call("check", wrong, "--annotate", wrong, "--force").code == ExitCode.OUTPUT
    target = tmp_path / "已有.xlsx"
    target.write_bytes(b"x")
    assert call("check", wrong, "--annotate", target).code == ExitCode.OUTPUT
    assert target.read_bytes() == b"x"
    assert call("check", wrong, "--annotate", target, "--force").code == ExitCode.INPUT_ERROR
    assert target.read_bytes() != b"x"


def test_only_a_workbook_can_be_annotated(tmp_path: Path) -> None:
    outcome = call("check", SAMPLES / "haizhu-2022.json", "--annotate", tmp_path / "x.xlsx")
    assert outcome.code == ExitCode.USAGE
    assert "只能用于工作簿" in outcome.err


def test_upgrade_writes_a_new_workbook(tmp_path: Path) -> None:
    target = tmp_path / "新.xlsx"
    assert call("upgrade", DEMO, "-o", target).code == ExitCode.OK
    assert read(target).submission == read(DEMO).submission
    assert call("upgrade", DEMO, "-o", target).code == ExitCode.OUTPUT
    assert call("upgrade", DEMO, "-o", target, "--force").code == ExitCode.OK


def test_upgrade_of_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "文本.xlsx"
    file.write_text("不是工作簿", encoding="utf-8")
    assert call("upgrade", file, "-o", tmp_path / "新.xlsx").code == ExitCode.INPUT_ERROR
    assert not (tmp_path / "新.xlsx").exists()
