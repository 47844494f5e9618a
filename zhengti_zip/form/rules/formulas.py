"""Pieces of the Excel expressions of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from zhengti_zip.form.rules.indicator import AT_LEAST, AT_MOST, EQUAL, QUALITATIVE, EqualMeans

CellName = Callable[[str], str]
"""From a path to what a formula calls its cell by: a defined name or a reference.

``data.spent``, ``funds.total.spent`` and ``derived.rate`` exist once; ``indicators.completion`` is a whole
column; ``row.<column>`` is the cell of that column in the sheet row of the scored row itself.
A number stands in the cell as a number, whatever the clerk typed around it.
"""

NOISE_PLACES = 12
"""Decimals of a score that are exact in binary numbers; what stands behind them is noise."""


def rounded(expression: str) -> str:
    """An Excel expression rounded half up to 2 decimals, free of binary noise before the rounding."""
    return f"ROUND(ROUND({expression},{NOISE_PLACES}),2)"


def group_mask(types: str, groups: Iterable[str]) -> str:
    """An array that is 1 in each row of 绩效指标 whose type belongs to one of some first-level types.

    Args:
        types: the cells of the column of types.
    """
    return "(" + "+".join(f'(LEFT({types}&"-",{len(group) + 1})="{group}-")' for group in groups) + ")"


def completion(equal: EqualMeans, degrees: Iterable[str], cells: Mapping[str, str]) -> str:
    """The completion of one indicator in [0, 1] as an Excel expression; ``""`` while it is not filled in.

    Args:
        equal: what the direction ``=`` asks for.
        degrees: names of the degrees of 定性.
        cells: by column id (direction, target, actual, degree, degree_percent) where it stands.
    """
    direction, target, actual = cells["direction"], cells["target"], cells["actual"]
    percent = cells["degree_percent"]
    chosen = (
        f'IF(AND({_one_of(cells["degree"], degrees)},ISNUMBER({percent})),MIN(MAX({percent}/100,0),1),"")'
    )
    fewer = f"IF({actual}<={target},1,IF({target}>0,MAX(1-({actual}-{target})/{target},0),0))"
    more = f"IF({actual}>={target},1,IF({target}>0,MAX({actual}/{target},0),0))"
    apart = f"IF({actual}={target},1,IF({target}>0,MAX(1-ABS({actual}-{target})/{target},0),0))"
    if equal is EqualMeans.EXACT:
        more = f'IF({direction}="{EQUAL}",{apart},{more})'
    measured = _one_of(direction, (AT_LEAST, AT_MOST, EQUAL))
    reached = (
        f"IF(AND({measured},ISNUMBER({target}),ISNUMBER({actual})),"
        f'IF({direction}="{AT_MOST}",{fewer},{more}),"")'
    )
    return f'IF({direction}="{QUALITATIVE}",{chosen},{reached})'


def _one_of(cell: str, words: Iterable[str]) -> str:
    return "OR(" + ",".join(f'{cell}="{word}"' for word in words) + ")"
