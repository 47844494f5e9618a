"""The scoring rules of a form, one entry a dated version, for finance officers and programs."""

from __future__ import annotations

from dataclasses import dataclass

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.rules import Rule
from zhengti_zip.form.rules.completion import INDICATORS
from zhengti_zip.form.tree import RowContext

HEADS = ("指标", "分值", "适用年度", "评分方法", "评分规则", "所需数据", "依据")


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One version of the rule of one scored row.

    Attributes:
        context: the row.
        rule: this version.
        in_force: whether it applies in the form's own year.
        until: the last year it applies; None for no end.
    """

    context: RowContext
    rule: Rule
    in_force: bool
    until: int | None

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
    def data(self) -> str:
        """The data it asks for, with units."""
        if INDICATORS in self.rule.uses():
            return "“绩效指标”表"
        return "、".join(
            item.label + (f"（{item.unit}）" if item.unit else "") for item in self.rule.inputs()
        )

    def cells(self) -> tuple[str, ...]:
        """What a table shows, in the order of ``HEADS``."""
        weight = self.context.row.weight
        basis = self.rule.basis + (f"；{self.rule.note}" if self.rule.note else "")
        marked = ("* " if self.in_force and len(self.context.row.rules) > 1 else "") + self.years
        return (
            self.context.name,
            plain(weight),
            marked,
            self.rule.title,
            self.rule.in_full(weight),
            self.data or "自评分和佐证材料",
            basis,
        )

    def as_json(self) -> dict[str, object]:
        """The stable shape of ``rules --json``."""
        return {
            "id": self.context.row.id,
            "name": self.context.name,
            "weight": plain(self.context.row.weight),
            "kind": self.rule.kind,
            "since": self.rule.since,
            "in_force": self.in_force,
            "rule": self.rule.in_full(self.context.row.weight),
            "data": list(self.rule.uses()),
            "basis": self.rule.basis,
            "note": self.rule.note,
        }


def rulebook(form: FormDefinition) -> list[RuleEntry]:
    """Every version of every rule, rows in printed order and versions oldest first."""
    entries = []
    for context in form.rows:
        versions = context.row.rules
        current = context.row.rule_for(form.year)
        for number, rule in enumerate(versions):
            following = versions[number + 1].since if number + 1 < len(versions) else None
            until = None if following is None else following - 1
            entries.append(RuleEntry(context, rule, rule is current, until))
    return entries
