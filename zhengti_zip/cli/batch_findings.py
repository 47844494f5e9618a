"""What ``batch`` tells on the terminal of warnings, self-scores and doubts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.crosschecks import NOT_COMPARED
from zhengti_zip.batch.crosschecks.doubt import Doubt
from zhengti_zip.batch.passed_warnings import passed_warnings
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.self_scores import higher_self_scores
from zhengti_zip.batch.summary.names import DOUBTS, SELF_SCORES, WARNINGS
from zhengti_zip.cli.streams import hint, show, tell
from zhengti_zip.cli.terminal_tables import text_table

if TYPE_CHECKING:
    from zhengti_zip.batch.session import BatchOutcome

LISTED = 10
"""Most doubts listed on the terminal; the summary lists all."""

NAMED = 3
"""Most departments of a doubt that are named there."""


def tell_findings(outcome: BatchOutcome) -> None:
    """Print the first doubts, the counts of all findings with the sheets they stand on, and what was not compared."""
    doubts = [doubt for found in outcome.crosschecks.values() for doubt in found.doubts]
    if rows := [_row(doubt) for doubt in sorted(doubts, key=lambda doubt: doubt.order)[:LISTED]]:
        show(text_table(("把握", "部门间的疑点", "部门", "说明"), rows), err=True)
    for words in _counts(outcome.results):
        tell(words)
    if doubts:
        tell(f"部门间核对有 {len(doubts)} 处疑点，请核实，见汇总表的“{DOUBTS}”")
    for found in outcome.crosschecks.values():
        for words in found.compared:
            if NOT_COMPARED in words:
                hint(f"部门间核对：{words}")


def _counts(results: Sequence[Result]) -> Iterator[str]:
    """Sentences about warnings of passed forms and high self-scores."""
    if warned := passed_warnings(results):
        count = sum(each.count for each in warned)
        yield f"{len(warned)} 份通过的表有 {count} 处警告，见汇总表的“{WARNINGS}”"
    if higher := higher_self_scores(results):
        rows = sum(len(each.rows) for each in higher)
        excess = plain(sum((each.excess for each in higher), Decimal(0)))
        words = f"{len(higher)} 份表有 {rows} 行自评得分高于按数据得分，共多 {excess} 分"
        yield f"{words}，见汇总表的“{SELF_SCORES}”"


def _row(doubt: Doubt) -> tuple[str, str, str, str]:
    names = list(dict.fromkeys(party.department for party in doubt.parties))
    named = "、".join(names[:NAMED]) + (f"等 {len(names)} 个" if len(names) > NAMED else "")
    return doubt.certainty.label, doubt.kind.label, named, doubt.message
