"""Numbers in front of the entries of a list, and what only looks like one."""

from __future__ import annotations

import pytest

from zhengti_zip.review.number_marks import is_mark, number_mark, only_mark


@pytest.mark.parametrize(
    ("text", "count", "number"),
    [
        ("6.新建公园", 5, "6"),
        (" 6 、新建公园", 5, "6"),
        ("999. 新建公园", 998, "999"),
        ("1000. 新建公园", 999, "1000"),
        ("2022、2023 年的项目", 998, None),
        ("新建公园 6.", 5, None),
        ("（6）新建公园", 5, None),
        ("10000. 新建公园", 2000, None),
    ],
)
def test_a_number_of_four_digits_counts_in_a_list_that_long_only(
    text: str, count: int, number: str | None
) -> None:
    found = number_mark(text, count)
    assert (found.group(1) if found else None) == number


def test_a_number_alone_is_a_mark_whatever_its_length() -> None:
    assert [only_mark(text) for text in ("1000. ", "7．", "7.5", "")] == [1000, 7, None, None]
    assert [is_mark(text) for text in ("1000.", " ", "7.5")] == [True, True, False]
