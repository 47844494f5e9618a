"""Charts of a trend for the PDF: points and bars in a drawing of fixed size, y downwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 260.0, 130.0
LEFT, TOP, BOTTOM = 16.0, 20.0, 108.0
"""Edges of the area in which points lie."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A value of a chart: where it stands, the year under it, the number above it; x and y None without a value."""

    x: float
    y: float | None
    year: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart.

    Attributes:
        title: what is shown.
        marks: its values, a year each.
        has_bars: bars instead of a line.
    """

    title: str
    marks: tuple[Mark, ...]
    has_bars: bool

    @property
    def bar_width(self) -> float:
        """Width of a bar."""
        return min(0.5 * (WIDTH - 2 * LEFT) / max(len(self.marks), 1), 40.0)

    @property
    def runs(self) -> list[str]:
        """The line as the points of its pieces; a year without a value interrupts it."""
        found: list[list[str]] = [[]]
        for mark in self.marks:
            if mark.y is None:
                found.append([])
            else:
                found[-1].append(f"{mark.x:.2f},{mark.y:.2f}")
        return [" ".join(run) for run in found if len(run) > 1]


def chart(
    title: str,
    years: Sequence[int],
    values: Sequence[Decimal | None],
    text: Callable[[Decimal], str],
    *,
    has_bars: bool = False,
) -> Chart:
    """A chart of one value a year.

    Args:
        title: what is shown.
        years, values: beside each other.
        text: how a value is written.
        has_bars: bars, which begin at 0, instead of a line, whose axis shows what differs.
    """
    given = [float(value) for value in values if value is not None]
    highest = max(given, default=1.0)
    lowest = min(0.0, min(given, default=0.0)) if has_bars else min(given, default=0.0)
    if highest == lowest:
        lowest, highest = (0.0, highest or 1.0) if has_bars else (lowest - 0.5, highest + 0.5)
    step = (WIDTH - 2 * LEFT) / max(len(years), 1)
    marks = [
        Mark(
            LEFT + step * (place + 0.5),
            None if value is None else BOTTOM - (float(value) - lowest) / (highest - lowest) * (BOTTOM - TOP),
            str(year),
            "" if value is None else text(value),
        )
        for place, (year, value) in enumerate(zip(years, values, strict=True))
    ]
    return Chart(title, tuple(marks), has_bars)
