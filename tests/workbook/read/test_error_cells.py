"""Error values of every office program are errors, in cells of any kind of input, and no other texts are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook.read.changed import changed, path_at
from tests.workbook.tools import DEMO, put_raw
from zhengti_zip import read
from zhengti_zip.submission.source import Source
from zhengti_zip.submission.values import is_error_text
from zhengti_zip.workbook.edit.ooxml import Package, cell_element, main

ERRORS = (
    "#REF!",
    "#DIV/0!",
    "#N/A",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#PYTHON!",
    "#GETTING_DATA",
    "#ERROR!",
    "#NAME？",
    "＃REF！",
    "Err:508",
    "错误:502",
    "########",
    "####",
)
NO_ERRORS = ("#1 教学楼", "#PPP项目", "第#REF!号", "# 备注", "##", "Err: 无", "错误率", "#A座", "1#")
CELLS = tuple(f"I{row}" for row in range(5, 5 + len(ERRORS)))


def evidence(folder: Path, texts: tuple[str, ...]) -> Source:
    """The workbook with texts as 佐证材料 of its first rows."""
    return changed(
        folder, *((("指标自评", cell), text, "General") for cell, text in zip(CELLS, texts, strict=False))
    )


def test_a_text_input_that_holds_only_an_error(tmp_path: Path) -> None:
    source = evidence(tmp_path, ERRORS)
    assert [(str(p.place), p.code) for p in source.reading_problems] == [
        (f"指标自评!{cell}", "error_value") for cell in CELLS
    ]


def test_texts_that_are_no_errors(tmp_path: Path) -> None:
    source = evidence(tmp_path, NO_ERRORS)
    paths = [path_at(source, ("指标自评", cell)) for cell in CELLS[: len(NO_ERRORS)]]
    assert [source.submission.score_entry(path.item).evidence for path in paths] == list(NO_ERRORS)
    assert source.reading_problems == []


@pytest.mark.parametrize("error", ["#BUSY!", "#什么!", "#-"])
def test_a_cell_of_the_type_error_is_one_whatever_it_says(tmp_path: Path, error: str) -> None:
    """An error value that no program has today."""
    file = tmp_path / "改动.xlsx"
    file.write_bytes(_with_error(put_raw(DEMO.read_bytes(), "部门预算", "B5", "#REF!"), error))
    [problem] = read(file).reading_problems
    assert (str(problem.place), problem.code) == ("部门预算!B5", "error_value")
    assert error in problem.message


def _with_error(content: bytes, error: str) -> bytes:
    """A workbook whose #REF! is another error value."""
    package = Package(content)
    cell = cell_element(package.xml(package.sheets()["部门预算"]), "B5")
    found = cell.find(main("v"))
    assert found is not None
    found.text = error
    return package.save()


def test_errors_are_told_apart_by_the_whole_text() -> None:
    assert all(map(is_error_text, ERRORS))
    assert not any(map(is_error_text, NO_ERRORS))
