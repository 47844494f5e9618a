"""Entered rows on which the formula of a rule is tried against its score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zhengti_zip.base.numbers import CENT, PERCENT
from zhengti_zip.form.degrees import Degree
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules.indicator import AT_LEAST, AT_MOST, EQUAL, QUALITATIVE

PROBED_TARGETS = tuple(map(Decimal, ("3", "90", "1297.59", "0", "-2")))


def probed_rows(
    targets: Sequence[str], degrees: Sequence[Degree], limits: Iterable[Decimal]
) -> Iterator[PerformanceIndicator]:
    """Rows on both sides of whatever changes their score.

    Args:
        targets: the columns that may hold the target; the first one entered counts.
        degrees: what a 定性 row picks from.
        limits: shares of the target in % at which more than the completion changes.
    """
    yield PerformanceIndicator()
    shares = [Decimal(0), Decimal(50), PERCENT, PERCENT * 2, *limits]
    for direction in ("", AT_LEAST, AT_MOST, EQUAL):
        for target in PROBED_TARGETS:
            row = PerformanceIndicator(direction=direction).with_part(targets[-1], target)
            yield row
            for share in shares:
                edge = target * share / PERCENT
                for actual in (edge - CENT, edge, edge + CENT):
                    yield row.with_part("actual", actual)
        for column in targets:  # each one alone, and each one against the last
            alone = PerformanceIndicator(direction=direction, actual=Decimal(7)).with_part(column, Decimal(5))
            yield alone
            yield alone.with_part(targets[-1], Decimal(8))
    yield from _qualitative(degrees)


def _qualitative(degrees: Sequence[Degree]) -> Iterator[PerformanceIndicator]:
    row = PerformanceIndicator(direction=QUALITATIVE)
    yield row.with_part("degree_percent", Decimal(90))
    yield row.with_part("degree", "没有的一档").with_part("degree_percent", Decimal(90))
    for degree in degrees:
        chosen = row.with_part("degree", degree.name)
        yield chosen
        for percent in (degree.low - CENT, degree.low, degree.high, degree.high + CENT):
            yield chosen.with_part("degree_percent", percent)
