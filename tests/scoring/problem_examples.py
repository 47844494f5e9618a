"""One input per problem code, and the page docs/problems.md that shows what is said of it.

``python -m tests.scoring.problem_examples`` writes the messages and remedies into the page again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from tests.forms_support import ANNEX, FICTIONAL, ROOT, fictional
from tests.scoring import projects
from tests.support import GONE, changed, form
from tests.workbook.tools import HAIZHU, put_raw
from zhengti_zip import load_form, read
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.checks import Checks
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.problems import Problem

PAGE = ROOT / "docs" / "problems.md"

ROW = re.compile(r"^\| `(?P<code>[a-z_]+)` \| (?P<severity>[^|]+) \| (?P<meaning>[^|]+) \| (?P<rest>.+) \|$")

WHY = {"scores.spending_rate.reason": "项目推迟。", "scores.spending_rate.improvement": "提前招标。"}
OUTPUT = {
    "type": "产出-数量",
    "name": "培训班",
    "direction": "≥",
    "target": "20",
    "actual": "20",
    "unit": "期",
}
OPINION = {
    "type": "产出-质量",
    "name": "培训效果",
    "direction": "定性",
    "target_text": "较好",
    "degree": "部分达成",
    "degree_percent": "85",
}
ZEROS = {column.id: "0" for column in form().budget.columns}
OFFICE = {"name": "局机关", "amounts": {**ZEROS, "total": "1000", "basic": "1000"}}
SCHOOL = {
    "name": "第一小学",
    "amounts": {**ZEROS, "total": "297.59", "basic": "155.12", "project": "142.47"},
}
TWO_UNITS = {"fields.scope": "汇总", "fields.unit_count": 2}

JSON: Mapping[str, Mapping[str, Any]] = {
    "missing": {"budget.special": GONE},
    "not_a_number": {"scores.spending_rate.score": "满分"},
    "number_too_large": {"budget.total": "1297590000000000"},
    "too_many_digits": {"budget.total": "1297.590000000000001"},
    "negative": {"budget.basic": "-5"},
    "not_whole": {"fields.unit_count": "1.5"},
    "not_a_year": {"fields.year": "去年"},
    "year_out_of_range": {"fields.year": 1922},
    "other_year": {"fields.year": 2023},
    "not_a_choice": {"fields.scope": "机关"},
    "error_value": {"budget.total": "#DIV/0!"},
    "illegal_character": {"goals.0.goal": "完成\x07年度工作"},
    "unprintable_character": {"goals.0.goal": "完成年度工作👍"},
    "text_too_long": {"fields.department": "海珠区教育局" * 11},
    "long_text": {"goals.0.goal": "完成年度工作计划。" * 300},
    "understood": {"budget.total": "12975900元"},
    "scope_in_name": {"fields.department": "海珠区教育局（本级）"},
    "number_in_goal": {"goals.0.goal": "1.完成年度工作计划。"},
    "more_decimals": {"budget.total": "1297.594", "budget.basic": "1155.124"},
    "maybe_yuan": {"budget.basic": "11551200"},
    "sum_mismatch": {"budget.total": "1297.95"},
    "spent_over_budget": {"data.spent": "1300", "data.adjusted_budget": "1297.59"},
    "in_use_over_owned": {"data.assets_in_use": "862.5", "data.fixed_assets": "826.5"},
    "carry_over_differs": {
        "data.spent": "1167.83",
        "data.adjusted_budget": "1297.59",
        "data.carried_over": "129.67",
        "scores.spending_rate.score": "9",
        "data.annual_budget": "1297.59",
        **WHY,
    },
    "annual_budget_differs": {"data.carried_over": "0", "data.annual_budget": "1279.59"},
    "scope_with_units": {"fields.unit_count": 3},
    "no_units": {"fields.unit_count": 0},
    "unit_count_mismatch": {**TWO_UNITS, "units": [OFFICE]},
    "same_unit_twice": {**TWO_UNITS, "units": [OFFICE, SCHOOL, SCHOOL]},
    "units_sum_mismatch": {
        **TWO_UNITS,
        "units": [
            OFFICE,
            {
                "name": "第一小学",
                "amounts": {**ZEROS, "total": "297.58", "basic": "155.11", "project": "142.47"},
            },
        ],
    },
    "same_goal_twice": {"goals": [{"goal": "完成年度工作计划。", "completion": "已完成。"}] * 2},
    "goal_without_reason": {"goals.0.completion": "公园二期未能按期完成。"},
    "score_out_of_range": {"scores.spending_rate.score": "11"},
    "score_rounded": {"scores.spending_rate.score": "9.005", **WHY},
    "score_differs": {"data.spent": "1167.83", "data.adjusted_budget": "1297.59"},
    "no_score": {"scores.spending_rate.score": GONE},
    "no_reason": {"scores.spending_rate.score": "9", **WHY, "scores.spending_rate.reason": "无"},
    "no_improvement": {"scores.spending_rate.score": "9", **WHY, "scores.spending_rate.improvement": ""},
    "says_nothing": {"scores.spending_rate.score": "9", **WHY, "scores.spending_rate.reason": "见附件"},
    "all_full_marks": {f"scores.{context.row.id}.evidence": GONE for context in form().rows},
    "full_outputs_low_execution": {"scores.spending_rate.score": "6.5", **WHY},
    "data_contradiction": {
        "data.spent": "500",
        "data.adjusted_budget": "0",
        "scores.spending_rate.score": GONE,
    },
    "weights_incomplete": {"indicators": [{**OUTPUT, "weight": "60"}, {**OUTPUT, "name": "讲座"}]},
    "percent_out_of_range": {"indicators": [OPINION]},
    "target_overshot": {"indicators": [{**OUTPUT, "actual": "200"}]},
    "same_indicator_twice": {"indicators": [OUTPUT, {**OUTPUT, "actual": "25"}]},
    "indicator_in_two_groups": {"indicators": [OUTPUT, {**OUTPUT, "type": "效益-社会"}]},
    "cost_at_least": {"indicators": [{**OUTPUT, "type": "产出-成本", "name": "人均培训成本"}]},
    "payment_as_output": {"indicators": [{**OUTPUT, "name": "资金支付进度"}]},
    "satisfaction_without_evidence": {
        "indicators": [{**OUTPUT, "type": "满意度", "name": "学员满意度"}],
        "scores.benefit_indicators.evidence": "",
    },
    "unknown_key": {"fields.depart": "海珠区教育局"},
    "wrong_shape": {"goals": "完成年度工作计划。"},
}
"""Changes of the sound submission, by the code they give."""


LITTLE_SPENT = {"funds.total.spent": "945.5", "funds.fiscal.spent": "785.5"}
"""75 % of the money of the sound project."""
SPENT_OF_BUDGET = {"spent": "funds.total.spent", "budget": "funds.total.budget"}
DATED = (
    *projects.form().fields,
    Input(id="filled_on", label="填报日期", kind=ValueKind.DATE, required=False),
)

PROJECT: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
    "not_a_date": ({"fields.filled_on": "2026-02-30"}, {"fields": DATED}),
    "weights_mismatch": ({"indicators.0.weight": "27"}, {}),
    "weight_not_positive": ({"indicators.0.weight": "0"}, {}),
    "level_without_rows": ({"indicators.3": GONE}, {}),
    "unspent": (
        LITTLE_SPENT,
        {"checks": Checks.model_validate({"unspent": SPENT_OF_BUDGET})},
    ),
    "indicators_over_execution": (
        LITTLE_SPENT,
        {"checks": Checks.model_validate({"indicators_over_execution": {"row": "execution_rate"}})},
    ),
}
"""Changes of a sound project form, and of its definition, by the code they give."""


def _without_name(book: Workbook) -> None:
    del book.defined_names["zt_budget_basic"]


def _without_name_and_label(book: Workbook) -> None:
    _without_name(book)
    book["部门预算"]["A6"].value = "其他"


def _two_numbers(book: Workbook) -> None:
    book["部门预算"]["B6"] = "1155.12\n142.47"


def _shown_in_thousands(book: Workbook) -> None:
    book["部门预算"]["B5"].number_format = "#,##0.00,"


def _percent_of_units(book: Workbook) -> None:
    cell = next(row[1] for row in book["基本情况"].iter_rows() if row[0].value == "单位数")
    cell.value, cell.number_format = 1, "0%"


def _goal_merged_with_completion(book: Workbook) -> None:
    book["年度目标"].merge_cells("B5:C5")


def _copied_goals(book: Workbook) -> None:
    book.copy_worksheet(book["年度目标"]).title = "年度目标 (2)"


def _note_beside(book: Workbook) -> None:
    book["基本情况"]["J6"] = "待核对"


def _without_hidden_sheet(book: Workbook) -> None:
    for name in [name for name, found in book.defined_names.items() if "_zhengti" in str(found.value)]:
        del book.defined_names[name]
    del book["_zhengti"]


WORKBOOK: Mapping[str, Callable[[Workbook], None]] = {
    "name_lost": _without_name,
    "lost_input": _without_name_and_label,
    "two_numbers": _two_numbers,
    "shown_otherwise": _shown_in_thousands,
    "other_unit": _percent_of_units,
    "merged_cells": _goal_merged_with_completion,
    "copied_sheet": _copied_goals,
    "outside_inputs": _note_beside,
    "form_guessed": _without_hidden_sheet,
}
"""Changes of the published workbook, by the code they give."""

REVIEW = (
    "lost_value",
    "edited_differently",
    "computed_edited",
    "row_gone",
    "kept_mark",
    "guessed_group",
    "label_edited",
    "unplaced_text",
    "unread_content",
    "office_error",
    "notes_left",
    "both_changed",
    "already_made",
    "workbook_changed",
    "conflict",
    "no_baseline",
)
BATCH = (
    "unreadable",
    "duplicate_department",
    "not_printed",
    "not_annotated",
    "not_written",
    "word_kept",
    "environment",
    "timed_out",
    "out_of_memory",
    "worker_killed",
    "crashed",
)
READING = ("maybe_fraction", "total_row", "below_table")

PRINTING = ("broken_number", "cover_full")

ELSEWHERE = frozenset((*REVIEW, *BATCH, *READING, *PRINTING))
"""Codes of ``review``, ``batch``, some of reading and printing; their own tests make each of them happen."""


def problems_of(code: str) -> list[Problem]:
    """Every problem of the example of a code."""
    if code in JSON:
        return examine(from_data(changed(JSON[code]), form())).problems
    if code in PROJECT:
        changes, definition = PROJECT[code]
        return projects.examined(changes, projects.form(**definition)).problems
    if code == "evidence_unmatched":
        sample = read(ANNEX / "sample.json", ANNEX).submission.as_data()
        data = {**sample, "evidence": [{"name": "验收报告", "indicator": "小区绿化率"}]}
        return examine(from_data(data, load_form(ANNEX))).problems
    if code == "no_evidence":
        sample = read(FICTIONAL / "sample.json", FICTIONAL).submission.as_data()
        data = {**sample, "scores": {**sample["scores"], "innovation": {"score": "8"}}}
        return examine(from_data(data, fictional())).problems
    with TemporaryDirectory() as folder:
        file = Path(folder) / "填报.xlsx"
        if code == "formula_not_calculated":
            file.write_bytes(put_raw(HAIZHU.read_bytes(), "部门预算", "B5", "=B6+B7"))
        else:
            book = load_workbook(HAIZHU)
            WORKBOOK[code](book)
            book.save(file)
        # The page names no folder of the machine it was written on.
        return [
            replace(problem, remedy=problem.remedy.replace(f"{folder}{os.sep}", ""))
            for problem in examine(read(file)).problems
        ]


def example(code: str) -> Problem:
    """The problem of that code."""
    return next(problem for problem in problems_of(code) if problem.code == code)


CODES = [*JSON, *PROJECT, "no_evidence", "evidence_unmatched", "formula_not_calculated", *WORKBOOK]
"""The codes of reading and checking."""


def written(problem: Problem) -> str:
    """Message and remedy as two cells of a table."""
    return f"{problem.message} | {problem.remedy}".replace("\n", " ")


def rewrite() -> None:
    """Put what the program says now into the page."""
    lines = PAGE.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        match = ROW.match(line)
        if match and match["code"] in CODES:
            head = f"| `{match['code']}` | {match['severity']} | {match['meaning']}"
            lines[number] = f"{head} | {written(example(match['code']))} |"
    PAGE.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    rewrite()
