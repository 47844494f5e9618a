"""What characters in entered texts mean: one line per text, both sides of every rule."""

from __future__ import annotations

import unicodedata

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from zhengti_zip.base.characters import ORDINARY, CharacterKind, cleaned, escaped, unescaped
from zhengti_zip.base.charactertables import UNIFIED, is_control, is_invisible, name_of
from zhengti_zip.base.resources import fonts_dir

IVS = "\U000e0100"

CASES = [
    # Invisible characters around values and inside them.
    ("\ufeff18652.37", "18652.37", CharacterKind.INVISIBLE_AROUND),
    ("18652.37\u200b", "18652.37", CharacterKind.INVISIBLE_AROUND),
    ("\u202e54321", "54321", CharacterKind.DIRECTION),
    ("甲\u2067乙", "甲乙", CharacterKind.DIRECTION),
    ("\u202d汇总\u202c", "汇总", CharacterKind.INVISIBLE_AROUND),
    ("  \u200e 本级 \u2060", "本级", CharacterKind.INVISIBLE_AROUND),
    ("汇\u200b总", "汇总", CharacterKind.INVISIBLE_INSIDE),
    ("a\u00adb", "ab", CharacterKind.INVISIBLE_INSIDE),
    ("甲\u3164乙", "甲乙", CharacterKind.INVISIBLE_INSIDE),
    ("甲\u115f乙", "甲乙", CharacterKind.INVISIBLE_INSIDE),
    ("完成\u2066率\u2069。", "完成率。", CharacterKind.INVISIBLE_INSIDE),
    ("甲\ufe0f乙", "甲乙", CharacterKind.INVISIBLE_INSIDE),
    ("✔\ufe0f", "✔", CharacterKind.INVISIBLE_AROUND),
    ("甲\u200d乙", "甲乙", CharacterKind.INVISIBLE_INSIDE),
    ("👨\u200c👩", "👨👩", CharacterKind.INVISIBLE_INSIDE),
    # Kept where something would look different without them.
    (f"葛{IVS}飾", f"葛{IVS}飾", CharacterKind.INVISIBLE_KEPT),
    (f"辻{IVS}", f"辻{IVS}", CharacterKind.INVISIBLE_KEPT),
    ("👨\u200d👩", "👨\u200d👩", CharacterKind.INVISIBLE_KEPT),
    ("👩🏽\u200d🔬", "👩🏽\u200d🔬", CharacterKind.INVISIBLE_KEPT),
    (
        "\u0646\u0645\u06cc\u200c\u0634\u0648\u062f",
        "\u0646\u0645\u06cc\u200c\u0634\u0648\u062f",
        CharacterKind.INVISIBLE_KEPT,
    ),
    ("\u0634\u0648\u200f(1)", "\u0634\u0648(1)", CharacterKind.DIRECTION),
    # Blanks and line breaks.
    ("甲\t乙", "甲 乙", CharacterKind.BLANK),
    ("甲\u00a0乙", "甲 乙", CharacterKind.BLANK),
    ("甲\u2003乙", "甲 乙", CharacterKind.BLANK),
    ("甲\u202f乙", "甲 乙", CharacterKind.BLANK),
    ("第一段\x0b第二段", "第一段\n第二段", CharacterKind.LINE_BREAK),
    ("甲\x0c乙", "甲\n乙", CharacterKind.LINE_BREAK),
    ("甲\u2028乙", "甲\n乙", CharacterKind.LINE_BREAK),
    ("甲\u2029乙", "甲\n乙", CharacterKind.LINE_BREAK),
    ("甲\x85乙", "甲\n乙", CharacterKind.LINE_BREAK),
    # Look-alikes.
    ("施⼯", "施工", CharacterKind.LOOK_ALIKE),
    ("⽤⼾满意度⾼。", "用户满意度高。", CharacterKind.LOOK_ALIKE),
    ("虚构市⽰例区", "虚构市示例区", CharacterKind.LOOK_ALIKE),
    ("全年⻜⾏，⺠⽣⻓效", "全年飞行，民生长效", CharacterKind.LOOK_ALIKE),
    ("⻔⻋⻅⻛⻢⻩⻬⻰⻄", "门车见风马黄齐龙西", CharacterKind.LOOK_ALIKE),
    ("\uf9dc\ufa1c", "隆靖", CharacterKind.LOOK_ALIKE),
    ("\U0002f800", "丽", CharacterKind.LOOK_ALIKE),
    ("2022\u201115号", "2022-15号", CharacterKind.LOOK_ALIKE),
    ("2022\u201015号", "2022-15号", CharacterKind.LOOK_ALIKE),
    # Controls stay and are named.
    ("结束\x07后文", "结束\x07后文", CharacterKind.CONTROL),
    ("甲\x9f乙", "甲\x9f乙", CharacterKind.CONTROL),
    ("甲\ud800乙", "甲\ud800乙", CharacterKind.CONTROL),
    ("甲\uffff乙", "甲\uffff乙", CharacterKind.CONTROL),
]

UNTOUCHED = [
    "",
    "完成年度工作计划。",
    "１２３ＡＢＣ",
    "一、\u3000总体情况",
    "第一段\n\n第二段",
    "2019—2022，10－20，3−2，A–B",
    "ｱｲｳ",
    "326.5①，10³吨，㎡",
    "⺈",
    "\ufa0e",
    "é",
    "\u0605123",
    "😀",
]


@pytest.mark.parametrize(("text", "meant", "kind"), CASES)
def test_a_text_is_cleaned_and_it_is_told(text: str, meant: str, kind: CharacterKind) -> None:
    found = cleaned(text)
    assert found.text == meant
    assert [notice.kind for notice in found.notices] == [kind]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_ordinary_texts_stay(text: str) -> None:
    assert cleaned(text).text == text
    assert cleaned(text).notices == ()


def test_texts_called_ordinary_hold_nothing_special() -> None:
    ordinary = [char for char in map(chr, range(0x110000)) if ORDINARY.fullmatch(char)]
    special = [char for char in ordinary if char in UNIFIED or is_invisible(char) or is_control(char)]
    blanks = [char for char in ordinary if char.isspace()]
    assert len(ordinary) > 30000
    assert (special, blanks) == ([], ["\n", " ", "\u3000"])


def test_line_breaks_of_other_systems_and_blanks_at_the_ends_are_not_worth_a_word() -> None:
    found = cleaned("\u3000 第一段  \r\n第二段\u3000\r第三段 \n")
    assert (found.text, found.notices) == ("第一段\n第二段\n第三段", ())


def test_each_character_is_named_once_with_what_it_became() -> None:
    (notice,) = cleaned("⼯⽤⼯").notices
    assert (notice.characters, notice.became) == (("⼯", "⽤"), ("工", "用"))
    assert notice.names == "“⼯”（U+2F2F）、“⽤”（U+2F64）"


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\u200b", "零宽空格（U+200B）"),
        ("\ufeff", "字节顺序标记（U+FEFF）"),
        ("\u202e", "从右到左强制（U+202E）"),
        ("\u0007", "控制字符（U+0007）"),
        ("\u00a0", "不间断空格（U+00A0）"),
        ("\u2003", "特殊空格（U+2003）"),
        (IVS, "变体选择符（U+E0100）"),
        ("\U000e0041", "不可见字符（U+E0041）"),
        ("⻜", "“⻜”（U+2EDC）"),
    ],
)
def test_characters_have_chinese_names(char: str, name: str) -> None:
    assert name_of(char) == name


def test_several_things_in_one_text_are_told_apart() -> None:
    kinds = [notice.kind for notice in cleaned("\ufeff⼯\u200b程\t甲\x07").notices]
    assert kinds == [
        CharacterKind.INVISIBLE_AROUND,
        CharacterKind.INVISIBLE_INSIDE,
        CharacterKind.BLANK,
        CharacterKind.LOOK_ALIKE,
        CharacterKind.CONTROL,
    ]


def test_a_replaced_radical_looks_the_same_in_the_font_of_the_form() -> None:
    with TTFont(fonts_dir() / "NotoSerifSC-Regular.ttf") as font:
        glyphs = font.getBestCmap()
    radicals = {
        char: to for char, to in UNIFIED.items() if "\u2e80" <= char <= "\u2fd5" and ord(char) in glyphs
    }
    drawn_twice = {char for char, to in radicals.items() if glyphs[ord(char)] != glyphs[ord(to)]}
    # These are drawn by glyphs of their own, which look alike.
    assert drawn_twice == set("⼢⼣⼹⽿⾓⾻⿔⻭⻄")
    assert len(radicals) > 280


ANY_TEXT = st.one_of(
    st.text(),
    st.text(
        st.sampled_from(
            f"a1 \t\n\r\x0b\x85\u00a0\u3000\u200b\u200d\u200f\ufe0f{IVS}⼯⻜葛👨✔\u0646\u0600\x07\u2011（"
        )
    ),
    st.text(st.characters()),
)


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = cleaned(text)
    twice = cleaned(once.text)
    assert twice.text == once.text
    assert {notice.kind for notice in twice.notices} <= {CharacterKind.INVISIBLE_KEPT, CharacterKind.CONTROL}


@given(ANY_TEXT)
def test_cleaning_loses_nothing_that_prints(text: str) -> None:
    def printing(value: str) -> str:
        plain = unicodedata.normalize("NFKC", value.replace("\u2011", "-").replace("\u2010", "-"))
        return "".join(c for c in plain if not (c.isspace() or is_invisible(c) or c in "\x0b\x0c\x85"))

    assert printing("".join(UNIFIED.get(char, char) for char in text)) == printing(cleaned(text).text)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("数据_x005F_x2022_终稿.xlsx", "数据_x2022_终稿.xlsx"),
        ("第一段_x000B_第二段", "第一段\x0b第二段"),
        ("结束_x0007_后文", "结束\x07后文"),
        ("行_x000D_\n尾", "行\r\n尾"),
        ("_x005F_x000B_", "_x000B_"),
        ("_x005f_", "_"),
        ("_x2022_", "•"),
        ("_xD83D__xDE00_", "😀"),
        ("_x00B_ x000B_ _X000B_", "_x00B_ x000B_ _X000B_"),
        ("文件_x.xlsx", "文件_x.xlsx"),
    ],
)
def test_escapes_of_a_workbook_are_undone(raw: str, text: str) -> None:
    assert unescaped(raw) == text


@given(st.one_of(st.text(), st.text(st.sampled_from("_x005FB7dD8DE\x0b\x07"))))
def test_a_text_comes_back_from_its_escaped_form(text: str) -> None:
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("数据_x2022_终稿", "数据_x005F_x2022_终稿"),
        ("a_x.doc", "a_x.doc"),
        ("结束\x07", "结束_x0007_"),
        ("两行\n文字", "两行\n文字"),
    ],
)
def test_only_what_would_be_misread_is_escaped(text: str, form: str) -> None:
    assert escaped(text) == form


@given(st.one_of(ANY_TEXT, st.text(st.sampled_from("_x005FB7dD8DE"))))
def test_no_text_raises(text: str) -> None:
    assert isinstance(unescaped(text) + escaped(text), str)
