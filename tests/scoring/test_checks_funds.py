"""What is wrong with a table of money: each case lists everything that is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.scoring.projects import examined, form, found
from tests.support import GONE, Changes, Found
from zhengti_zip import load_form
from zhengti_zip.form.checks import Checks
from zhengti_zip.form.money import Sum
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.jsonform import from_data

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

CELLS = [f"funds.{line}.{column}" for line, column, _ in form().funds.cells()]


def error(code: str, path: str) -> Found:
    return "error", code, path


@pytest.mark.parametrize("path", CELLS)
def test_every_amount_is_needed(path: str) -> None:
    assert found({path: GONE}) == [error("missing", path)]


def test_an_amount_that_is_not_asked_for() -> None:
    funds = form().funds.model_copy(update={"absent": ("other.initial",)})
    assert found({"funds.other.initial": GONE}, form(funds=funds)) == []


@pytest.mark.parametrize(("total", "count"), [("1000", 0), ("1000.01", 1), ("999.99", 1)])
def test_a_sum_along_a_column(total: str, count: int) -> None:
    assert found({"funds.total.initial": total}) == [error("sum_mismatch", "funds.total.initial")] * count


def test_each_column_adds_up_by_itself() -> None:
    assert found({"funds.carried.initial": "200", "funds.other.budget": "70"}) == [
        error("sum_mismatch", "funds.total.initial"),
        error("sum_mismatch", "funds.total.budget"),
    ]


ALONG = Sum(left=("budget",), right=("initial", "spent"), text="全年预算数 = 年初预算数 + 全年执行数")
CROSSED = form(
    funds=form().funds.model_copy(update={"column_sums": (ALONG,)}),
    checks=Checks(),
)
TABLE = {
    "total": ("10", "30", "20"),
    "fiscal": ("5", "15", "10"),
    "carried": ("3", "9", "6"),
    "other": ("2", "6", "4"),
}
SQUARE: dict[str, str] = {
    f"funds.{line}.{column}": amount
    for line, amounts in TABLE.items()
    for column, amount in zip(("initial", "budget", "spent"), amounts, strict=True)
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="都相符"),
        pytest.param(
            {"funds.fiscal.budget": "16"},
            [error("sum_mismatch", "funds.fiscal.budget")],
            id="一格错，行列两处不符，只指这一格",
        ),
        pytest.param(
            {"funds.fiscal.budget": "16", "funds.other.spent": "5"},
            [error("sum_mismatch", "funds.fiscal.budget"), error("sum_mismatch", "funds.other.spent")],
            id="两格错，各指一格",
        ),
    ],
)
def test_lines_and_columns_together_tell_the_wrong_amount(changes: Changes, expected: list[Found]) -> None:
    assert found({**SQUARE, **changes}, CROSSED) == expected


def test_an_amount_in_yuan_explains_its_sum() -> None:
    [problem] = examined({"funds.total.spent": "12605000"}).problems
    assert (problem.severity, problem.code, problem.path) == ("error", "maybe_yuan", "funds.total.spent")
    assert "请改填 1,260.5（万元）" in problem.remedy


def test_a_whole_table_in_yuan_is_one_problem() -> None:
    tenthousand = {
        f"funds.{line}.{column}": str(int(float(amount) * 10000 * 100))
        for line, amounts in TABLE.items()
        for column, amount in zip(("initial", "budget", "spent"), amounts, strict=True)
    }
    problems = examined(tenthousand).problems
    assert [problem.code for problem in problems if problem.code == "maybe_yuan"] == ["maybe_yuan"]
    assert any("“项目资金”的金额可能都以元填写" in problem.message for problem in problems)


def test_spent_over_budget() -> None:
    more = {"funds.total.spent": "1300", "funds.fiscal.spent": "1140"}
    assert found(more) == [("warning", "spent_over_budget", "funds.total.spent")]


@pytest.mark.parametrize(("amount", "severity"), [("60.001", "warning")])
def test_more_than_two_decimals(amount: str, severity: str) -> None:
    assert found({"funds.other.budget": amount}) == [(severity, "more_decimals", "funds.other.budget")]


def test_no_budget_but_spending_is_told_at_the_amount() -> None:
    nothing = {path: "0" for path in CELLS if path.endswith(".budget")}
    assert ("error", "data_contradiction", "funds.total.spent") in found(nothing)


def test_a_sum_is_not_judged_in_a_column_that_lacks_one_of_its_amounts() -> None:
    funds = form().funds.model_copy(update={"absent": ("other.initial",)})
    changes = {"funds.other.initial": GONE, "funds.total.initial": "1200"}
    assert found(changes, form(funds=funds)) == []
    assert found({**changes, "funds.total.spent": "1200"}, form(funds=funds)) == [
        error("sum_mismatch", "funds.total.spent")
    ]


def test_a_budget_of_0_that_breaks_its_sum_is_told_once() -> None:
    assert found({"funds.total.budget": "0"}) == [error("sum_mismatch", "funds.total.budget")]


def test_a_sum_says_in_which_column_or_line_it_does_not_hold() -> None:
    [problem] = examined({"funds.total.budget": "1260"}).problems
    assert "“全年预算数”一栏，年度资金总额 = " in problem.message
    [line] = examined({**SQUARE, "funds.fiscal.budget": "16", "funds.total.budget": "31"}, CROSSED).problems[
        :1
    ]
    assert "一行，全年预算数 = " in line.message


def test_an_amount_that_another_sum_confirms_is_not_blamed() -> None:
    """The total is that of basic and project spending; so what is wrong is one of its sources."""
    definition = load_form("department-general")
    data = json.loads((SAMPLES / "department-general.json").read_text(encoding="utf-8"))
    data["funds"]["other"]["budget"] = "1"
    [problem] = examine(from_data(data, definition)).problems
    assert (problem.code, problem.path) == ("sum_mismatch", "funds.general.budget")


def test_a_total_that_two_sums_contradict_is_blamed_once() -> None:
    definition = load_form("department-general")
    data = json.loads((SAMPLES / "department-general.json").read_text(encoding="utf-8"))
    data["funds"]["total"]["budget"] = "2300"
    [problem] = examine(from_data(data, definition)).problems
    assert (problem.code, problem.path) == ("sum_mismatch", "funds.total.budget")
    assert problem.message.endswith("；另有 1 处合计因此不符")
