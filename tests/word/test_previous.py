"""The form compared with a previous one: accepted it is the new form, rejected the previous one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import table
from tests.word.reviewer import ACCEPT, GONE, REJECT, body, cells, written
from tests.word.worddoc import all_of, controls, find
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import FormTable
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.word.controls import tag_of
from zhengti_zip.word.document import render_docx

SENTENCE = "第%d项工作按计划完成，投入资金%d.5万元，服务对象满意。"
LONG = "".join(SENTENCE % (number, number) for number in range(350))
PARAGRAPHS = "\n".join(SENTENCE % (number, number) for number in range(80))


def goals(*texts: str) -> list[dict[str, str]]:
    return [{"goal": text, "completion": f"{text}已完成。"} for text in texts]


def printed(made: FormTable) -> list[str]:
    return cells(body(render_docx(made)))


CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a number": ({"budget.total": "1297.59"}, {"budget.total": "1300"}),
    "a choice in the title": ({"fields.scope": "本级"}, {"fields.scope": "汇总"}),
    "a name in title and cell": ({}, {"fields.department": "海珠区教育和体育局"}),
    "words": (
        {"goals.0.goal": "完成绿化面积320万平方米。"},
        {"goals.0.goal": "完成绿化养护面积350万平方米。"},
    ),
    "a paragraph more at the end": (
        {"goals.0.completion": "第一段。"},
        {"goals.0.completion": "第一段。\n第二段。"},
    ),
    "a paragraph more at the start": (
        {"goals.0.completion": "原有的一段。"},
        {"goals.0.completion": "新加的话。\n原有的一段。"},
    ),
    "paragraphs less": (
        {"goals.0.completion": "甲段文字。\n乙段完全不同。\n丙"},
        {"goals.0.completion": "乙段完全不同。"},
    ),
    "a goal in between": (
        {"goals": goals("修路三公里", "植树一万棵", "办学两所")},
        {"goals": goals("修路三公里", "整治河道五条", "植树一万棵", "办学两所")},
    ),
    "a goal less": (
        {"goals": goals("修路三公里", "植树一万棵", "办学两所")},
        {"goals": goals("修路三公里", "办学两所")},
    ),
    "goals others altogether": (
        {"goals": goals("修路", "植树")},
        {"goals": goals("办学二〇二二", "医疗改革", "养老")},
    ),
    "a reason instead of the dash": ({}, {"goals.0.reason": "天气原因延期。"}),
    "a reason no longer": ({"goals.0.reason": "天气原因延期。"}, {}),
    "a score that changes total and grade": (
        {},
        {"scores.output_indicators": {"score": "3", "reason": "未完成。", "improvement": "抓紧。"}},
    ),
    "markup and emoji": ({"goals.0.goal": "<w:t>一</w:t>"}, {"goals.0.goal": "<w:t>二&amp;👍🏽</w:t>"}),
}


@pytest.mark.parametrize("case", CASES)
def test_accepted_it_is_the_new_form_and_rejected_the_previous_one(case: str) -> None:
    before, after = (table(changes) for changes in CASES[case])
    content = render_docx(after, previous=before)
    assert cells(body(content), ACCEPT) == printed(after)
    assert cells(body(content), REJECT) == printed(before)
    assert cells(body(content), ACCEPT) != cells(body(content), REJECT)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LONG, LONG.replace("第200项", "第二百项").replace("第3项", "第三项")),
        (LONG, LONG.replace("第100项工作按计划完成，", "")),
        (PARAGRAPHS, PARAGRAPHS.replace("第40项", "插入一段。\n第40项")),
        (PARAGRAPHS, "\n".join(PARAGRAPHS.split("\n")[:30] + PARAGRAPHS.split("\n")[31:])),
        ("短。", LONG),
    ],
    ids=["words", "a clause less", "a paragraph more", "a paragraph less", "all new"],
)
def test_a_text_cut_by_page_breaks_is_the_new_one_when_accepted(before: str, after: str) -> None:
    old, new = (table({"goals.0.completion": text, "goals.0.goal": LONG}) for text in (before, after))
    assert len(paginate(new)) > 2
    content = render_docx(new, previous=old)
    assert cells(body(content), ACCEPT) == printed(new)
    parts = [c.element for c in controls(content) if c.tag == "goals.0.completion"]
    assert len(parts) > 2
    rejected = "".join(written(part, GONE[REJECT]) for part in parts)
    assert rejected == before.replace("\n", "")


def test_what_did_not_change_is_not_marked() -> None:
    same = table({"goals": goals("修路", "植树")})
    assert render_docx(same, previous=same) == render_docx(same)


def test_changes_are_inside_the_control_of_their_input() -> None:
    old, new = table(), table({"scores.spending_rate.reason": "支出进度偏慢。", "budget.total": "1300"})
    content = render_docx(new, previous=old)
    marked = {
        control.tag for control in controls(content) if all_of(find(control.element, "sdtContent"), "ins")
    }
    assert marked == {tag_of(InputPath("scores.spending_rate.reason")), "budget.total"}


def test_numbers_that_move_up_are_marked_too() -> None:
    old, new = table({"goals": goals("修路三公里", "植树一万棵")}), table({"goals": goals("植树一万棵")})
    assert "1.修路三公里\n2.植树一万棵" in cells(body(render_docx(new, previous=old)), REJECT)
