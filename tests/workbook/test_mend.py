"""Cells changed on the page: read back as the clerk meant them, with everything else as it was."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.support import sound
from zhengti_zip import load_form, read
from zhengti_zip.base.errors import InputError
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.source import Source
from zhengti_zip.workbook.edit.mend import mended
from zhengti_zip.workbook.read.reader import read_workbook
from zhengti_zip.workbook.write.writer import filled_workbook

FILE = Path("甲.xlsx")
TOTAL = "部门预算!B5"
DEMO = read(Path(__file__).parents[2] / "samples" / "demo-2022.json")
FULL = filled_workbook(DEMO.form, DEMO.submission)


def _book() -> bytes:
    return filled_workbook(load_form("haizhu-2022"), from_data(sound(), load_form("haizhu-2022")).submission)


def _changed(change: Callable[[Worksheet], None], sheet: str, content: bytes = b"") -> bytes:
    """The workbook as a clerk may have changed it in Excel."""
    book = load_workbook(BytesIO(content or _book()))
    change(book[sheet])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _read(content: bytes) -> Source:
    return read_workbook(FILE, content)


def _cell(content: bytes, place: str) -> object:
    sheet, _, cell = place.rpartition("!")
    return load_workbook(BytesIO(content))[sheet][cell].value


@pytest.mark.parametrize(
    ("typed", "stored", "meant"),
    [
        ("1300.5", 1300.5, "1300.5"),
        ("１，３００．５", 1300.5, "1300.5"),
        ("1,300.50 万元", 1300.5, "1300.5"),
        ("0.13亿元", 1300, "1300"),
        ("0", 0, "0"),
    ],
)
def test_a_number_becomes_a_number(typed: str, stored: float, meant: str) -> None:
    made = mended(FILE, _book(), {TOTAL: typed})
    assert _cell(made, TOTAL) == stored
    source = _read(made)
    assert source.submission.budget["total"] == Decimal(meant)
    assert source.reading_problems == []


@pytest.mark.parametrize(
    ("code", "typed", "stored"),
    [
        ("0.00", "1300.5", 1300.5),
        ('0.00"万元"', "1300.5", 1300.5),
        ("0.00%", "1300.5", "1300.5"),  # 130050% would be shown: no amount
        ("yyyy-mm-dd", "1300.5", "1300.5"),
        ("0!.0000", "1300.5", "1300.5"),  # it would be shown as 0.1301
        ("@", "1300.5", 1300.5),
    ],
)
def test_the_format_of_the_cell_decides_what_is_stored(code: str, typed: str, stored: object) -> None:
    def reformat(sheet: Worksheet) -> None:
        sheet["B5"].number_format = code

    made = mended(FILE, _changed(reformat, "部门预算"), {TOTAL: typed})
    assert _cell(made, TOTAL) == stored
    assert _read(made).submission.budget["total"] == Decimal("1300.5")
    assert load_workbook(BytesIO(made))["部门预算"]["B5"].number_format == code


def test_a_format_that_writes_another_unit_than_the_row_does_not_turn_the_number_into_it() -> None:
    place = next(str(p) for path, p in _read(FULL).places.items() if path == "indicators.0.actual")
    sheet, _, cell = place.rpartition("!")

    def reformat(where: Worksheet) -> None:
        where[cell].number_format = "0.0%"  # the unit of the row is 万平方米

    made = mended(FILE, _changed(reformat, sheet, FULL), {place: "95"})
    assert _read(made).submission.indicators[0].actual == 95
    assert _cell(made, place) == "95"


def test_texts_stay_texts_and_options_are_spelt_as_offered() -> None:
    edits = {"基本情况!B7": "本 级", "年度目标!B5": "=1+1 不是公式\r\n第二行", "年度目标!C5": "123"}
    made = mended(FILE, _book(), edits)
    assert _cell(made, "基本情况!B7") == "本级"
    goal = _read(made).submission.goals[0]
    assert (goal.goal, goal.completion) == ("=1+1 不是公式\n第二行", "123")
    assert load_workbook(BytesIO(made))["年度目标"]["B5"].quotePrefix


def test_what_is_not_understood_is_written_as_typed_and_told() -> None:
    made = mended(FILE, _book(), {TOTAL: "很多"})
    assert _cell(made, TOTAL) == "很多"
    (problem,) = _read(made).reading_problems
    assert (problem.code, str(problem.place), problem.value) == ("not_a_number", TOTAL, "很多")


def test_an_empty_text_empties_the_cell() -> None:
    assert "total" not in _read(mended(FILE, _book(), {TOTAL: ""})).submission.budget


def test_a_row_is_added_below_those_filled_in() -> None:
    made = mended(FILE, _book(), {"年度目标!B6": "第二个目标", "年度目标!C6": "完成"})
    assert [goal.goal for goal in _read(made).submission.goals] == ["完成年度工作计划。", "第二个目标"]


def test_all_else_stays_byte_for_byte() -> None:
    before, made = _book(), mended(FILE, _book(), {TOTAL: "1300"})
    with ZipFile(BytesIO(before)) as old, ZipFile(BytesIO(made)) as new:
        assert old.namelist() == new.namelist()
        other = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert [name for name in other if "worksheets" in name] == ["xl/worksheets/sheet4.xml"]
    assert set(other) <= {"xl/worksheets/sheet4.xml", "xl/workbook.xml", "xl/styles.xml"}


def test_what_stands_there_already_changes_nothing() -> None:
    assert mended(FILE, _book(), {TOTAL: "1,297.59万元", "年度目标!B9": ""}) == _book()


def test_merged_cells_take_what_is_typed_in_the_one_that_is_seen() -> None:
    content = _changed(lambda sheet: sheet.merge_cells("B5:C5"), "部门预算")
    assert _read(mended(FILE, content, {"部门预算!C5": "7"})).submission.budget["total"] == 7


@pytest.mark.parametrize(
    "place", ["部门预算!A5", "部门预算!D5", "没有这张表!B5", "部门预算", "部门预算!B5:B6", "!"]
)
def test_a_cell_that_asks_for_nothing_is_refused(place: str) -> None:
    with pytest.raises(InputError, match="不是填写的单元格"):
        mended(FILE, _book(), {place: "1"})


def test_a_formula_is_refused() -> None:
    def calculate(sheet: Worksheet) -> None:
        sheet["B5"] = "=B6+B7"

    with pytest.raises(InputError, match=f"“{TOTAL}”里是公式"):
        mended(FILE, _changed(calculate, "部门预算"), {TOTAL: "1"})


def test_a_cell_that_is_struck_out_is_refused() -> None:
    def strike(sheet: Worksheet) -> None:
        sheet["B5"].font = Font(strike=True)

    with pytest.raises(InputError, match="不能按原意读出"):
        mended(FILE, _changed(strike, "部门预算"), {TOTAL: "1"})


@pytest.mark.parametrize(("length", "fits"), [(32767, True), (32768, False)])
def test_a_text_fits_its_cell_or_is_refused(length: int, fits: bool) -> None:
    if fits:
        made = mended(FILE, _book(), {"年度目标!B5": "字" * length})
        assert _cell(made, "年度目标!B5") == "字" * length
    else:
        with pytest.raises(InputError, match="最多能放 32767 个字"):
            mended(FILE, _book(), {"年度目标!B5": "字" * length})


def test_every_input_of_the_sample_can_be_typed_again() -> None:
    """Whatever a value is shown as on the page, typing it into an empty cell gives the same value."""
    source = _read(FULL)
    places = {path: str(place) for path, place in source.places.items() if InputPath(path).part or path.item}
    entered = {path: source.submission.value(path) for path in places}
    values = {places[path]: "" if value is None else str(value) for path, value in entered.items()}
    emptied = mended(FILE, FULL, dict.fromkeys(values, ""))
    assert _read(emptied).submission.budget == {}
    assert _read(mended(FILE, emptied, values)).submission == source.submission
