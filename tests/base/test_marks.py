"""Small signs beside numbers and words, and words that mean nothing, a comparison, yes or no."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengti_zip.base.answers import comparison, is_dash, means_nothing, no_answer, yes_or_no
from zhengti_zip.base.marks import folded, lowered, raised, without_note_mark


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("3", "³"),
        ("2", "²"),
        ("10", "¹⁰"),
        ("-1", "⁻¹"),
        ("n+1", "ⁿ⁺¹"),
        ("３", "³"),
        ("", ""),
        ("注", None),
        ("3、", None),
        ("①", None),
    ],
)
def test_raised_text(text: str, form: str | None) -> None:
    assert raised(text) == form


@pytest.mark.parametrize(
    ("text", "form"), [("2", "₂"), ("10", "₁₀"), ("x", "ₓ"), ("3-", "₃₋"), ("b", None), ("合计", None)]
)
def test_lowered_text(text: str, form: str | None) -> None:
    assert lowered(text) == form


@pytest.mark.parametrize(
    ("text", "number", "mark"),
    [
        ("326.5①", "326.5", "①"),
        ("326.5 ②", "326.5", "②"),
        ("18652.37㉑", "18652.37", "㉑"),
        ("326.5❶", "326.5", "❶"),
        ("326.5⑴", "326.5", "⑴"),
        ("326.5²", "326.5", "²"),
        ("326.5¹²", "326.5", "¹²"),
        ("326.5¹,²", "326.5", "¹,²"),
        ("10³", "10", "³"),
        ("326.5 (1)", "326.5", "(1)"),
        ("326.5（注1）", "326.5", "（注1）"),
        ("326.5注2", "326.5", "注2"),
        ("326.5[3]", "326.5", "[3]"),
        ("326.5*", "326.5", "*"),
        ("1,204.50※", "1,204.50", "※"),
        ("326.5万元①", "326.5万元", "①"),
        ("95%①", "95%", "①"),
        ("-5①", "-5", "①"),
        ("１２①", "１２", "①"),
        (" 12① ", "12", "①"),
    ],
)
def test_a_note_mark_is_no_digit(text: str, number: str, mark: str) -> None:
    assert without_note_mark(text) == (number, mark)


@pytest.mark.parametrize(
    "text",
    [
        "326.5",
        "1,204.50",
        "12m²",
        "100㎡",
        "100km²",
        "95%",
        "①",
        "表①",
        "(326.5)",
        "12(123)",
        "12 34",
        "12\n①",
        "",
        "无",
    ],
)
def test_a_text_without_a_note_mark_stays(text: str) -> None:
    assert without_note_mark(text) == (text, "")


@pytest.mark.parametrize(
    ("text", "fold"),
    [
        ("１，２９７．５９", "1,297.59"),
        (" 1,297.59 ", "1,297.59"),
        ("1297.59 万元", "1297.59万元"),
        ("\u200b12\ufeff", "12"),
        ("汇\u200b 总", "汇总"),
        ("✔\ufe0f", "✔"),
        ("−5", "-5"),
        ("－5", "-5"),
        ("＞＝", ">="),
        ("⽤⼾⻓", "用户长"),
        # What is no digit becomes none.
        ("326.5²", "326.5²"),
        ("326.5①", "326.5①"),
        ("½", "½"),
        ("5㏠", "5㏠"),
        ("⒈", "⒈"),
        # Two numbers stay two.
        ("7\n8", "7\n8"),
        ("83 \n 12", "83\n12"),
        ("7 8", "7 8"),
        ("7\u3000\u3000 8", "7 8"),
        ("7 .5", "7.5"),
        ("2022 年 8 月", "2022年8月"),
        ("12\n", "12"),
    ],
)
def test_folding(text: str, fold: str) -> None:
    assert folded(text) == fold


NOTHING = "无 无。 没有 暂无 - — —— － – -- / ／ \\ // 不适用 无此项 N/A n/a NA n.a. none Null \u200b无"


@pytest.mark.parametrize("text", ["", " ", " 无 ", *NOTHING.split(" ")])
def test_words_that_mean_nothing(text: str) -> None:
    assert means_nothing(text)


@pytest.mark.parametrize("text", ["0", "0.00", "零", "-1", "1/2", "无锡", "无 3", "NAN", "不适用2", "."])
def test_words_that_mean_something(text: str) -> None:
    assert not means_nothing(text)


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        ("≥", "≥ >= => ＞＝ ≧ ⩾ 大于等于 大于或等于 不低于 不少于 不小于 以上"),
        ("≤", "≤ <= =< ＜＝ ≦ ⩽ 小于等于 小于或等于 不高于 不超过 不大于 不多于 以下"),
        (">", "> ＞ 大于 超过"),
        ("<", "< ＜ 小于 低于"),
        ("=", "= ＝ == 等于"),
        ("≠", "≠ <> != 不等于"),
    ],
)
def test_words_of_comparison(sign: str, words: str) -> None:
    assert {comparison(f" {word} ") for word in words.split()} == {sign}


@pytest.mark.parametrize("text", ["", "定性", "≥95", "不", "大", "><"])
def test_other_words_compare_nothing(text: str) -> None:
    assert comparison(text) is None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (True, "是 √ ✓ ✔ ✔\ufe0f ☑ ☑\ufe0f ✅ Y y yes TRUE True 对 是的 Ｙ"),
        (False, "否 × ✗ ✘ ✖\ufe0f ❌ N no FALSE 不是 错"),
        (None, "也许 不适用 1 0 X x ☐ 是否"),
    ],
)
def test_ticks_and_answers(answer: bool | None, words: str) -> None:
    assert {yes_or_no(word) for word in words.split()} == {answer}


@given(st.one_of(st.text(), st.text(st.sampled_from("12.,%① ²(（1)）注万元m\n\u200b½㏠１"))))
def test_no_text_raises_and_no_digit_is_made(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    digits = [char for char in text if char.isdecimal()]
    assert sum(char.isdecimal() for char in folded(text)) <= len(digits) + sum(
        char in "㎡㎥" or not char.isascii() for char in text
    )
    number, mark = without_note_mark(text)
    assert number.strip() in text
    assert mark in text
    means_nothing(text), comparison(text), yes_or_no(text), raised(text), lowered(text)


@given(st.text(st.sampled_from("0123456789.①②²³½㏠⒈⑴")))
def test_folding_keeps_the_digits_there_are(text: str) -> None:
    assert [char for char in folded(text) if char in "0123456789"] == [
        char for char in text if char in "0123456789"
    ]


@pytest.mark.parametrize(
    "text", ["无", "无 。", "略", " 空", "无原因", "无措施。", "。", "..", "、", "N/A.", "——", "none"]
)
def test_answers_that_say_nothing(text: str) -> None:
    assert no_answer(text)


@pytest.mark.parametrize("text", ["无人报名。", "略低于目标", "空置", "0", "见附件"])
def test_answers_that_say_something(text: str) -> None:
    assert not no_answer(text)


@pytest.mark.parametrize(
    ("text", "dash"), [("", True), (" - ", True), ("——", True), ("无", False), ("/", False)]
)
def test_what_prints_as_a_dash(text: str, dash: bool) -> None:
    assert is_dash(text) is dash
