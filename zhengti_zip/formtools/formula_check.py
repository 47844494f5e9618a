"""Whether the Excel formula of every rule says what the engine says, worked out by LibreOffice.

All probes of all rule versions stand in one workbook, each with its own inputs and defined names; it is
recalculated once, headless, with a profile of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.base.numbers import plain
from zhengti_zip.base.zipclock import guard_zip_clock
from zhengti_zip.form.consistency.tree import rows_of
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules import Answers, Computed, Rule
from zhengti_zip.form.rules.completion import completion_of
from zhengti_zip.form.rules.indicator import EqualMeans
from zhengti_zip.form.rules.indicator_rule import IndicatorRule
from zhengti_zip.form.rules.operand import item_of
from zhengti_zip.formtools.office import recalculated
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.workbook.defined_names import name_of

SHEET = "probes"
INDICATOR_PARTS = ("type", "completion", "weight")
SPARE_ROWS = 2
"""Empty rows under the performance indicators of a probe: the real sheet has them too."""

TRIED_WEIGHT = Decimal(10)
"""Points on which the rule of entered rows is tried; the department chooses them."""

CellValue = Decimal | str | None


@dataclass(frozen=True, slots=True)
class Probe:
    """Some answers, and the rule they are tried on.

    Attributes:
        path: where the rule stands in the definition.
        name: what the scored row is called.
        weight: its points.
        rule: the rule.
        answers: what it is tried on.
    """

    path: str
    name: str
    weight: Decimal
    rule: Rule
    answers: Answers

    @property
    def engine(self) -> Decimal | None:
        """The score by the engine; None when there is none."""
        outcome = self.rule.score(self.weight, self.answers)
        return outcome.score if isinstance(outcome, Computed) else None

    def completion(self, row: PerformanceIndicator) -> Decimal | None:
        """The 完成率 that the live sheet would show for a row; None while it is not filled in."""
        equal = self.rule.equal if isinstance(self.rule, IndicatorRule) else EqualMeans.REACHED
        return completion_of(row, equal)

    def words(self) -> str:
        """The answers in words."""
        operands = self.rule.operands()
        said = [f"{item_of(operand).label} {_shown(self.answers.answer(operand.id))}" for operand in operands]
        if self.answers.row is not None:
            entered = self.answers.row.model_dump().items()
            said += [f"{column} {_shown(value)}" for column, value in entered if value not in (None, "")]
        said += [
            f"{row.type} 完成率 {_shown(self.completion(row))} 权重 {_shown(row.weight)}"
            for row in self.answers.indicators
        ]
        return "、".join(said) or "没有数据"


@dataclass(frozen=True, slots=True)
class FormulaMismatch:
    """A probe on which formula and engine disagree.

    Attributes:
        probe: what was tried.
        formula: what the formula gives, as text; "" for no score.
    """

    probe: Probe
    formula: str

    @property
    def message(self) -> str:
        """What disagrees, in Chinese."""
        engine = self.probe.engine
        words = "不得分" if engine is None else f"得 {plain(engine)} 分"
        formula = f"得 {self.formula} 分" if self.formula else "没有结果"
        return (
            f"“{self.probe.name}”的 Excel 公式与评分程序不一致："
            f"{self.probe.words()} 时，程序{words}，公式{formula}"
        )


def probes_of(form: FormDefinition) -> list[Probe]:
    """The boundary answers of every version of every rule, of fixed rows and of those the department enters."""
    scored = [(path, context.name, context.row.weight, context.row.rules) for context, path in rows_of(form)]
    if form.own is not None:
        scored.append(("own", form.own.title, TRIED_WEIGHT, form.own.rules))
    return [
        Probe(f"{path}.rules.{number}", name, weight, rule, answers)
        for path, name, weight, rules in scored
        for number, rule in enumerate(rules)
        for answers in rule.probes(weight)
    ]


def check_formulas(form: FormDefinition, office: str) -> list[FormulaMismatch]:
    """The probes on which formula and engine disagree.

    Args:
        form: whose rules.
        office: LibreOffice, see :func:`~zhengti_zip.formtools.office.find_office`.

    Raises:
        EnvironmentProblem: LibreOffice does not do its work.
    """
    return mismatches(probes_of(form), office)


def mismatches(probes: Sequence[Probe], office: str) -> list[FormulaMismatch]:
    """The same for probes of any rules; raises the same."""
    with tempfile.TemporaryDirectory(prefix="zhengti-") as name:
        folder = Path(name)
        source = folder / "probes.xlsx"
        guard_zip_clock()
        _workbook(probes).save(source)
        results = list(_results(recalculated(source, folder, office), len(probes)))
    return [
        FormulaMismatch(probe, _text(result))
        for probe, result in zip(probes, results, strict=True)
        if not _agrees(probe.engine, result)
    ]


def _workbook(probes: Sequence[Probe]) -> Workbook:
    """One row per probe: its formula in column A, behind it each cell the formula asks for.

    The performance indicators of a probe stand on a sheet of their own.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet, tables = book.create_sheet(SHEET), book.create_sheet("indicators")
    for row, probe in enumerate(probes, start=1):
        cells = _Cells(book, row, probe)
        formula = probe.rule.formula(probe.weight, cells.name)
        sheet.cell(row, 1).value = f"={formula}"
        if cells.asks_indicators:
            first = tables.max_row + SPARE_ROWS
            last = first + len(probe.answers.indicators) + SPARE_ROWS - 1
            _fill_table(tables, first, probe)
            for column, part in enumerate(INDICATOR_PARTS, start=1):
                letter = get_column_letter(column)
                area = f"${letter}${first}:${letter}${last}"
                _define(book, f"indicators.{part}", row, area, tables.title)
    return book


class _Cells:
    """The cells of one probe, written when its formula asks for them."""

    def __init__(self, book: Workbook, row: int, probe: Probe) -> None:
        self.book, self.row, self.probe = book, row, probe
        self.paths: list[str] = []
        self.asks_indicators = False

    def name(self, path: str) -> str:
        """The defined name of what stands at a path."""
        if path.startswith("indicators."):
            self.asks_indicators = True
        elif path not in self.paths:
            self.paths.append(path)
            column = len(self.paths) + 1
            self.book[SHEET].cell(self.row, column).value = _cell(self.probe.answers.answer(path))
            _define(self.book, path, self.row, f"${get_column_letter(column)}${self.row}", SHEET)
        return _name(path, self.row)


def _fill_table(sheet: Worksheet, first: int, probe: Probe) -> None:
    rows = probe.answers.indicators
    for offset in range(len(rows) + SPARE_ROWS):
        if offset < len(rows):
            row = rows[offset]
            values = (row.type, probe.completion(row), row.weight)
        else:
            values = ("", None, None)
        for column, value in enumerate(values, start=1):
            sheet.cell(first + offset, column).value = _cell(value)
        if values[1] is None:  # as the real sheet says it: a formula that gives nothing
            sheet.cell(first + offset, 2).value = '=""'


def _define(book: Workbook, path: str, row: int, reference: str, sheet: str) -> None:
    name = _name(path, row)
    book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet}'!{reference}")


def _name(path: str, row: int) -> str:
    return f"{name_of(InputPath(path))}.{row}"


def _cell(value: Decimal | int | str | None) -> Decimal | int | str | None:
    return None if value == "" else value


def _results(file: Path, count: int) -> Iterator[CellValue]:
    sheet = load_workbook(file, data_only=True)[SHEET]
    for row in range(1, count + 1):
        value = sheet.cell(row, 1).value
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield Decimal(repr(value))
        else:
            yield None if value in (None, "") else str(value)


def _agrees(engine: Decimal | None, formula: CellValue) -> bool:
    if engine is None or formula is None:
        return engine is None and formula is None
    return isinstance(formula, Decimal) and abs(engine - formula) < Decimal("0.000001")


def _text(value: CellValue) -> str:
    return plain(value) if isinstance(value, Decimal) else value or ""


def _shown(value: Decimal | int | str | None) -> str:
    if value is None:
        return "未填"
    return plain(value) if isinstance(value, Decimal) else str(value)
