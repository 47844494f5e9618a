"""Cells that share a cause are one problem, which names them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.workbook.read.changed import changed, worked
from tests.workbook.tools import DEMO
from zhengti_zip import examine, read
from zhengti_zip.submission.causes import ranges
from zhengti_zip.workbook.write.upgrade import upgrade

THOUSANDS = "#,##0.00,"
UNIT_CELLS = tuple(f"{column}{row}" for row in (8, 9, 10) for column in "CDEFGHI")
"""The amounts of the three units of the sample."""


def scaled(
    folder: Path, cells: dict[str, tuple[str, ...]], code: str = THOUSANDS
) -> list[tuple[str, str, str]]:
    """Place, code and message of what is said when some cells have a format."""

    def work(book: Workbook) -> None:
        for sheet, places in cells.items():
            for place in places:
                book[sheet][place].number_format = code

    return [(str(p.place), p.code, p.message) for p in examine(worked(folder, work)).problems]


def test_a_sheet_in_thousands_is_one_problem(tmp_path: Path) -> None:
    [(place, code, message)] = scaled(tmp_path, {"单位明细": UNIT_CELLS})
    assert (place, code) == ("单位明细!C8", "shown_otherwise")
    assert message.endswith("C8:I10 共 21 个单元格都是这样")


def test_two_sheets_are_two_problems(tmp_path: Path) -> None:
    found = scaled(tmp_path, {"部门预算": ("B5", "B6", "B7"), "单位明细": ("C8", "C9")})
    assert [(place, code) for place, code, _ in found] == [
        ("部门预算!B5", "shown_otherwise"),
        ("单位明细!C8", "shown_otherwise"),
    ]
    assert found[0][2].endswith("B5:B7 共 3 个单元格都是这样")
    assert found[1][2].endswith("C8:C9 共 2 个单元格都是这样")


def test_one_cell_is_said_as_before(tmp_path: Path) -> None:
    [(place, _, message)] = scaled(tmp_path, {"部门预算": ("B5",)})
    assert place == "部门预算!B5"
    assert "个单元格" not in message


def test_a_column_of_percentages_in_units_of_another_kind_is_one_problem(tmp_path: Path) -> None:
    source = changed(tmp_path, *((("单位明细", f"C{row}"), 0.5, "0%") for row in (8, 9, 10)))
    assert [(p.code, str(p.place)) for p in examine(source).problems if p.code == "other_unit"] == [
        ("other_unit", "单位明细!C8")
    ]


def test_upgrade_still_carries_every_one_of_them_over(tmp_path: Path) -> None:
    scaled(tmp_path, {"部门预算": ("B5", "B6", "B7")})
    new = tmp_path / "新.xlsx"
    new.write_bytes(upgrade(tmp_path / "改动.xlsx"))
    old = load_workbook(DEMO)["部门预算"]
    for cell in ("B5", "B6", "B7"):
        assert str(load_workbook(new)["部门预算"][cell].value).startswith(f"{old[cell].value}（显示为")
    assert len([p for p in read(new).reading_problems if p.is_error]) == 3


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("B5", "B5"),
        ("B5 B6 B7", "B5:B7"),
        ("B7 B5", "B5、B7"),
        ("B5 C5 D5", "B5:D5"),
        ("B5 B6 C5 C6", "B5:C6"),
        ("B5 B6 C5", "B5:B6、C5"),
        ("Z5 AA5", "Z5:AA5"),
        ("A1 A3 A5 A7 A9", "A1、A3、A5、A7等"),
    ],
)
def test_ranges(cells: str, words: str) -> None:
    assert ranges(cells.split()) == words
