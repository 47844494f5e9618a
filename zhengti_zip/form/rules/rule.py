"""The base class of the rule kinds, and the types of their results."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, SerializeAsAny, StringConstraints

from zhengti_zip.base.numbers import plain, round_points
from zhengti_zip.base.quotes import nested
from zhengti_zip.form.base import Input, Part
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.mistakes import Mistake


@dataclass(frozen=True, slots=True)
class Answers:
    """What a rule may look at.

    Attributes:
        data: the 评分数据 by data id; missing or None when not entered.
        indicators: the rows of the 绩效指标 sheet.
    """

    data: Mapping[str, Decimal | int | str | None]
    indicators: Sequence[PerformanceIndicator] = ()

    def changed(self, data_id: str, value: Decimal | int | str) -> Answers:
        """A copy with one answer replaced."""
        return replace(self, data={**self.data, data_id: value})

    def number(self, data_id: str) -> Decimal | None:
        """The number entered for ``data_id``, or None."""
        value = self.data.get(data_id)
        return None if value is None or isinstance(value, str) else Decimal(value)


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


CellName = Callable[[str], str]
"""From an input path such as ``data.spent`` to the defined name a formula calls it by."""

_KINDS: dict[str, type[Rule]] = {}


def rule_kinds() -> dict[str, type[Rule]]:
    """Every rule kind by the word a form definition uses for it."""
    return dict(_KINDS)


class Rule(Part):
    """One dated version of how a row is scored.

    Attributes:
        basis: the regulation or custom it rests on; required, an auditor asks for it.
        since: the form year from which this version applies; None for always.
        note: a remark for the finance officer.
    """

    kind: ClassVar[str]
    title: ClassVar[str]
    wants_evidence: ClassVar[bool] = False
    """Whether a score needs 佐证材料, because the rule computes nothing."""

    basis: Annotated[str, StringConstraints(min_length=2)]
    since: Annotated[int, Field(ge=2000, le=2100)] | None = None
    note: str = ""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if kind := cls.__dict__.get("kind"):
            _KINDS[kind] = cls

    @abstractmethod
    def inputs(self) -> tuple[Input, ...]:
        """The data this rule declares; they become rows of the 评分数据 sheet."""

    def uses(self) -> tuple[str, ...]:
        """Ids of every datum it looks at, declared here or by another rule of the same form."""
        return tuple(item.id for item in self.inputs())

    @abstractmethod
    def mistakes(self, weight: Decimal) -> list[Mistake]:
        """Parameters that contradict each other or the row's weight; their paths begin at the rule."""

    @abstractmethod
    def describe(self, weight: Decimal) -> str:
        """The rule in one Chinese sentence, for the workbook and the rules table."""

    def method(self) -> str:
        """How the numbers in :meth:`describe` are found, in Chinese; "" where it says that itself."""
        return ""

    def in_full(self, weight: Decimal) -> str:
        """:meth:`describe` and :meth:`method` together."""
        return "。".join(filter(None, (self.describe(weight), self.method())))

    @abstractmethod
    def score(self, weight: Decimal, answers: Answers) -> Outcome:
        """Score a row of ``weight`` points from ``answers``."""

    @abstractmethod
    def formula(self, weight: Decimal, name: CellName) -> str:
        """The same score as an Excel expression (no ``=``), giving ``""`` where there is none.

        It serves the clerk's eyes; the reader never trusts it.
        """

    def probes(self, weight: Decimal) -> Iterable[Answers]:
        """Answers on both sides of whatever changes the score; ``form check`` tries the formula on them.

        These go through some answers of each input's kind, alone and together; a kind with limits of
        its own adds the answers around them.
        """
        items = self.inputs()
        for answer in range(max((len(_answers_of(item)) for item in items), default=0)):
            base = {item.id: _answers_of(item)[answer % len(_answers_of(item))] for item in items}
            yield Answers(base)
            for item in items:
                yield from (Answers({**base, item.id: other}) for other in _answers_of(item))
            yield Answers(
                {
                    item.id: _answers_of(item)[(answer + n) % len(_answers_of(item))]
                    for n, item in enumerate(items)
                }
            )

    def changes(self, weight: Decimal, answers: Answers) -> Iterable[tuple[str, Answers]]:
        """Single changes that could win points back: each in words, with the answers after it."""
        return ()

    def gains(self, weight: Decimal, answers: Answers, counting: Decimal) -> tuple[Gain, ...]:
        """What would have won points back, most points first.

        Args:
            weight: points of the row.
            answers: the data entered.
            counting: the score that counts, which may be self-assessed; gains are counted from it, so
                none exceeds the points lost.

        Returns:
            The gains; none at full marks, or where the data give no score.
        """
        if not isinstance(self.score(weight, answers), Computed):
            return ()
        found = []
        for words, changed in self.changes(weight, answers):
            then = self.score(weight, changed)
            if isinstance(then, Computed) and then.score > counting:
                found.append(Gain(words, then.score - counting))
        return tuple(sorted(found, key=lambda gain: -gain.points))


def computed(score: Decimal, weight: Decimal, working: str, used: Sequence[Evidence] = ()) -> Computed:
    """A finished score: kept within [0, weight], rounded, and named at the end of the working."""
    points = round_points(min(max(score, Decimal(0)), weight))
    return Computed(points, f"{working}，得 {plain(points)} 分", tuple(used))


def _answers_of(item: Input) -> tuple[Decimal | str | None, ...]:
    """Values to probe an input with; None stands for no answer."""
    if item.options:
        return (None, *item.options)
    return (None, Decimal(0), Decimal(1), Decimal(7)) if item.kind.is_number else (None, "有")


def _pick_kind(value: Any) -> Any:
    """Turn ``{kind: …}`` into the model of that kind, so errors name keys of that kind only."""
    if not isinstance(value, dict):
        return value
    parameters = dict(value)
    kind = parameters.pop("kind", None)
    if not isinstance(kind, str) or kind not in _KINDS:
        given = "缺少 kind" if kind is None else f"没有评分方法 {kind}"
        raise ValueError(f"{given}，kind 应为 {'、'.join(sorted(_KINDS))} 之一")
    return _KINDS[kind].model_validate(parameters)


NOISE_PLACES = 12
"""Decimals of a score that are exact in binary numbers; what stands behind them is noise."""


def rounded(expression: str) -> str:
    """An Excel expression rounded half up to 2 decimals, free of binary noise before the rounding."""
    return f"ROUND(ROUND({expression},{NOISE_PLACES}),2)"


RuleSpec = Annotated[SerializeAsAny[Rule], BeforeValidator(_pick_kind)]
