"""``export`` and ``fill``: workbook to JSON and back, with nothing lost."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.calling import SAMPLE, call, with_errors, with_missing
from zhengti_zip.workbook.read.anyinput import read


def test_a_round_trip_through_a_workbook_loses_nothing(tmp_path: Path) -> None:
    book, data = tmp_path / "组织部.xlsx", tmp_path / "组织部.json"
    filled = call("fill", SAMPLE, "-o", book)
    assert (filled.code, filled.out, filled.err) == (0, f"{book}\n", "")
    exported = call("export", book, "-o", data)
    assert (exported.code, exported.out, exported.err) == (0, f"{data}\n", "")
    assert data.read_text(encoding="utf-8") == read(SAMPLE).submission.to_json()


def test_export_to_stdout(tmp_path: Path) -> None:
    outcome = call("export", SAMPLE, "-o", "-")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == read(SAMPLE).submission.to_json()


def test_missing_inputs_do_not_stop_an_export(tmp_path: Path) -> None:
    outcome = call("export", with_missing(tmp_path), "-o", "-")
    assert outcome.code == 0
    assert "department" not in outcome.json["fields"]


def test_a_value_that_was_not_understood_stops_an_export(tmp_path: Path) -> None:
    file, target = with_errors(tmp_path), tmp_path / "out.json"
    outcome = call("export", file, "-o", target)
    assert (outcome.code, outcome.out) == (1, "")
    assert "“约一千万”不是数值" in outcome.err
    assert "有 1 处内容无法识别，未导出" in outcome.err
    assert not target.exists()
    assert call("export", file, "-o", "-").out == ""


def test_a_value_that_was_not_understood_stops_filling(tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    outcome = call("fill", with_errors(tmp_path), "-o", target)
    assert (outcome.code, outcome.out) == (1, "")
    assert "无法识别，未生成工作簿" in outcome.err
    assert not target.exists()


def test_nothing_is_overwritten_without_force(tmp_path: Path) -> None:
    for command, suffix in (("export", ".json"), ("fill", ".xlsx")):
        target = tmp_path / f"文件{suffix}"
        target.write_bytes("填好的".encode())
        outcome = call(command, SAMPLE, "-o", target)
        assert (outcome.code, outcome.out) == (4, "")
        assert "文件已存在" in outcome.err
        assert target.read_bytes() == "填好的".encode()
        assert call(command, SAMPLE, "-o", target, "--force").code == 0
        assert target.read_bytes() != "填好的".encode()


def test_the_input_is_not_overwritten_even_with_force(tmp_path: Path) -> None:
    file = Path(shutil.copy(SAMPLE, tmp_path / "组织部.json"))
    before = file.read_bytes()
    for command, code in (("export", 4), ("fill", 2)):  # fill writes no .json at all
        outcome = call(command, file, "-o", file, "--force")
        assert (outcome.code, outcome.out) == (code, "")
        assert file.read_bytes() == before
