"""The reviewed total of a form, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.cap import Cap


def reviewed_total(
    cap: Cap | None,
    own: Decimal | None,
    before: Sequence[Decimal | None],
    after: Sequence[Decimal | None],
) -> tuple[Decimal | None, str]:
    """The sum of the reviewed scores, and in Chinese what a person has to look at; mostly "".

    Where a form limits totals by what was spent, the limit itself is not at hand; it shows only where it lowered the
    department's own total.

    Args:
        cap: the limit of the form.
        own: the department's total.
        before, after: the department's scores and the reviewed ones, by row.
    """
    if None in after or own is None:
        return None, "有的行没有得分，不能合计"
    sums = [
        sum((points for points in column if points is not None), Decimal(0)) for column in (before, after)
    ]
    if cap is None:
        return sums[1], ""
    if own < sums[0]:
        return min(sums[1], own), f"本表的总分有上限，按 {plain(own)} 分封顶" if sums[1] > own else ""
    if sums[1] > sums[0]:
        return sums[1], "本表的总分有上限，复核总分高于自评总分，请核对是否超过上限"
    return sums[1], ""
