"""The scoring rules of a form, one entry a dated version, for finance officers and programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.rules import Rule
from zhengti_zip.form.rules.completion import INDICATORS
from zhengti_zip.form.rules.operand import item_of
from zhengti_zip.form.tree import rule_of_year
from zhengti_zip.submission.inputs import sheet_title

HEADS = ("指标", "分值", "适用年度", "评分方法", "评分规则", "所需数据", "依据")

OWN = "own"
"""Id of the entry that stands for every row a department enters."""


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One version of the rule of one scored row, or of all rows that a department enters.

    Attributes:
        row_id, name: the row; ``own`` for the entered rows.
        weight: its points; None where the department shares them out.
        rule: this version.
        in_force: whether it applies in the form's own year.
        until: the last year it applies; None for no end.
        is_only: whether the row has no other version.
        data: the data it asks for, with units.
        full_score: the points of the whole form.
    """

    row_id: str
    name: str
    weight: Decimal | None
    rule: Rule
    in_force: bool
    until: int | None
    is_only: bool
    data: str
    full_score: Decimal

    @property
    def years(self) -> str:
        """The years it applies, in words."""
        since, until = self.rule.since, self.until
        if since is None and until is None:
            return "各年度"
        if until is None:
            return f"{since} 起"
        return f"至 {until}" if since is None else f"{since}–{until}"

    @property
    def text(self) -> str:
        """The rule in words."""
        return self.rule.in_full(self.full_score if self.weight is None else self.weight)

    def cells(self) -> tuple[str, ...]:
        """What a table shows, in the order of ``HEADS``."""
        basis = self.rule.basis + (f"；{self.rule.note}" if self.rule.note else "")
        return (
            self.name,
            "按填写" if self.weight is None else plain(self.weight),
            ("* " if self.in_force and not self.is_only else "") + self.years,
            self.rule.title,
            self.text,
            self.data,
            basis,
        )

    def as_json(self) -> dict[str, object]:
        """The stable shape of ``rules --json``."""
        return {
            "id": self.row_id,
            "name": self.name,
            "weight": None if self.weight is None else plain(self.weight),
            "kind": self.rule.kind,
            "since": self.rule.since,
            "in_force": self.in_force,
            "rule": self.text,
            "data": list(self.rule.uses()),
            "basis": self.rule.basis,
            "note": self.rule.note,
        }


def rulebook(form: FormDefinition) -> list[RuleEntry]:
    """Every version of every rule, rows in printed order and versions oldest first; entered rows last."""
    entries: list[RuleEntry] = []
    for context in form.rows:
        row = context.row
        entries += _versions(form, row.id, context.name, row.weight, row.rules)
    if form.own is not None:
        entries += _versions(form, OWN, f"{form.own.title}（部门填写的每一项）", None, form.own.rules)
    return entries


def cap_text(form: FormDefinition) -> str:
    """The limit on the total in words; "" for a form without one."""
    if form.cap is None:
        return ""
    label = next((item.label for item in form.derived if item.path == form.cap.by), form.cap.by)
    return form.cap.describe(label)


def _versions(
    form: FormDefinition, row_id: str, name: str, weight: Decimal | None, rules: tuple[Rule, ...]
) -> Iterator[RuleEntry]:
    current = rule_of_year(rules, form.year)
    for number, rule in enumerate(rules):
        following = rules[number + 1].since if number + 1 < len(rules) else None
        until = None if following is None else following - 1
        yield RuleEntry(
            row_id,
            name,
            weight,
            rule,
            in_force=rule is current,
            until=until,
            is_only=len(rules) == 1,
            data=_data(form, rule),
            full_score=form.full_score,
        )


def _data(form: FormDefinition, rule: Rule) -> str:
    """What a rule asks for, with units; what is entered beside the row where it asks for nothing."""
    uses = rule.uses()
    if INDICATORS in uses:
        return f"“{sheet_title(form, INDICATORS)}”表"
    known: dict[str, Input] = {f"row.{item.id}": item for item in form.own_columns}
    known |= {operand.id: item_of(operand) for operand in rule.operands()}
    known |= {item.id: item for item in rule.inputs()}
    items = [known[key] for key in uses if key in known]
    if not items:
        return "和".join(item.label for item in form.score_columns if item.id in ("score", "evidence"))
    return "、".join(item.label + (f"（{item.unit}）" if item.unit else "") for item in items)
