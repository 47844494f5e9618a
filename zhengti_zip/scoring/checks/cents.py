"""Amounts of more than two decimals, which are printed rounded."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhengti_zip.base.numbers import CENT, grouped, money
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Problem, Severity


def check_cents(path: InputPath, label: str, amount: Decimal, *, is_error: bool) -> Iterator[Problem]:
    """An amount of more than two decimals; an error where a sum holds as entered, but not as printed."""
    if amount != amount.quantize(CENT):
        consequence = "，打印出来的合计因此不符" if is_error else ""
        yield Problem(
            Severity.ERROR if is_error else Severity.WARNING,
            "more_decimals",
            f"“{label}”为 {grouped(amount)}，超过两位小数，打印为 {money(amount)}{consequence}",
            "请按两位小数填写（单位：万元）" + ("，并使合计相符" if is_error else ""),
            path,
            label,
            grouped(amount),
        )
