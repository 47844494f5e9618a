"""Entered text that looks like a formula is text in every workbook we write, also after LibreOffice saved it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.calling import call
from tests.fuzz.base import data
from tests.workbook.tools import convert, needs_libreoffice, put_raw
from zhengti_zip import read
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.paths import InputPath

pytestmark = pytest.mark.slow

MARK = "标记"
TEXTS = (
    f'=HYPERLINK("http://localhost:9/{MARK}","点我")',
    f"=cmd|' /C calc'!{MARK}",
    f'+DDE("cmd","/C calc","{MARK}")',
    f"-2+3+{MARK}",
    f"@SUM(1+1)*{MARK}",
    f'=WEBSERVICE("http://localhost:9/{MARK}")',
)


def workbooks(folder: Path) -> list[Path]:
    """Every kind of workbook we write, full of such texts."""
    changed: dict[str, Any] = json.loads(data())
    changed["fields"]["department"] = TEXTS[0]
    for goal, text in zip(changed["goals"], TEXTS[1:], strict=False):
        goal["goal"] = goal["completion"] = text
    for number, indicator in enumerate(changed["indicators"]):
        indicator["name"] = TEXTS[number % len(TEXTS)]
    file = folder / "部门.json"
    file.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
    made = [folder / f"{name}.xlsx" for name in ("填好", "升级", "底稿", "标注")]
    filled, upgraded, worksheet, marked = made
    assert call("fill", file, "-o", filled).code == 0
    assert call("upgrade", filled, "-o", upgraded).code == 0
    assert call("explain", filled, "-o", worksheet).code in (0, 1)
    # A text where a number belongs is a problem that quotes it.
    place = read(filled).places[InputPath("budget.total")]
    assert place.sheet
    wrong = folder / "有误.xlsx"
    wrong.write_bytes(put_raw(filled.read_bytes(), place.sheet, place.cell, f"@{MARK}"))
    assert call("check", wrong, "--annotate", marked).code == 1
    return made


def marked_cells(file: Path) -> dict[tuple[str, str], tuple[str, Any]]:
    """Type and value of every cell that holds one of the texts."""
    return {
        (sheet.title, cell.coordinate): (cell.data_type, cell.value)
        for sheet in load_workbook(file).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if MARK in str(cell.value)
    }


def test_texts_are_texts_in_what_we_write(tmp_path: Path) -> None:
    for file in workbooks(tmp_path):
        found = marked_cells(file)
        assert found, file.name  # they are there at all
        assert {kind for kind, _ in found.values()} <= {"s", "inlineStr"}, (file.name, found)


@needs_libreoffice
def test_texts_stay_texts_in_an_office_program(tmp_path: Path) -> None:
    files = workbooks(tmp_path)
    for before, after in zip(files, convert(files, tmp_path / "存", "xlsx"), strict=True):
        assert marked_cells(after) == {
            place: ("s", value) for place, (_, value) in marked_cells(before).items()
        }, before.name


def test_a_text_like_a_formula_comes_back_word_for_word(tmp_path: Path) -> None:
    filled = workbooks(tmp_path)[0]
    submission = read(filled).submission
    assert submission.field_text(read(filled).form.roles.department) == TEXTS[0]
    assert [goal.goal for goal in submission.goals[: len(TEXTS) - 1]] == list(
        TEXTS[1 : 1 + len(submission.goals)]
    )


@pytest.mark.parametrize("formula", ["1+1", 'HYPERLINK("http://localhost:9/x")', "cmd|'/C calc'!A0"])
def test_a_formula_in_an_input_is_never_worked_out(formula: str, tmp_path: Path) -> None:
    filled = workbooks(tmp_path)[0]
    place = read(filled).places[InputPath("goals.0.goal")]
    assert place.sheet
    file = tmp_path / "公式.xlsx"
    file.write_bytes(put_raw(filled.read_bytes(), place.sheet, place.cell, f"={formula}"))
    found = [p.code for p in examine(read(file)).problems if p.place == place]
    assert "formula_not_calculated" in found
