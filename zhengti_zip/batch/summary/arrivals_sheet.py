"""The sheets 应报未报 and 收到的文件: who has not handed in, and what became of every file."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.batch.arrivals import Arrival, Arrivals
from zhengti_zip.batch.result import Status
from zhengti_zip.batch.roster_check import Handed, RosterCheck
from zhengti_zip.batch.summary.cell_styles import SummaryStyle
from zhengti_zip.batch.summary.sheet import FIRST_ROW, SummaryCell, SummaryWorkbook

ARRIVALS, ROSTER = "收到的文件", "应报未报"

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
MAX_FILES = 10
"""Most files of one department that a cell names."""


def arrivals_sheet(book: SummaryWorkbook, arrivals: Arrivals) -> None:
    """Write 收到的文件: every file, and what became of it."""
    forms = {file.form for file in arrivals.files if file.form}
    heads = ARRIVAL_HEADS if len(forms) > 1 else ARRIVAL_HEADS[:-1]
    sheet = book.sheet(ARRIVALS, count_words(arrivals), [width for _, width in heads], f"C{FIRST_ROW}")
    sheet.skip()
    sheet.head([head for head, _ in heads])
    for number, file in enumerate(arrivals.files, start=1):
        sheet.table(_arrival_line(number, file)[: len(heads)])
    sheet.filter(len(heads), sheet.row)


def count_words(arrivals: Arrivals) -> str:
    """How many files arrived and what became of them, in one sentence."""
    done, failed, skipped = (
        arrivals.count(status) for status in (Status.DONE, Status.FAILED, Status.SKIPPED)
    )
    words = f"共 {len(arrivals.files)} 个文件：已处理 {done} 个，失败 {failed} 个，跳过 {skipped} 个。"
    if arrivals.hidden:
        words += f"另有隐藏文件、临时文件 {arrivals.hidden} 个，没有逐一列出。"
    return words


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
    sheet = book.sheet(ROSTER, roster_words(roster), [width for _, width in ROSTER_HEADS], f"C{FIRST_ROW}")
    sheet.skip()
    sheet.head([head for head, _ in ROSTER_HEADS])
    for number, line in enumerate(_roster_lines(roster), start=1):
        sheet.table([SummaryCell(number, SummaryStyle.CENTRE), *line])
    last = sheet.row
    for notice in roster_notices(roster):
        sheet.add([None, SummaryCell(notice, SummaryStyle.HINT)], 20)
    sheet.filter(len(ROSTER_HEADS), last)


def roster_words(roster: RosterCheck) -> str:
    """How many departments have handed in, in one sentence."""
    failed, missing = len(roster.of(Handed.FAILED)), len(roster.of(Handed.MISSING))
    words = f"名单 {roster.name} 上有 {len(roster.lines)} 个单位：已报 {len(roster.lines) - missing} 个"
    words += f"（其中没有通过 {failed} 个）" if failed else ""
    words += f"，未报 {missing} 个"
    unlisted = len({result.department for result in roster.unlisted})
    return words + (f"；另有 {unlisted} 个单位不在名单上。" if unlisted else "。")


def _roster_lines(roster: RosterCheck) -> Iterator[list[SummaryCell]]:
    for handed in Handed:
        for line in roster.of(handed):
            entry = line.entry
            yield _roster_line(entry.name, entry.code, handed.label, line.files, entry.contact)
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


def roster_notices(roster: RosterCheck) -> Iterator[str]:
    """What is to be known besides: files without a department, and what of the list was not read."""
    if roster.unnamed:
        names = "、".join(roster.unnamed[:MAX_FILES]) + (" 等" if len(roster.unnamed) > MAX_FILES else "")
        count = len(roster.unnamed)
        yield f"另有 {count} 个文件读不出部门名称，可能是上列“未报”单位报来的：{names}"
    yield from (f"名单：{notice}" for notice in roster.notices)
