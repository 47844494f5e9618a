"""A submission taken over into another form: what goes where, and what is said of the rest."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.forms_support import EXAMPLES, FICTIONAL, HAIZHU, ROOT
from tests.support import is_chinese
from zhengti_zip import load_form, read
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.carry_over import CarriedOver, carry_over
from zhengti_zip.submission.jsonform import from_data

SAMPLE: dict[str, Any] = {
    "form": "fictional-2031",
    "fields": {
        "fiscal_year": 2031,
        "agency": "云上市气象局",
        "region": "云东片区",
        "staff": 12,
        "phone": "1234",
    },
    "goals": [{"goal": "建成三个观测点。", "completion": "建成两个。", "reason": "用地没有落实。"}],
    "budget": {"opening": "100", "own_fund": "20"},
    "data": {"complaints": 2, "rules_budget": "是"},
    "scores": {"innovation": {"score": "6", "evidence": "表彰文件"}},
    "indicators": [
        {
            "type": "成果-规模",
            "name": "观测点",
            "direction": "≥",
            "target": "3",
            "unit": "个",
            "actual": "2",
            "weight": "60",
            "reason": "用地",
        },
        {
            "type": "口碑",
            "name": "满意度",
            "direction": "定性",
            "target_text": "满意",
            "degree": "达成",
            "degree_percent": "90",
        },
    ],
}


def form(folder: Path, *changes: tuple[str, str]) -> FormDefinition:
    """The fictional form with some texts replaced."""
    shutil.copytree(FICTIONAL, folder)
    text = (folder / "form.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    (folder / "form.yaml").write_text(text, encoding="utf-8")
    return load_form(folder)


def carried(new: FormDefinition, *, everything: bool = False) -> CarriedOver:
    old = load_form(FICTIONAL)
    source = from_data(SAMPLE, old)
    assert source.reading_problems == []
    return carry_over(source.submission, old, new, everything=everything)


NEXT = (("year: 2031\n", "year: 2032\n"), ("id: fictional-2031", "id: fictional-2032"))


def test_into_the_next_year_go_plans_and_names_but_no_results(tmp_path: Path) -> None:
    made = carried(form(tmp_path / "2032", *NEXT))
    got = made.submission.as_data()
    assert got["form"] == "fictional-2032"
    assert got["fields"] == {**SAMPLE["fields"], "fiscal_year": 2032}
    assert got["goals"] == [{"goal": "建成三个观测点。"}]
    assert got["indicators"] == [
        {
            "type": "成果-规模",
            "name": "观测点",
            "direction": "≥",
            "target": "3",
            "unit": "个",
            "weight": "60",
        },
        {"type": "口碑", "name": "满意度", "direction": "定性", "target_text": "满意"},
    ]
    assert (got["budget"], got["data"], got["scores"]) == ({}, {}, {})
    left = {each.path: each.value for each in made.not_taken}
    assert left == {
        "goals": "2 个值",
        "budget": "2 个值",
        "scores": "2 个值",
        "data": "2 个值",
        "indicators": "4 个值",
    }
    assert all(is_chinese(each.why) and is_chinese(each.label) for each in made.not_taken)


def test_everything_goes_over_when_it_is_asked_for(tmp_path: Path) -> None:
    made = carried(form(tmp_path / "2032", *NEXT), everything=True)
    expected = from_data(SAMPLE, load_form(FICTIONAL)).submission.as_data()
    got = made.submission.as_data()
    assert {**got, "form": "", "fields": ""} == {**expected, "form": "", "fields": ""}
    assert got["fields"]["fiscal_year"] == 2032
    assert made.not_taken == ()


def test_another_form_of_the_same_year_takes_everything(tmp_path: Path) -> None:
    made = carried(form(tmp_path / "other", ("id: fictional-2031", "id: other-2031")))
    assert made.submission.budget == {"opening": Decimal(100), "own_fund": Decimal(20)}
    assert made.submission.scores["innovation"].evidence == "表彰文件"
    assert made.not_taken == ()


def test_an_input_with_another_id_is_found_by_its_name(tmp_path: Path) -> None:
    new = form(
        tmp_path / "renamed",
        *NEXT,
        ("{id: staff, label: 在编人数", "{id: people, label: 在编 人数"),
        ("fields.staff", "fields.people"),
        ("own_fund", "self_raised"),
    )
    made = carried(new, everything=True)
    assert made.submission.fields["people"] == 12
    assert made.submission.budget["self_raised"] == 20
    assert made.not_taken == ()


def test_a_field_is_found_by_the_part_it_plays(tmp_path: Path) -> None:
    new = form(
        tmp_path / "roles",
        ("id: agency, label: 报告部门", "id: bureau, label: 单位"),
        ("department: agency}", "department: bureau}"),
        ("{agency}", "{bureau}"),
        ("fields.agency", "fields.bureau"),
    )
    assert carried(new).submission.fields["bureau"] == "云上市气象局"


@pytest.mark.parametrize(
    ("old", "new", "path", "why"),
    [
        (
            "  - {id: phone, label: 联系电话, max_length: 30, required: false, help: 可不填}\n",
            "",
            "fields.phone",
            "没有这一项",
        ),
        ("choices: [云东片区, 云西片区", "choices: [东片, 云西片区", "fields.region", "不在可选范围内"),
        ("label: 在编人数, kind: count, unit: 人", "label: 在编人数, kind: year", "fields.staff", "不是年份"),
        ("口碑: []", "反响: []", "indicators.1.type", "没有这一类指标"),
    ],
    ids=["没有的项目", "没有的选项", "种类不同", "没有的类型"],
)
def test_what_finds_no_place_is_listed_with_its_value_and_reason(
    tmp_path: Path, old: str, new: str, path: str, why: str
) -> None:
    more = {
        "fields.phone": [("phone: {value: fields.phone, empty: 未填写}", "phone: {}")],
        "indicators.1.type": [("[影响, 口碑]", "[影响, 反响]")],
    }
    made = carried(form(tmp_path / "new", (old, new), *more.get(path, [])))
    (left,) = made.not_taken
    assert left.path == path
    assert why in left.why
    assert left.value == {"fields.phone": "1234", "fields.region": "云东片区", "fields.staff": "12"}.get(
        path, "口碑"
    )


def test_types_are_found_without_the_word_indicator(tmp_path: Path) -> None:
    new = form(
        tmp_path / "new",
        ("成果: [规模, 品质, 进度]", "成果指标: [规模指标, 品质指标, 进度指标]"),
        ("groups: [成果]", "groups: [成果指标]"),
        ("outputs: [成果]", "outputs: [成果指标]"),
    )
    assert [row.type for row in carried(new).submission.indicators] == ["成果指标-规模指标", "口碑"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example.name))
def test_a_form_takes_its_own_submissions_unchanged(example: Any) -> None:
    source = example.source
    made = carry_over(source.submission, example.form, example.form)
    assert made.submission == source.submission
    assert made.not_taken == ()


def test_nothing_is_lost_in_silence_between_forms_that_share_nothing() -> None:
    old, new = load_form(HAIZHU), load_form(FICTIONAL)
    submission = read(EXAMPLES[1].file, HAIZHU).submission
    made = carry_over(submission, old, new, everything=True)
    entered = sum(
        1 for path, value in _leaves(submission.as_data()) if value not in (None, "") and path != "form"
    )
    refused = len(made.not_taken)
    assert made.taken + refused == entered - 1  # the year is the new form's


def _leaves(data: Any, path: str = "") -> Any:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _leaves(value, f"{path}.{number}")
    else:
        yield path, data


PROJECT = ROOT / "tests" / "forms" / "project-2031"
PROJECT_SAMPLE: dict[str, Any] = {
    "form": "project-2031",
    "fields": {
        "project": "运维",
        "department": "云上市气象局",
        "unit": "气象台",
        "year": 2031,
        "filler": "张三",
    },
    "goals": [{"goal": "保持运行。", "completion": "已完成。"}],
    "funds": {"total": {"initial": "10", "budget": "12", "spent": "11"}},
    "scores": {"execution_rate": {"score": "9"}},
    "indicators": [
        {
            "type": "产出指标-数量指标",
            "name": "巡检",
            "direction": "≥",
            "target": "12",
            "unit": "次",
            "actual": "11",
            "weight": "50",
            "score": "45",
            "reason": "停电",
        }
    ],
}


def project(folder: Path, *changes: tuple[str, str]) -> FormDefinition:
    """The form with own rows, of the next year and with some texts replaced."""
    shutil.copytree(PROJECT, folder)
    text = (folder / "form.yaml").read_text(encoding="utf-8")
    for old, new in (("year: 2031\n", "year: 2032\n"), ("id: project-2031", "id: project-2032"), *changes):
        assert old in text, old
        text = text.replace(old, new)
    (folder / "form.yaml").write_text(text, encoding="utf-8")
    return load_form(folder)


def carried_project(new: FormDefinition, *, everything: bool = False) -> CarriedOver:
    old = load_form(PROJECT)
    source = from_data(PROJECT_SAMPLE, old)
    assert source.reading_problems == []
    return carry_over(source.submission, old, new, everything=everything)


def test_own_rows_keep_targets_and_points_but_not_what_was_reached(tmp_path: Path) -> None:
    made = carried_project(project(tmp_path / "2032"))
    got = made.submission.as_data()
    row = PROJECT_SAMPLE["indicators"][0]
    planned = ("type", "name", "direction", "target", "unit", "weight")
    assert got["indicators"] == [{key: row[key] for key in planned}]
    assert got["fields"] == {**PROJECT_SAMPLE["fields"], "year": 2032}
    assert "funds" not in got
    assert {each.path: each.value for each in made.not_taken} == {
        "goals": "1 个值",
        "funds": "3 个值",
        "scores": "1 个值",
        "indicators": "3 个值",
    }
    assert next(each.label for each in made.not_taken if each.path == "funds") == "项目资金"


def test_money_is_found_by_the_words_of_its_line_and_column(tmp_path: Path) -> None:
    new = project(
        tmp_path / "2032",
        ("{id: spent, label: 全年执行数}", "{id: executed, label: 全年执行数}"),
        ("funds.total.spent", "funds.total.executed"),
        ("show: spent}", "show: executed}"),
    )
    made = carried_project(new, everything=True)
    assert made.submission.as_data()["funds"] == {
        "total": {"initial": "10", "budget": "12", "executed": "11"}
    }
    assert made.not_taken == ()


def test_a_further_column_goes_over_when_it_describes_and_stays_when_it_is_a_number(tmp_path: Path) -> None:
    columns = (
        "    - unit\n    - {id: core, label: 是否核心指标, kind: yes_no}\n"
        "    - {id: adjusted, label: 调整指标值, kind: number}\n"
    )
    new = project(tmp_path / "2032", ("    - unit\n", columns))
    old = load_form(new.folder)
    row = {**PROJECT_SAMPLE["indicators"][0], "core": "是", "adjusted": "10"}
    fields = {**PROJECT_SAMPLE["fields"], "year": 2031}
    source = from_data({"form": old.id, "fields": fields, "indicators": [row]}, old)
    made = carry_over(source.submission, old, new)
    assert made.submission.indicators[0].extra == {"core": "是"}


@pytest.mark.parametrize("form_id", ["department-general", "project-national"])
def test_relative_weights_do_not_become_points(form_id: str) -> None:
    old, new = load_form(FICTIONAL), load_form(form_id)
    made = carry_over(from_data(SAMPLE, old).submission, old, new)
    assert made.submission.indicators[0].name == "观测点"
    assert made.submission.indicators[0].weight is None
    assert "旧表的权重与新表的分值不是一回事" in {each.why for each in made.not_taken}
