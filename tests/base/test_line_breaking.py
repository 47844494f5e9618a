"""Lines of full-width and half-width characters; tests/grid/test_printed_lines.py has the lines of the fonts."""

from __future__ import annotations

import pytest

from zhengti_zip.base.line_breaking import NO_END, NO_START, break_lines, estimated_lines, half_widths


def test_a_chinese_character_is_as_wide_as_two_latin_ones() -> None:
    assert half_widths("A（1）") == 6
    assert half_widths("") == 0


@pytest.mark.parametrize(
    ("limit", "lines"), [(8, ["没有问题"]), (7, ["没有问", "题"]), (1, ["没", "有", "问", "题"])]
)
def test_a_line_holds_what_is_not_wider_than_its_limit(limit: int, lines: list[str]) -> None:
    assert break_lines("没有问题", limit, half_widths) == lines


def test_a_word_is_broken_after_its_hyphen_unless_that_is_forbidden() -> None:
    text = "运行 zhengti-zip"
    assert break_lines(text, 13, half_widths) == ["运行 zhengti-", "zip"]
    assert break_lines(text, 13, half_widths, at_hyphens=False) == ["运行 ", "zhengti-zip"]


def test_no_character_is_forbidden_at_both_ends_of_a_line() -> None:
    assert not NO_START & NO_END


@pytest.mark.parametrize(
    ("text", "limit", "count"),
    [
        ("", 10, 1),
        ("一二三四五", 10, 1),
        ("一二三四五六", 10, 2),
        ("一二三四五\n六", 10, 2),
        ("一\n\n二", 10, 3),
    ],
)
def test_lines_in_a_program_with_unknown_fonts_are_estimated_by_width(
    text: str, limit: int, count: int
) -> None:
    assert estimated_lines(text, limit) == count
