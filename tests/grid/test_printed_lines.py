"""Lines of Chinese text: complete, no wider than the column, no forbidden mark at their start or end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengti_zip.grid.metrics import FontMetrics
from zhengti_zip.grid.printed_lines import lines_of

SIZE = 10.0
CLOSING, OPENING = "。，、；：？！）》」』】”’％…", "（《「『【“‘"
HAN = "海珠区委组织部年度整体支出绩效自评表"

CHARS = st.sampled_from(HAN + CLOSING + OPENING + "abcXYZ0123456789 .,-%()/　①→☑é\u0301\u200d")
ANY_TEXT = st.text(CHARS, max_size=80) | st.text(max_size=40)
WIDTHS = st.floats(SIZE, 40 * SIZE)


def in_chars(text: str, count: float) -> list[str]:
    """The lines of a text in a column of ``count`` full-width characters."""
    return list(lines_of(text, count * SIZE, SIZE))


def width(text: str) -> float:
    return FontMetrics.bundled().width(text, SIZE)


def token(before: str, middle: str, after: str) -> str:
    return before + middle + after


def prose(middles: list[str]) -> st.SearchStrategy[str]:
    """Characters or numbers with marks around them; each is at most eight characters wide."""
    before = st.sampled_from(["", "", "", *OPENING])
    after = st.sampled_from(["", "", "", *CLOSING, "。”", "），"])
    tokens = st.builds(token, before, st.sampled_from(middles), after)
    return st.lists(tokens, max_size=40).map("".join)


@given(ANY_TEXT, WIDTHS, st.booleans())
def test_no_character_is_lost(text: str, room: float, bold: bool) -> None:
    assert "".join(lines_of(text, room, SIZE, bold)) == text


@given(st.text(CHARS, max_size=80), WIDTHS)
def test_a_line_is_too_wide_only_when_it_is_one_character(text: str, room: float) -> None:
    for line in lines_of(text, room, SIZE):
        base = [char for char in line.rstrip(" ") if char not in "\u0301\u200d"]
        assert width(line.rstrip(" ")) <= room + 1e-6 or len(base) <= 2


@given(prose([*HAN, "2022年", "1,297.59元", "A4纸"]), st.floats(10 * SIZE, 30 * SIZE))
def test_no_line_starts_or_ends_with_a_wrong_mark(text: str, room: float) -> None:
    lines = lines_of(text, room, SIZE)
    for line in lines[1:]:
        assert line[0] not in CLOSING
    for line in lines[:-1]:
        assert line[-1] not in OPENING


@given(prose([*HAN]), st.floats(5 * SIZE, 30 * SIZE))
def test_a_line_is_filled_as_far_as_the_marks_allow(text: str, room: float) -> None:
    lines = lines_of(text, room, SIZE)
    for line, following in pairwise(lines):
        assert width(line) + width(following) > room
        assert room - width(line) < 5 * SIZE


@pytest.mark.parametrize(
    ("text", "count", "lines"),
    [
        pytest.param("", 5, [""], id="空"),
        pytest.param("年度整体绩效目标", 4, ["年度整体", "绩效目标"], id="表上的换行"),
        pytest.param("一二三四五", 5, ["一二三四五"], id="正好一行"),
        pytest.param("一二三四五六", 5, ["一二三四五", "六"], id="多一个字"),
        pytest.param("一二三四五。", 5, ["一二三四", "五。"], id="句号带一个字下去"),
        pytest.param("一二三四（五六）", 5, ["一二三四", "（五六）"], id="括号不留在行末"),
        pytest.param("一二三“四”五", 4, ["一二三", "“四”五"], id="引号"),
        pytest.param("绩效2022年", 4.5, ["绩效2022", "年"], id="数字是半角"),
        pytest.param("支出1297.59万元", 4, ["支出", "1297.59", "万元"], id="数字不断开"),
        pytest.param("支出1,297.59元", 6, ["支出1,297.59", "元"], id="千分位不断开"),
        pytest.param("填写Excel表", 4, ["填写", "Excel表"], id="英文单词不断开"),
        pytest.param("一二三四五 六", 5, ["一二三四五 ", "六"], id="空格留在行末"),
        pytest.param("《琶洲π》", 3, ["《琶洲", "π》"], id="书名号"),
    ],
)
def test_where_lines_break(text: str, count: float, lines: list[str]) -> None:
    assert in_chars(text, count) == lines


@pytest.mark.parametrize("mark", [*CLOSING, "’", "％", "—"])
def test_no_mark_starts_a_line(mark: str) -> None:
    assert in_chars(f"一二三四五{mark}六", 5)[1][0] == "五"


@pytest.mark.parametrize("mark", OPENING)
def test_no_opening_mark_ends_a_line(mark: str) -> None:
    assert in_chars(f"一二三四{mark}五六", 5)[0] == "一二三四"


def test_a_word_wider_than_the_line_is_cut() -> None:
    lines = in_chars("a" * 30, 5)
    assert len(lines) > 1
    assert all(width(line) <= 50 for line in lines)
    assert "".join(lines) == "a" * 30


def test_a_column_narrower_than_a_character_has_one_on_each_line() -> None:
    assert in_chars("一二三", 0.5) == ["一", "二", "三"]


def test_a_combining_mark_stays_with_its_character() -> None:
    assert in_chars("e\u0301" * 3, 0.1) == ["e\u0301"] * 3


def test_bold_latin_letters_are_measured_bold() -> None:
    metrics = FontMetrics.bundled()
    text = "mmmm" * 20
    assert metrics.width(text, SIZE, bold=True) != metrics.width(text, SIZE)
    for bold in (False, True):
        assert all(metrics.width(line, SIZE, bold) <= 50 for line in lines_of(text, 50, SIZE, bold))


@pytest.mark.parametrize(
    ("text", "count"), [("一二三四五 。六", 5), ("一二三四五 ）六", 5), ("一二三（ 四五六七", 4)]
)
def test_a_space_beside_a_mark_changes_nothing(text: str, count: float) -> None:
    lines = in_chars(text, count)
    assert all(line[0] not in CLOSING for line in lines[1:])
    assert all(line.rstrip(" ")[-1] not in OPENING for line in lines[:-1])


def test_a_cut_word_takes_the_mark_behind_it_along() -> None:
    fits = next(n for n in range(1, 50) if width("a" * (n + 1)) > 50)
    lines = in_chars("a" * 2 * fits + "。后面的字", 5)
    assert all(line[0] not in CLOSING for line in lines[1:])


def test_a_negative_number_stays_whole() -> None:
    assert in_chars("同比下降-5.2%", 5) == ["同比下降", "-5.2%"]
