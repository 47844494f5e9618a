"""The workbook's own formulas against the engine, worked out by an office program."""

from __future__ import annotations

import os
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.workbook.generated import submission
from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip import load_form
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring import Evaluation, evaluate
from zhengti_zip.workbook.plan import result_name
from zhengti_zip.workbook.writer import filled_workbook

IS_LONG = os.environ.get("ZHENGTI_LONG") == "1"
CHUNKS, CHUNK = (20, 25) if IS_LONG else (2, 20)
FORM_ID = "haizhu-2022"


def expected(evaluation: Evaluation) -> dict[str, Decimal | str | None]:
    """What the engine says, by the name of the live result."""
    found: dict[str, Decimal | str | None] = {
        result_name("total"): evaluation.total,
        result_name("grade"): evaluation.grade.name if evaluation.grade else None,
    }
    for row in evaluation.rows:
        found[result_name(f"computed.{row.context.row.id}")] = row.computed
        found[result_name(f"counting.{row.context.row.id}")] = row.score if row.is_valid else None
    return found


def live(file: Path, names: list[str]) -> dict[str, Decimal | str | None]:
    """What the office program worked out, by name."""
    book = load_workbook(file, data_only=True, read_only=True)
    places = {name: next(iter(book.defined_names[name].destinations)) for name in names}
    [title] = {sheet for sheet, _ in places.values()}
    values = {
        f"${get_column_letter(cell.column)}${cell.row}": cell.value
        for row in book[title].iter_rows()
        for cell in row
        if cell.value is not None
    }
    book.close()
    return {name: _value(values.get(cell)) for name, (_, cell) in places.items()}


def _value(value: Any) -> Decimal | str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        exact = Decimal(format(value, ".12g"))
        assert exact == exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        return exact
    return value or None


@pytest.fixture(scope="module")
def form() -> FormDefinition:
    return load_form(FORM_ID)


@needs_libreoffice
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_live_results_are_the_engines(tmp_path: Path, form: FormDefinition, chunk: int) -> None:
    files, wanted = [], {}
    for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        given = submission(form, seed)
        file = tmp_path / f"{seed}.xlsx"
        file.write_bytes(filled_workbook(form, given))
        files.append(file)
        wanted[file.stem] = expected(evaluate(form, given))
    differences = []
    for file in convert(files, tmp_path / "out", "xlsx"):
        engine = wanted[file.stem]
        found = live(file, list(engine))
        differences += [
            (file.stem, name, str(engine[name]), str(found[name]))
            for name in engine
            if engine[name] != found[name]
        ]
    assert differences == []


def test_the_generated_submissions_are_worth_comparing(form: FormDefinition) -> None:
    """Every row is computed, missing, full and short of its weight; totals and every grade occur."""
    seen: dict[str, set[str]] = {}
    grades = set()
    for seed in range(60):
        result = evaluate(form, submission(form, seed))
        grades.add(result.grade.name if result.grade else "")
        for row in result.rows:
            kinds = seen.setdefault(row.context.row.id, set())
            kinds.add("none" if row.computed is None else "full" if row.computed == row.weight else "short")
            kinds.add(f"self {row.entry.score is not None}")
    wanted = {"none", "full", "short", "self True", "self False"}
    assert {key: wanted - kinds for key, kinds in seen.items() if not wanted <= kinds} == {}
    assert len(grades) > 3
