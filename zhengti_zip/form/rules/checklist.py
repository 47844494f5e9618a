"""要点法: yes/no points; points that do not apply drop out and the others share the weight."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from zhengti_zip.base.numbers import plain, round_exactly
from zhengti_zip.form.base import NO, NOT_APPLICABLE, YES, Ident, Input, Label, Part, Points, ValueKind
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules.answers import Answers
from zhengti_zip.form.rules.formulas import CellName, rounded
from zhengti_zip.form.rules.outcome import Evidence, NotComputed, Outcome, computed
from zhengti_zip.form.rules.rule import Rule


class CheckPoint(Part):
    """One point of the list: its question and the points a yes earns."""

    id: Ident
    label: Label
    points: Points
    help: str = ""


class Checklist(Rule):
    """Points answered 是 earn their points; 不适用 ones drop out and the rest share the weight."""

    kind: ClassVar[str] = "checklist"
    title: ClassVar[str] = "要点法"

    points: Annotated[tuple[CheckPoint, ...], Field(min_length=1)]

    def inputs(self) -> tuple[Input, ...]:
        return tuple(
            Input(id=point.id, label=point.label, kind=ValueKind.YES_NO, help=point.help)
            for point in self.points
        )

    def mistakes(self, weight: Decimal) -> list[Mistake]:
        found = []
        total = sum((point.points for point in self.points), Decimal(0))
        if total != weight:
            words = f"各要点分值合计 {plain(total)}，应等于分值 {plain(weight)}"
            found.append(Mistake("points", words, "改要点的 points，或改这一行的 weight"))
        for number, point in enumerate(self.points):
            if point.points <= 0:
                remedy = "写上大于 0 的 points；不计分的要点请删除"
                found.append(Mistake(f"points.{number}.points", "要点的分值应大于 0", remedy))
            if point.id in [other.id for other in self.points[:number]]:
                remedy = "给每个要点一个不同的 id"
                found.append(Mistake(f"points.{number}.id", f"要点 id {point.id} 重复", remedy))
        return found

    def describe(self, weight: Decimal) -> str:
        listed = "；".join(f"{point.label} {plain(point.points)} 分" for point in self.points)
        return f"{listed}（不适用的要点不计，其余要点按比例折算为 {plain(weight)} 分）"

    def formula(self, weight: Decimal, name: CellName) -> str:
        cells = [(name(f"data.{point.id}"), plain(point.points)) for point in self.points]
        answered = (
            "AND(" + ",".join(f'OR({c}="{YES}",{c}="{NO}",{c}="{NOT_APPLICABLE}")' for c, _ in cells) + ")"
        )
        reached = "+".join(f'IF({cell}="{YES}",{points},0)' for cell, points in cells)
        applicable = "+".join(f'IF({cell}="{NOT_APPLICABLE}",0,{points})' for cell, points in cells)
        share = rounded(f"{plain(weight)}*({reached})/({applicable})")
        return f'IF({answered},IF(({applicable})=0,{plain(weight)},{share}),"")'

    def changes(self, weight: Decimal, answers: Answers) -> Iterable[tuple[str, Answers]]:
        """One change per point answered 否: it is answered 是."""
        for point in self.points:
            if answers.data.get(point.id) == NO:
                yield f"“{point.label}”由“否”变为“是”", answers.changed(point.id, YES)

    def score(self, weight: Decimal, answers: Answers) -> Outcome:
        given = {point.id: answers.data.get(point.id) for point in self.points}
        missing = tuple(
            point_id for point_id, answer in given.items() if answer not in (YES, NO, NOT_APPLICABLE)
        )
        if missing:
            return NotComputed(missing=missing, started=len(missing) < len(self.points))
        used = tuple(Evidence(point.label, str(given[point.id])) for point in self.points)
        applicable = sum((p.points for p in self.points if given[p.id] != NOT_APPLICABLE), Decimal(0))
        reached = sum((p.points for p in self.points if given[p.id] == YES), Decimal(0))
        words = "；".join(f"{point.label}：{given[point.id]}" for point in self.points)
        if applicable == 0:
            return computed(weight, weight, f"{words}；各要点均不适用，不扣分", used)
        if applicable == weight:
            return computed(reached, weight, f"{words}；合计 {plain(reached)} 分", used)
        words += f"；适用要点 {plain(applicable)} 分中得 {plain(reached)} 分，折算为 {plain(weight)} 分制"
        words += f"：{plain(weight)} × {plain(reached)} ÷ {plain(applicable)}"
        exact = Fraction(weight) * Fraction(reached) / Fraction(applicable)
        return computed(round_exactly(exact), weight, words, used)
