"""From raw values by path to a Submission, collecting every value that cannot be taken.

The workbook reader and the JSON reader both end here, so both understand the same writing and report
the same problems. Missing inputs are no matter of this module: see :mod:`zhengti_zip.scoring.checks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Any

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import MAX_ENTERED_TEXT
from zhengti_zip.form.base import Input
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.submission.fractions import suspected_fractions
from zhengti_zip.submission.inputs import number_wanted, row_label, single_inputs, table_parts
from zhengti_zip.submission.model import Evidence, Goal, SelfScore, Submission, UnitDetail
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
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.tidying import score_remedy, strip_numbers, strip_scope
from zhengti_zip.submission.values import Raw, Value, ValueProblem, parse, shown


@dataclass(slots=True)
class RawEntry:
    """What stands in the input: raw values of single inputs by path, and the rows of the tables."""

    singles: dict[InputPath, Raw] = field(default_factory=dict)
    tables: dict[str, list[dict[str, Raw]]] = field(default_factory=dict)

    def value(self, path: InputPath) -> Raw:
        """What stands at a path; None when nothing does."""
        if path.number is None:
            return self.singles.get(path)
        return self.tables[path.group][path.number].get(path.part)

    def put(self, path: InputPath, value: Raw) -> None:
        """Replace one value; rows of a table that are missing before it are made, empty."""
        if path.number is None:
            self.singles[path] = value
            return
        rows = self.tables.setdefault(path.group, [])
        while len(rows) <= path.number:
            rows.append({})
        rows[path.number][path.part] = value


class _Assembler:
    """Parses values one by one and remembers what could not be taken."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def take(self, path: InputPath, item: Input, label: str, raw: Raw, remedy: str = "") -> Value | None:
        """The value; ``remedy`` is what to enter instead of something that is no number."""
        try:
            parsed = parse(item, raw)
        except ValueProblem as problem:
            fitting = remedy if remedy and problem.code == "not_a_number" else problem.remedy
            self.problems.append(
                Problem(Severity.ERROR, problem.code, problem.message, fitting, path, label, shown(raw))
            )
            return None
        if parsed.notice:
            remedy = "如与本意不符，请改写"
            self.problems.append(
                Problem(Severity.NOTICE, "understood", parsed.notice, remedy, path, label, shown(raw))
            )
        return parsed.value


def assemble(form: FormDefinition, raw: RawEntry) -> tuple[Submission, list[Problem]]:
    """Build the Submission from raw values; values with problems are left empty in it.

    Raises:
        InputError: there is far more text than a form has room for.
    """
    _refuse_flood(raw)
    work = _Assembler()
    values: dict[InputPath, Value] = {}
    for slot in single_inputs(form):
        remedy = score_remedy(form, slot.path)
        value = work.take(slot.path, slot.item, slot.label, raw.singles.get(slot.path), remedy)
        if value is not None and value != "":
            values[slot.path] = value
    rows = {table: _rows(form, table, raw, work) for table in TABLES}
    work.problems += strip_scope(form, values)
    work.problems += strip_numbers(form, rows[GOALS])
    submission = Submission(
        form=form.id,
        fields=_group(values, FIELDS),
        goals=tuple(Goal.of(row) for row in rows[GOALS]),
        budget=_group(values, BUDGET),
        funds=_nested(values, FUNDS),
        scores=_scores(values),
        data=_group(values, DATA),
        indicators=tuple(_indicator(form, row) for row in rows[INDICATORS]),
        units=tuple(_unit(row) for row in rows[UNITS]),
        evidence=tuple(Evidence.of(row) for row in rows[EVIDENCE]),
    )
    return submission, [*work.problems, *suspected_fractions(form, rows[INDICATORS])]


def _refuse_flood(raw: RawEntry) -> None:
    rows = (row for table in raw.tables.values() for row in table)
    values = chain(raw.singles.values(), *(row.values() for row in rows))
    entered = sum(len(value) for value in values if isinstance(value, str))
    if entered > MAX_ENTERED_TEXT:
        raise InputError(
            f"填写的文字合计 {entered} 字，超过 {MAX_ENTERED_TEXT} 字的上限",
            f"请从年度目标、原因等文字中删去至少 {entered - MAX_ENTERED_TEXT} 个字；详细材料请另附文件",
        )


def _rows(form: FormDefinition, table: str, raw: RawEntry, work: _Assembler) -> list[dict[str, Value | None]]:
    parts = table_parts(form, table)
    return [
        {
            part.id: work.take(
                InputPath.cell(table, number, part.id),
                part,
                row_label(table, number, part),
                row.get(part.id),
                number_wanted(form, part, row) if table == INDICATORS else "",
            )
            for part in parts
        }
        for number, row in enumerate(raw.tables.get(table, []))
    ]


def _group(values: Mapping[InputPath, Value], group: str) -> dict[str, Any]:
    return {path.item: value for path, value in values.items() if path.group == group}


def _scores(values: Mapping[InputPath, Value]) -> dict[str, SelfScore]:
    return {row_id: SelfScore(**parts) for row_id, parts in _nested(values, SCORES).items()}


def _nested(values: Mapping[InputPath, Value], group: str) -> dict[str, dict[str, Any]]:
    """The values of a group whose inputs are named by two ids."""
    given: dict[str, dict[str, Any]] = {}
    for path, value in values.items():
        if path.group == group:
            given.setdefault(path.item, {})[path.part] = value
    return given


def _indicator(form: FormDefinition, row: Mapping[str, Value | None]) -> PerformanceIndicator:
    types = form.indicator_types
    kind = str(row.get("type")) if form.asks_type else next(iter(types), "")
    return PerformanceIndicator.of(row, group=types.get(kind, ""))


def _unit(row: Mapping[str, Value | None]) -> UnitDetail:
    amounts: dict[str, Decimal | None] = {
        key: value for key, value in row.items() if key != "name" and isinstance(value, Decimal)
    }
    return UnitDetail(name=str(row.get("name") or ""), amounts=amounts)
