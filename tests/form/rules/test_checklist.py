"""要点法: yes/no points; those that do not apply drop out and the rest share the weight."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import form, half_up, points, refusal, scored
from zhengti_zip.form.base import NO, NOT_APPLICABLE, YES
from zhengti_zip.form.rules import Answers, Computed
from zhengti_zip.form.rules.checklist import Checklist, CheckPoint

SIGNS = {"是": YES, "否": NO, "不": NOT_APPLICABLE}
ANSWERS = st.sampled_from((YES, NO, NOT_APPLICABLE))


def asked(row: str) -> list[str]:
    return [item.id for item in form().row_by_id[row].row.rules[0].inputs()]


@pytest.mark.parametrize(
    ("row", "answers", "expected"),
    [
        pytest.param("budget_disclosure", "是是", "2", id="预决算-都按时公开"),
        pytest.param("budget_disclosure", "是否", "1", id="预决算-决算未按时"),
        pytest.param("budget_disclosure", "否否", "0", id="预决算-都未按时"),
        pytest.param("budget_disclosure", "是不", "2", id="预决算-决算不适用"),
        pytest.param("budget_disclosure", "否不", "0", id="预决算-余下一点未做到"),
        pytest.param("budget_disclosure", "不不", "2", id="预决算-都不适用"),
        pytest.param("performance_system", "是是是是是", "5", id="制度-五项齐全"),
        pytest.param("performance_system", "是是是是否", "4", id="制度-缺一项"),
        pytest.param("performance_system", "是是是是不", "5", id="制度-无专项资金"),
        pytest.param("performance_system", "是是是否不", "3.75", id="制度-无专项资金缺一项"),
        pytest.param("results_use", "是否不", "1.5", id="结果应用-一半"),
        pytest.param("results_use", "是是不", "3", id="结果应用-两点都做到"),
        pytest.param("performance_system", "是否否不不", "1.67", id="制度-三分之一"),
        pytest.param("procurement_control", "是", "1", id="内控-有"),
        pytest.param("procurement_control", "否", "0", id="内控-无"),
        pytest.param("asset_income", "不", "1", id="收益上缴-不适用"),
    ],
)
def test_points_answered(row: str, answers: str, expected: str) -> None:
    given_ = {point: SIGNS[sign] for point, sign in zip(asked(row), answers, strict=True)}
    assert points(scored(row, given_)) == Decimal(expected)


def test_the_working_says_what_was_answered_and_that_the_rest_shared_the_weight() -> None:
    outcome = scored("results_use", dict(zip(asked("results_use"), (YES, NO, NOT_APPLICABLE), strict=True)))
    assert isinstance(outcome, Computed)
    for part in (
        "监控预警已整改：是",
        "绩效自评结果已应用：否",
        "重点评价意见已整改：不适用",
        "折算",
        "得 1.5 分",
    ):
        assert part in outcome.working


def test_nothing_applicable_is_full_marks_and_says_so() -> None:
    outcome = scored("budget_disclosure", dict.fromkeys(asked("budget_disclosure"), NOT_APPLICABLE))
    assert isinstance(outcome, Computed)
    assert outcome.score == 2
    assert "不扣分" in outcome.working


def test_missing_answers() -> None:
    nothing = refusal(scored("budget_disclosure", {}))
    assert nothing.missing == ("budget_published", "accounts_published")
    assert not nothing.started
    half = refusal(scored("budget_disclosure", {"budget_published": NO}))
    assert half.missing == ("accounts_published",)
    assert half.started


def test_unequal_points_keep_their_proportion() -> None:
    rule = Checklist(
        points=tuple(CheckPoint(id=f"p{n}", label=f"要点{n}", points=Decimal(n)) for n in (1, 2, 3)),
        basis="默认口径",
    )
    answers = Answers({"p1": NOT_APPLICABLE, "p2": YES, "p3": NO})
    assert points(rule.score(Decimal(6), answers)) == Decimal("2.4")


@given(
    st.lists(st.tuples(st.decimals(Decimal("0.01"), 20, places=2), ANSWERS), min_size=1, max_size=8),
    st.data(),
)
def test_exact_within_the_weight_and_a_yes_never_costs(
    parts: list[tuple[Decimal, str]], data: st.DataObject
) -> None:
    rule = Checklist(
        points=tuple(
            CheckPoint(id=f"p{n}", label="要点", points=value) for n, (value, _) in enumerate(parts)
        ),
        basis="默认口径",
    )
    weight = sum((value for value, _ in parts), Decimal(0))
    given_ = {f"p{n}": answer for n, (_, answer) in enumerate(parts)}

    def score(answers: dict[str, str]) -> Decimal:
        return points(rule.score(weight, Answers(answers)))

    applicable = sum(Fraction(value) for value, answer in parts if answer != NOT_APPLICABLE)
    reached = sum(Fraction(value) for value, answer in parts if answer == YES)
    exact = Fraction(weight) * reached / applicable if applicable else Fraction(weight)
    before = score(given_)
    assert before == half_up(exact)
    assert 0 <= before <= weight
    mended = data.draw(st.sampled_from(sorted(given_)))
    if given_[mended] == NO:
        assert score({**given_, mended: YES}) >= before
