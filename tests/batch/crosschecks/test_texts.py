"""Texts of departments beside each other: equal ones, nearly equal ones, and what is no finding."""

from __future__ import annotations

from time import perf_counter

import pytest

from tests.batch.crosschecks.crosscheck_cases import form, name_of, others, own_words, submitted
from zhengti_zip.batch.crosschecks import crosschecked
from zhengti_zip.batch.crosschecks.doubt import Certainty, Doubt, DoubtKind
from zhengti_zip.batch.result import Result, Status

COPIED = (
    "全年新建口袋公园六处，整治背街小巷二十一条，更换老旧路灯四百盏，群众投诉比上年下降三成，"
    "市容巡查发现的问题当日办结率明显提高。"
)


def doubts(results: list[Result], *kinds: DoubtKind) -> list[Doubt]:
    found = crosschecked(results, form()).doubts
    return [doubt for doubt in found if not kinds or doubt.kind in kinds]


def departments(doubt: Doubt) -> list[str]:
    return [party.department for party in doubt.parties]


def test_an_equal_text_of_two_departments_is_found_with_both_places_and_beginnings() -> None:
    results = [*others(range(8)), submitted(20, own_words(20), COPIED), submitted(21, COPIED)]
    [doubt] = doubts(results)
    assert doubt.kind is DoubtKind.SAME_TEXT
    assert [(party.department, party.file, party.place) for party in doubt.parties] == [
        ("虚构市第20示例局", "0020.xlsx", "年度目标!C6"),
        ("虚构市第21示例局", "0021.xlsx", "年度目标!C5"),
    ]
    assert doubt.certainty is Certainty.MEDIUM  # 55 characters of its own, fewer than 60
    assert all("全年新建口袋公园六处" in line for line in doubt.evidence)


def test_punctuation_width_and_the_own_name_make_no_difference() -> None:
    one = f"{name_of(20)}{COPIED}"
    other = f"{name_of(21)}" + COPIED.replace("，", ", ").replace("。", "\n")
    [doubt] = doubts([*others(range(8)), submitted(20, one), submitted(21, other)])
    assert doubt.kind is DoubtKind.SAME_TEXT


@pytest.mark.parametrize(("characters", "is_found"), [(29, False), (30, True)])
def test_texts_of_fewer_than_30_own_characters_are_no_finding(characters: int, is_found: bool) -> None:
    text = own_words(99, characters)
    found = doubts([*others(range(8)), submitted(20, f"{text}。。"), submitted(21, f"{text}。。")])
    assert bool(found) is is_found


@pytest.mark.parametrize(("sharing", "is_found"), [(4, True), (5, False)])
def test_a_text_that_more_than_a_quarter_of_the_departments_have_is_a_set_phrase(
    sharing: int, is_found: bool
) -> None:
    alone = others(range(16 - sharing))
    found = doubts([*alone, *(submitted(50 + n, COPIED) for n in range(sharing))])
    assert bool(found) is is_found
    assert not found or len(found[0].parties) == sharing


def test_set_phrases_in_a_text_do_not_count_as_copied() -> None:
    phrase = "在区委区政府的坚强领导下，我单位认真履职尽责，较好完成了年初确定的各项绩效目标任务，资金使用安全规范有效。"
    assert not doubts([submitted(n, f"{phrase}{own_words(n, 20)}。") for n in range(12)])


@pytest.mark.parametrize(("count", "is_said"), [(7, False), (8, True)])
def test_fewer_than_8_departments_are_not_compared_and_that_is_said(count: int, is_said: bool) -> None:
    results = [*others(range(count - 2)), submitted(20, COPIED), submitted(21, COPIED)]
    checked = crosschecked(results, form())
    assert bool(checked.doubts) is is_said
    assert ("不足 8 个，未比较" in checked.compared[0]) is not is_said


def test_texts_that_are_not_kept_are_said_not_to_be_compared() -> None:
    assert crosschecked(others(range(8)), form()).compared[0] == (
        "文字：8 个部门的 8 段（30 字以上的目标、完成情况、原因和措施）"
    )
    long = [
        submitted(20, own_words(20), texts_left=2),
        *(submitted(number, own_words(number), texts_cut=1) for number in range(21, 27)),
    ]
    assert crosschecked([*others(range(8)), *long], form()).compared[0] == (
        "文字：15 个部门的 15 段（30 字以上的目标、完成情况、原因和措施）；"
        "每份文件只比较前 20,000 字，0020.xlsx 的 2 段未比较；"
        "每段只比较前 2,000 字，0021.xlsx、0022.xlsx、0023.xlsx、0024.xlsx、0025.xlsx 等 6 份的 6 段有更多的字未比较"
    )


def test_two_forms_of_one_department_are_not_compared_with_each_other() -> None:
    mine = [submitted(20, COPIED, name=f"{scope}.xlsx", scope=scope) for scope in ("本级", "汇总")]
    mine.append(submitted(20, COPIED, name="三.xlsx", department=f" {name_of(20)}（汇总）"))
    assert not doubts([*others(range(8)), *mine])


def test_texts_of_forms_with_errors_are_compared_and_files_that_do_not_count_are_not() -> None:
    failed = submitted(20, COPIED, status=Status.FAILED)
    copy = submitted(21, COPIED, fate="与 0020.xlsx 完全相同")
    assert not doubts([*others(range(8)), failed, copy])
    assert doubts([*others(range(8)), failed, submitted(21, COPIED)])


def test_other_numbers_in_the_same_words_are_nearly_equal() -> None:
    words = "全年检查企业{}家次，发现隐患{}处，整改率{}%，组织应急演练{}场，培训安全员{}人次，开展宣传活动覆盖群众{}人。"
    results = [*others(range(8)), submitted(20, words.format(120, 35, 98, 4, 260, 5200))]
    results.append(submitted(21, words.format(98, 41, 97.5, 6, 310, 4800)))
    [doubt] = doubts(results)
    assert doubt.kind is DoubtKind.NEAR_TEXT
    assert departments(doubt) == [name_of(20), name_of(21)]
    assert "只有数字不同" in doubt.message
    assert doubt.certainty is Certainty.MEDIUM


def changed(text: str, pieces: int) -> str:
    """The text with so many of its 5-character pieces lost, counted at the end."""
    return text[: len(text) - pieces] + own_words(777, pieces)


def test_nearly_equal_texts_are_quoted_where_they_differ() -> None:
    other = COPIED.replace("下降三成", "下降两成")
    [doubt] = doubts([*others(range(8)), submitted(20, COPIED), submitted(21, other)])
    at = COPIED.index("三成")
    assert doubt.evidence[0] == f"{name_of(20)}：“…{COPIED[at - 15 :]}”"
    assert doubt.evidence[1] == f"{name_of(21)}：“…{other[at - 15 :]}”"


@pytest.mark.parametrize(("lost", "is_found"), [(30, True), (31, False)])
def test_texts_are_nearly_equal_from_70_percent_on(lost: int, is_found: bool) -> None:
    text = own_words(99, 104)  # 100 pieces
    found = doubts([*others(range(8)), submitted(20, text), submitted(21, changed(text, lost))])
    assert bool(found) is is_found
    assert not found or "有 70% 相同" in found[0].message


@pytest.mark.parametrize(("lost", "certainty"), [(10, Certainty.MEDIUM), (11, Certainty.LOW)])
def test_from_90_percent_on_it_is_surer(lost: int, certainty: Certainty) -> None:
    text = own_words(99, 104)
    [doubt] = doubts([*others(range(8)), submitted(20, text), submitted(21, changed(text, lost))])
    assert doubt.certainty is certainty


@pytest.mark.parametrize(("characters", "is_found"), [(39, False), (40, True)])
def test_nearly_equal_texts_need_40_characters(characters: int, is_found: bool) -> None:
    text = own_words(99, characters)
    found = doubts([*others(range(8)), submitted(20, text), submitted(21, changed(text, 3))])
    assert bool(found) is is_found


def test_texts_that_are_alike_make_one_group() -> None:
    text = own_words(99, 200)
    alike = [submitted(20 + n, changed(text, 2 * n)) for n in range(4)]
    [doubt] = doubts([*others(range(20)), *alike])
    assert departments(doubt) == [name_of(20 + n) for n in range(4)]


def test_the_order_of_the_files_makes_no_difference() -> None:
    results = [*others(range(8)), *(submitted(20 + n, changed(COPIED, n)) for n in range(3))]
    assert crosschecked(results, form()) == crosschecked(results[::-1], form())


def test_two_thousand_departments_take_seconds_even_if_hundreds_copied_one_text() -> None:
    text = own_words(77_777, 300)
    results = [
        submitted(n, own_words(n, 300), own_words(n + 5000, 300), own_words(n + 9000)) for n in range(1600)
    ]
    results += [submitted(2000 + n, changed(text, n % 50 + 1), own_words(n + 20000, 300)) for n in range(400)]
    start = perf_counter()
    found = doubts(results)
    assert perf_counter() - start < 20
    near = [doubt for doubt in found if doubt.kind is DoubtKind.NEAR_TEXT]
    assert [len(doubt.parties) for doubt in near] == [400]
