"""Where the outputs of every input go: the tree of the inputs mirrored, every name safe, none used twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from hashlib import sha256
from pathlib import PurePosixPath

from zhengti_zip.base.safenames import safe_name, safe_relative
from zhengti_zip.batch.task import ENDINGS

LONGEST_STEM = 200
"""Bytes of a stem, so that an ending such as ``-标注.xlsx`` still fits behind it."""

SUMMARY_STEMS = ("汇总表", "汇总报告")

_SUMMARY = re.compile(r"(汇总表(-[^.~/]*)?\.xlsx|汇总报告(-[^.~/]*)?\.pdf)")
"""What a run writes beside the outputs of its inputs: the sums, with the id of a form where there are several.
What else it writes there, journal and half-written files, begins with a dot, which no safe name does."""


def output_stems(names: Sequence[str]) -> list[str]:
    """For each input name the path of its outputs without ending, relative to the output folder.

    ``街道/甲.xlsx`` gives ``街道/甲``. Where the outputs of two inputs would share a place, also on a system that
    ignores case, or one would stand where a folder or the summary does, the input keeps its own suffix
    (``甲.xlsx``, ``甲.json``); where even that does not help, digits of a digest of its name are added. Folders
    stay as they are, unless they are called like a summary. The result depends on the set of names, not on
    their order.

    Args:
        names: paths with forward slashes, each different.
    """
    paths = [_apart(safe_relative(name)) for name in names]
    folders = set(map(place_key, {folder for path in paths for folder in above(str(path))}))
    stems, tries = [""] * len(names), [0] * len(names)
    holders: dict[str, set[int]] = {}
    moving = list(range(len(names)))
    while moving:  # whoever is in somebody's way moves on, and so does the other: neither was first
        keys = set()
        for number in moving:
            stems[number] = _candidate(names[number], paths[number], tries[number])
            keys.add(key := place_key(stems[number]))
            holders.setdefault(key, set()).add(number)
        moving = []
        for key in keys:
            is_first = not tries[next(iter(holders[key]))]
            if len(holders[key]) > 1 or _is_taken(key, is_first, folders):
                moving += holders.pop(key)
        for number in moving:
            tries[number] += 1
    return stems


def outputs_of(stem: str) -> Iterator[str]:
    """Every file that may be written for an input."""
    return (stem + ending for ending in ENDINGS)


def above(path: str) -> Iterator[str]:
    """The folders a path lies in, the innermost first, without the output folder itself."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def is_summary(path: str) -> bool:
    """Whether the sums of a run may be written to this path."""
    return _SUMMARY.fullmatch(place_key(path)) is not None


def place_key(path: str) -> str:
    """What Windows and macOS take for the same name, and somewhat more than that."""
    folded = unicodedata.normalize("NFKC", path).upper().casefold()
    return unicodedata.normalize("NFKC", folded)


def _candidate(name: str, path: PurePosixPath, tried: int) -> str:
    """The place an input is given after so many did not serve."""
    last = path.name if tried else path.stem
    stem = str(PurePosixPath(path.parent, safe_name(last, LONGEST_STEM)))
    if tried < 2:
        return stem
    marked = name if tried == 2 else f"{name}\0{tried}"
    return f"{stem}~{sha256(marked.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _is_taken(key: str, is_first: bool, folders: Set[str]) -> bool:
    """Whether an output would stand where a folder or a summary does."""
    if key.startswith(SUMMARY_STEMS) and (is_first or any(map(_SUMMARY.fullmatch, outputs_of(key)))):
        return True  # at first also what only a person would take for a summary
    return any(path in folders for path in outputs_of(key))


def _apart(path: PurePosixPath) -> PurePosixPath:
    """A path whose outermost folder is not called like a summary."""
    first, *rest = path.parts
    if rest and is_summary(first):
        first = safe_name(f"_{first}", LONGEST_STEM)
    return PurePosixPath(first, *rest)
