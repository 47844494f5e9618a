"""``check --annotate`` and ``upgrade`` as the clerk calls them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.calling import call
from tests.workbook.tools import DEMO, HAIZHU, SAMPLES, edit, put_raw
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


@pytest.mark.parametrize(("length", "code"), [(32767, ExitCode.OK), (40_001, ExitCode.INPUT_ERROR)])
def test_upgrade_cuts_no_text(length: int, code: ExitCode, tmp_path: Path) -> None:
    file, target = tmp_path / "长.xlsx", tmp_path / "新.xlsx"
    file.write_bytes(put_raw(DEMO.read_bytes(), "年度目标", "C6", "字" * length))
    outcome = call("upgrade", file, "-o", target)
    assert outcome.code == code, outcome.err
    assert target.exists() == (code == ExitCode.OK)
    if target.exists():
        assert load_workbook(target)["年度目标"]["C6"].value == "字" * length
    else:
        assert "C6" in outcome.err and "40001 个字" in outcome.err


def test_a_file_name_cannot_command_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "\x1b[31m部门.xlsx"
    file.write_bytes(DEMO.read_bytes())
    outcomes = [
        call("check", file),
        call("build", file, "-o", tmp_path, "--docx"),
        call("upgrade", file, "-o", tmp_path / "\x1b]0;新\x07.xlsx"),
        call("check", tmp_path / "\x9b没有.xlsx"),
    ]
    for outcome in outcomes:
        assert not any(char in outcome.out + outcome.err for char in "\x1b\x07\x9b"), outcome
