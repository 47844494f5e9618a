"""Changes between two versions of a text: whole numbers, no short islands, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import time_limit
from zhengti_zip.base.matching import MAX_EQUAL_PAIRS
from zhengti_zip.base.textdiff import TextChange, excerpt, text_changes

FRAGMENTS = [
    "完成",
    "绿化养护面积",
    "320",
    "1,297.59",
    "94.2%",
    "万元",
    "。",
    "；",
    "，",
    "\n",
    " ",
    "GDP",
    "ne\u0301",
]
ODD = ["👨\u200d👩\u200d👧", "🇨🇳", "👍🏽", "שלום", "مرحبا", "\u202e", "𠮷", "\x00", "\ufffe"]
texts = st.lists(st.sampled_from(FRAGMENTS + ODD) | st.text(max_size=5), max_size=40).map("".join)


def marked(before: str, after: str) -> str:
    """``[-removed-]`` and ``[+added+]`` in the text."""
    written = ""
    for edit in text_changes(before, after):
        written += (
            f"[-{edit.removed}-]" * bool(edit.removed) + f"[+{edit.added}+]" * bool(edit.added) + edit.kept
        )
    return written


CASES = {
    "一个数改了，整个数标出": (
        "全年完成1,297.59万元，占94.2%。",
        "全年完成1,297.60万元，占95%。",
        "全年完成[-1,297.59-][+1,297.60+]万元，占[-94.2%-][+95%+]。",
    ),
    "全角数字也是一个数": ("共１２个", "共１３个", "共[-１２-][+１３+]个"),
    "加了一句": ("一、加强管理。", "一、加强管理。二、改进作风。", "一、加强管理。[+二、改进作风。+]"),
    "加了几个字": ("完成土方工程", "如期完成土方工程", "[+如期+]完成土方工程"),
    "删了几个字": ("已按时全部完成", "已全部完成", "已[-按时-]全部完成"),
    "整句重写，不留零星的字": (
        "完成年度工作计划。",
        "推进招商引资，全部完成计划任务。",
        "[-完成年度工作计划-][+推进招商引资，全部完成计划任务+]。",
    ),
    "外文的词整个标出": ("使用Windows系统", "使用Linux系统", "使用[-Windows-][+Linux+]系统"),
    "附加符号不离开字母": ("ne\u0301 a", "ne\u0300 a", "[-ne\u0301-][+ne\u0300+] a"),
    "表情符号不拆开": (
        "👨\u200d👩\u200d👧来自🇨🇳",
        "👨\u200d👩\u200d👦来自🇨🇬",
        "[-👨\u200d👩\u200d👧-][+👨\u200d👩\u200d👦+]来自[-🇨🇳-][+🇨🇬+]",
    ),
    "肤色不离开表情": ("好👍🏽", "好👍🏿", "好[-👍🏽-][+👍🏿+]"),
    "从无到有": ("", "已完成", "[+已完成+]"),
    "从有到无": ("已完成", "", "[-已完成-]"),
    "没有改": ("已完成", "已完成", "已完成"),
}


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES)
def test_changes_are_marked_as_a_person_would(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


@pytest.mark.parametrize(("between", "stays"), [("审计意见", False), ("审计的意见", True)])
def test_up_to_four_unchanged_characters_between_two_changes_count_as_changed(
    between: str, stays: bool
) -> None:
    before, after = f"一二三四五六{between}甲乙丙丁戊己", f"七八九十百千{between}子丑寅卯辰巳"
    kept = [edit.kept for edit in text_changes(before, after)]
    assert kept == ([between, ""] if stays else [""])


def test_an_unchanged_text_longer_than_the_changes_around_it_stays() -> None:
    assert marked("二零审计", "三零审核") == "[-二-][+三+]零审[-计-][+核+]"


@given(texts, texts)
def test_the_changes_give_both_texts(before: str, after: str) -> None:
    found = text_changes(before, after)
    assert "".join(edit.removed + edit.kept for edit in found) == before
    assert "".join(edit.added + edit.kept for edit in found) == after
    assert all(edit.removed or edit.added for edit in found[1:])
    assert all(edit.kept for edit in found[:-1])


@given(texts)
def test_an_equal_text_has_no_change(text: str) -> None:
    assert text_changes(text, text) == ([TextChange("", "", text)] if text else [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("一" * 30_000, "一二" * 15_000),
        ("。" * 30_000, "。" * 29_000 + "终。"),
        ("同一句。不同" * 6_000, "同一句。相同" * 6_000),
        ("字" * 240, "字词" * 240),
        ("\n".join("甲乙" * 100 for _ in range(150)), "\n".join("乙甲丙" * 66 for _ in range(150))),
    ],
    ids=["one character", "full stops", "sentences", "just affordable", "paragraphs"],
)
def test_texts_of_the_greatest_length_are_compared_in_bounded_time(before: str, after: str) -> None:
    with time_limit(5):
        found = text_changes(before, after)
    assert "".join(edit.added + edit.kept for edit in found) == after
    assert "".join(edit.removed + edit.kept for edit in found) == before


def test_small_changes_in_a_very_long_text_are_found() -> None:
    sentences = [f"第{number}项工作已按计划完成，效果良好。" for number in range(1500)]
    before = "".join(sentences)
    sentences[700] = "第700项工作未按计划完成，效果尚可。"
    assert len(before) > 25_000
    assert [(e.removed, e.added) for e in text_changes(before, "".join(sentences))][1:] == [
        ("已", "未"),
        ("良好", "尚可"),
    ]


def test_texts_beyond_the_bound_of_work_are_replaced_as_a_whole() -> None:
    side = int(MAX_EQUAL_PAIRS**0.5) + 1
    assert text_changes("字" + "甲" * side + "乙", "词" + "甲" * (side + 5) + "丙") == [
        TextChange("字" + "甲" * side + "乙", "词" + "甲" * (side + 5) + "丙", "")
    ]


def test_an_excerpt_shows_the_change_and_its_context() -> None:
    before = "本部门全年各项工作均按照年初批复的计划有序推进，总体完成率为92%，较上年有所提高，群众满意。"
    assert excerpt(before, before.replace("92%", "95%")) == (
        "…进，总体完成率为92%，较上年有所提高…",
        "…进，总体完成率为95%，较上年有所提高…",
    )


def test_an_excerpt_of_a_short_text_is_the_text() -> None:
    assert excerpt("海珠区教育局", "海珠区文化局") == ("海珠区教育局", "海珠区文化局")


@given(texts, texts)
def test_an_excerpt_holds_every_change(before: str, after: str) -> None:
    old, new = excerpt(before, after)
    assert all(edit.removed in old and edit.added in new for edit in text_changes(before, after))
    assert (old == new) == (before == after)
