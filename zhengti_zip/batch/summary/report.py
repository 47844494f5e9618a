"""汇总报告.pdf: the figures of a summary as charts and short tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from zhengti_zip.base.numbers import money, plain, round_points
from zhengti_zip.base.resources import shared_dir
from zhengti_zip.base.templates import shared_templates
from zhengti_zip.base.version import VERSION
from zhengti_zip.batch.amounts import amounts_asked
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.summary.arrival_sections import arrival_sections
from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.batch.summary.measures import Ranked, RowFigures
from zhengti_zip.batch.summary.reasons import why_left_out
from zhengti_zip.batch.summary.report_tables import ReportTable, sections_to_look_at
from zhengti_zip.batch.summary.texts import legal, percentage, ratio
from zhengti_zip.form.naming import document_title
from zhengti_zip.grid.metrics import FontMetrics, metrics_for
from zhengti_zip.pdf.engine import render_html
from zhengti_zip.pdf.html import css_string, set_line
from zhengti_zip.pdf.render import BASE, VARIANT

MORE = "summary.css"
TITLE = "汇总报告"
"""Title of the report of files whose form is unknown, and the last words of every other title."""

MAX_RANKED = 40
"""Most departments that are all listed; of more, only the first and the last ``MAX_ENDS`` are."""
MAX_ENDS = 15
MAX_FAILED = 40
"""Most left-out files that are listed; the workbook lists all."""
MAX_BARS = 40
"""Most bars in the chart of points lost."""
LABEL_EMS = 19.0
"""Width for the name beside a bar, in em."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart.

    Attributes:
        label: cut to the width it has.
        value: as text.
        share: length of the bar, as a fraction of the longest.
    """

    label: str
    value: str
    share: float


def report_pdf(figures: Figures, fonts: tuple[Path, ...] = ()) -> bytes:
    """The report as a tagged PDF; the same figures give the same bytes.

    Args:
        fonts: font files for characters no bundled font has; what is missing then is printed as 〓.

    Raises:
        EnvironmentProblem, RenderError: as :func:`zhengti_zip.pdf.engine.render_html`.
    """
    title = document_title(figures.form, TITLE) if figures.form else TITLE
    html = (
        shared_templates()
        .get_template("summary.html.j2")
        .render(
            title=title,
            form_name=figures.form.name if figures.form else "",
            version=VERSION,
            footer_css=css_string(f"{title}　zhengti-zip {VERSION}"),
            figures=figures,
            words=_words(figures),
            keys=_keys(figures),
            grades=_bars([(grade.name, grade.count) for grade in figures.grades], fonts),
            bands=_bars([(band.text, band.count) for band in figures.bands], fonts),
            losses=_losses(figures.rows, fonts),
            rankings=_rankings(figures),
            indicators=_indicators(figures),
            budgets=_budgets(figures),
            sections=[*arrival_sections(figures), *sections_to_look_at(figures)],
            failures=_failures(figures),
            put=setter(fonts),
        )
    )
    identifier = sha256(html.encode("utf-8")).digest()[:16]
    base = tuple(shared_dir() / name for name in (BASE, MORE))
    return render_html(html, fonts=fonts, base=base, pdf_variant=VARIANT, pdf_identifier=identifier)


def setter(fonts: tuple[Path, ...]) -> Callable[[str], Markup]:
    """A function that turns a text from an input into HTML: escaped, with a font that has its characters."""
    return lambda text: set_line(legal(text.replace("\t", " ").replace("\r", "")), fonts)


def _words(figures: Figures) -> str:
    """The main figures in two or three sentences."""
    failed = f"{len(figures.failed)} 个文件没有通过，原因见文末。" if figures.failed else ""
    if figures.duplicates:
        failed += f"其中 {len(figures.duplicates)} 个是同一部门的重复报送，请确认以哪一份为准。"
    if not figures.ranked or figures.average is None:
        return "没有可以统计的部门。" + failed
    first = next((row for row in figures.rows if row.lost), None)
    lost = "各项指标均为满分。"
    if first:
        share = percentage(ratio(first.lost, figures.lost))
        lost = f"失分最多的是“{first.item.name}”，共失 {money(first.lost)} 分，占全部失分的 {share}。"
    return f"{len(figures.ranked)} 个部门列入统计，平均总分 {_points(figures.average)} 分。{lost}{failed}"


def _keys(figures: Figures) -> list[tuple[str, str]]:
    """The key figures as (number, label)."""
    totals = figures.totals
    found = [
        (str(len(figures.results)), "填报文件"),
        (str(len(figures.ranked)), "列入统计"),
        (str(len(figures.results) - len(figures.ranked)), "没有列入"),
    ]
    if totals:
        found += [
            (_points(figures.average), "平均总分"),
            (_points(figures.median), "中位数"),
            (plain(totals[0]), "最高总分"),
            (plain(totals[-1]), "最低总分"),
        ]
    return found


def _bars(items: Sequence[tuple[str, int]], fonts: tuple[Path, ...]) -> list[Bar]:
    longest = max((count for _, count in items), default=0) or 1
    return [Bar(_fitted(label, 6, fonts), str(count), count / longest) for label, count in items]


def _losses(rows: Sequence[RowFigures], fonts: tuple[Path, ...]) -> list[Bar]:
    losing = [row for row in rows if row.lost > 0][:MAX_BARS]
    longest = max((row.lost for row in losing), default=Decimal(1))
    return [
        Bar(_fitted(row.item.name, LABEL_EMS, fonts), money(row.lost), float(row.lost / longest))
        for row in losing
    ]


def _fitted(text: str, ems: float, fonts: tuple[Path, ...]) -> str:
    """A text cut to a width in em. SVG text has no markup, so characters in no font become 〓."""
    metrics: FontMetrics = metrics_for(fonts)
    text = metrics.printable(legal(" ".join(text.split())))
    if metrics.advances(text) <= ems * 1000:
        return text
    while text and metrics.advances(text + "…") > ems * 1000:
        text = text[:-1]
    return text + "…"


def _rankings(figures: Figures) -> list[tuple[str, ReportTable]]:
    """The ranking as one or two tables, each with its heading."""
    ranked = figures.ranked
    if not ranked:
        return []
    if len(ranked) <= MAX_RANKED:
        return [("部门排名", _ranking(figures, ranked))]
    return [
        (f"总分前 {MAX_ENDS} 位", _ranking(figures, ranked[:MAX_ENDS])),
        (f"总分后 {MAX_ENDS} 位", _ranking(figures, ranked[-MAX_ENDS:])),
    ]


def _ranking(figures: Figures, ranked: Sequence[Ranked]) -> ReportTable:
    rows = [
        (
            str(item.rank),
            item.result.department or "（未填写部门名称）",
            item.scope,
            str(item.result.year or "—"),
            plain(item.total),
            item.result.grade or "—",
        )
        for item in ranked
    ]
    heads = ("名次", "部门", figures.scope_label, "年度", "总分", "等级")
    widths, looks = (8, 48, 14, 10, 10, 10), ("center", "left", *["center"] * 4)
    kept = [n for n, has in enumerate((True, True, figures.has_scope, True, True, figures.has_grades)) if has]
    shown = [tuple(row[n] for n in kept) for row in rows]
    return ReportTable([heads[n] for n in kept], shown, [widths[n] for n in kept], [looks[n] for n in kept])


def _indicators(figures: Figures) -> ReportTable:
    rows = [
        (
            str(row.number),
            row.item.name,
            plain(row.weight),
            _points(row.average),
            percentage(row.rate),
            "—" if row.lowest is None else plain(row.lowest),
            money(row.lost),
            str(row.below_full),
        )
        for row in figures.rows
    ]
    heads = ("序号", "三级指标", "分值", "平均分", "得分率", "最低分", "失分合计", "未满分部门数")
    return ReportTable(heads, rows, (7, 39, 7, 9, 9, 8, 11, 10), ("center", "left", *["center"] * 6))


def _budgets(figures: Figures) -> ReportTable | None:
    """Budget sums, one line per budget column: a form may have more columns than fit on a page."""
    if figures.form is None or not figures.ranked or not figures.budgets:
        return None
    lines = figures.budgets
    heads = ("金额（万元）", *(f"{line.scope or '合计'}（{line.count} 个）" for line in lines))
    rows = [
        (label, *(money(line.sums[key]) for line in lines))
        for key, label in amounts_asked(figures.form).items()
    ]
    wide = 70 / len(lines)
    return ReportTable(heads, rows, (30, *(wide for _ in lines)), ("left", *("right" for _ in lines)))


def _failures(figures: Figures) -> ReportTable | None:
    """The first files left out, sorted by name; None when there are none."""
    left_out: list[Result] = sorted([*figures.failed, *figures.without_total], key=lambda r: r.name)
    if not left_out:
        return None
    rows = [(r.name, r.department or "—", why_left_out(r)) for r in left_out[:MAX_FAILED]]
    return ReportTable(("填报文件", "部门", "原因"), rows, (32, 24, 44), ("left", "left", "left"))


def _points(value: Decimal | None) -> str:
    return "—" if value is None else f"{round_points(value):f}"
