"""Submissions by chance: thresholds, nothing, zero, 不适用, half-filled data and self-assessed scores.

Everything comes from the form definition, so any form can be tried; a seed always gives the same one.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random

from zhengti_zip.form.base import YES_NO_CHOICES, Input, ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.degrees import DEFAULT_DEGREES
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules.attainment import Attainment
from zhengti_zip.form.rules.banded import Banded
from zhengti_zip.form.rules.completion import AT_LEAST, DIRECTIONS, QUALITATIVE
from zhengti_zip.form.rules.ratio import RatioRule
from zhengti_zip.form.shared_points import shared_points
from zhengti_zip.submission.model import Scalar, SelfScore, Submission
from zhengti_zip.submission.paths import BUDGET

CENT = Decimal("0.01")
SHARES = ("0", "1", "1.3", "0.5", "0.777", "0.99995", "1.00005", "1.2999", "2", "0.333")
"""Multiples of a target or denominator worth trying, besides the limits of the bands."""


def submission(form: FormDefinition, seed: int) -> Submission:
    """The submission of a seed."""
    chance = Random(seed)
    return Submission(
        form=form.id,
        scores=_scores(form, chance),
        data=_data(form, chance),
        indicators=_indicators(form, chance) if form.own is None else _own_rows(form, chance),
        budget=_amounts([column.id for column in form.budget.columns], chance) if _used(form, BUDGET) else {},
        funds=_funds(form, chance),
        fields={
            form.roles.department: f"第{seed}号",
            form.roles.year: form.year,
            **_amounts([field.id for field in form.fields if field.kind is ValueKind.AMOUNT], chance),
        },
    )


def _used(form: FormDefinition, group: str) -> bool:
    """Whether a rule or a derived value looks at a group of amounts."""
    paths = [key for rule in form.every_rule() for key in rule.uses()]
    paths += [path for item in form.derived for path in item.operands]
    return any(path.startswith(f"{group}.") for path in paths)


def _funds(form: FormDefinition, chance: Random) -> dict[str, dict[str, Decimal]]:
    """Amounts of the table of money: whole, near the limits of the rules, or missing."""
    found: dict[str, dict[str, Decimal]] = {}
    empty = chance.choice((0.0, 0.0, 0.0, 0.2))
    for line, column, _ in form.funds.cells():
        if chance.random() >= empty:
            found.setdefault(line, {})[column] = _amount(chance)
    return found


def _amounts(keys: list[str], chance: Random) -> dict[str, Decimal]:
    return {key: _amount(chance) for key in keys}


def _amount(chance: Random) -> Decimal:
    base = Decimal(chance.choice((0, 10000, 10000, 129759, 33333, 100001)))
    share = Decimal(chance.choice(("1", "0.95", "0.9", "0.8999", "0.7", "0.5", "0.4999", "1.05", "0.6")))
    return (base * share / 100).quantize(CENT)


def _own_rows(form: FormDefinition, chance: Random) -> tuple[PerformanceIndicator, ...]:
    """Entered rows that share out the points of each level, at times not all of them."""
    found: list[PerformanceIndicator] = []
    for share in shared_points(form):
        rows = chance.choice((1, 2, 3))
        weights = [(share.points / rows).quantize(Decimal(1))] * rows
        weights[0] += share.points - sum(weights) + chance.choice((0, 0, 0, 0, 0, 1))
        found += [_own_row(form, chance, chance.choice(share.types), weight) for weight in weights]
    return tuple(found)


def _own_row(form: FormDefinition, chance: Random, kind: str, weight: Decimal) -> PerformanceIndicator:
    """A row with whatever its columns ask for."""
    columns = {item.id: item for item in form.own_columns}
    row = PerformanceIndicator(name="指标", weight=weight)
    if form.asks_type:
        row = row.with_part("type", kind)
    row = row.model_copy(update={"group": form.indicator_types[kind]})
    directions = columns["direction"].choices or DIRECTIONS if "direction" in columns else ()
    direction = chance.choice((*directions, *directions[:1])) if directions else ""
    row = row.with_part("direction", direction or None)
    rules = [rule for rule in form.every_rule() if isinstance(rule, Attainment)]
    if direction == QUALITATIVE:
        degree = chance.choice(form.degrees)
        row = row.with_part("degree", degree.name)
        if "degree_percent" in columns:
            row = row.with_part("degree_percent", chance.choice((degree.low, degree.high, Decimal("77.7"))))
    elif direction:
        target = Decimal(chance.choice(("0", "1", "3", "95.5", "12", "7", "100", "12000")))
        actual = max(
            (target * Decimal(chance.choice((*SHARES, "1.31")))).quantize(Decimal("0.001")), Decimal(0)
        )
        row = row.with_part(chance.choice(rules[0].target), target)
        row = row.with_part("actual", actual if chance.random() < 0.97 else None)
    if "score" in columns and chance.random() < 0.15:
        row = row.with_part("score", _score(weight, chance))
    return row


def _scores(form: FormDefinition, chance: Random) -> dict[str, SelfScore]:
    """Self-assessed scores on some rows; on every row at times, so that there is a total."""
    eager = chance.choice((0.1, 0.4, 1.0))
    found = {}
    for context in form.rows:
        if chance.random() < eager:
            found[context.row.id] = SelfScore(score=_score(context.row.weight, chance))
    return found


def _score(weight: Decimal, chance: Random) -> Decimal:
    kind = chance.random()
    if kind < 0.4:
        return weight
    if kind < 0.97:
        places = chance.choice((CENT, Decimal("0.5"), Decimal("0.005"), Decimal("0.001")))
        return (weight * chance.randint(0, 1000) / 1000).quantize(places)
    return chance.choice((weight + 1, Decimal(-1), weight + CENT, Decimal(0)))


def _data(form: FormDefinition, chance: Random) -> dict[str, Scalar]:
    empty = chance.choice((0.0, 0.0, 0.1, 0.5))
    data: dict[str, Scalar] = {}
    for _, item in form.data_inputs():
        if item.kind is ValueKind.YES_NO:
            data[item.id] = chance.choices(YES_NO_CHOICES, (5, 3, 2))[0]
        elif item.options:
            data[item.id] = chance.choice(item.options)
        elif item.kind is ValueKind.COUNT:
            data[item.id] = chance.choice((0, 0, 1, 2, 3, 7, 9, 13, 100))
        else:
            data[item.id] = Decimal(chance.choice((0, 1, 129759, 400, 1000, 12345678, 99999999999))) / 100
    for context in form.rows:
        rule = context.row.rule_for(form.year)
        if isinstance(rule, RatioRule) and _asks_both(rule) and chance.random() < 0.8:
            data[rule.numerator.id] = _numerator(rule, data[rule.denominator.id], chance)
    return {key: value for key, value in data.items() if chance.random() >= empty}


def _asks_both(rule: RatioRule) -> bool:
    return isinstance(rule.numerator, Input) and isinstance(rule.denominator, Input)


def _numerator(rule: RatioRule, whole: Scalar, chance: Random) -> Scalar:
    """On, just below and just above the limits of the rule."""
    assert isinstance(whole, Decimal | int)
    if rule.numerator.kind is ValueKind.COUNT:
        return chance.randint(0, int(whole) + (chance.random() < 0.2))
    shares = [Decimal(share) for share in SHARES]
    if isinstance(rule, Banded):
        shares += [band.limit_percent / 100 for band in rule.bands] * 3
    edge = (Decimal(whole) * chance.choice(shares)).quantize(CENT)
    return max(edge + chance.choice((0, 0, 1, -1)) * CENT, Decimal(0))


def _indicators(form: FormDefinition, chance: Random) -> tuple[PerformanceIndicator, ...]:
    if not form.has_indicators:
        return ()
    rows = chance.choice((0, 3, 6, 12))
    weighted = chance.choice((0.0, 0.0, 1.0, 0.9))
    gaps = chance.choice((0.0, 0.0, 0.0, 0.1))
    return tuple(_indicator(form, chance, weighted, gaps) for _ in range(rows))


def _indicator(form: FormDefinition, chance: Random, weighted: float, gaps: float) -> PerformanceIndicator:
    kind = chance.choice(list(form.outcomes.by_name))
    direction = chance.choice((*DIRECTIONS, AT_LEAST))
    target = actual = percent = degree = None
    if direction == QUALITATIVE:
        degree = chance.choice([degree.name for degree in DEFAULT_DEGREES])
        percent = Decimal(chance.choice(("0", "60", "59.99", "80", "79.5", "100", "95", "33.3")))
    else:
        target = Decimal(chance.choice(("0", "1", "3", "95.5", "12", "7", "100", "12000")))
        actual = max((target * Decimal(chance.choice(SHARES))).quantize(Decimal("0.001")), Decimal(0))
    if chance.random() < gaps:
        actual, percent = None, None
    return PerformanceIndicator(
        type=kind,
        group=form.outcomes.by_name[kind],
        name="指标",
        direction=direction,
        target=target,
        actual=actual,
        degree=degree,
        degree_percent=percent,
        weight=Decimal(chance.choice(("1", "2.5", "10", "0"))) if chance.random() < weighted else None,
    )
