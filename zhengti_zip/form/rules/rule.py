"""The base class of the rule kinds."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, SerializeAsAny, StringConstraints

from zhengti_zip.form.base import Input, Part
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules.answers import Answers
from zhengti_zip.form.rules.formulas import CellName
from zhengti_zip.form.rules.operand import Use, item_of
from zhengti_zip.form.rules.outcome import Computed, Gain, Outcome

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

    def operands(self) -> tuple[Input | Use, ...]:
        """The single values it looks at: the data it declares, and values entered elsewhere."""
        return self.inputs()

    def uses(self) -> tuple[str, ...]:
        """Keys of everything it looks at: ids of data, paths of values entered elsewhere."""
        return tuple(operand.id for operand in self.operands())

    def bind(self, inputs: Mapping[str, Input]) -> None:
        """Tell the rule what the form has at each path, so that it can name what it uses.

        Called once, by the definition that owns the rule; ``row.<column>`` are the columns of the
        entered rows.
        """
        for operand in self.operands():
            if isinstance(operand, Use):
                operand.bind(inputs)

    def fits(self, *, entered: bool) -> bool:
        """Whether it can score a row that the department enters, or one that stands in the form."""
        return not entered

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

    def reason_due(self, weight: Decimal, score: Decimal, answers: Answers) -> bool:
        """Whether a reason is due for a score that counts; by default for every lost point."""
        return score < weight

    @abstractmethod
    def formula(self, weight: Decimal, name: CellName) -> str:
        """The same score as an Excel expression (no ``=``), giving ``""`` where there is none.

        It serves the clerk's eyes; the reader never trusts it.
        """

    def probes(self, weight: Decimal) -> Iterable[Answers]:
        """Answers on both sides of whatever changes the score; ``form check`` tries the formula on them.

        These go through some answers of each operand's kind, alone and together; a kind with limits of
        its own adds the answers around them.
        """
        tried = {operand.id: _answers_of(item_of(operand)) for operand in self.operands()}
        for answer in range(max(map(len, tried.values()), default=0)):
            base = {key: values[answer % len(values)] for key, values in tried.items()}
            yield Answers.of(base)
            for key, values in tried.items():
                yield from (Answers.of({**base, key: other}) for other in values)
            yield Answers.of(
                {key: values[(answer + n) % len(values)] for n, (key, values) in enumerate(tried.items())}
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


RuleSpec = Annotated[SerializeAsAny[Rule], BeforeValidator(_pick_kind)]
