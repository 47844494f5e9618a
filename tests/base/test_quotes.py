"""Quotation marks inside quotation marks."""

from __future__ import annotations

import pytest

from zhengti_zip.base.quotes import nested
from zhengti_zip.submission.problems import Problem, Severity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“部门名称”没有填写", "“部门名称”没有填写"),
        ("““三公”经费控制情况”自评分 3", "“‘三公’经费控制情况”自评分 3"),
        ("“甲”与“乙”不同", "“甲”与“乙”不同"),
        ("“甲“乙“丙”丁”戊”", "“甲‘乙“丙”丁’戊”"),
        ("只有”后引号“和前引号“", "只有”后引号“和前引号‘"),
        ("没有引号", "没有引号"),
    ],
)
def test_inner_marks_are_single(text: str, expected: str) -> None:
    assert nested(text) == expected


def test_messages_nest_quotation_marks() -> None:
    problem = Problem(Severity.ERROR, "no_score", "““三公”经费”没有自评分", "请填写")
    assert problem.message == "“‘三公’经费”没有自评分"
