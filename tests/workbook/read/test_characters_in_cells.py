"""Invisible characters, look-alikes, and the words and signs clerks use for comparisons, yes and nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.workbook.read.changed import changed, problem_at, told, value

EVIDENCE = tuple(("指标自评", f"I{row}") for row in range(5, 20))
DIRECTIONS = tuple(("绩效指标", f"D{row}") for row in range(5, 13))
AMOUNTS = tuple(("单位明细", f"{column}10") for column in "FGHI")
"""Of a unit with 0 in each."""

ANSWERS = tuple(("评分数据", f"E{row}") for row in range(14, 18))
"""是 in each."""

UNITS_OF_INDICATORS = ("绩效指标", "E13"), ("绩效指标", "H13")
"""Target and actual value of the indicator that has none: its direction is 定性."""


@pytest.mark.parametrize(
    "mark", ["\ufeff", "\u200b", "\u200e", "\u202c", "\u2060", "\xa0", "\t", "\u3000"], ids=ascii
)
def test_invisible_characters_around_values_are_no_matter(tmp_path: Path, mark: str) -> None:
    source = changed(
        tmp_path,
        (("部门预算", "B5"), f"{mark}18652.37{mark}", "General"),
        (("基本情况", "B7"), f"{mark}汇总{mark}", "General"),
        (EVIDENCE[0], f"{mark}依据{mark}", "General"),
        (("基本情况", "B6"), f"{mark}2022{mark}", "General"),
    )
    assert value(source, ("部门预算", "B5")) == Decimal("18652.37")
    assert value(source, ("基本情况", "B7")) == "汇总"
    assert value(source, EVIDENCE[0]) == "依据"
    assert told(source) == []


TEXTS = {
    "第一列\t第二列\t第三列": ("第一列 第二列 第三列", ""),
    "甲\xa0乙": ("甲 乙", ""),
    "汇\u200b总": ("汇总", "零宽空格（U+200B）"),
    "甲\u00ad乙": ("甲乙", "软连字符（U+00AD）"),
    "沿河步行道施⼯": ("沿河步行道施工", "“⼯”（U+2F2F）读作“工”"),
    "⽤户⾼度，⽂件公⽰": ("用户高度，文件公示", "“⾼”（U+2FBC）读作“高”"),
    "⻜行⺠生⻓效": ("飞行民生长效", "“⻓”（U+2ED3）读作“长”"),
    "文号：2022\u201115号": ("文号：2022-15号", "（U+2011）读作“-”"),
    "金\uf90a": ("金金", "（U+F90A）读作“金”"),
}


def test_texts_are_read_as_they_look(tmp_path: Path) -> None:
    places = dict(zip(TEXTS, EVIDENCE, strict=False))
    source = changed(tmp_path, *((place, text, "General") for text, place in places.items()))
    for text, (expected, notice) in TEXTS.items():
        assert value(source, places[text]) == expected
        found = [p.message for p in source.reading_problems if str(p.place) == "!".join(places[text])]
        assert len(found) == bool(notice)
        assert all(notice in message for message in found)


def test_signs_and_words_of_comparison(tmp_path: Path) -> None:
    typed = (">=", "≧", "大于等于", "不低于", "不少于", "至少", "<=", "不超过")
    source = changed(tmp_path, *zip(DIRECTIONS, typed, ["General"] * len(typed), strict=True))
    assert [value(source, place) for place in DIRECTIONS] == ["≥"] * 6 + ["≤"] * 2
    understood = [p for p in source.reading_problems if p.code == "understood"]
    assert [p.value for p in understood] == list(typed)


@pytest.mark.parametrize(("typed", "hint"), [(">", "≥"), ("大于", "≥"), ("<", "≤"), ("低于", "≤")])
def test_a_sign_that_is_not_offered_is_hinted_at_on_its_own_side(
    tmp_path: Path, typed: str, hint: str
) -> None:
    source = changed(tmp_path, (DIRECTIONS[0], typed, "General"))
    assert f"是否为“{hint}”" in problem_at(source, DIRECTIONS[0]).message


@pytest.mark.parametrize("typed", ["产出—数量", "产出–数量", "产出－数量", "产出 - 数量", "产出\u2011数量"])
def test_dashes_in_a_choice(tmp_path: Path, typed: str) -> None:
    source = changed(tmp_path, (("绩效指标", "B5"), typed, "General"))
    assert value(source, ("绩效指标", "B5")) == "产出-数量"


def test_a_choice_is_hinted_at_by_its_word(tmp_path: Path) -> None:
    source = changed(tmp_path, (("绩效指标", "B7"), "时效指标", "General"))
    assert "是否为“产出-时效”" in problem_at(source, ("绩效指标", "B7")).message


@pytest.mark.parametrize(
    "typed", [("✔", "✔️", "是。", "√是"), ("✓", "☑", "Y", True), ("对", "是的", "✅", "Yes")]
)
def test_ways_to_say_yes(tmp_path: Path, typed: tuple[str | bool, ...]) -> None:
    source = changed(tmp_path, *zip(ANSWERS, typed, ["General"] * 4, strict=True))
    assert [value(source, place) for place in ANSWERS] == ["是"] * 4
    assert told(source) == []


@pytest.mark.parametrize(
    "typed", [("无", "—", "/", "不适用"), ("没有", "-", "N/A", "无。"), ("未发生", "——", "无此项", "－")]
)
def test_nothing_is_an_amount_of_zero_and_told(tmp_path: Path, typed: tuple[str, ...]) -> None:
    source = changed(tmp_path, *zip(AMOUNTS, typed, ["#,##0.00"] * 4, strict=True))
    assert [value(source, place) for place in AMOUNTS] == [0] * 4
    understood = [p for p in source.reading_problems if p.code == "understood"]
    assert [p.message for p in understood] == [f"“{word}”读作 0" for word in typed]
    assert {severity for severity, _, _ in told(source)} == {"notice"}


def test_nothing_is_a_count_of_zero(tmp_path: Path) -> None:
    source = changed(tmp_path, (("评分数据", "E11"), "无", "0"))
    assert value(source, ("评分数据", "E11")) == 0


def test_nothing_in_a_number_that_may_be_left_out(tmp_path: Path) -> None:
    source = changed(tmp_path, *((place, "—", "General") for place in UNITS_OF_INDICATORS))
    assert [value(source, place) for place in UNITS_OF_INDICATORS] == [None, None]
    assert {(severity, code) for severity, code, _ in told(source)} == {("notice", "understood")}
