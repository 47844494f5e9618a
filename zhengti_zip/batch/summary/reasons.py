"""Why a file is in no figure, for workbook and report."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.batch.result import NO_REASON, ListedProblem, Result
from zhengti_zip.submission.problems import Severity

MAX_PROBLEMS = 100
"""Problems of one file that are listed; the annotated copy has all."""


def listed(result: Result, limit: int = MAX_PROBLEMS) -> Iterator[ListedProblem]:
    """At most ``limit`` problems of a file, errors first, then one that counts the others."""
    order = [severity.value for severity in Severity]
    found = sorted(result.problems, key=lambda f: order.index(f.severity) if f.severity in order else -1)
    yield from found[:limit] or [NO_REASON]
    more = result.problem_count - min(len(found), limit)
    if found and more > 0:
        yield ListedProblem("notice", "", f"另有 {more} 处，未一一列出", "请看标注副本，或单独检查该文件")


def why_left_out(result: Result) -> str:
    """The first reason why a file is in no figure."""
    if result.is_done:
        return "没有总分"
    reason = next(listed(result))
    more = result.problem_count - 1
    return reason.words + (f"（另有 {more} 处）" if more > 0 else "")
