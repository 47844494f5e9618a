"""Paths of the outputs: the folders of the inputs mirrored, every name safe on all systems, none used twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from hashlib import sha256
from pathlib import PurePosixPath

from zhengti_zip.base.safenames import safe_name, safe_relative
from zhengti_zip.batch.task import ENDINGS

LONGEST_STEM = 200
"""Longest file name of a stem in bytes of UTF-8; an ending such as ``-标注.xlsx`` still fits behind it."""

SUMMARY_STEMS = ("汇总表", "汇总报告")

RETURNS, REMINDERS = "退回", "催报"
"""Folders of the replies to departments."""

REPLY_ENDINGS = (".txt", ".docx", ".xlsx")

_SUMMARY = re.compile(r"(汇总表(-[^.~/]*)?\.xlsx|汇总报告(-[^.~/]*)?\.pdf)")
"""The files of the summary, with the id of a form when there are several. The other files a run writes, journal
and half-written files, begin with a dot, as no safe name does."""


_NUMBERED = re.compile(r"\([1-9][0-9]*\)\.docx")


def output_stems(names: Sequence[str], late: Set[int] = frozenset()) -> list[str]:
    """For each input name the path of its outputs without ending, relative to the output folder.

    ``街道/甲.xlsx`` gives ``街道/甲``. Two stems clash when their outputs would have the same path, also on a
    system that ignores case. A stem is taken when one of its outputs would have the path of a folder or of the
    summary. In both cases the input keeps its own suffix (``甲.xlsx``, ``甲.json``); if that is taken too, digits
    of a digest of its name are added. Folders keep their names, except those called like a summary. The result
    depends on the set of names, not on their order.

    Args:
        names: paths with forward slashes, each different.
        late: numbers of names that give way to the others: beside ``甲.xlsx``, ``甲.pdf`` gives ``甲.pdf``.
    """
    paths = [_apart(safe_relative(name)) for name in names]
    folders = set(map(place_key, {folder for path in paths for folder in above(str(path))}))
    stems, tries = [""] * len(names), [0] * len(names)
    holders: dict[str, set[int]] = {}
    moving = list(range(len(names)))
    while moving:  # of two that clash both move on, so that their order does not matter
        keys = set()
        for number in moving:
            stems[number] = _candidate(names[number], paths[number], tries[number])
            keys.add(key := place_key(stems[number]))
            holders.setdefault(key, set()).add(number)
        moving = []
        for key in keys:
            early = holders[key] - late
            if len(early) == 1:
                moving += holders[key] & late
                holders[key] = early
            is_first = not tries[next(iter(holders[key]))]
            if len(holders[key]) > 1 or _is_taken(key, is_first, folders):
                moving += holders.pop(key)
        for number in moving:
            tries[number] += 1
    return stems


def outputs_of(stem: str) -> Iterator[str]:
    """Every file that may be written for an input."""
    return (stem + ending for ending in ENDINGS)


def is_output_of(stem: str, path: str) -> bool:
    """Whether a file may be written for an input; the Word file may have a number."""
    ending = path.removeprefix(stem) if path.startswith(stem) else ""
    return ending in ENDINGS or _NUMBERED.fullmatch(ending) is not None


def above(path: str) -> Iterator[str]:
    """The folders above a path, the innermost first, without the output folder."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def is_summary(path: str) -> bool:
    """Whether this is the path of a summary file."""
    return _SUMMARY.fullmatch(place_key(path)) is not None


def is_reply(path: str) -> bool:
    """Whether this may be the path of a letter, or of an annotated copy that goes with one."""
    return path.partition("/")[0] in (RETURNS, REMINDERS) and "/" in path and path.endswith(REPLY_ENDINGS)


def place_key(path: str) -> str:
    """A key that is equal for all paths that Windows or macOS may treat as the same file."""
    folded = unicodedata.normalize("NFKC", path).upper().casefold()
    return unicodedata.normalize("NFKC", folded)


def _candidate(name: str, path: PurePosixPath, tried: int) -> str:
    """The stem of an input after ``tried`` others were taken."""
    last = path.name if tried else path.stem
    stem = str(PurePosixPath(path.parent, safe_name(last, LONGEST_STEM)))
    if tried < 2:
        return stem
    marked = name if tried == 2 else f"{name}\0{tried}"
    return f"{stem}~{sha256(marked.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _is_taken(key: str, is_first: bool, folders: Set[str]) -> bool:
    """Whether an output of the stem would have the path of a folder or of a summary."""
    if key.startswith(SUMMARY_STEMS) and (is_first or any(map(_SUMMARY.fullmatch, outputs_of(key)))):
        return True  # a first try also avoids what a person would take for a summary
    return any(path in folders for path in outputs_of(key))


def _apart(path: PurePosixPath) -> PurePosixPath:
    """A path whose outermost folder is not called like a summary or like the folders of replies."""
    first, *rest = path.parts
    if rest and (is_summary(first) or place_key(first) in map(place_key, (RETURNS, REMINDERS))):
        first = safe_name(f"_{first}", LONGEST_STEM)
    return PurePosixPath(first, *rest)
