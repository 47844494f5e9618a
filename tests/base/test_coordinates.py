"""Cell names and numbers."""

from __future__ import annotations

import pytest
from openpyxl.utils import get_column_letter

from zhengti_zip.base.coordinates import (
    MAX_COLUMN,
    MAX_ROW,
    cell_name,
    column_number,
    letters,
    position,
    rectangle,
)


def test_letters_agree_with_another_implementation() -> None:
    for column in (*range(1, 800), 16_383, MAX_COLUMN):
        assert letters(column) == get_column_letter(column)
        assert column_number(letters(column)) == column


@pytest.mark.parametrize(
    ("name", "found"),
    [("A1", (1, 1)), ("$B$5", (5, 2)), ("aa10", (10, 27)), (f"XFD{MAX_ROW}", (MAX_ROW, MAX_COLUMN))],
)
def test_a_cell_name_is_a_row_and_a_column(name: str, found: tuple[int, int]) -> None:
    assert position(name) == found
    assert position(cell_name(*found)) == found


@pytest.mark.parametrize(
    "name", ["", "A", "1", "A0", "XFE1", f"A{MAX_ROW + 1}", "A1:B2", "Ａ1", "A-1", "A1.5"]
)
def test_what_names_no_cell_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        position(name)


def test_a_rectangle_may_be_given_by_any_two_corners() -> None:
    assert rectangle("B5") == (2, 5, 2, 5)
    assert rectangle("$B$5:$C$9") == rectangle("C9:B5") == (2, 5, 3, 9)
    with pytest.raises(ValueError):
        rectangle("B:B")
