"""Which of several files of one department counts: equal data once; of several versions the newest, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from zhengti_zip.base.filekinds import FileKind
from zhengti_zip.batch.item import Item
from zhengti_zip.batch.result import ListedProblem, Result, Status
from zhengti_zip.submission.raw import compact

CODE = "duplicate_department"

MAX_NAMED = 10
"""Most other files that a message names: of 20,000 files of one department each would name all others."""

SAME_DATA, OLDER = "重复的数据", "旧版本"

KINDS = tuple(kind.name.lower() for kind in (FileKind.WORKBOOK, FileKind.JSON, FileKind.WORD, FileKind.PDF))
"""Kinds of files with the same data, the one that counts first."""

Modified = Callable[[Result], datetime | None]
"""When the file of a result was last changed, by its folder or archive."""


def times_of(items: Iterable[Item]) -> Modified:
    """The times of the files of inputs, by the names of their results."""
    by_name = {item.name: item for item in items}
    return lambda result: by_name[result.name].modified()


def settled(results: Sequence[Result], newest: Modified | None = None) -> list[Result]:
    """The results in the same order, with those that do not count skipped or failed.

    Of files with the same data the first counts, workbooks before Word files and PDFs. Of different files of one form,
    department, scope and year the newest counts. When that is not asked for or cannot be told, all of them are failed,
    with a problem that names the others.

    Args:
        newest: asks for the newest, and tells the time of a file that does not say itself when it was saved.
    """
    groups: dict[tuple[str, str, str, int], list[Result]] = {}
    for result in results:
        if result.department and result.status is not Status.SKIPPED:
            groups.setdefault(_key(result), []).append(result)
    new: dict[str, Result] = {}
    for group in groups.values():
        if len(group) > 1:
            new |= {result.name: result for result in _of_one(group, newest)}
    return [new.get(result.name, result) for result in results]


def is_counted(result: Result) -> bool:
    """Whether a settled result is the one file of its department that counts."""
    return result.status is not Status.SKIPPED and all(problem.code != CODE for problem in result.problems)


def _key(result: Result) -> tuple[str, str, str, int]:
    return result.form, compact(result.department), result.scope, result.year


def _of_one(group: Sequence[Result], newest: Modified | None) -> Iterator[Result]:
    """The results of one department."""
    first: dict[str, Result] = {}
    for result in sorted(group, key=_rank):
        kept = first.setdefault(result.data or result.name, result)
        if kept is not result:
            yield _skipped(result, f"{SAME_DATA}：与 {kept.name} 的填报数据完全相同，只计一份")
    versions = sorted(first.values(), key=lambda result: result.name)
    if len(versions) < 2:
        yield from versions
    elif newest is None:
        remedy = "请确认以哪一份为准，移走其余文件后再运行，或加上 --newest 以最后修改的为准"
        yield from _all_failed(versions, "", remedy)
    else:
        times = {result.name: _time(result, newest) for result in versions}
        remedy = "请确认以哪一份为准，移走其余文件后再运行"
        yield from _newest(versions, times) or _all_failed(versions, "，修改时间相同或不明", remedy)


def _rank(result: Result) -> tuple[int, str]:
    return KINDS.index(result.kind) if result.kind in KINDS else 0, result.name


def _skipped(result: Result, why: str) -> Result:
    return replace(result, status=Status.SKIPPED, fate=why)


def _time(result: Result, newest: Modified) -> datetime | None:
    return datetime.fromisoformat(result.saved) if result.saved else newest(result)


def _newest(versions: Sequence[Result], times: dict[str, datetime | None]) -> list[Result]:
    """The versions with all but the newest skipped; nothing when it cannot be told."""
    known = {name: time for name, time in times.items() if time}
    if len(known) < len(versions) or list(known.values()).count(max(known.values())) > 1:
        return []
    shown = {result.name: _shown(result, known[result.name]) for result in versions}
    newest = max(versions, key=lambda result: known[result.name])
    words = f"以 {newest.name} 为准，{shown[newest.name]}"
    return [
        result if result is newest else _skipped(result, f"{OLDER}：{shown[result.name]}；{words}")
        for result in versions
    ]


def _shown(result: Result, time: datetime) -> str:
    """A time as a user reads it, by the clock of this machine, and who says so."""
    by = "文件内记录的保存时间是" if result.saved else "文件的修改时间是"
    return f"{by} {time.astimezone():%Y-%m-%d %H:%M:%S}"


def _all_failed(versions: Sequence[Result], why: str, remedy: str) -> list[Result]:
    return [_marked(result, versions, why, remedy) for result in versions]


def _marked(result: Result, group: Sequence[Result], why: str, remedy: str) -> Result:
    others = [other.name for other in islice(group, MAX_NAMED + 1) if other.name != result.name]
    named = "、".join(others[:MAX_NAMED]) + (" 等" if len(group) - 1 > MAX_NAMED else "")
    problem = ListedProblem(
        "error",
        CODE,
        f"“{result.department}”有 {len(group)} 份内容不同的填报文件{why}，另见 {named}",
        f"{remedy}；在此之前都不计入排名和合计",
    )
    return replace(result, status=Status.FAILED, problems=(problem, *result.problems))
