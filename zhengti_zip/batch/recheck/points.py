"""Which points a reviewer may give a row, wherever the points come from."""

from __future__ import annotations

from decimal import Decimal

from zhengti_zip.base.numbers import plain, round_points


def why_no_points(given: Decimal, weight: Decimal) -> str:
    """Why a number cannot be the 复核得分 of a row of this 分值, in Chinese; "" when it can."""
    if not 0 <= given <= weight:
        return f"复核得分 {plain(given)} 不在 0 到 {plain(weight)} 分之间"
    if round_points(given) != given:
        return f"复核得分 {plain(given)} 超过两位小数"
    return ""


def why_unexplained(given: Decimal, own: Decimal | None, remark: str) -> str:
    """That a deduction from the department's own score has no reason, in Chinese; "" when none is due."""
    if own is None or given >= own or remark:
        return ""
    return f"扣了 {plain(own - given)} 分，没有写明理由"
