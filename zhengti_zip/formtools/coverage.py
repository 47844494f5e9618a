"""What the cases of a form leave untested: rows, versions, bands, limits, points, grades.

A row counts as tested by a case only when the case says which score it expects there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import NO, YES
from zhengti_zip.form.consistency.tree import rows_of
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Level, Mistake
from zhengti_zip.form.rules.answers import Answers
from zhengti_zip.form.rules.banded import Banded
from zhengti_zip.form.rules.checklist import Checklist
from zhengti_zip.form.rules.deduction import Deduction
from zhengti_zip.form.rules.manual import Manual
from zhengti_zip.form.rules.ratio import RatioRule
from zhengti_zip.form.rules.rule import Rule
from zhengti_zip.formtools.cases import CaseResult
from zhengti_zip.scoring.evaluation import RowResult, answers_of
from zhengti_zip.submission.inputs import indicator_parts

OWN, DIRECTION = "own", "direction"

NEAR = Fraction(1)
"""How near a case must lie to a limit to test it: in percentage points of a ratio, in points of a total."""

_remark = partial(Mistake, level=Level.REMARK)


@dataclass(frozen=True, slots=True)
class Tried:
    """A row as one case has it, and what its rule looked at."""

    row: RowResult
    answers: Answers


def untested(form: FormDefinition, results: Sequence[CaseResult]) -> list[Mistake]:
    """One remark per row, and one for the grades, that cases do not test in full; file and line are not set.

    Args:
        form: the form.
        results: its cases as they were run.
    """
    tried: dict[str, list[Tried]] = {}
    for result in results:
        for row in result.evaluation.rows:
            if row.context.row.id in result.case.scores:
                key = OWN if row.context.is_entered else row.context.row.id
                answers = answers_of(form, result.case.submission)
                tried.setdefault(key, []).append(Tried(row, answers))
    found = [
        remark
        for context, path in rows_of(form)
        for remark in _row(context.name, context.row.rules, path, tried.get(context.row.id, []))
    ]
    if form.own is not None:
        found += _row(form.own.title, form.own.rules, OWN, tried.get(OWN, []))
        found += _directions(form, results)
    return [*found, *_limits(form, results), *_grades(form, results)]


def _row(name: str, rules: Sequence[Rule], path: str, tried: Sequence[Tried]) -> Iterator[Mistake]:
    if not tried:
        words = f"“{name}”没有案例"
        yield _remark(path, words, "写一个填这一行所需的数据、并在预期得分中写明它的案例")
        return
    for number, rule in enumerate(rules):
        own = [each for each in tried if each.row.rule is rule]
        version = f"自 {rule.since} 年度起的规则" if len(rules) > 1 and rule.since else ""
        missing = list(_gaps(rule, own)) if own else ["任何情况"]
        if missing:
            words = f"“{name}”{version}的案例没有考察：{'、'.join(missing)}"
            yield _remark(f"{path}.rules.{number}", words, "每种情况补一个案例，界限从两边各补一个")


def _directions(form: FormDefinition, results: Sequence[CaseResult]) -> Iterator[Mistake]:
    """Directions of the entered rows that no case has."""
    offered = next((part.options for part in indicator_parts(form) if part.id == DIRECTION), ())
    used = {row.direction for result in results for row in result.case.submission.indicators}
    if missing := [direction for direction in offered if direction not in used]:
        words = f"案例中没有这些目标方向的指标：{'、'.join(missing)}"
        yield _remark(f"{OWN}.columns", words, "每个方向补一个案例；用不着的方向，在这一栏的 choices 中去掉")


def _gaps(rule: Rule, tried: Sequence[Tried]) -> Iterator[str]:
    """What a rule can give that no case expects, in words."""
    scores = {each.row.score for each in tried}
    if isinstance(rule, Banded):
        yield from _untried_bands(rule, scores)
        yield from _untried_limits(rule, tried)
    elif isinstance(rule, Checklist):
        for point in rule.points:
            given = {each.answers.answer(point.id) for each in tried}
            yield from (f"“{point.label}”答“{word}”" for word in (YES, NO) if word not in given)
    else:
        if not any(each.row.score == each.row.weight for each in tried):
            yield "满分"
        if not any(each.row.is_below_weight for each in tried) and not isinstance(rule, Manual):
            yield "不满分"
        if isinstance(rule, Deduction) and Decimal(0) not in scores:
            yield "扣完为止"


def _untried_bands(rule: Banded, scores: set[Decimal | None]) -> Iterator[str]:
    for band in rule.bands:
        if band.points not in scores:
            yield f"{band.text()} 得 {plain(band.points)} 分"
    if rule.otherwise not in scores:
        yield f"其余得 {plain(rule.otherwise)} 分"


def _untried_limits(rule: Banded, tried: Sequence[Tried]) -> Iterator[str]:
    ratios = [ratio for each in tried if (ratio := _percent(rule, each.answers)) is not None]
    for band in rule.bands:
        limit = Fraction(band.limit_percent)
        near = [ratio for ratio in ratios if abs(ratio - limit) <= NEAR]
        held = {band.holds(ratio / 100) for ratio in near}
        named = plain(band.limit_percent)
        if not held:
            yield f"界限 {named}% 的两侧（相差不超过 1 个百分点）"
        elif len(held) == 1:
            yield f"界限 {named}% {'未达到' if True in held else '达到'}的一侧（相差不超过 1 个百分点）"


def _percent(rule: RatioRule, answers: Answers) -> Fraction | None:
    """The ratio a case's data give, in %; None without one."""
    above, below = (answers.number(operand.id) for operand in (rule.numerator, rule.denominator))
    return Fraction(above) * 100 / Fraction(below) if above is not None and below else None


def _limits(form: FormDefinition, results: Iterable[CaseResult]) -> Iterator[Mistake]:
    """Limits on the total that no case with a total tries from both sides."""
    if form.cap is None:
        return
    derived = [result.evaluation.derived.get(form.cap.by) for result in results if _expects_total(result)]
    rates = [rate for rate in derived if rate is not None]
    missing = []
    for band in form.cap.bands:
        near = [rate for rate in rates if abs(rate * 100 - Fraction(band.below)) <= NEAR]
        sides = {band.holds(rate) for rate in near}
        if len(sides) < 2:
            side = "两侧" if not sides else "达到的一侧" if True in sides else "不足的一侧"
            missing.append(f"{plain(band.below)}%（总分至多 {plain(band.at_most)} 分）{side}")
    if missing:
        words = f"总分限额的案例没有考察：{'、'.join(missing)}（相差不超过 1 个百分点）"
        yield _remark("cap", words, "界限两边各写一个案例，其余指标: 满分，写上预期总分")


def _expects_total(result: CaseResult) -> bool:
    """Whether a case says what the total or the grade must be, and there is a total."""
    return bool(result.case.grade or result.case.total) and result.evaluation.total is not None


def _grades(form: FormDefinition, results: Iterable[CaseResult]) -> Iterator[Mistake]:
    totals = [
        Fraction(result.evaluation.total)
        for result in results
        if _expects_total(result) and result.evaluation.total is not None
    ]
    missing = []
    for band in form.grade.bands[:-1]:
        sides = {total >= band.at_least for total in totals if abs(total - Fraction(band.at_least)) <= NEAR}
        if len(sides) < 2:
            side = "两侧" if not sides else "不足的一侧" if True in sides else "达到的一侧"
            missing.append(f"“{band.name}”的界限 {plain(band.at_least)} 分{side}")
    if missing:
        words = f"评价等级的案例没有考察：{'、'.join(missing)}（相差不超过 1 分）"
        remedy = "用“其余指标: 满分”和自评分凑出界限两边的总分，写上预期总分和预期等级"
        yield _remark("grade", words, remedy)
