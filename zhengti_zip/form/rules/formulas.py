"""Pieces of the Excel expressions of rules."""

from __future__ import annotations

from collections.abc import Callable

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
