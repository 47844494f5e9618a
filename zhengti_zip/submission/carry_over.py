"""Carrying a submission over into another form: next year's, or another version of this year's.

Into the form of another year go names, texts and plans: fields, goals, units, and of the performance
indicators name, type, direction, target, unit and weight. What was reached, scored and spent belongs to
its year and stays behind, unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.entry import RawEntry, assemble
from zhengti_zip.submission.form_match import FormMatch
from zhengti_zip.submission.inputs import groups_of, label_of, single_inputs, table_parts
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import (
    BUDGET,
    DATA,
    EVIDENCE,
    FIELDS,
    FUNDS,
    GOALS,
    INDICATORS,
    SCORES,
    TABLES,
    UNITS,
    InputPath,
)

OF_A_YEAR = (BUDGET, FUNDS, SCORES, DATA)
"""Groups whose values belong to one year."""

PLANNED = {
    GOALS: frozenset(("goal",)),
    INDICATORS: frozenset(("type", "name", "direction", "target", "target_text", "unit", "weight")),
    UNITS: frozenset(("name",)),
    EVIDENCE: frozenset[str](),
}
"""Columns of the tables that are planned before a year begins."""

RESULTS = frozenset(
    ("actual", "degree", "degree_percent", "score", "completion", "reason", "improvement", "evidence")
)
"""Columns that say what was reached."""

NO_PLACE, OTHER_YEAR = "新表没有这一项", "是上一年度的数据，请按新年度填写"


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something that was entered and is not in the new submission.

    Attributes:
        path: its path in the old form; a whole group stands for all of its inputs.
        label: what it is called there.
        value: what was entered, as text.
        why: the reason, in Chinese.
    """

    path: InputPath
    label: str
    value: str
    why: str

    def as_data(self) -> dict[str, str]:
        """The same for ``--json``."""
        return {"path": self.path, "label": self.label, "value": self.value, "reason": self.why}


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The new submission, how many values it took and what it did not.

    Attributes:
        form: the new form.
        targets: where each input that could be taken went, empty ones too.
    """

    form: FormDefinition
    submission: Submission
    taken: int
    not_taken: tuple[NotTaken, ...]
    targets: dict[InputPath, InputPath]


def carry_over(
    submission: Submission, old: FormDefinition, new: FormDefinition, *, everything: bool = False
) -> CarriedOver:
    """Take a submission over into another form.

    Args:
        submission: what was entered.
        old: the form it was entered for.
        new: the form to take it into.
        everything: take what belongs to the old year too; done anyway where the new form is of the same year.
    """
    entered = submission.fields.get(old.roles.year)
    same_year = (entered if isinstance(entered, int) else old.year) == new.year
    work = _Work(FormMatch(old, new), submission, plan_only=not (same_year or everything))
    work.run()
    year = InputPath.field(new.roles.year)
    work.raw.singles[year] = new.year
    made, problems = assemble(new, work.raw)
    refused = {problem.path: problem for problem in problems if problem.is_error}
    for source, target in work.sources.items():
        if target in refused:
            problem = refused[target]
            work.leave(source, problem.message)
    taken = sum(target not in refused for target in work.sources.values())
    return CarriedOver(new, made, taken, tuple(work.not_taken), work.targets)


@dataclass
class _Work:
    """Moves the values one by one."""

    match: FormMatch
    submission: Submission
    plan_only: bool
    raw: RawEntry = field(default_factory=RawEntry)
    sources: dict[InputPath, InputPath] = field(default_factory=dict)
    targets: dict[InputPath, InputPath] = field(default_factory=dict)
    not_taken: list[NotTaken] = field(default_factory=list)

    def run(self) -> None:
        old = self.match.old
        behind: dict[str, int] = {}
        for path, value in self._values():
            target = self._target(path)
            if target is not None:
                self.targets[path] = target
            if value in (None, "") or path == InputPath.field(old.roles.year):
                continue
            if self._belongs_to_its_year(path):
                behind[path.group] = behind.get(path.group, 0) + 1
            elif target is None:
                self._leave(path, value, NO_PLACE)
            else:
                self._take(path, target, value)
        for group in groups_of(old):
            if group in behind:
                words = f"{behind[group]} 个值"
                self.not_taken.append(
                    NotTaken(InputPath.whole(group), sheet_of(old, group), words, OTHER_YEAR)
                )

    def _values(self) -> Iterator[tuple[InputPath, Any]]:
        for slot in single_inputs(self.match.old):
            yield slot.path, self.submission.value(slot.path)
        for table in TABLES:
            parts = table_parts(self.match.old, table)
            for number, row in enumerate(self.submission.rows(table)):
                self.raw.tables.setdefault(table, []).append({})
                for part in parts:
                    yield InputPath.cell(table, number, part.id), row.part(part.id)

    def _target(self, path: InputPath) -> InputPath | None:
        return None if self._belongs_to_its_year(path) else self.match.target(path)

    def _belongs_to_its_year(self, path: InputPath) -> bool:
        if not self.plan_only:
            return False
        if path.number is None:
            return path.group in OF_A_YEAR or (path.group == FIELDS and self._tells_of_a_year(path.item))
        return path.part not in PLANNED[path.group] and not self._is_description(path)

    def _tells_of_a_year(self, field_id: str) -> bool:
        """Whether a basic field is an amount, a date or the reason of lost points."""
        old = self.match.old
        return field_id == old.roles.reason or old.field_by_id[field_id].kind.value in ("amount", "date")

    def _is_description(self, path: InputPath) -> bool:
        """Whether a column of the form's own describes an indicator, as texts and choices do."""
        if path.group != INDICATORS or path.part in RESULTS:
            return False
        kinds = {part.id: part.kind for part in table_parts(self.match.old, path.group)}
        return not kinds[path.part].is_number or kinds[path.part] is ValueKind.YEAR

    def _take(self, path: InputPath, target: InputPath, value: Any) -> None:
        if (
            path.group == INDICATORS
            and path.part == "weight"
            and bool(self.match.old.own) != bool(self.match.new.own)
        ):
            self._leave(path, value, "旧表的权重与新表的分值不是一回事")
            return
        if path.group == INDICATORS and path.part == "type":
            if value not in self.match.types:
                self._leave(path, value, "新表没有这一类指标，请重新选择")
                return
            value = self.match.types[value]
        self.raw.put(target, value)
        self.sources[path] = target

    def leave(self, path: InputPath, why: str) -> None:
        """Note an input whose value the new form refused."""
        self._leave(path, self.submission.value(path), why)

    def _leave(self, path: InputPath, value: Any, why: str) -> None:
        text = plain(value) if isinstance(value, Decimal) else str(value)
        self.not_taken.append(NotTaken(path, label_of(self.match.old, path), text, why))


def sheet_of(form: FormDefinition, group: str) -> str:
    """The title of the sheet a group of inputs stands on."""
    if group == FUNDS:
        return form.funds.title
    if group == INDICATORS and form.own is not None:
        return form.own.title
    titles: dict[str, str] = form.sheets.model_dump()
    return titles[group]
