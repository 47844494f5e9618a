"""A trend as JSON: what ``trend --json`` prints (docs/json-output.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.trend.figures import TrendFigures
from zhengti_zip.batch.trend.lines import Line, SumLine, TotalLine, Values, rounded
from zhengti_zip.batch.trend.notes import notes_on
from zhengti_zip.batch.trend.series import LeftOut

Names = tuple[str, ...]


def trend_data(figures: TrendFigures, outputs: Sequence[Path]) -> dict[str, Any]:
    """The figures of each department and of all together, and what is not counted.

    Args:
        outputs: the files written.
    """
    amounts, items = _by_series(figures.amounts), _by_series(figures.items)
    return {
        "ok": not figures.has_faults,
        "years": list(figures.years),
        "departments": [
            {
                "department": line.series.department,
                "scope": line.series.scope or None,
                "results": _results(figures, line),
                "amounts": [_amount(held) for held in amounts.get(line.rates.names, ())],
                "items": [_item(held) for held in items.get(line.rates.names, ())],
            }
            for line in figures.totals
        ],
        "all": _all(figures),
        "notes": notes_on(figures),
        "left_out": [_left_out(item) for item in figures.left_out],
        "outputs": [str(path) for path in outputs],
    }


def _by_series(lines: Iterable[Line]) -> dict[Names, list[Line]]:
    """Lines by department and scope."""
    found: dict[Names, list[Line]] = {}
    for line in lines:
        found.setdefault(line.names[:2], []).append(line)
    return found


def _results(figures: TrendFigures, line: TotalLine) -> list[dict[str, Any]]:
    rates = dict(zip(figures.years, line.rates.values, strict=True))
    return [
        _result(result, rates[year], has_grades=bool(figures.forms[result.form].grade.bands))
        for year, result in line.series.by_year.items()
    ]


def _result(result: Result, rate: Decimal | None, *, has_grades: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "year": result.year,
        "file": result.name,
        "form": result.form,
        "total": None if result.total is None else plain(result.total),
        "rate": _text(rate),
    }
    return data | {"grade": result.grade or None} if has_grades else data


def _amount(line: Line) -> dict[str, Any]:
    return {
        "id": line.key,
        "name": line.names[-1],
        "values": [None if value is None else plain(value) for value in line.values],
        "growth": _texts(line.growth),
    }


def _item(line: Line) -> dict[str, Any]:
    return {"id": line.key.partition(" ")[0], "name": line.names[-1], "rates": _texts(line.values)}


def _all(figures: TrendFigures) -> dict[str, Any]:
    data: dict[str, Any] = {"counts": list(figures.counts), "mean_rate": _texts(figures.mean_rate.values)}
    if figures.has_one_full_score:
        data["mean_total"] = _texts(figures.mean_total.values)
    return {
        **data,
        "grades": {name: list(counts) for name, counts in figures.grades.items()},
        "amounts": [_sum(line) for line in figures.sums],
        "items": [_item(line) for line in figures.mean_items],
    }


def _sum(line: SumLine) -> dict[str, Any]:
    return {**_amount(line.sums), "growth": _texts(line.growth), "counts": list(line.counts)}


def _left_out(item: LeftOut) -> dict[str, Any]:
    return {
        "file": item.name,
        "department": item.department or None,
        "year": item.year or None,
        "why": item.why,
        "remedy": item.remedy,
        "is_fault": item.is_fault,
    }


def _texts(values: Values) -> list[str | None]:
    return [_text(value) for value in values]


def _text(value: Decimal | None) -> str | None:
    """A rate, a growth or a mean."""
    return None if value is None else plain(rounded(value))
