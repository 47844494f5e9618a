"""What is said of forms with words, parts and inputs of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scoring import projects
from zhengti_zip import load_form
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.columns import Column
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.examine import Examination, examine
from zhengti_zip.submission.jsonform import from_data

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
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
