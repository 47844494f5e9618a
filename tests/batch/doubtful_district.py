"""A fictional district of which some departments passed with warnings, high self-scores and doubts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.batch.crosschecks.crosscheck_cases import own_words
from tests.batch.summary_cases import department
from zhengti_zip.batch.result import ListedProblem, LongText, Result, RowScore

COPIED = (
    "全年新建口袋公园六处，整治背街小巷二十一条，更换老旧路灯四百盏，群众投诉比上年下降三成，"
    "市容巡查发现的问题当日办结率明显提高，重点区域做到了当天发现、当天处理、当天回复。"
)
WARNING = ListedProblem(
    "warning", "round_number", "金额是整数", "请核对", "部门预算!B5", "总预算", "20000000"
)
NOTICE = ListedProblem("notice", "read_as", "按 95 理解", "", "指标自评!C5")
ROWS = (
    RowScore("a", "预算编制规范性", Decimal(5), Decimal(5), Decimal("3.5"), Decimal("3.5")),
    RowScore("b", "支出进度率", Decimal(8), Decimal("7.25"), Decimal(7), Decimal(7)),
    RowScore("c", "资产管理规范性", Decimal(4), Decimal(4), Decimal(4), Decimal(4)),
    RowScore("d", "绩效信息公开", Decimal(3), Decimal(3), None, Decimal(3)),
)
"""Rows of which the first two have a self-score above the computed one, by 1.75 points together."""


def district(count: int = 12) -> list[Result]:
    """Departments 0 and 1 have one text, 2 and 3 high self-scores, 4 has warnings, 5 its amounts in 元."""
    results = []
    for number in range(count):
        text = COPIED if number < 2 else own_words(number)
        amounts = {"total": Decimal(1000 + number), "project": Decimal(300 + number)}
        if number == 5:
            amounts = {key: value * 10000 for key, value in amounts.items()}
        made = department(f"虚构市第{number}示例局", str(99 - number), budget=amounts)
        texts = (LongText("goals.0.completion", "目标1完成情况", "年度目标!C5", text),)
        results.append(replace(made, texts=texts))
    results[2] = replace(results[2], rows=ROWS)
    results[3] = replace(results[3], rows=ROWS[:1])
    results[4] = replace(results[4], problems=(WARNING, NOTICE), unlisted={"warning": 3, "notice": 1})
    return results
