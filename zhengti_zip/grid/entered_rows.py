"""What is printed of an entered row: a part of a goal, a performance indicator or a unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from zhengti_zip.base.answers import is_dash
from zhengti_zip.base.numbers import PERCENT
from zhengti_zip.form.base import Input
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.print_columns import RateFormat, TableColumn
from zhengti_zip.form.rules.indicator import QUALITATIVE
from zhengti_zip.grid.content import Entry, Paragraphs, paragraphs_of
from zhengti_zip.grid.formats import Shown, number, shown
from zhengti_zip.submission.inputs import table_parts
from zhengti_zip.submission.paths import INDICATORS, InputPath

RATE_PLACES = 2
"""Decimals of a completion, in per cent or as a fraction of 1, unless the column says otherwise."""


def indicator_part(entry: Entry, row: int, part: str, column: TableColumn) -> Paragraphs:
    """One part of a performance indicator.

    A 定性 indicator shows its promise in place of a target and the degree in place of an actual value.

    Args:
        entry: the form.
        row: the number of the indicator, from 0.
        part: the column of 绩效指标.
        column: how it is printed.
    """
    indicator = entry.submission.indicators[row]
    if indicator.direction == QUALITATIVE:
        part = {"target": "target_text", "actual": "degree"}.get(part, part)
    item = _inputs(entry, INDICATORS).get(part, Input.model_construct(id=part, label=part))
    value = _with_sign_and_unit(shown(indicator.part(part), item, column.places), indicator, part, column)
    return paragraphs_of(_or_empty(value, part, column), InputPath.cell(INDICATORS, row, part))


def _with_sign_and_unit(
    value: Shown, indicator: PerformanceIndicator, part: str, column: TableColumn
) -> Shown:
    before = indicator.direction if column.sign and part == "target" else ""
    behind = indicator.unit if column.unit and part in ("target", "actual") else value.behind
    return Shown(value.text, before, behind)


def row_part(entry: Entry, table: str, row: int, part: str, column: TableColumn) -> Paragraphs:
    """One part of a row of a growing table; blank where the row is not entered.

    Args:
        entry: the form.
        table: e.g. GOALS.
        row: the number of the row, from 0.
        part: the column of the table.
        column: how it is printed.
    """
    if table == INDICATORS:
        return indicator_part(entry, row, part, column)
    rows = entry.submission.rows(table)
    item = _inputs(entry, table).get(part, Input.model_construct(id=part, label=part))
    raw = rows[row].part(part) if row < len(rows) else None
    value = _or_empty(shown(raw, item, column.places), part, column)
    return paragraphs_of(value, InputPath.cell(table, row, part))


def rate_text(rate: Fraction | None, column: TableColumn) -> str:
    """A completion, e.g. ``95%``, or ``0.95``; "" for none."""
    if rate is None:
        return ""
    is_percent = column.format is RateFormat.PERCENT
    exact = Decimal(rate.numerator) / Decimal(rate.denominator) * (PERCENT if is_percent else 1)
    text = number(exact, RATE_PLACES if column.places is None else column.places)
    if column.places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + ("%" if is_percent else "")


def _or_empty(value: Shown, part: str, column: TableColumn) -> Shown:
    is_nothing = not value.text or (part == "reason" and is_dash(value.text))
    return Shown(column.empty) if is_nothing and column.empty else value


def _inputs(entry: Entry, table: str) -> dict[str, Input]:
    return {item.id: item for item in table_parts(entry.form, table)}
