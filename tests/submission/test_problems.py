"""Problems are given the place of their input and the order of the form."""

from __future__ import annotations

import pytest

from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Place, Problem, Severity, has_errors, in_reading_order, locate

PLACES = {
    InputPath("fields"): Place("基本情况", "A1"),
    InputPath("fields.year"): Place("基本情况", "C4"),
    InputPath("goals"): Place("年度目标", "A2"),
    InputPath("goals.0.goal"): Place("年度目标", "B3"),
}


def problem(
    path: str, severity: Severity = Severity.ERROR, place: Place | None = None, code: str = "code"
) -> Problem:
    return Problem(severity, code, "不对", "请改正", InputPath(path), place=place)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("fields.year", "基本情况!C4"),
        ("fields.scope", "基本情况!A1"),
        ("goals.0.goal", "年度目标!B3"),
        ("goals.7.completion", "年度目标!A2"),
        ("goals", "年度目标!A2"),
        ("budget.total", "None"),
        ("", "None"),
    ],
)
def test_a_problem_stands_at_its_input_or_the_nearest_thing_around_it(path: str, place: str) -> None:
    (located,) = locate([problem(path)], PLACES)
    assert str(located.place) == place


def test_a_place_already_known_is_kept() -> None:
    known = Place(None, "fields.other")
    (located,) = locate([problem("fields.year", place=known)], PLACES)
    assert located.place == known
    assert str(known) == "fields.other"


def test_reading_order_has_the_whole_file_first_and_keeps_ties() -> None:
    paths = ["goals.0.goal", "fields.year", "", "fields", "fields.year"]
    located = locate([problem(path, code=f"c{number}") for number, path in enumerate(paths)], PLACES)
    assert [p.code for p in in_reading_order(located, PLACES)] == ["c2", "c3", "c1", "c4", "c0"]


@pytest.mark.parametrize(
    ("severities", "stops"),
    [
        ([], False),
        ([Severity.WARNING, Severity.NOTICE], False),
        ([Severity.NOTICE, Severity.ERROR], True),
    ],
)
def test_only_errors_stop_the_build(severities: list[Severity], stops: bool) -> None:
    assert has_errors(problem("", severity) for severity in severities) is stops


def test_the_shape_programs_read() -> None:
    (located,) = locate([problem("fields.year")], PLACES)
    assert located.as_json() == {
        "severity": "error",
        "code": "code",
        "sheet": "基本情况",
        "cell": "C4",
        "field": "",
        "value": "",
        "message": "不对",
        "remedy": "请改正",
    }
    assert problem("").as_json()["sheet"] is None


def test_every_severity_has_a_chinese_word() -> None:
    assert [severity.label for severity in Severity] == ["错误", "警告", "提示"]
