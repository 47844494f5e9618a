"""What is said of forms with words, parts and inputs of their own."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.scoring import projects
from zhengti_zip import load_form
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.checks import Checks
from zhengti_zip.form.columns import Column
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.derived import Derived
from zhengti_zip.form.tree import Level
from zhengti_zip.grid.examine import Examination, examine
from zhengti_zip.submission.jsonform import from_data

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FORMS = Path(__file__).resolve().parents[1] / "forms"
STANDARDS = "fixed-standards"


def remade(form: FormDefinition, **changes: Any) -> FormDefinition:
    """The form with some keys replaced, as if it had been loaded so."""
    parts = {name: getattr(form, name) for name in FormDefinition.model_fields}
    return FormDefinition.model_validate({**parts, **changes})


def standards(**changes: dict[str, Any]) -> Examination:
    """The sample of a form with printed standards, some of its groups changed."""
    data = json.loads((SAMPLES / f"{STANDARDS}.json").read_text(encoding="utf-8"))
    for group, values in changes.items():
        data[group] = {key: value for key, value in {**data[group], **values}.items() if value is not None}
    return examine(from_data(data, load_form(STANDARDS)))


@pytest.mark.parametrize("datum", ["budget", "tasks_done"])
def test_a_datum_of_two_rows_is_missing_once(datum: str) -> None:
    problems = standards(data={datum: None}).problems
    assert [(problem.code, problem.path) for problem in problems] == [("missing", f"data.{datum}")]


def test_a_datum_is_an_error_if_one_of_its_rows_has_no_score_of_its_own() -> None:
    """The first row that uses it has a score by hand and would only warn."""
    by_hand = standards(data={"budget": None}, scores={"execution_rate": {"score": "4.79"}})
    assert [(problem.severity, problem.path) for problem in by_hand.problems] == [("error", "data.budget")]


def test_full_marks_on_the_departments_word_name_what_this_form_asks_for() -> None:
    form = load_form(STANDARDS)
    full = {context.row.id: {"score": str(context.row.weight)} for context in form.rows}
    data = json.loads((SAMPLES / f"{STANDARDS}.json").read_text(encoding="utf-8"))
    [problem] = [
        problem
        for problem in examine(from_data({**data, "data": {}, "scores": full}, form)).problems
        if problem.code == "all_full_marks"
    ]
    assert problem.message == "14 项全部为满分，都只有自评得分，既没有评分数据，也没有佐证材料"
    bare = remade(form, score_parts=form.score_parts[:1])
    [problem] = [
        problem
        for problem in examine(from_data({**data, "data": {}, "scores": full}, bare)).problems
        if problem.code == "all_full_marks"
    ]
    assert problem.message == "14 项全部为满分，都只有自评得分，没有评分数据"
    assert problem.remedy == "请对照评分标准核对自评得分；确为满分的，请填写评分数据"


@pytest.mark.parametrize(("points", "codes"), [("0", []), ("-0.5", ["negative"])])
def test_points_of_a_field_are_not_negative(points: str, codes: list[str]) -> None:
    extra = Input(id="bonus", label="加分", kind=ValueKind.POINTS, required=False)
    definition = remade(projects.form(), fields=(*projects.form().fields, extra))
    problems = projects.examined({"fields.bonus": points}, definition).problems
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ({"target": "0.95"}, "indicators.1.target"),
        ({"target": "95", "actual": "0.97"}, "indicators.1.actual"),
        ({"target": "95", "adjusted": "0.96"}, "indicators.1.adjusted"),
        ({"target": "0.95", "adjusted": "96"}, ""),
    ],
)
def test_the_target_that_counts_may_be_a_fraction(parts: dict[str, str], path: str) -> None:
    """The adjusted target counts before the first one."""
    own = projects.form().own
    assert own is not None
    adjusted = Column(id="adjusted", label="调整指标值", kind=ValueKind.NUMBER, required=False)
    rules = tuple(rule.model_copy(update={"target": ("adjusted", "target")}) for rule in own.rules)
    changed = own.model_copy(update={"columns": (*own.columns, adjusted), "rules": rules})
    definition = remade(projects.form(), own=changed)
    changes = {f"indicators.1.{part}": value for part, value in parts.items()}
    source = from_data(projects.changed(changes), definition)
    asked = [problem.path for problem in source.reading_problems if problem.code == "maybe_fraction"]
    assert asked == ([path] if path else [])


UNITS = [
    {"name": "本级", "amounts": {"opening": "60", "final": "60", "spent": "55"}},
    {"name": "下属学校", "amounts": {"opening": "40", "final": "40", "spent": "40"}},
]


def spending(changes: dict[str, Any], *optional: str, units: bool = False) -> list[tuple[str, str]]:
    """What is wrong with a form about a budget, some of its amounts optional, with units that are not counted."""
    form = load_form(FORMS / "options-2031")
    columns = tuple(
        column.model_copy(update={"required": column.id not in optional}) for column in form.budget.columns
    )
    definition = remade(form, units=units, budget=form.budget.model_copy(update={"columns": columns}))
    data: dict[str, Any] = {
        "form": form.id,
        "fields": {"department": "教育局", "year": 2031},
        "budget": {"opening": "100", "final": "100", "spent": "95"},
        "data": {"way": "按决算"},
        "units": deepcopy(UNITS) if units else [],
    }
    for path, value in changes.items():
        *above, last = path.split(".")
        target: Any = data
        for key in above:
            target = target[int(key)] if isinstance(target, list) else target[key]
        if value is None:
            target.pop(int(last) if isinstance(target, list) else last)
        else:
            target[last] = value
    return [(problem.code, str(problem.path)) for problem in examine(from_data(data, definition)).problems]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"units.1.amounts.spent": "39.99"}, [("units_sum_mismatch", "budget.spent")]),
        ({"units.1.amounts.spent": None}, [("missing", "units.1.spent")]),
        ({"units.1": None}, [("units_sum_mismatch", "budget.opening")]),
    ],
)
def test_units_are_added_up_although_nobody_counts_them(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert spending(changes, units=True) == expected


def test_units_need_not_be_filled_in_where_nobody_counts_them() -> None:
    assert spending({"units": []}, units=True) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"budget.opening": None}, [("units_sum_mismatch", "budget.opening")]),
        ({"units.0.amounts.opening": None}, [("units_sum_mismatch", "budget.opening")]),
        ({"units.0.amounts.opening": None, "budget.opening": "40", "budget.spent": "95"}, ["no_reason"]),
        ({"budget.opening": "约一百"}, [("not_a_number", "budget.opening")]),
        ({"units.0.amounts.opening": "约六十"}, [("not_a_number", "units.0.opening")]),
        ({"budget.final": None}, [("missing", "budget.final")]),
    ],
)
def test_an_optional_amount_left_empty_is_0_in_sums(changes: dict[str, Any], expected: list[Any]) -> None:
    told = spending(changes, "opening", units=True)
    assert (told if expected and isinstance(expected[0], tuple) else [code for code, _ in told]) == expected


def test_a_rule_asks_for_the_optional_amount_it_needs() -> None:
    assert spending({"budget.opening": None}, "opening") == [("missing", "budget.opening")]


def test_a_rule_asks_for_what_its_derived_value_is_worked_out_from() -> None:
    form = projects.form()
    extra = tuple(
        Input(id=key, label=key, kind=ValueKind.AMOUNT, required=False) for key in ("first", "second")
    )
    both = Derived.model_validate(
        {"id": "both", "label": "两项合计", "add": ["fields.first", "fields.second"]}
    )
    spent = form.rows[0].row.rules[0].model_dump() | {"numerator": {"use": "derived.both"}}
    level = form.indicators[0].model_dump(exclude_none=True)
    level["indicators"][0]["rows"][0]["rules"] = [{"kind": "proportional", **spent}]
    for rule in level["indicators"][0]["rows"][0]["rules"]:
        rule["denominator"] = {"use": "funds.total.budget"}
    definition = remade(
        form,
        fields=(*form.fields, *extra),
        derived=(*form.derived, both),
        indicators=(Level.model_validate(level), *form.indicators[1:]),
    )
    told = projects.found({"fields.first": "1000"}, definition)
    assert told == [("error", "missing", "fields.second")]


def test_an_amount_of_a_field_may_be_in_yuan() -> None:
    extra = Input(id="assets", label="资产总额", kind=ValueKind.AMOUNT, required=False)
    definition = remade(projects.form(), fields=(*projects.form().fields, extra))
    assert projects.found({"fields.assets": "99999"}, definition) == []
    assert projects.found({"fields.assets": "13000000"}, definition) == [
        ("warning", "maybe_yuan", "fields.assets")
    ]


@pytest.mark.parametrize(
    ("evidence", "expected"), [("台账", []), ("", [("missing", "scores.execution_rate.evidence")])]
)
def test_a_part_that_a_form_requires_beside_each_row(evidence: str, expected: list[tuple[str, str]]) -> None:
    score_parts = (Column(id="score"), Column(id="evidence", required=True))
    definition = remade(projects.form(), score_parts=score_parts)
    problems = projects.examined({"scores.execution_rate.evidence": evidence}, definition).problems
    assert [(problem.code, problem.path) for problem in problems] == expected


def test_a_reason_that_a_form_always_requires_is_missing_once() -> None:
    own = projects.form().own
    assert own is not None
    columns = tuple(
        column.model_copy(update={"required": True}) if column.id == "reason" else column
        for column in own.columns
    )
    definition = remade(projects.form(), own=own.model_copy(update={"columns": columns}))
    reasons = {f"indicators.{number}.reason": "按计划完成。" for number in range(4)}
    assert projects.found(reasons, definition) == []
    lost = {**reasons, "indicators.0.reason": "", "indicators.0.score": "29"}
    assert projects.found(lost, definition) == [("error", "missing", "indicators.0.reason")]


def test_the_working_calls_an_entered_score_as_the_form_does() -> None:
    rows = projects.examined({"indicators.0.score": "30"}).evaluation.rows
    assert rows[1].working.startswith("自评得分 30 分；按数据计算：")


def test_what_is_said_of_a_score_nobody_enters_stands_at_the_name_of_its_row() -> None:
    own = projects.form().own
    assert own is not None
    columns = tuple(column for column in own.columns if column.id != "score")
    definition = remade(projects.form(), own=own.model_copy(update={"columns": columns}))
    little = {"funds.total.spent": "945.5", "funds.fiscal.spent": "785.5"}
    [problem] = projects.examined(little, definition).problems
    assert (problem.code, problem.path, problem.field) == (
        "full_outputs_low_execution",
        "indicators.0.name",
        "第 1 项 三级指标",
    )


def test_a_derived_amount_is_told_at_the_first_amount_behind_it() -> None:
    both = Derived.model_validate(
        {
            "id": "both",
            "label": "财政与结转执行数",
            "add": ["funds.fiscal.spent", "funds.carried.spent"],
            "as": "amount",
        }
    )
    limit = {"amount": "derived.both", "limit": "funds.fiscal.budget"}
    definition = remade(
        projects.form(),
        derived=(*projects.form().derived, both),
        checks=Checks.model_validate({"spent_over_budget": limit}),
    )
    [problem] = projects.examined({}, definition).problems
    assert (problem.code, problem.path) == ("spent_over_budget", "funds.fiscal.spent")
    assert problem.field == "项目资金 其中：当年财政拨款 全年执行数"
    assert problem.message.startswith("“财政与结转执行数”1,200.5 万元大于")
