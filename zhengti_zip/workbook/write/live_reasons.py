"""When a reason is due for a scored row, as a condition of the live sheet."""

from __future__ import annotations

from zhengti_zip.base.numbers import PERCENT, plain
from zhengti_zip.form.rules import CellName, Rule, path_of
from zhengti_zip.form.rules.attainment import Attainment
from zhengti_zip.form.rules.indicator import AT_LEAST, EQUAL, EqualMeans
from zhengti_zip.form.rules.ratio import RatioRule


def reason_due(rule: Rule, name: CellName, lost: str) -> str:
    """Whether a reason is due for a score that counts (:meth:`~zhengti_zip.form.rules.rule.Rule.reason_due`).

    Args:
        rule: the rule of the row.
        name: what its formula calls its cells.
        lost: the condition that points were lost.
    """
    if isinstance(rule, RatioRule) and rule.reason_below is not None:
        above, below = (name(path_of(operand.id)) for operand in (rule.numerator, rule.denominator))
        known = f"AND(ISNUMBER({above}),ISNUMBER({below}),N({below})<>0)"
        return f"IF({known},ROUND(N({above})*100-{plain(rule.reason_below)}*N({below}),6)<0,{lost})"
    if isinstance(rule, Attainment) and rule.reason_at is not None:
        return f"OR({lost},{_far_above(rule, name)})"
    return lost


def _far_above(rule: Attainment, name: CellName) -> str:
    direction, actual, target = name("row.direction"), name("row.actual"), rule.target_formula(name)
    over = f'{direction}="{AT_LEAST}"'
    if rule.equal is not EqualMeans.EXACT:
        over = f'OR({over},{direction}="{EQUAL}")'
    far = f"ROUND(N({actual})*100-{plain(rule.reason_at or PERCENT)}*N({target}),6)>=0"
    return f"AND({over},ISNUMBER({actual}),ISNUMBER({target}),N({target})>0,{far})"
