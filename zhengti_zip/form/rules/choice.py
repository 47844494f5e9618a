"""择一法: the department says which of several rules scores the row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from zhengti_zip.form.base import Ident, Input, Label, Part, ValueKind, option_mistakes
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules.answers import Answers, path_of
from zhengti_zip.form.rules.completion import INDICATORS
from zhengti_zip.form.rules.formulas import CellName
from zhengti_zip.form.rules.operand import Use
from zhengti_zip.form.rules.outcome import Evidence, NotComputed, Outcome
from zhengti_zip.form.rules.rule import Rule, RuleSpec


class Question(Part):
    """What the department is asked to pick by; the labels of the options are the answers."""

    id: Ident
    label: Label
    help: str = ""


class Option(Part):
    """One answer and the rule it stands for."""

    label: Label
    rule: RuleSpec


class Choice(Rule):
    """One of several rules, picked by the department.

    Attributes:
        ask: the datum that tells which rule counts.
        options: the answers, each with its rule; data of the others do not matter.
    """

    kind: ClassVar[str] = "choice"
    title: ClassVar[str] = "择一法"

    ask: Question
    options: Annotated[tuple[Option, ...], Field(min_length=2)]

    @property
    def question(self) -> Input:
        """The datum that tells which rule counts."""
        labels = tuple(option.label for option in self.options)
        ask = self.ask
        return Input(id=ask.id, label=ask.label, help=ask.help, kind=ValueKind.CHOICE, choices=labels)

    def inputs(self) -> tuple[Input, ...]:
        return tuple(operand for operand in self.operands() if isinstance(operand, Input))

    def operands(self) -> tuple[Input | Use, ...]:
        found: dict[str, Input | Use] = {self.ask.id: self.question}
        for option in self.options:
            for operand in option.rule.operands():
                found.setdefault(operand.id, operand)
        return tuple(found.values())

    def uses(self) -> tuple[str, ...]:
        keys = (key for option in self.options for key in option.rule.uses())
        return tuple(dict.fromkeys((self.ask.id, *keys)))

    def bind(self, inputs: Mapping[str, Input]) -> None:
        for option in self.options:
            option.rule.bind(inputs)

    def fits(self, *, entered: bool) -> bool:
        return all(option.rule.fits(entered=entered) for option in self.options)

    def mistakes(self, weight: Decimal) -> list[Mistake]:
        found = option_mistakes(self.question.choices, "options")
        declared: dict[str, Input] = {}
        for number, option in enumerate(self.options):
            here = f"options.{number}.rule"
            found += [mistake.under(here) for mistake in option.rule.mistakes(weight)]
            if option.rule.since is not None:
                remedy = "把 since 写在这条 choice 上；各年不同的另写一条 choice"
                found.append(Mistake(f"{here}.since", "供选择的规则不能自带 since", remedy))
            if INDICATORS in option.rule.uses():
                words = "completion 的指标不是每个部门都算，不能供选择"
                found.append(Mistake(here, words, "改用其他评分方法"))
            for item in option.rule.inputs():
                first = declared.setdefault(item.id, item)
                if item.id == self.ask.id or (first.label, first.kind) != (item.label, item.kind):
                    words = f"数据项 {item.id} 在这条 choice 中有两种内容"
                    found.append(Mistake(here, words, "不同的数据项请换 id"))
        return found

    def describe(self, weight: Decimal) -> str:
        listed = "；".join(f"{option.label}：{option.rule.describe(weight)}" for option in self.options)
        return f"按填写的“{self.ask.label}”评分。{listed}"

    def method(self) -> str:
        return "；".join(dict.fromkeys(filter(None, (option.rule.method() for option in self.options))))

    def _chosen(self, answers: Answers) -> Option | None:
        answer = answers.answer(self.ask.id)
        return next((option for option in self.options if option.label == answer), None)

    def reason_due(self, weight: Decimal, score: Decimal, answers: Answers) -> bool:
        chosen = self._chosen(answers)
        if chosen is None:
            return super().reason_due(weight, score, answers)
        return chosen.rule.reason_due(weight, score, answers)

    def score(self, weight: Decimal, answers: Answers) -> Outcome:
        chosen = self._chosen(answers)
        if chosen is None:
            others = (item.id for item in self.inputs() if item.id != self.ask.id)
            return NotComputed((self.ask.id,), started=any(answers.answer(key) is not None for key in others))
        outcome = chosen.rule.score(weight, answers)
        if isinstance(outcome, NotComputed):
            return replace(outcome, started=outcome.started or bool(outcome.missing))
        picked = Evidence(self.ask.label, chosen.label)
        working = f"{self.ask.label}：{chosen.label}；{outcome.working}"
        return replace(outcome, working=working, used=(picked, *outcome.used))

    def formula(self, weight: Decimal, name: CellName) -> str:
        cell, expression = name(path_of(self.ask.id)), '""'
        for option in reversed(self.options):
            expression = f'IF({cell}="{option.label}",{option.rule.formula(weight, name)},{expression})'
        return expression

    def probes(self, weight: Decimal) -> Iterable[Answers]:
        """The probes of every option under its answer, and its first ones under no answer."""
        for option in self.options:
            for number, answers in enumerate(option.rule.probes(weight)):
                yield answers.changed(self.ask.id, option.label)
                if number < len(self.options):
                    yield answers

    def changes(self, weight: Decimal, answers: Answers) -> Iterable[tuple[str, Answers]]:
        """The changes of the rule that was picked; picking another one is none."""
        chosen = self._chosen(answers)
        return () if chosen is None else chosen.rule.changes(weight, answers)
