"""The trend as a PDF: charts, tables of all departments together and of each, and what could not be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from zhengti_zip.base.numbers import money, plain, round_points
from zhengti_zip.base.templates import shared_templates
from zhengti_zip.base.version import VERSION
from zhengti_zip.batch.summary.report import setter
from zhengti_zip.batch.summary.report_tables import ReportTable
from zhengti_zip.batch.summary.texts import percentage
from zhengti_zip.batch.trend.drawing import Chart, chart
from zhengti_zip.batch.trend.figures import TrendFigures
from zhengti_zip.batch.trend.lines import Line, TotalLine, Values, fullness
from zhengti_zip.batch.trend.notes import notes_on
from zhengti_zip.pdf.engine import render_html
from zhengti_zip.pdf.html import css_string
from zhengti_zip.pdf.render import VARIANT

MAX_DETAILED = 6
"""Most departments that have a part of their own, with charts, amounts and items."""

MAX_LISTED = 60
"""Most departments in the table of totals: of more, those that rose and fell most. The workbook lists all."""

MOST_UPRIGHT = 3
"""Most years whose columns have room on an upright page."""

MAX_LEFT_OUT = 40
"""Most files listed that are not counted."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report: heading, charts and tables with a heading each."""

    heading: str
    charts: Sequence[Chart]
    tables: Sequence[tuple[str, ReportTable]]


def trend_pdf(figures: TrendFigures, fonts: tuple[Path, ...] = ()) -> bytes:
    """The trend as a tagged PDF; the same figures give the same bytes.

    Args:
        figures: what is reported.
        fonts: font files for characters no bundled font has; what is missing then is printed as 〓.

    Raises:
        EnvironmentProblem, RenderError: as :func:`zhengti_zip.pdf.engine.render_html`.
    """
    years = figures.years
    span = f"{years[0]}—{years[-1]}" if len(years) > 1 else f"{years[0]}"
    title = f"绩效自评趋势（{span}年度）"
    parts = [_overview(figures)] if len(figures.series) > 1 else []
    if len(figures.series) <= MAX_DETAILED:
        parts += [_of_one(figures, line) for line in figures.totals]
    html = (
        shared_templates()
        .get_template("trend.html.j2")
        .render(
            title=title,
            is_wide=len(years) > MOST_UPRIGHT,
            footer_css=css_string(f"{title}　zhengti-zip {VERSION}"),
            parts=parts,
            notes=notes_on(figures),
            left_out=_left_out(figures),
            put=setter(fonts),
        )
    )
    return render_html(
        html, fonts=fonts, pdf_variant=VARIANT, pdf_identifier=sha256(html.encode("utf-8")).digest()[:16]
    )


def _overview(figures: TrendFigures) -> Part:
    """All departments together."""
    charts = [chart("平均得分率", figures.years, figures.mean_rate.values, percentage)]
    if leading := figures.leading_sum:
        first = leading.sums
        charts.append(
            chart(f"{first.names[0]}（合计，万元）", figures.years, first.values, money, has_bars=True)
        )
    rows = [
        ("计入的部门（项目）", *map(str, figures.counts), *_blank(figures)),
        ("平均得分率", *_rates(figures.mean_rate.values), *_points(figures.mean_rate)),
    ]
    if figures.has_one_full_score:
        full = plain(figures.used_forms[0].full_score)
        changes = (_signed(value, "分") for value in figures.mean_total.difference[1:])
        rows.append((f"平均总分（满分 {full} 分）", *map(_score, figures.mean_total.values), *changes))
    rows += [
        (f"评为“{grade}”的个数", *map(str, counts), *_blank(figures))
        for grade, counts in figures.grades.items()
    ]
    rows += [
        (
            f"{line.sums.names[0]}（合计，万元）",
            *map(_amount, line.sums.values),
            *(_signed(None if value is None else value * 100, "%") for value in line.growth[1:]),
        )
        for line in figures.sums
    ]
    tables = [("总体情况（金额的增减只比两个年度都有这一数的部门）", _table("项目", figures, rows))]
    tables.append(_totals(figures))
    means = [(line.names[0], *_rates(line.values), *_bare(line)) for line in figures.mean_items]
    tables.append(("各项指标的平均得分率（变化的单位是百分点）", _table("指标", figures, means)))
    return Part("总体趋势", charts, tables)


def _totals(figures: TrendFigures) -> tuple[str, ReportTable]:
    """The rates of the departments."""
    shown: Sequence[TotalLine] = figures.totals
    heading = "各部门得分率（变化的单位是百分点）"
    if len(shown) > MAX_LISTED:
        moved = [line for line in shown if line.rates.difference[-1] is not None]
        moved.sort(key=lambda line: line.rates.difference[-1] or Decimal(0))
        half = MAX_LISTED // 2
        shown = [*moved[:half], *moved[max(half, len(moved) - half) :]]
        heading = f"各部门得分率（最近一年下降和上升最多的各 {half} 个，全部见 .xlsx；变化的单位是百分点）"
    rows = [(line.series.name, *_rates(line.rates.values), *_bare(line.rates)) for line in shown]
    return heading, _table("部门", figures, rows)


def _of_one(figures: TrendFigures, line: TotalLine) -> Part:
    """One department: totals, amounts and items."""
    years = figures.years
    amounts = [held for held in figures.amounts if _is_of(held, line)]
    items = [held for held in figures.items if _is_of(held, line)]
    charts = [chart("得分率", years, line.rates.values, percentage)]
    if amounts:
        fullest = max(amounts, key=fullness)
        charts.append(chart(f"{fullest.names[-1]}（万元）", years, fullest.values, money, has_bars=True))
    totals = [
        ("总分", *map(_score, line.totals), *_blank(figures)),
        ("得分率", *_rates(line.rates.values), *_points(line.rates)),
        ("等级", *(grade or "—" for grade in line.grades), *_blank(figures)),
    ]
    tables = [("总分和等级", _table("项目", figures, totals))]
    if amounts:
        rows = [
            (
                held.names[-1],
                *map(_amount, held.values),
                *(_signed(None if value is None else value * 100, "%") for value in held.growth[1:]),
            )
            for held in amounts
        ]
        tables.append(("金额（万元）", _table("金额", figures, rows)))
    rates = [(held.names[-1], *_rates(held.values), *_bare(held)) for held in items]
    tables.append(("各项指标的得分率（变化的单位是百分点）", _table("指标", figures, rates)))
    return Part(line.series.name, charts, tables)


def _is_of(held: Line, line: TotalLine) -> bool:
    return held.names[:2] == (line.series.department, line.series.scope)


def _table(head: str, figures: TrendFigures, rows: Sequence[Sequence[str]]) -> ReportTable:
    years = figures.years
    changes = [f"{now}年比\n{before}年" for before, now in pairwise(years)]
    heads = [head, *(f"{year}年" for year in years), *changes]
    first, others = 34 if len(heads) < 8 else 24, len(heads) - 1
    widths = [first, *[(100 - first) / others] * others]
    return ReportTable(heads, rows, widths, ["left", *["right"] * others])


def _left_out(figures: TrendFigures) -> ReportTable | None:
    if not figures.left_out:
        return None
    rows = [
        (item.name, item.department or "—", str(item.year or "—"), item.why)
        for item in figures.left_out[:MAX_LEFT_OUT]
    ]
    if len(figures.left_out) > MAX_LEFT_OUT:
        rows.append((f"另有 {len(figures.left_out) - MAX_LEFT_OUT} 个，全部见 .xlsx", "", "", ""))
    return ReportTable(("没有计入的文件", "部门", "年度", "原因"), rows, (30, 22, 8, 40), ("left",) * 4)


def _blank(figures: TrendFigures) -> list[str]:
    return [""] * (len(figures.years) - 1)


def _rates(values: Values) -> list[str]:
    return [percentage(value) for value in values]


def _points(line: Line) -> list[str]:
    """The changes of rates with their unit."""
    return [_signed(None if v is None else v * 100, "个百分点") for v in line.difference[1:]]


def _bare(line: Line) -> list[str]:
    """The changes of rates without their unit, where the heading says it."""
    return [_signed(None if v is None else v * 100, "") for v in line.difference[1:]]


def _score(value: Decimal | None) -> str:
    return "—" if value is None else plain(round_points(value))


def _amount(value: Decimal | None) -> str:
    return "—" if value is None else money(value)


def _signed(value: Decimal | None, unit: str) -> str:
    """A change with its sign and unit: ``+3.25个百分点``; a dash for none."""
    if value is None:
        return "—"
    rounded = round_points(value)
    return f"{'+' if rounded > 0 else ''}{plain(rounded)}{unit}"
