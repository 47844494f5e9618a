"""Numbers of departments beside each other and beside last year's: outliers and impossible growth."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.batch.crosschecks.crosscheck_cases import form, name_of, submitted, table_form
from zhengti_zip.batch.crosschecks import crosschecked
from zhengti_zip.batch.crosschecks.doubt import Certainty, Doubt, DoubtKind
from zhengti_zip.batch.crosschecks.outliers import ratios_of
from zhengti_zip.batch.result import Result, Status


def money(total: str, project: str = "") -> dict[str, str]:
    return {"total": total, "project": project or str(Decimal(total) * 3 / 10)}


def district(count: int = 20) -> list[Result]:
    """Departments whose totals are 1,000 to 1,950 万元, three tenths of it for projects."""
    return [submitted(number, budget=money(str(1000 + 50 * number))) for number in range(count)]


def doubts(results: list[Result], kind: DoubtKind) -> list[Doubt]:
    return [doubt for doubt in crosschecked(results, form()).doubts if doubt.kind is kind]


def test_an_amount_in_yuan_is_found_and_the_numbers_are_said() -> None:
    [doubt] = doubts([*district(), submitted(40, budget=money("14750000"))], DoubtKind.OUTLYING_AMOUNT)
    assert [party.department for party in doubt.parties] == [name_of(40)]
    assert doubt.label == "总预算、项目支出"
    assert doubt.evidence[0] == "总预算：14,750,000.00 万元，中位数 1,500.00 万元"
    assert doubt.certainty is Certainty.MEDIUM


@pytest.mark.parametrize(
    ("total", "is_found"), [("149000", False), ("151000", True), ("14.4", True), ("14.6", False)]
)
def test_amounts_are_outliers_from_a_hundred_times_on(total: str, is_found: bool) -> None:
    found = doubts([*district(), submitted(40, budget=money(total))], DoubtKind.OUTLYING_AMOUNT)
    assert bool(found) is is_found


def test_amounts_that_differ_widely_anyway_have_no_outliers() -> None:
    spread = [submitted(n, budget=money(str(Decimal(10) ** (n % 5)))) for n in range(20)]
    assert not doubts([*spread, submitted(40, budget=money("2000000"))], DoubtKind.OUTLYING_AMOUNT)


@pytest.mark.parametrize(
    ("share", "is_found"), [("0.49", False), ("0.51", True), ("0.11", False), ("0.09", True)]
)
def test_ratios_are_outliers_from_20_points_on(share: str, is_found: bool) -> None:
    odd = submitted(40, budget=money("1000", str(1000 * Decimal(share))))
    found = doubts([*district(), odd], DoubtKind.OUTLYING_RATIO)
    assert bool(found) is is_found
    if is_found:
        percent = f"{100 * Decimal(share):.0f}%"
        assert found[0].evidence == (f"项目支出占总预算：{percent}，中位数 30%",)


@pytest.mark.parametrize(("odd", "is_found"), [(3, True), (4, False)])
def test_more_than_a_tenth_are_a_second_group(odd: int, is_found: bool) -> None:
    results = district(33 - odd) + [submitted(50 + n, budget=money("1000", "990")) for n in range(odd)]
    assert len(doubts(results, DoubtKind.OUTLYING_RATIO)) == (odd if is_found else 0)


@pytest.mark.parametrize(("count", "is_found"), [(7, False), (8, True)])
def test_numbers_of_fewer_than_8_departments_are_not_compared(count: int, is_found: bool) -> None:
    results = [*district(count - 1), submitted(40, budget=money("14750000"))]
    checked = crosschecked(results, form())
    assert bool(checked.doubts) is is_found
    assert any("金额和比例" in line and "未比较" in line for line in checked.compared) is not is_found


def test_numbers_of_forms_with_errors_are_not_compared() -> None:
    odd = submitted(40, budget=money("14750000"), status=Status.FAILED)
    assert not crosschecked([*district(), odd], form()).doubts


def test_ratios_come_from_the_sums_and_quotients_of_the_form() -> None:
    assert ("project", "total", "项目支出占总预算") in ratios_of(form())
    assert ("funds.total.spent", "funds.total.budget", "执行率") in ratios_of(table_form())


def grown(before: str, now: str, **more: Any) -> list[Doubt]:
    this_year = submitted(40, budget={"total": now})
    last_year = submitted(40, budget={"total": before}, **({"year": 2021} | more))
    return list(crosschecked([this_year], form(), [last_year]).doubts)


@pytest.mark.parametrize(
    ("before", "now", "is_found"),
    [
        ("1000", "9990", False),
        ("1000", "10000", True),
        ("10000", "1000", True),
        ("9", "99.9", False),  # less than 100 万元 in both years
        ("9", "100", True),
        ("0", "5000", False),  # a new office has no growth
    ],
)
def test_growth_is_doubted_from_tenfold_on_and_100_wan_yuan(before: str, now: str, is_found: bool) -> None:
    assert bool(grown(before, now)) is is_found


@pytest.mark.parametrize(
    ("now", "certainty"),
    [
        ("4990000", Certainty.MEDIUM),
        ("5000000", Certainty.HIGH),
        ("20000000", Certainty.HIGH),
        ("20010000", Certainty.MEDIUM),
    ],
)
def test_about_ten_thousandfold_is_the_unit(now: str, certainty: Certainty) -> None:
    [doubt] = grown("1000", now)
    assert doubt.certainty is certainty
    assert ("元填成了万元" in doubt.message) is (certainty is Certainty.HIGH)


def test_growth_says_both_numbers_and_the_year() -> None:
    [doubt] = grown("1000", "12500")
    assert doubt.message == "有 1 项与上年（2021 年度）相差十倍以上"
    assert doubt.evidence == ("总预算：上年 1,000.00 万元，增加到 12,500.00 万元（上年的 12.5 倍）",)


def test_only_an_earlier_year_of_the_same_department_and_scope_is_compared() -> None:
    assert not grown("1000", "12500", year=2022)
    assert not grown("1000", "12500", scope="汇总")
    assert grown("1000", "12500", department=f"{name_of(40)}（汇总）", form="haizhu-2021", year=2020)


def test_departments_without_last_years_form_are_counted() -> None:
    unread = submitted(50, status=Status.FAILED, name="坏.xlsx")
    checked = crosschecked(district(3), form(), [*district(1), replace(unread, department="")])
    assert checked.compared[-1] == (
        "与上年比较：0 份；3 份没有找到更早年度的表，未比较；上年的文件中有 1 份没有读出部门，未使用"
    )
