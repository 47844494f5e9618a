"""Each input broken in each way that applies: reported at its cell with the right code, never a crash.

By default 130 workbooks, spread evenly over all ways; ZHENGTI_LONG=1 tries every one.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.workbook.tools import DEMO, put_raw
from zhengti_zip import read
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.inputs import single_inputs, table_parts
from zhengti_zip.submission.paths import GOALS, INDICATORS, UNITS, InputPath
from zhengti_zip.submission.source import Source

WANTED = None if os.environ.get("ZHENGTI_LONG") == "1" else 130
Raw = str | int | float | None

HUGE = 10**13
NOT_NUMBERS = (("一千左右", "not_a_number"), (HUGE, "number_too_large"))
WAYS: dict[ValueKind, tuple[tuple[Raw, str], ...]] = {
    ValueKind.TEXT: (("完成😀", "unprintable_character"),),
    ValueKind.CHOICE: (("别的", "not_a_choice"), (1, "not_a_choice")),
    ValueKind.YES_NO: (("也许", "not_a_choice"), (2, "not_a_choice")),
    ValueKind.YEAR: (("去年", "not_a_year"), (1999, "year_out_of_range"), (22, "not_a_year")),
    ValueKind.COUNT: ((-1, "negative"), (1.5, "not_whole"), *NOT_NUMBERS),
    ValueKind.AMOUNT: ((-5, "negative"), *NOT_NUMBERS),
    ValueKind.NUMBER: NOT_NUMBERS,
    ValueKind.POINTS: ((-1, "score_out_of_range"), (999, "score_out_of_range"), *NOT_NUMBERS),
}
ALWAYS: tuple[tuple[Raw, str], ...] = (("#REF!", "error_value"), ("=1+1", "formula_not_calculated"))


class Case(NamedTuple):
    """One input broken in one way."""

    path: str
    raw: Raw
    code: str


@cache
def base() -> Source:
    return read(DEMO)


def ways(item: Input) -> Iterator[tuple[Raw, str]]:
    """What can be wrong with the value of an input."""
    yield from WAYS[item.kind]
    yield from ALWAYS
    if item.max_length:
        yield "长" * (item.max_length + 1), "text_too_long"


def cases() -> list[Case]:
    """Every input of the sample in every way."""
    form, submission = base().form, base().submission
    found = []
    for slot in single_inputs(form):
        found += [Case(slot.path, raw, code) for raw, code in ways(slot.item)]
        group, _, key = slot.path.partition(".")
        if group in ("fields", "budget"):
            found.append(Case(slot.path, None, "missing"))
        elif group == "scores" and key.endswith((".reason", ".improvement")):
            row_id, _, part = key.partition(".")
            if getattr(submission.score_entry(row_id), part):
                found.append(Case(slot.path, None, f"no_{part}"))
    for table in (GOALS, INDICATORS, UNITS):
        entries = getattr(submission, table)
        for number in (0, len(entries) - 1):
            for column in table_parts(form, table):
                path = f"{table}.{number}.{column.id}"
                found += [Case(path, raw, code) for raw, code in ways(column)]
                if column.required:
                    found.append(Case(path, None, "missing"))
    return found


def chosen() -> list[Case]:
    """The cases tried: each code with each kind of place first, then evenly the rest."""
    everything = cases()
    if WANTED is None:
        return everything
    step = len(everything) / WANTED
    spread = [everything[int(number * step)] for number in range(WANTED)]
    rare = {case.code: case for case in everything}
    return list(dict.fromkeys([*rare.values(), *spread]))


@pytest.mark.parametrize("case", chosen(), ids=lambda case: f"{case.path}-{case.code}")
def test_broken_input_is_reported_at_its_cell(tmp_path: Path, case: Case) -> None:
    place = base().places[InputPath(case.path)]
    assert place.sheet
    file = tmp_path / "改坏.xlsx"
    file.write_bytes(put_raw(DEMO.read_bytes(), place.sheet, place.cell, case.raw))
    problems = examine(read(file)).problems
    at_its_cell = [problem for problem in problems if problem.place == place]
    assert case.code in {problem.code for problem in at_its_cell}, [(p.code, str(p.place)) for p in problems]
    assert any(problem.is_error for problem in at_its_cell)
    assert all(problem.message and problem.remedy for problem in problems)


def test_there_are_a_hundred_and_every_kind_of_break() -> None:
    codes = Counter(case.code for case in chosen())
    assert sum(codes.values()) >= 100
    assert len(codes) >= 15
