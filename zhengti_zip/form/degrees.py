"""How far a 定性 target was met: the degrees a department picks from, each an interval of completion."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from zhengti_zip.base.numbers import PERCENT, plain
from zhengti_zip.form.base import Label, Part, option_mistakes
from zhengti_zip.form.mistakes import Mistake

Share = Annotated[Decimal, Field(ge=0, le=100)]


class Degree(Part):
    """One degree and the completion in % that may be entered with it.

    Attributes:
        name: what is picked, e.g. 达成.
        low: written ``from``; the lower end, which belongs to the degree.
        high: written ``to``; the upper end, which belongs to it only at 100.
    """

    name: Label
    low: Share = Field(alias="from")
    high: Share = Field(alias="to")

    def holds(self, percent: Decimal) -> bool:
        """Whether a completion in % belongs to the degree."""
        return self.low <= percent < self.high or percent == self.high == PERCENT

    @property
    def interval(self) -> str:
        """The interval in words, e.g. ``60 至 80（不含 80）``."""
        words = f"{plain(self.low)} 至 {plain(self.high)}"
        return words if self.high == PERCENT else f"{words}（不含 {plain(self.high)}）"


DEFAULT_DEGREES = tuple(
    Degree.model_validate({"name": name, "from": low, "to": high})
    for name, low, high in (("达成", 80, 100), ("部分达成", 60, 80), ("未达成", 0, 60))
)
"""The degrees of a form that names none (财预〔2020〕10号)."""


def degrees_hint(degrees: Sequence[Degree]) -> str:
    """All degrees in one line: ``达成 80–100，部分达成 60–80，未达成 0–60``."""
    return "，".join(f"{degree.name} {plain(degree.low)}–{plain(degree.high)}" for degree in degrees)


def degree_mistakes(degrees: Sequence[Degree]) -> list[Mistake]:
    """Why degrees do not cover 100 down to 0 without gap and overlap; paths begin at the list."""
    found = option_mistakes(tuple(degree.name for degree in degrees), "")
    for number, degree in enumerate(degrees):
        if degree.low >= degree.high:
            found.append(
                Mistake(f"{number}.from", "from 应小于 to", "写成 {name: 达成, from: 80, to: 100} 的样子")
            )
    for number, (better, worse) in enumerate(pairwise(degrees), start=1):
        if worse.high != better.low:
            words = f"“{worse.name}”到 {plain(worse.high)} 为止，而“{better.name}”从 {plain(better.low)} 起"
            found.append(
                Mistake(f"{number}.to", words, f"各档由好到差首尾相接：把 to 改为 {plain(better.low)}")
            )
    if degrees[0].high != PERCENT:
        found.append(Mistake("0.to", "最好的一档应到 100 为止", "把 to 改为 100"))
    if degrees[-1].low != 0:
        found.append(Mistake(f"{len(degrees) - 1}.from", "最差的一档应从 0 起", "把 from 改为 0"))
    return found
