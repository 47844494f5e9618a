"""The sections of the report on who has not handed in and on files that were skipped."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.batch.arrivals import Arrivals
from zhengti_zip.batch.roster_check import Handed, RosterCheck
from zhengti_zip.batch.summary.arrival_words import (
    ARRIVALS,
    ROSTER,
    count_words,
    roster_notices,
    roster_words,
)
from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.batch.summary.report_tables import ReportSection, ReportTable

MAX_MISSING = 60
"""Most departments that are listed; the workbook lists all."""

MAX_NAMED = 3
"""Most files that are named for one reason."""


def arrival_sections(figures: Figures) -> Iterator[ReportSection]:
    """The sections; none of a summary that is not made from files."""
    if figures.arrivals is None:
        return
    if figures.arrivals.roster:
        yield _roster(figures.arrivals.roster)
    yield _skipped(figures.arrivals)


def _roster(roster: RosterCheck) -> ReportSection:
    lines = [(line.entry.name, Handed.MISSING.label, "") for line in roster.of(Handed.MISSING)]
    lines += [
        (line.entry.name, Handed.FAILED.label, "、".join(line.files)) for line in roster.of(Handed.FAILED)
    ]
    lines += [(result.department, "不在名单上", result.name) for result in roster.unlisted]
    words = roster_words(roster)
    if not lines:
        return ReportSection(ROSTER, words)
    table = ReportTable(
        ("单位名称", "情况", "填报文件"), lines[:MAX_MISSING], (36, 22, 42), ("left", "center", "left")
    )
    remarks = list(roster_notices(roster))
    if len(lines) > MAX_MISSING:
        remarks.insert(0, f"另有 {len(lines) - MAX_MISSING} 个单位，见汇总表的“{ROSTER}”。")
    return ReportSection(ROSTER, words, table, remarks)


def _skipped(arrivals: Arrivals) -> ReportSection:
    words = count_words(arrivals)
    lines = [
        (
            why,
            str(len(files)),
            "、".join(file.name for file in files[:MAX_NAMED]) + " 等" * (len(files) > MAX_NAMED),
        )
        for why, files in arrivals.skipped.items()
    ]
    if not lines:
        return ReportSection(ARRIVALS, words)
    table = ReportTable(("跳过的原因", "文件数", "文件"), lines, (30, 12, 58), ("left", "center", "left"))
    return ReportSection(ARRIVALS, words, table, [f"每个文件怎样处理，见汇总表的“{ARRIVALS}”。"])
