"""``check``: every problem at once, for people and for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import SAMPLE, call, sample, with_errors, with_warning, written
from zhengti_zip.base.commands import typed

KEYS = ["severity", "code", "sheet", "cell", "field", "value", "message", "remedy"]


def blank(folder: Path) -> Path:
    """A blank workbook: every required cell is missing."""
    file = folder / "空白.xlsx"
    assert call("template", "-o", file).code == 0
    return file


def test_nothing_wrong_says_so_and_names_the_next_step() -> None:
    outcome = call("check", SAMPLE)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"没有发现问题，可以生成表格：zhengti-zip build {typed(SAMPLE)}\n"


def test_errors_are_listed_with_place_value_and_remedy(tmp_path: Path) -> None:
    outcome = call("check", with_errors(tmp_path))
    assert (outcome.code, outcome.err) == (1, "")
    head = next(line for line in outcome.out.splitlines() if line.startswith("位置"))
    assert head.split() == ["位置", "程度", "项目", "问题", "处理办法"]
    line = next(line for line in outcome.out.splitlines() if line.startswith("budget.total"))
    assert line.split()[:4] == ["budget.total", "错误", "总预算", "“约一千万”不是数值"]
    assert "共 2 处错误。\n" in outcome.out


def test_a_warning_is_listed_and_is_no_failure(tmp_path: Path) -> None:
    outcome = call("check", with_warning(tmp_path))
    assert (outcome.code, outcome.err) == (0, "")
    assert "共 1 处警告。\n" in outcome.out
    assert "没有错误，可以生成表格" in outcome.out


def test_problems_of_a_workbook_are_grouped_by_sheet_and_name_cells(tmp_path: Path) -> None:
    outcome = call("check", blank(tmp_path))
    assert outcome.code == 1
    sheets = [line for line in outcome.out.splitlines() if line.startswith("【")]
    assert sheets == ["【基本情况】", "【年度目标】", "【部门预算】", "【指标自评】"]
    heads = [line.split() for line in outcome.out.splitlines() if line.startswith("单元格")]
    assert heads == [["单元格", "程度", "项目", "问题", "处理办法"]] * len(sheets)


def test_away_from_a_terminal_nothing_is_cut_off_or_coloured(tmp_path: Path) -> None:
    file = blank(tmp_path)
    lines = call("check", file).out.splitlines()
    for problem in call("check", file, "--json").json["problems"]:
        whole = (problem["cell"], problem["field"], problem["message"], problem["remedy"])
        assert any(all(words in line for words in whole) for line in lines), problem
    assert "\x1b" not in "".join(lines)


def test_control_characters_of_a_workbook_never_reach_the_terminal(tmp_path: Path) -> None:
    data = sample()
    data["fields"]["scope"] = "\x1b[31m本级\x07\u202e"
    outcome = call("check", written(tmp_path, data))
    assert outcome.code == 1
    assert "本级" in outcome.out
    assert not {"\x1b", "\x07", "\u202e"} & set(outcome.out)


def test_brackets_in_a_value_are_not_taken_for_markup(tmp_path: Path) -> None:
    data = sample()
    data["fields"]["scope"] = "[red]本级[/red]"
    assert "“[red]本级[/red]”" in call("check", written(tmp_path, data)).out


def test_json_of_a_sound_input() -> None:
    outcome = call("check", SAMPLE, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == '{\n  "ok": true,\n  "problems": []\n}\n'


def test_json_of_errors(tmp_path: Path) -> None:
    outcome = call("check", with_errors(tmp_path), "--json")
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.json["ok"] is False
    first, second = outcome.json["problems"]
    assert list(first) == list(second) == KEYS
    assert (first["severity"], first["code"], first["sheet"]) == ("error", "missing", None)
    assert (first["cell"], first["field"], first["value"]) == ("fields.department", "部门名称", "")
    assert (second["cell"], second["value"]) == ("budget.total", "约一千万")


def test_json_of_a_warning_is_ok(tmp_path: Path) -> None:
    outcome = call("check", with_warning(tmp_path), "--json")
    assert outcome.code == 0
    assert outcome.json["ok"] is True
    assert [problem["severity"] for problem in outcome.json["problems"]] == ["warning"]


def test_json_names_sheet_and_cell_of_a_workbook(tmp_path: Path) -> None:
    problem = call("check", blank(tmp_path), "--json").json["problems"][0]
    assert (problem["sheet"], problem["cell"], problem["field"]) == ("基本情况", "B5", "部门名称")


def test_json_text_is_readable_chinese(tmp_path: Path) -> None:
    out = call("check", with_errors(tmp_path), "--json").out
    assert '\n      "field": "部门名称",\n' in out
    assert out.endswith("}\n")


UNREADABLE: list[tuple[str, bytes | None]] = [
    ("没有.xlsx", None),
    ("空.xlsx", b""),
    ("坏.xlsx", b"not a workbook"),
    ("坏.json", b"{"),
]


@pytest.mark.parametrize(("name", "content"), UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_message(tmp_path: Path, name: str, content: bytes | None) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    outcome = call("check", file)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("错误：")
    assert "\n处理：" in outcome.err


@pytest.mark.parametrize(("name", "content"), UNREADABLE)
def test_json_of_a_file_that_cannot_be_read(tmp_path: Path, name: str, content: bytes | None) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    outcome = call("check", file, "--json")
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.json["ok"] is False
    problem: dict[str, Any] = outcome.json["problems"][0]
    assert list(problem) == KEYS
    told = {key: problem.pop(key) for key in ("message", "remedy")}
    assert problem == {
        "severity": "error",
        "code": "unreadable",
        "sheet": None,
        "cell": None,
        "field": "",
        "value": "",
    }
    assert all(told.values())
