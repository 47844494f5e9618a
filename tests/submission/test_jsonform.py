"""A submission saved as JSON is read back the same; what does not belong in it is said."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import FORM_ID, SAMPLE, Changes, form, is_chinese, sound, source
from zhengti_zip.base.errors import InputError, UsageProblem
from zhengti_zip.base.limits import MAX_TABLE_ROWS
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.inputs import goal_parts, indicator_parts, score_parts, single_inputs
from zhengti_zip.submission.jsonform import from_data, read_json
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.source import Source


def write(folder: Path, content: str | bytes) -> Path:
    file = folder / "部门.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return file


def said(read: Source) -> list[tuple[str, str, str]]:
    """Severity, code and path of what could not be read."""
    return [(str(p.severity), p.code, p.path) for p in read.reading_problems]


def reading(changes: Changes) -> list[tuple[str, str, str]]:
    return said(source(changes))


def test_the_sample_comes_back_byte_for_byte(tmp_path: Path) -> None:
    first = read_json(SAMPLE)
    text = first.submission.to_json()
    again = read_json(write(tmp_path, text))
    assert again.submission == first.submission
    assert again.submission.to_json().encode() == text.encode()
    assert said(first) == said(again) == []


def test_the_text_is_canonical() -> None:
    text = source({"budget.basic": "１，１５５．１２０万元", "fields.unit_count": "1个"}).submission.to_json()
    data = json.loads(text)
    assert data["budget"]["basic"] == "1155.12"
    assert data["fields"] == {"department": "海珠区教育局", "year": 2022, "scope": "本级", "unit_count": 1}
    assert data["scores"]["intent_completeness"] == {"score": "0.5", "evidence": "《2022年度台账》"}
    assert text == json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    assert "海珠区教育局" in text


def test_what_was_left_empty_is_absent() -> None:
    read = source(
        {"fields.department": "", "budget.total": None, "scores.spending_rate": {"score": "", "reason": " "}}
    )
    data = json.loads(read.submission.to_json())
    assert "department" not in data["fields"]
    assert "total" not in data["budget"]
    assert "spending_rate" not in data["scores"]
    assert data["goals"] == [{"goal": "完成年度工作计划。", "completion": "已全部完成。"}]


TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"),
    max_size=20,
).map(lambda text: text.replace("#", "＃"))


def values(item: Input) -> st.SearchStrategy[Any]:
    """What a JSON file may hold for an input."""
    by_kind: dict[ValueKind, st.SearchStrategy[Any]] = {
        ValueKind.TEXT: TEXTS,
        ValueKind.CHOICE: st.sampled_from(item.choices or ("",)),
        ValueKind.YEAR: st.integers(2000, 2099),
        ValueKind.COUNT: st.integers(0, 10**6),
        ValueKind.AMOUNT: st.decimals(0, 10**8, places=4).map(str),
        ValueKind.NUMBER: st.decimals(-(10**6), 10**6, places=4).map(str),
        ValueKind.POINTS: st.decimals(-5, 30, places=3).map(str),
        ValueKind.YES_NO: st.sampled_from(item.options or ("",)),
    }
    return by_kind[item.kind]


def objects(items: tuple[Input, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={item.id: values(item) for item in items})


def submissions() -> st.SearchStrategy[dict[str, Any]]:
    """Any JSON submission of the form, complete or not."""
    definition = form()
    data = tuple(item for _, item in definition.data_inputs())
    amounts = objects(definition.budget.columns)
    return st.fixed_dictionaries(
        {"form": st.just(FORM_ID)},
        optional={
            "fields": objects(definition.fields),
            "goals": st.lists(objects(goal_parts(definition)), max_size=3),
            "budget": amounts,
            "scores": st.dictionaries(
                st.sampled_from(sorted(definition.row_by_id)), objects(score_parts(definition)), max_size=4
            ),
            "data": objects(data),
            "indicators": st.lists(objects(indicator_parts(definition)), max_size=3),
            "units": st.lists(st.fixed_dictionaries({"name": TEXTS, "amounts": amounts}), max_size=2),
        },
    )


@settings(max_examples=60)
@given(submissions())
def test_every_submission_comes_back_byte_for_byte(data: dict[str, Any]) -> None:
    first = from_data(data, form())
    assert [problem for problem in first.reading_problems if problem.is_error] == []
    text = first.submission.to_json()
    again = from_data(json.loads(text, parse_float=Decimal), form())
    assert again.submission == first.submission
    assert again.submission.to_json() == text


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    plain = SAMPLE.read_bytes()
    assert read_json(write(tmp_path, b"\xef\xbb\xbf" + plain)).submission == read_json(SAMPLE).submission


def test_numbers_may_be_numbers_and_stay_exact(tmp_path: Path) -> None:
    content = '{"form": "haizhu-2022", "budget": {"total": 1297.59, "basic": 0.1, "project": 1e2}, "fields": {"year": 2022.0}}'
    read = read_json(write(tmp_path, content))
    assert said(read) == []
    assert {key: str(value) for key, value in read.submission.budget.items()} == {
        "total": "1297.59",
        "basic": "0.1",
        "project": "100",
    }
    assert read.submission.fields == {"year": 2022}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("不是 JSON", id="文字"),
        pytest.param('{"form": "haizhu-2022",}', id="多余的逗号"),
        pytest.param('{"form": "haizhu-2022"', id="没有合上"),
        pytest.param("{'form': 'haizhu-2022'}", id="单引号"),
        pytest.param('{"form": "haizhu-2022", "budget": {"total": NaN}}', id="NaN"),
        pytest.param('{"form": "haizhu-2022", "budget": {"total": Infinity}}', id="Infinity"),
        pytest.param('{"form": "haizhu-2022", "budget": {"total": -Infinity}}', id="-Infinity"),
        pytest.param('{"form": "haizhu-2022", "budget": {"total": ' + "1" * 5000 + "}}", id="五千位的数"),
        pytest.param("[" * 100_000, id="嵌套太深"),
        pytest.param("", id="空文件"),
        pytest.param(" \n", id="只有空白"),
        pytest.param("null", id="null"),
        pytest.param("[]", id="列表"),
        pytest.param('"haizhu-2022"', id="字符串"),
        pytest.param("{}", id="没有form"),
        pytest.param('{"form": 2022}', id="form不是文字"),
        pytest.param('{"form": null}', id="form为null"),
        pytest.param('{"fields": {}}', id="只有字段"),
        pytest.param(b"\xff\xfe{}", id="UTF-16"),
        pytest.param('{"form": "海珠"}'.encode("gbk"), id="GBK"),
        pytest.param(b"PK\x03\x04\xff\xff", id="其实是工作簿"),
    ],
)
def test_a_file_that_is_no_submission(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_json(write(tmp_path, content))
    assert "部门.json" in caught.value.message
    assert is_chinese(caught.value.message)
    assert is_chinese(caught.value.remedy)


def test_a_mistake_in_the_json_is_named_by_line_and_column(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="第 3 行第 1 列"):
        read_json(write(tmp_path, '{\n  "form": "haizhu-2022",\n}'))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"没有\.json"):
        read_json(tmp_path / "没有.json")
    with pytest.raises(InputError, match=tmp_path.name):
        read_json(tmp_path)


@pytest.mark.parametrize("name", ["nothing", "", "海珠", "/etc", "a\\u0000b", "\\ud800"])
def test_a_form_there_is_none_of(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageProblem):
        read_json(write(tmp_path, f'{{"form": "{name}"}}'))


def test_a_form_with_a_name_too_long_for_any_file(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem):
        read_json(write(tmp_path, json.dumps({"form": "a" * 300})))


def test_data_of_another_form_than_asked_for(tmp_path: Path) -> None:
    file = write(tmp_path, '{"form": "huadu-2022"}')
    with pytest.raises(InputError) as caught:
        read_json(file, form())
    assert "huadu-2022" in caught.value.message
    assert FORM_ID in caught.value.message


@pytest.mark.parametrize(
    ("changes", "path", "place"),
    [
        pytest.param({"score": {}}, "score", "score", id="顶层"),
        pytest.param({"fields.name": "甲"}, "fields.name", "fields.name", id="字段"),
        pytest.param({"budget.sum": "1"}, "budget.sum", "budget.sum", id="预算"),
        pytest.param(
            {"scores.spending_rate.points": "9"},
            "scores.spending_rate.points",
            "scores.spending_rate.points",
            id="自评",
        ),
        pytest.param(
            {"scores.spending.score": "9"},
            "scores.spending",
            "scores.spending",
            id="没有的评分行",
        ),
        pytest.param({"data.spend": "9"}, "data.spend", "data.spend", id="数据"),
        pytest.param({"goals.0.goals": "甲"}, "goals.0.goals", "goals[0].goals", id="目标"),
        pytest.param({"indicators": [{"aim": "1"}]}, "indicators.0.aim", "indicators[0].aim", id="指标"),
        pytest.param({"units": [{"amounts": {"sum": "1"}}]}, "units.0.sum", "units[0].sum", id="单位"),
    ],
)
def test_an_unknown_key_is_an_error_not_a_silence(changes: Changes, path: str, place: str) -> None:
    read = source(changes)
    assert ("error", "unknown_key", path) in said(read)
    problem = next(problem for problem in examine(read).problems if problem.code == "unknown_key")
    assert str(problem.place) == place
    assert place in problem.message


def test_an_unknown_row_with_nothing_in_it() -> None:
    assert reading({"scores.spending": {}}) == [("error", "unknown_key", "scores.spending")]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        pytest.param({"fields": []}, "fields", id="字段是列表"),
        pytest.param({"budget": "1297.59"}, "budget", id="预算是文字"),
        pytest.param({"scores": [1]}, "scores", id="自评是列表"),
        pytest.param({"data": 1}, "data", id="数据是数"),
        pytest.param({"goals": {"goal": "甲"}}, "goals", id="目标是键值"),
        pytest.param({"goals": "甲"}, "goals", id="目标是文字"),
        pytest.param({"goals": ["甲"]}, "goals.0", id="一条目标是文字"),
        pytest.param({"indicators": [None]}, "indicators.0", id="一项指标是null"),
        pytest.param({"units": 2}, "units", id="单位是数"),
        pytest.param({"fields.department": ["甲"]}, "fields.department", id="部门是列表"),
        pytest.param(
            {"scores.spending_rate.score": {"value": 9}}, "scores.spending_rate.score", id="自评分是键值"
        ),
    ],
)
def test_a_wrong_shape(changes: Changes, path: str) -> None:
    assert ("error", "wrong_shape", path) in reading(changes)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        pytest.param({"scores.spending_rate": "9"}, "scores.spending_rate", id="自评行是文字"),
        pytest.param({"goals": [{"goal": ["甲"]}]}, "goals.0.goal", id="目标是列表"),
        pytest.param({"units": [{"name": "甲", "amounts": [1]}]}, "units.0.amounts", id="金额是列表"),
    ],
)
def test_a_wrong_shape_under_a_right_key(changes: Changes, path: str) -> None:
    assert ("error", "wrong_shape", path) in reading(changes)


def test_everything_wrong_is_said_at_once() -> None:
    assert set(reading({"fields.year": "今年", "budget.basic": "-1", "other": 1, "goals": ["甲"]})) == {
        ("error", "not_a_year", "fields.year"),
        ("error", "negative", "budget.basic"),
        ("error", "unknown_key", "other"),
        ("error", "wrong_shape", "goals.0"),
    }


def test_what_cannot_be_read_is_left_out() -> None:
    submission = source(
        {"fields.year": "今年", "scores.spending_rate": {"score": True}, "goals": ["甲"]}
    ).submission
    assert "year" not in submission.fields
    assert "spending_rate" not in submission.scores
    assert [goal.goal for goal in submission.goals] == [""]


def test_a_lone_surrogate_can_be_reported(tmp_path: Path) -> None:
    read = read_json(write(tmp_path, '{"form": "haizhu-2022", "fields": {"department": "\\ud800"}}'))
    (problem,) = read.reading_problems
    assert problem.code == "illegal_character"
    problem.value.encode("utf-8")


def test_the_longest_table_taken() -> None:
    data = sound()
    data["units"] = [{}] * MAX_TABLE_ROWS
    assert len(from_data(data, form()).submission.units) == MAX_TABLE_ROWS
    data["units"] = [{}] * (MAX_TABLE_ROWS + 1)
    with pytest.raises(InputError, match=str(MAX_TABLE_ROWS)):
        from_data(data, form())


def test_every_input_has_its_place() -> None:
    places = source().places
    assert {slot.path for slot in single_inputs(form())} < places.keys()
    assert str(places[InputPath("goals.0.completion")]) == "goals[0].completion"
    assert all(place.sheet is None for place in places.values())
    assert [path for path in places if "." not in path] == [
        "fields",
        "goals",
        "budget",
        "scores",
        "data",
        "indicators",
        "units",
    ]


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("goals.0.goal", "goals[0].goal"),
        ("units.12.name", "units[12].name"),
        ("fields.year", "fields.year"),
        ("goals", "goals"),
    ],
)
def test_paths_are_written_as_json_people_write_them(path: str, written: str) -> None:
    assert InputPath(path).json_key == written


def test_a_key_given_twice_is_refused_not_dropped(tmp_path: Path) -> None:
    file = write(tmp_path, '{"form": "haizhu-2022", "budget": {"basic": "1", "basic": "2"}}')
    with pytest.raises(InputError, match="basic 重复"):
        read_json(file)
