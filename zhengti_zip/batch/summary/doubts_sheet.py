"""The sheet 部门间核对: what shows only when the forms of all departments lie side by side."""

from __future__ import annotations

from zhengti_zip.batch.crosschecks.doubt import Doubt
from zhengti_zip.batch.summary.cell_styles import SummaryStyle
from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.batch.summary.names import DOUBTS, named
from zhengti_zip.batch.summary.sheet import SummaryCell, SummaryWorkbook

HEADS = (
    ("序号", 6),
    ("把握", 6),
    ("疑点", 14),
    ("部门", 22),
    ("位置", 16),
    ("项目", 18),
    ("说明", 28),
    ("依据", 46),
    ("填报文件", 18),
)
HINT = (
    "把各部门的表放在一起比较得出的疑点，不是结论，请核实；把握大的在前。表末写明比较了什么、没有比较什么。"
)


def doubts_sheet(book: SummaryWorkbook, figures: Figures) -> None:
    """Write 部门间核对."""
    sheet = book.headed_sheet(DOUBTS, HINT, HEADS, "D")
    for number, doubt in enumerate(figures.crosschecks.doubts, start=1):
        sheet.table(_line(number, doubt))
    last = sheet.row
    if not figures.crosschecks.doubts:
        sheet.add([None, SummaryCell("没有发现疑点。", SummaryStyle.HINT)])
    sheet.skip()
    for words in figures.crosschecks.compared:
        sheet.add([None, SummaryCell(words, SummaryStyle.HINT)])
    sheet.filter(len(HEADS), last)


def _line(number: int, doubt: Doubt) -> list[SummaryCell | None]:
    return [
        SummaryCell(number, SummaryStyle.CENTRE),
        SummaryCell(doubt.certainty.label, SummaryStyle.CENTRE),
        SummaryCell(doubt.kind.label),
        SummaryCell(named(party.department for party in doubt.parties)),
        SummaryCell(named(party.place for party in doubt.parties)),
        SummaryCell(doubt.label),
        SummaryCell(doubt.message),
        SummaryCell("\n".join(doubt.evidence)),
        SummaryCell(named(party.file for party in doubt.parties)),
    ]
