"""What is said of the files that arrived and of those who have not handed in: for sheet, report and terminal."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.batch.arrivals import Arrivals
from zhengti_zip.batch.result import Status
from zhengti_zip.batch.roster_check import Handed, RosterCheck

ARRIVALS, ROSTER = "收到的文件", "应报未报"

MAX_FILES = 10
"""Most files that one text names."""


def count_words(arrivals: Arrivals) -> str:
    """How many files arrived and what became of them, in one sentence."""
    done, failed, skipped = (
        arrivals.count(status) for status in (Status.DONE, Status.FAILED, Status.SKIPPED)
    )
    words = f"共 {len(arrivals.files)} 个文件：已处理 {done} 个，失败 {failed} 个，跳过 {skipped} 个。"
    if arrivals.hidden:
        words += f"另有隐藏文件、临时文件 {arrivals.hidden} 个，没有逐一列出。"
    return words


def roster_words(roster: RosterCheck) -> str:
    """How many departments have handed in, in one sentence."""
    failed, missing = len(roster.of(Handed.FAILED)), len(roster.of(Handed.MISSING))
    words = f"名单 {roster.name} 上有 {len(roster.lines)} 个单位：已报 {len(roster.lines) - missing} 个"
    words += f"（其中没有通过 {failed} 个）" if failed else ""
    words += f"，未报 {missing} 个"
    unlisted = len({result.department for result in roster.unlisted})
    return words + (f"；另有 {unlisted} 个单位不在名单上。" if unlisted else "。")


def roster_notices(roster: RosterCheck) -> Iterator[str]:
    """What is to be known besides: files without a department, and what of the list was not read."""
    if roster.unnamed:
        names = "、".join(roster.unnamed[:MAX_FILES]) + (" 等" if len(roster.unnamed) > MAX_FILES else "")
        count = len(roster.unnamed)
        yield f"另有 {count} 个文件读不出部门名称，可能是上列“未报”单位报来的：{names}"
    yield from (f"名单：{notice}" for notice in roster.notices)
