"""Percentages entered as fractions: 0.924 where the same row has 90."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.inputs import (
    MEASURED_PARTS,
    UNIT_PART,
    is_percent_unit,
    label_of,
    target_parts,
)
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.raw import Value

NEAR = Decimal(5)
"""A value a hundred times as large that is within this factor of the other one was probably meant."""

_LOWER_IS_BETTER = "≤"


def suspected_fractions(
    form: FormDefinition, rows: Sequence[Mapping[str, Value | None]]
) -> Iterator[Problem]:
    """A warning for each performance indicator whose target or actual value seems a hundred times too small.

    A small actual value of a ≤ indicator is what one hopes for, and is not asked about.
    """
    *_, actual_part = MEASURED_PARTS
    for number, row in enumerate(rows):
        target_part = next((part for part in target_parts(form) if row.get(part) is not None), "")
        target, actual = row.get(target_part), row.get(actual_part)
        if not (isinstance(target, Decimal) and isinstance(actual, Decimal)):
            continue
        if not is_percent_unit(str(row.get(UNIT_PART) or "")):
            continue
        if _is_fraction_of(target, actual):
            yield _asked(form, number, target_part, target, actual)
        elif _is_fraction_of(actual, target) and row.get("direction") != _LOWER_IS_BETTER:
            yield _asked(form, number, actual_part, actual, target)


def _is_fraction_of(small: Decimal, large: Decimal) -> bool:
    return 0 < small <= 1 < large and large / NEAR <= small * 100 <= large * NEAR


def _asked(form: FormDefinition, number: int, part: str, small: Decimal, large: Decimal) -> Problem:
    path = InputPath.cell(INDICATORS, number, part)
    label = label_of(form, path)
    return Problem(
        Severity.WARNING,
        "maybe_fraction",
        f"计量单位是 %，“{label}”却是 {plain(small)}，同一行的另一个数是 {plain(large)}",
        f"是否应为 {plain(small * 100)}？请填百分号前面的数",
        path,
        label,
        plain(small),
    )
