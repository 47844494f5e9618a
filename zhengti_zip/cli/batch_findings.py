"""What ``batch`` tells on the terminal of warnings, self-scores and doubts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.crosschecks import Crosschecks
from zhengti_zip.batch.crosschecks.doubt import Doubt
from zhengti_zip.batch.passed_warnings import passed_warnings
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.self_scores import higher_self_scores

LISTED = 10
"""Most doubts listed on the terminal; the summary lists all."""

NAMED = 3
"""Most departments of a doubt that are named there."""


def finding_lines(results: Sequence[Result], crosschecks: Mapping[str, Crosschecks]) -> Iterator[str]:
    """The sentences about what an officer should look at; each says where all of it stands."""
    warned = passed_warnings(results)
    if warned:
        count = sum(each.count for each in warned)
        yield f"通过的表中有 {count} 处警告（{len(warned)} 份），见汇总表的“警告”"
    if higher := higher_self_scores(results):
        rows = sum(len(each.rows) for each in higher)
        excess = plain(sum((each.excess for each in higher), Decimal(0)))
        yield f"{len(higher)} 份表有 {rows} 行自评得分高于按数据得分，共多 {excess} 分，见汇总表的“自评与计算”"
    if doubts := [doubt for found in crosschecks.values() for doubt in found.doubts]:
        yield f"部门间核对有 {len(doubts)} 处疑点，请核实，见汇总表的“部门间核对”"


def doubt_rows(crosschecks: Mapping[str, Crosschecks]) -> list[tuple[str, str, str, str]]:
    """The first doubts for a table: certainty, kind, departments, what was found."""
    doubts = sorted(
        (doubt for found in crosschecks.values() for doubt in found.doubts), key=lambda doubt: doubt.order
    )
    return [
        (doubt.certainty.label, doubt.kind.label, _named(doubt), doubt.message) for doubt in doubts[:LISTED]
    ]


def not_compared(crosschecks: Mapping[str, Crosschecks]) -> Iterator[str]:
    """What was not compared, and why."""
    for found in crosschecks.values():
        yield from (words for words in found.compared if "未" in words)


def _named(doubt: Doubt) -> str:
    names = list(dict.fromkeys(party.department for party in doubt.parties))
    return "、".join(names[:NAMED]) + (f"等 {len(names)} 个" if len(names) > NAMED else "")
