"""Where the outputs of every input go: the tree of the inputs mirrored, every name safe, none used twice."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePosixPath

from zhengti_zip.safenames import safe_name, safe_relative

LONGEST_STEM = 200
"""Bytes of a stem, so that an ending such as ``-标注.xlsx`` still fits behind it."""

SUMMARY_STEMS = ("汇总表", "汇总报告")


def output_stems(names: Sequence[str]) -> list[str]:
    """For each input name the path of its outputs without ending, relative to the output folder.

    ``街道/甲.xlsx`` gives ``街道/甲``. Where two inputs would share a stem, also on a system that ignores
    case, each keeps its own suffix (``甲.xlsx``, ``甲.json``); where even that does not help, digits of a
    digest of its name are added. The result depends on the set of names, not on their order.

    Args:
        names: paths with forward slashes, each different.
    """
    plain = [_safe(name, keep_suffix=False) for name in names]
    taken = Counter(map(_key, plain))
    longer = [
        stem if taken[_key(stem)] == 1 and not _is_summary(stem) else _safe(name, keep_suffix=True)
        for name, stem in zip(names, plain, strict=True)
    ]
    taken = Counter(map(_key, longer))
    return [
        stem
        if taken[_key(stem)] == 1
        else f"{stem}~{sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"
        for name, stem in zip(names, longer, strict=True)
    ]


def _safe(name: str, *, keep_suffix: bool) -> str:
    path = safe_relative(name)
    last = path.name if keep_suffix else path.stem
    return str(PurePosixPath(path.parent, safe_name(last, LONGEST_STEM)))


def _key(stem: str) -> str:
    """What Windows and macOS take for the same name."""
    return unicodedata.normalize("NFKC", stem).casefold()


def _is_summary(stem: str) -> bool:
    return stem.startswith(SUMMARY_STEMS)
