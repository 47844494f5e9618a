"""The tables of the report about what an officer should look at: warnings, self-scores, doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.batch.summary.names import DOUBTS, SELF_SCORES, WARNINGS, named

MAX_LINES = 40
"""Most lines of one of these tables; the workbook has all."""

QUOTED = 2
"""Most lines of evidence of a doubt."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of the report.

    Attributes:
        heads, rows: its texts.
        widths: column widths in % of the page.
        looks: CSS class of each column: left, center or right.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    looks: Sequence[str]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A heading with a sentence, a table and a remark on what is not in the table; each may be missing.

    Attributes:
        remarks: sentences below the table.
    """

    heading: str
    words: str
    table: ReportTable | None = None
    remarks: Sequence[str] = ()


def sections_to_look_at(figures: Figures) -> list[ReportSection]:
    """The sections, for a report of a known form."""
    if figures.form is None or not figures.results:
        return []
    return [_warnings(figures), _self_scores(figures), _doubts(figures)]


def _warnings(figures: Figures) -> ReportSection:
    lines = [
        (warned.result.department, problem.place, problem.message)
        for warned in figures.warned
        for problem in warned.warnings
    ]
    count = sum(warned.count for warned in figures.warned)
    if not count:
        return ReportSection("通过的表中的警告", "没有警告。")
    words = f"{len(figures.warned)} 份没有错误的表中有 {count} 处警告，请看一看；核实无误的不必改。"
    table = ReportTable(("部门", "位置", "警告"), lines[:MAX_LINES], (24, 18, 58), ("left",) * 3)
    return ReportSection("通过的表中的警告", words, table, _more(count, table, WARNINGS))


def _self_scores(figures: Figures) -> ReportSection:
    heading, higher = "自评得分高于按数据得分", figures.higher_self_scores
    if not higher:
        return ReportSection(heading, "没有自评得分高于按数据得分的行。")
    excess = sum((each.excess for each in higher), Decimal(0))
    count = sum(len(each.rows) for each in higher)
    words = f"{len(higher)} 个部门的 {count} 行，共多评 {plain(excess)} 分。"
    lines = []
    for each in higher[:MAX_LINES]:
        most = max(each.rows, key=lambda row: row.excess)
        row = f"{most.row.name}（自评 {plain(most.row.self_score or Decimal(0))} 分，多评 {plain(most.excess)} 分）"
        lines.append((each.result.department, str(len(each.rows)), plain(each.excess), row))
    heads, looks = ("部门", "行数", "多评合计", "多评最多的一行"), ("left", "center", "center", "left")
    table = ReportTable(heads, lines, (32, 8, 10, 50), looks)
    return ReportSection(heading, words, table, _more(len(higher), table, SELF_SCORES))


def _doubts(figures: Figures) -> ReportSection:
    heading, found = "部门间核对", figures.crosschecks
    if not found.doubts:
        return ReportSection(heading, "没有发现疑点。", None, found.compared)
    words = f"把各部门的表放在一起比较，有 {len(found.doubts)} 处疑点，不是结论，请核实。"
    lines = [
        (
            doubt.certainty.label,
            doubt.kind.label,
            named(party.department for party in doubt.parties),
            "\n".join((doubt.message, *doubt.evidence[:QUOTED])),
        )
        for doubt in found.doubts[:MAX_LINES]
    ]
    looks = ("center", "left", "left", "left")
    table = ReportTable(("把握", "疑点", "部门", "说明和依据"), lines, (7, 17, 24, 52), looks)
    return ReportSection(heading, words, table, (*_more(len(found.doubts), table, DOUBTS), *found.compared))


def _more(count: int, table: ReportTable, sheet: str) -> tuple[str, ...]:
    more = count - len(table.rows)
    return (f"另有 {more} 项，全部列在汇总表的“{sheet}”中。",) if more > 0 else ()
