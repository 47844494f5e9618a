"""Input paths: every kind is made, taken apart and read back, and what is none is refused."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.calling import call
from tests.support import form
from zhengti_zip.base.errors import ExitCode
from zhengti_zip.form.loader import load_form
from zhengti_zip.submission.inputs import groups_of, label_of, single_inputs, table_parts
from zhengti_zip.submission.jsonform import read_json
from zhengti_zip.submission.paths import DATA, FIELDS, GROUPS, NO_PATH, RESULTS, SINGLES, TABLES, InputPath

ROOT = Path(__file__).parents[2]
FORMS = ("haizhu-2022", "tests/forms/fictional-2031")

IDS = st.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True)
NUMBERS = st.integers(min_value=0, max_value=99_999)
TABLE_NAMES = st.sampled_from(TABLES)


@pytest.mark.parametrize(
    ("path", "text", "group", "number", "item", "part"),
    [
        (InputPath.field("year"), "fields.year", "fields", None, "year", ""),
        (InputPath.amount("basic"), "budget.basic", "budget", None, "basic", ""),
        (InputPath.datum("spent"), "data.spent", "data", None, "spent", ""),
        (InputPath.score("rate"), "scores.rate.score", "scores", None, "rate", "score"),
        (InputPath.score("rate", "reason"), "scores.rate.reason", "scores", None, "rate", "reason"),
        (InputPath.cell("goals", 0, "goal"), "goals.0.goal", "goals", 0, "", "goal"),
        (InputPath.cell("indicators", 3, "actual"), "indicators.3.actual", "indicators", 3, "", "actual"),
        (InputPath.cell("units", 12, "basic"), "units.12.basic", "units", 12, "", "basic"),
        (InputPath.row("goals", 3), "goals.3", "goals", 3, "", ""),
        (InputPath.column("goals", "reason"), "goals.reason", "goals", None, "", "reason"),
        (InputPath.whole("goals"), "goals", "goals", None, "", ""),
        (InputPath.whole("scores"), "scores", "scores", None, "", ""),
        (InputPath.whole("scores").child("rate"), "scores.rate", "scores", None, "rate", ""),
        (InputPath.total("score"), "total.score", "total", None, "score", ""),
        (InputPath.grade("bands"), "grade.bands", "grade", None, "bands", ""),
        (InputPath.grade("优"), "grade.优", "grade", None, "优", ""),
        (InputPath.grade("A.1 级"), "grade.A.1 级", "grade", None, "A.1 级", ""),
    ],
)
def test_each_kind_is_made_taken_apart_and_read_back(
    path: InputPath, text: str, group: str, number: int | None, item: str, part: str
) -> None:
    assert path == text
    assert (path.group, path.number, path.item, path.part) == (group, number, item, part)
    assert InputPath.parse(text) == path
    assert isinstance(InputPath.parse(text), InputPath)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "fields.",
        ".year",
        "field.year",
        "Fields.year",
        "fields.Year",
        "fields.年度",
        "fields.year.month",
        "fields.year ",
        "fields.year\n",
        "budget.1",
        "scores.rate.reason.more",
        "scores..reason",
        "goals.-1.goal",
        "goals.01.goal",
        "goals.1.5.goal",
        "goals.²",
        "goals.٣.goal",
        "goals.0.",
        "goals.0.goal.more",
        "goals.9999999999.goal",
        "total",
        "total.",
        "grade",
        "grade.",
        "form",
    ],
)
def test_a_text_that_names_no_input_is_refused(text: str) -> None:
    assert InputPath.parse(text) is None


@pytest.mark.parametrize("name", FORMS)
def test_every_input_of_a_form_has_a_path_of_its_own_that_is_read_back(name: str) -> None:
    definition = load_form(ROOT / name if "/" in name else name)
    paths = [slot.path for slot in single_inputs(definition)]
    paths += [
        InputPath.cell(table, number, part.id)
        for table in TABLES
        for number in (0, 9, 10)
        for part in table_parts(definition, table)
    ]
    assert len(set(paths)) == len(paths)
    for path in paths:
        assert InputPath.parse(str(path)) == path
        assert label_of(definition, path) != path
    assert {path.group for path in paths} == set(groups_of(definition))


@given(st.sampled_from((FIELDS, "budget", DATA)), IDS)
def test_any_single_input_keeps_its_group_and_id(group: str, item: str) -> None:
    path = InputPath.parse(f"{group}.{item}")
    assert path is not None
    assert (path.group, path.item, path.part, path.number) == (group, item, "", None)
    assert path == InputPath.whole(group).child(item)
    assert path.parent == group


@given(IDS, IDS)
def test_any_score_keeps_its_row_and_part(row_id: str, part: str) -> None:
    path = InputPath.parse(InputPath.score(row_id, part))
    assert path is not None
    assert (path.group, path.item, path.part, path.number) == ("scores", row_id, part, None)
    assert path.of_every_row == InputPath.column("scores", part)


@given(TABLE_NAMES, NUMBERS, NUMBERS, IDS)
def test_any_cell_keeps_its_table_row_and_part(table: str, number: int, other: int, part: str) -> None:
    path = InputPath.parse(InputPath.cell(table, number, part))
    assert path is not None
    assert (path.group, path.number, path.part) == (table, number, part)
    assert path.at(other) == InputPath.cell(table, other, part)
    assert path.of_every_row == InputPath.column(table, part)
    assert path.of_every_row.at(number) == path
    assert path.parent == InputPath.row(table, number)
    assert path.parent.parent == InputPath.whole(table)
    assert path.json_key == f"{table}[{number}].{part}"


@given(
    st.text(max_size=30) | st.from_regex(r"(goals|scores|fields|total)(\.[a-z0-9]{0,3}){0,4}", fullmatch=True)
)
def test_any_text_can_be_asked_for_its_parts(text: str) -> None:
    path = InputPath(text)
    assert path.within(InputPath(path.group))
    assert path.within(path.parent) or not path.parent
    known = InputPath.parse(text)
    assert known is None or (known.group in (*GROUPS, *RESULTS) and known == path)
    assert label_of(form(), path) == text or known is not None


def test_the_groups_stand_in_the_order_of_the_form() -> None:
    assert GROUPS == (
        "fields",
        "goals",
        "budget",
        "funds",
        "scores",
        "data",
        "indicators",
        "units",
        "evidence",
    )
    assert [group for group in GROUPS if group in SINGLES] == list(SINGLES)
    assert set(SINGLES) | set(TABLES) == set(GROUPS)
    assert not set(SINGLES) & set(TABLES)
    has = [group for group in GROUPS if group not in ("funds", "evidence")]
    assert list(groups_of(form())) == has
    asked = dict.fromkeys(slot.path.group for slot in single_inputs(form()))
    assert list(asked) == [group for group in SINGLES if group != "funds"]
    source = read_json(ROOT / "samples" / "demo-2022.json")
    assert [path for path in source.places if path in GROUPS] == has


@pytest.mark.parametrize(
    ("path", "other", "is_within"),
    [
        ("goals.1.goal", "goals.1", True),
        ("goals.1.goal", "goals", True),
        ("goals.1", "goals.1", True),
        ("goals.12.goal", "goals.1", False),
        ("goals", "goals.1", False),
        ("scores.rate_new.score", "scores.rate", False),
        ("fields.year", "", False),
    ],
)
def test_what_stands_under_what(path: str, other: str, is_within: bool) -> None:
    assert InputPath(path).within(InputPath(other)) is is_within


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("goals.2.reason", "goals.reason"),
        ("scores.rate.reason", "scores.reason"),
        ("goals.2", "goals.2"),
        ("goals", "goals"),
        ("fields.year", "fields.year"),
        ("total.score", "total.score"),
    ],
)
def test_the_same_part_of_every_row(path: str, kind: str) -> None:
    assert InputPath(path).of_every_row == kind


def test_only_totals_and_grades_are_results() -> None:
    results = [InputPath.total("score"), InputPath.grade("bands"), InputPath.grade("优")]
    assert all(path.is_result for path in results)
    assert not any(slot.path.is_result for slot in single_inputs(form()))
    assert not InputPath.field("total").is_result


def test_no_path_is_false_and_names_nothing() -> None:
    assert not NO_PATH
    assert (NO_PATH.group, NO_PATH.number, NO_PATH.item, NO_PATH.part) == ("", None, "", "")
    assert not InputPath.whole("goals").parent


def test_a_path_is_its_text_for_json_for_copies_and_for_other_processes() -> None:
    path = InputPath.cell("goals", 0, "goal")
    assert json.dumps({path: path}) == '{"goals.0.goal": "goals.0.goal"}'
    assert {path: 1}["goals.0.goal"] == 1  # type: ignore[index]
    for other in (copy.deepcopy(path), pickle.loads(pickle.dumps(path))):
        assert (type(other), other) == (InputPath, path)


def test_a_path_the_form_does_not_have_is_its_own_label() -> None:
    for text in ("fields.nothing", "goals.0.nothing", "goals.x.goal", "goals.².goal", "", "goals"):
        assert label_of(form(), InputPath(text)) == text
    assert label_of(form(), InputPath.cell("goals", 1, "completion")) == "第 2 条 完成情况"


def test_a_strange_number_in_a_key_is_an_unknown_key_and_no_crash(tmp_path: Path) -> None:
    strange = tmp_path / "奇怪.json"
    strange.write_text('{"form": "haizhu-2022", "goals.².goal": 1}', encoding="utf-8")
    result = call("diff", ROOT / "samples" / "demo-2022.json", strange, "--json")
    assert result.code is ExitCode.NOT_COMPARED
    assert [problem["code"] for problem in json.loads(result.out)["problems"]] == ["unknown_key"]
