"""The checks a form switches, made errors one by one: the live sheet never says 完整 beside one of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.scoring.problem_examples import JSON, TWO_UNITS, WHY, ZEROS
from tests.support import changed, form
from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip import read
from zhengti_zip.form.checks import Checks
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.workbook.areas import FIRST_ROW
from zhengti_zip.workbook.write.live_switched import BY_PROGRAM
from zhengti_zip.workbook.write.writer import filled_workbook

pytestmark = pytest.mark.slow

TYPED: Mapping[str, Mapping[tuple[str, str], str]] = {
    "scope_in_name": {("基本情况", "B5"): "海珠区教育局（本级）"},
    "number_in_goal": {("年度目标", "B5"): "1.完成年度工作计划。"},
}
"""What is typed into the written workbook, because reading takes it away."""

IN_WORDS = {
    "spent_over_budget": "大于调整后预算数",
    "in_use_over_owned": "大于固定资产总额",
    "carry_over_differs": "与调整后预算数－年度支出数不同",
    "annual_budget_differs": "与总预算不同",
    "scope_with_units": "与单位数不符",
    "full_outputs_low_execution": "满分，而支出率低",
    "cost_at_least": "成本指标的目标方向为≥",
    "target_overshot": "远超目标，请说明偏差原因",
}
"""The checks that a formula of one cell makes, and what it says there."""

UNSOUND: Mapping[str, Mapping[str, Any]] = {
    "原因只写无": {**JSON["no_reason"]},
    "原因只写NA": {**JSON["no_reason"], "scores.spending_rate.reason": "N/A。"},
    "措施写略": {"scores.spending_rate.score": "9", **WHY, "scores.spending_rate.improvement": " 略 "},
    "单位各自不符但合计相符": {
        **TWO_UNITS,
        "units": [
            {"name": "局机关", "amounts": {**ZEROS, "total": "1000", "basic": "999"}},
            {
                "name": "第一小学",
                "amounts": {**ZEROS, "total": "297.59", "basic": "156.12", "project": "142.47"},
            },
        ],
    },
    "打印后合计不符": {
        "budget.total": "1297.598",
        "budget.basic": "1155.124",
        "budget.project": "142.474",
    },
}
"""Errors of the form as it ships that the sheet has to know."""


def strict(code: str) -> FormDefinition:
    """The form with one check made an error, and its parameters kept."""
    given = {
        **form().checks.model_dump(),
        code: {**getattr(form().checks, code).model_dump(), "severity": "error"},
    }
    return form().model_copy(update={"checks": Checks.model_validate(given)})


def states(file: Path) -> dict[str, str]:
    """What 检查 says of each sheet."""
    sheet = load_workbook(file, data_only=True)["检查"]
    return {sheet[f"A{row}"].value: sheet[f"E{row}"].value for row in range(FIRST_ROW, FIRST_ROW + 7)}


def saved(folder: Path, name: str, of: FormDefinition, changes: Mapping[str, Any]) -> Path:
    """The sound submission with some changes, as a workbook."""
    file = folder / f"{name}.xlsx"
    file.write_bytes(filled_workbook(of, from_data(changed(changes), of).submission))
    if name in TYPED:
        book = load_workbook(file)
        for (sheet, cell), text in TYPED[name].items():
            book[sheet][cell].value = text
        book.save(file)
    return file


@needs_libreoffice
def test_no_sheet_is_complete_beside_an_error_of_the_forms_checks(tmp_path: Path) -> None:
    # Two checks need parameters that this form does not give: tests/scoring/test_checks_any_form.py;
    # one a list of evidence: tests/grid/test_annex.py.
    codes = [code for code in Checks.model_fields if code in JSON]
    assert set(Checks.model_fields) - set(codes) == {
        "indicators_over_execution",
        "unspent",
        "evidence_unmatched",
    }
    files = [saved(tmp_path, code, strict(code), JSON[code]) for code in codes]
    for code, file in zip(codes, convert(files, tmp_path / "out", "xlsx"), strict=True):
        problems = examine(read(tmp_path / f"{code}.xlsx", strict(code))).problems
        errors = [problem for problem in problems if problem.is_error and problem.place]
        assert code in {problem.code for problem in errors}, code
        said = states(file)
        for place in (problem.place for problem in errors):
            assert place and said[place.sheet or ""] != "完整", (code, place)
        shown = {cell.value for sheet in load_workbook(file, data_only=True) for row in sheet for cell in row}
        if code in IN_WORDS:
            assert IN_WORDS[code] in shown, code
            assert f"注意：{BY_PROGRAM}" not in shown, code


@needs_libreoffice
def test_no_sheet_is_complete_beside_other_errors(tmp_path: Path) -> None:
    files = [saved(tmp_path, name, form(), changes) for name, changes in UNSOUND.items()]
    for file, recalculated in zip(files, convert(files, tmp_path / "out", "xlsx"), strict=True):
        errors = [problem for problem in examine(read(file)).problems if problem.is_error]
        assert len(errors) >= 1, file.stem
        for problem in errors:
            assert problem.place and states(recalculated)[problem.place.sheet or ""] != "完整", file.stem


@needs_libreoffice
def test_a_check_in_words_of_a_formula_leaves_a_sound_workbook_complete(tmp_path: Path) -> None:
    """The same checks as errors, and nothing wrong: every sheet that is filled is complete."""
    given = {
        code: {**getattr(form().checks, code).model_dump(), "severity": "error"}
        for code in (*IN_WORDS, "all_full_marks")
    }
    every = form().model_copy(
        update={"checks": Checks.model_validate({**form().checks.model_dump(), **given})}
    )
    file = saved(tmp_path, "填报", every, {})
    [recalculated] = convert([file], tmp_path / "out", "xlsx")
    assert examine(read(file, every)).problems == []
    assert set(states(recalculated).values()) == {"完整"}
