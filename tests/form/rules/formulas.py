"""Excel expressions worked out by LibreOffice, and the formula of a rule against its score."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from tests.workbook.tools import convert
from zhengti_zip.form.rules import CellName, Rule
from zhengti_zip.formtools.formula_check import Probe, mismatches
from zhengti_zip.formtools.office import find_office

Formula = Callable[[CellName], str]


def office() -> str:
    found = find_office()
    assert found is not None
    return found


def disagreements(rules: Mapping[str, Rule], weights: Sequence[str]) -> list[str]:
    """What formula and engine say differently, for each rule by its name and each weight."""
    probes = [
        Probe(name, name, Decimal(weight), rule, answers)
        for name, rule in rules.items()
        for weight in weights
        for answers in rule.probes(Decimal(weight))
    ]
    assert len({probe.engine for probe in probes}) > 3
    return [mismatch.message for mismatch in mismatches(probes, office())]


def recalculated(
    asked: Sequence[tuple[Formula, Mapping[str, Decimal | str | None]]],
) -> list[object]:
    """What each expression gives on the values of its paths; None for "" and nothing."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row, (formula, values) in enumerate(asked, start=1):
        cells = {}
        for column, (path, value) in enumerate(values.items(), start=2):
            sheet.cell(row, column).value = value
            cells[path] = f"{get_column_letter(column)}{row}"
        sheet.cell(row, 1).value = f"={formula(cells.__getitem__)}"
    with TemporaryDirectory() as name:
        source = Path(name) / "asked.xlsx"
        book.save(source)
        [done] = convert([source], Path(name) / "out", "xlsx")
        result = load_workbook(done, data_only=True).worksheets[0]
        found = [result.cell(row, 1).value for row in range(1, len(asked) + 1)]
    return [None if value == "" else value for value in found]
