"""What a rule makes of its answers: a score with its working, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from zhengti_zip.base.numbers import plain, round_points
from zhengti_zip.base.quotes import nested


@dataclass(frozen=True, slots=True)
class Evidence:
    """One number or answer that went into a score.

    Attributes:
        label: what it is.
        value: the number or answer as text.
        unit: its unit; "" for none.
        note: how it was used, in Chinese; "" where the rule's working says it.
    """

    label: str
    value: str
    unit: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """All of it in one line."""
        return f"{self.label}：{self.value}{self.unit}" + (f"（{self.note}）" if self.note else "")


@dataclass(frozen=True, slots=True)
class Computed:
    """A score worked out from data.

    Attributes:
        score: points, rounded half up to 2 decimals, within [0, weight].
        working: a Chinese sentence with the numbers put in.
        used: the data that went into it.
    """

    score: Decimal
    working: str
    used: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class NotComputed:
    """Why there is no score: nothing entered, part of it missing, or data that make no sense.

    Attributes:
        missing: ids of data still to be entered (``indicators`` for the 绩效指标 sheet).
        started: some of the data are there, so the clerk meant to use this rule.
        wrong: (data id, what is wrong with it) pairs.
    """

    missing: tuple[str, ...] = ()
    started: bool = False
    wrong: tuple[tuple[str, str], ...] = field(default=())


Outcome = Computed | NotComputed


@dataclass(frozen=True, slots=True)
class Gain:
    """What would have won points back.

    Attributes:
        change: what had to be different, in Chinese, e.g. ``年度支出数达到 1,297.59 万元（100%）``.
        points: how many points more that would have earned, worked out by scoring again.
    """

    change: str
    points: Decimal

    @property
    def text(self) -> str:
        """The sentence a department reads."""
        return nested(f"{self.change}，可再得 {plain(self.points)} 分")


def computed(score: Decimal, weight: Decimal, working: str, used: Sequence[Evidence] = ()) -> Computed:
    """A finished score: kept within [0, weight], rounded, and named at the end of the working."""
    points = round_points(min(max(score, Decimal(0)), weight))
    return Computed(points, f"{working}，得 {plain(points)} 分", tuple(used))
