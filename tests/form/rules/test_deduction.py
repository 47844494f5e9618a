"""扣分法: weight − count × step, never below 0."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import form, points, refusal, scored
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.rules import Answers, Computed
from zhengti_zip.form.rules.deduction import Deduction

COUNTS = st.integers(0, 10**6)


def rule(step: Decimal) -> Deduction:
    count = Input(id="found", label="违规问题数", kind=ValueKind.COUNT, unit="项")
    return Deduction(count=count, step=step, basis="默认口径")


@pytest.mark.parametrize(
    ("row", "count", "expected"),
    [
        pytest.param("finance_compliance", 0, "2", id="财务-没有问题"),
        pytest.param("finance_compliance", 1, "1.5", id="财务-1项"),
        pytest.param("finance_compliance", 3, "0.5", id="财务-3项"),
        pytest.param("finance_compliance", 4, "0", id="财务-4项正好扣完"),
        pytest.param("finance_compliance", 5, "0", id="财务-5项不倒扣"),
        pytest.param("system_execution", 6, "1", id="制度执行-6项"),
        pytest.param("system_execution", 7, "0", id="制度执行-7项"),
        pytest.param("system_execution", 8, "0", id="制度执行-8项"),
        pytest.param("procurement_compliance", 1, "1", id="采购-1次"),
        pytest.param("asset_allocation", 2, "1", id="资产配置-2项"),
        pytest.param("asset_data_quality", 3, "0.5", id="数据质量-3处"),
        pytest.param("asset_compliance", 5, "0", id="资产管理-5项"),
    ],
)
def test_each_one_costs_its_step(row: str, count: int, expected: str) -> None:
    (asked,) = form().row_by_id[row].row.rules[0].inputs()
    assert points(scored(row, {asked.id: count})) == Decimal(expected)


def test_the_working_never_deducts_more_than_there_is() -> None:
    outcome = scored("finance_compliance", {"finance_violations": 5})
    assert isinstance(outcome, Computed)
    for part in ("财务管理违规问题数", "5", "0.5 分", "扣 2 分", "得 0 分"):
        assert part in outcome.working


def test_missing_data() -> None:
    refused = refusal(scored("finance_compliance", {}))
    assert refused.missing == ("finance_violations",)
    assert not refused.started
    assert not refused.wrong


@given(
    st.decimals(Decimal("0.5"), 100, places=2), st.decimals(Decimal("0.01"), 100, places=2), COUNTS, COUNTS
)
def test_more_findings_never_score_more(weight: Decimal, step: Decimal, one: int, other: int) -> None:
    few, many = sorted((one, other))
    scores = [points(rule(step).score(weight, Answers({"found": count}))) for count in (few, many)]
    assert weight >= scores[0] >= scores[1] >= 0
    assert scores[0] == max(weight - few * step, Decimal(0))
