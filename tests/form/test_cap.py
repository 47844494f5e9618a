"""The limit on the total by a derived value."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest

from tests.form.rules.formulas import recalculated
from tests.workbook.tools import needs_libreoffice
from zhengti_zip.form.cap import Cap

CAP = Cap.model_validate(
    {
        "by": "derived.execution_rate",
        "bands": [
            {"below": 50, "at_most": 59},
            {"below": 60, "at_most": 69},
            {"below": 70, "at_most": 79},
            {"below": 80, "at_most": 89},
        ],
    }
)
CASES = [
    ("95", "80", "95"),
    ("95", "79.99", "89"),
    ("95", "70", "89"),
    ("95", "69.99", "79"),
    ("95", "60", "79"),
    ("95", "59.99", "69"),
    ("95", "50", "69"),
    ("95", "49.99", "59"),
    ("95", "0", "59"),
    ("59", "0", "59"),
    ("59.01", "0", "59"),
    ("40", "0", "40"),
]


@pytest.mark.parametrize(("total", "percent", "expected"), CASES)
def test_the_total_by_the_execution_rate(total: str, percent: str, expected: str) -> None:
    found = CAP.capped(Decimal(total), Fraction(percent) / 100, "预算执行率")
    assert found.total == Decimal(expected)
    assert bool(found.why) == (total != expected)


def test_why_the_total_is_limited() -> None:
    assert CAP.capped(Decimal("95.5"), Fraction(1, 3), "预算执行率").why == (
        "预算执行率 ≈ 33.33%，低于 50%，总分最高 59 分：各项合计 95.5 分，按 59 分计"
    )
    near = CAP.capped(Decimal(95), Fraction("0.4999999"), "预算执行率").why
    assert near.startswith("预算执行率 ≈ 49.99999%，低于 50%") or near.startswith(
        "预算执行率 = 49.99999%，低于 50%"
    )


def test_without_a_rate_there_is_no_limit() -> None:
    found = CAP.capped(Decimal(95), None, "预算执行率")
    assert (found.total, found.why) == (Decimal(95), "")


def test_the_limits_in_words() -> None:
    assert CAP.describe("预算执行率").startswith("预算执行率低于 50% 的，总分最高 59 分；低于 60%")


@pytest.mark.parametrize(
    ("bands", "path"),
    [
        ([{"below": 60, "at_most": 59}, {"below": 50, "at_most": 69}], "bands.1.below"),
        ([{"below": 50, "at_most": 59}, {"below": 50, "at_most": 69}], "bands.1.below"),
        ([{"below": 50, "at_most": 69}, {"below": 60, "at_most": 69}], "bands.1.at_most"),
        ([{"below": 50, "at_most": 100}], "bands.0.at_most"),
    ],
)
def test_limits_that_contradict_each_other(bands: list[dict[str, int]], path: str) -> None:
    made = Cap.model_validate({"by": "derived.rate", "bands": bands})
    assert [mistake.path for mistake in made.mistakes(Decimal(100))] == [path]


def test_limits_that_agree() -> None:
    assert CAP.mistakes(Decimal(100)) == []


def _formula(name: object, cap: Cap = CAP) -> str:
    assert callable(name)
    return cap.formula(name("total.score"), name(cap.by))


@needs_libreoffice
def test_formula_and_total_agree() -> None:
    cells: list[dict[str, Decimal | str | None]] = [
        {"total.score": Decimal(total), CAP.by: Decimal(percent) / 100} for total, percent, _ in CASES
    ]
    cells += [{"total.score": Decimal(95), CAP.by: None}, {"total.score": None, CAP.by: Decimal(0)}]
    results = recalculated([(partial(_formula), case) for case in cells])
    expected = [*(Decimal(case[2]) for case in CASES), Decimal(95), None]
    assert [None if r is None else Decimal(str(r)) for r in results] == expected
