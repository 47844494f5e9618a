"""The sheets 应报未报 and 收到的文件: who has not handed in, and what became of every file."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.batch.arrivals import Arrival, Arrivals
from zhengti_zip.batch.roster_check import Handed, RosterCheck
from zhengti_zip.batch.summary.arrival_words import (
    ARRIVALS,
    MAX_FILES,
    ROSTER,
    count_words,
    roster_notices,
    roster_words,
)
from zhengti_zip.batch.summary.cell_styles import SummaryStyle
from zhengti_zip.batch.summary.sheet import SummaryCell, SummaryWorkbook

ARRIVAL_HEADS = (("序号", 6), ("文件", 44), ("结果", 9), ("说明", 64), ("部门", 26), ("表", 18))
"""The form is told where there are several."""
ROSTER_HEADS = (
    ("序号", 6),
    ("单位名称", 30),
    ("代码", 12),
    ("情况", 18),
    ("填报文件", 44),
    ("联系人、电话", 24),
    ("说明", 40),
)
UNLISTED = "不在名单上"
BY_NAME = "文件读不出来，按文件名认作这个单位报来的，请核对"


def arrivals_sheet(book: SummaryWorkbook, arrivals: Arrivals) -> None:
    """Write 收到的文件: every file, and what became of it."""
    forms = {file.form for file in arrivals.files if file.form}
    heads = ARRIVAL_HEADS if len(forms) > 1 else ARRIVAL_HEADS[:-1]
    sheet = book.headed_sheet(ARRIVALS, count_words(arrivals), heads, "C")
    for number, file in enumerate(arrivals.files, start=1):
        sheet.table(_arrival_line(number, file)[: len(heads)])
    sheet.filter(len(heads), sheet.row)


def _arrival_line(number: int, file: Arrival) -> list[SummaryCell | None]:
    return [
        SummaryCell(number, SummaryStyle.CENTRE),
        SummaryCell(file.name),
        SummaryCell(file.label, SummaryStyle.CENTRE),
        SummaryCell(file.why),
        SummaryCell(file.department),
        SummaryCell(file.form, SummaryStyle.CENTRE),
    ]


def roster_sheet(book: SummaryWorkbook, roster: RosterCheck) -> None:
    """Write 应报未报: first those who have not handed in, then the others, then those who are not on the list."""
    sheet = book.headed_sheet(ROSTER, roster_words(roster), ROSTER_HEADS, "C")
    for number, line in enumerate(_roster_lines(roster), start=1):
        sheet.table([SummaryCell(number, SummaryStyle.CENTRE), *line])
    last = sheet.row
    for notice in roster_notices(roster):
        sheet.add([None, SummaryCell(notice, SummaryStyle.HINT)], 20)
    sheet.filter(len(ROSTER_HEADS), last)


def _roster_lines(roster: RosterCheck) -> Iterator[list[SummaryCell]]:
    for handed in Handed:
        for line in roster.of(handed):
            entry = line.entry
            why = BY_NAME if line.is_by_name else ""
            yield _roster_line(entry.name, entry.code, handed.label, line.files, entry.contact, why)
    for result in roster.unlisted:
        why = "名单上没有这个名称，请核对名单，或核对表上的部门名称"
        yield _roster_line(result.department, "", UNLISTED, (result.name,), "", why)


def _roster_line(
    name: str, code: str, state: str, files: tuple[str, ...], contact: str, why: str = ""
) -> list[SummaryCell]:
    more = f" 等 {len(files)} 份" if len(files) > MAX_FILES else ""
    return [
        SummaryCell(name),
        SummaryCell(code, SummaryStyle.CENTRE),
        SummaryCell(state, SummaryStyle.CENTRE),
        SummaryCell("\n".join(files[:MAX_FILES]) + more),
        SummaryCell(contact),
        SummaryCell(why),
    ]
