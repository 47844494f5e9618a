"""Other departments' names in a text."""

from __future__ import annotations

import pytest

from tests.batch.crosschecks.crosscheck_cases import form, name_of, others, own_words, submitted
from zhengti_zip.batch.crosschecks import crosschecked
from zhengti_zip.batch.crosschecks.doubt import Doubt, DoubtKind
from zhengti_zip.batch.crosschecks.other_names import Names
from zhengti_zip.batch.result import Result


def named(results: list[Result]) -> list[Doubt]:
    return [doubt for doubt in crosschecked(results, form()).doubts if doubt.kind is DoubtKind.OTHER_NAME]


def test_the_name_of_another_department_is_found_with_what_stands_around_it() -> None:
    text = f"{own_words(20, 60)}。{name_of(3)}全年完成各项任务，{own_words(21, 60)}"
    [doubt] = named([*others(range(10)), submitted(20, text)])
    assert [(party.department, party.place) for party in doubt.parties] == [(name_of(20), "年度目标!C5")]
    assert f"“{name_of(3)}”" in doubt.message
    assert f"。{name_of(3)}全年完成各项任务，" in doubt.evidence[0]


def test_spaces_and_line_breaks_in_a_name_make_no_difference() -> None:
    text = f"{own_words(20, 40)}。虚构市第 3\n示例局全年完成各项任务"
    assert named([*others(range(10)), submitted(20, text)])


def test_the_own_name_and_names_in_it_or_around_it_are_no_finding() -> None:
    texts = {"虚构市第3示例局": "虚构市第3示例局执法大队", "虚构市第3示例局执法大队": "虚构市第3示例局"}
    results = others(n for n in range(10) if n != 3)
    for number, (department, other) in enumerate(texts.items(), start=40):
        text = f"{own_words(number, 40)}，{department}与{other}的人员经费已并入本表"
        results.append(submitted(number, text, department=department))
    assert not named(results)


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("会同{}开展联合执法检查", False),
        ("{}等部门参加了验收工作", False),
        ("根据《{}关于下达资金的通知》", False),
        ("{}负责的三个项目全部完工", True),
    ],
)
def test_a_department_named_as_a_partner_is_no_finding(words: str, is_found: bool) -> None:
    text = f"{own_words(20, 40)}。{words.format(name_of(3))}，{own_words(21, 40)}"
    assert bool(named([*others(range(10)), submitted(20, text)])) is is_found


@pytest.mark.parametrize(("naming", "is_found"), [(3, True), (4, False)])
def test_a_department_that_more_than_a_quarter_name_is_a_usual_partner(naming: int, is_found: bool) -> None:
    results = others(range(12 - naming))
    results += [
        submitted(40 + n, f"{own_words(40 + n, 60)}。{name_of(0)}批准{own_words(60 + n, 9)}")
        for n in range(naming)
    ]
    assert len(named(results)) == (naming if is_found else 0)


@pytest.mark.parametrize(("name", "is_found"), [("市政局", False), ("市市政局", True)])
def test_names_of_fewer_than_4_characters_are_not_looked_for(name: str, is_found: bool) -> None:
    results = [*others(range(10)), submitted(30, own_words(30), department=name)]
    results.append(submitted(20, f"{own_words(20, 40)}。{name}负责的三个项目全部完工"))
    assert bool(named(results)) is is_found


def test_of_names_that_begin_alike_the_longest_counts() -> None:
    names = Names(["虚构市教育局", "虚构市教育局招生办公室", "虚构市文化局"])
    text = "虚构市教育局招生办公室、虚构市教育局、虚构市文"
    assert list(names.found_in(text)) == [(0, "虚构市教育局招生办公室"), (12, "虚构市教育局")]
