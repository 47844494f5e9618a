"""A number that does not fit its cell in one line is reported; a text is not."""

from __future__ import annotations

import pytest

from tests.grid.own_rows import DATA, PROJECT, PROJECT_DATA, PROJECT_ROWS, own_form
from tests.support import source
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.problems import Problem


def broken(**changes: object) -> list[Problem]:
    """The problems of this kind that the project form has after some changes."""
    problems = examine(from_data(DATA[PROJECT] | changes, own_form(PROJECT))).problems
    return [problem for problem in problems if problem.code == "broken_number"]


def with_total(initial: str) -> dict[str, object]:
    funds = PROJECT_DATA["funds"]
    return {"funds": {**funds, "total": {**funds["total"], "initial": initial}}}


@pytest.mark.parametrize("amount", ["1000000", "9999999.99"])
def test_an_amount_of_millions_fits(amount: str) -> None:
    assert broken(**with_total(amount)) == []


def test_an_amount_too_long_for_its_cell_is_reported_once() -> None:
    (problem,) = broken(**with_total("12345678901.23"))
    assert (problem.path, problem.is_error) == ("funds.total.initial", False)
    assert problem.message == (
        "“项目资金 年度资金总额 年初预算数”的 12,345,678,901.23 在表上放不进一行，要折成 2 行"
    )
    assert "加宽这一栏" in problem.remedy


def test_a_unit_on_a_second_line_breaks_no_number() -> None:
    long_unit = PROJECT_ROWS[0] | {"target": "12", "unit": "座（含附属建筑物和引桥）"}
    assert broken(indicators=[long_unit, *PROJECT_ROWS[1:]]) == []
    long_number = PROJECT_ROWS[0] | {"target": "123456789012", "actual": "123456789012"}
    found = broken(indicators=[long_number, *PROJECT_ROWS[1:]])
    assert {problem.path for problem in found} == {"indicators.0.target", "indicators.0.actual"}


def test_the_published_form_has_room_for_its_numbers() -> None:
    assert "broken_number" not in [problem.code for problem in examine(source()).problems]
