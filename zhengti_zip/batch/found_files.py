"""The files below what the user named: folders at every depth, patterns, single files."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.oserrors import reason


@dataclass(frozen=True, slots=True)
class Walked:
    """One thing met in a folder.

    Attributes:
        path: of a visible file; of a folder that cannot be read; of a hidden file or folder.
        is_hidden: whether it is hidden.
        unreadable: why a folder cannot be read; "" for all else.
    """

    path: Path
    is_hidden: bool = False
    unreadable: str = ""


def expanded(roots: Iterable[Path]) -> Iterator[Path]:
    """The roots, with patterns replaced by what they fit.

    Raises:
        InputError: there is nothing.
    """
    for root in roots:
        if os.path.lexists(root):
            yield root
            continue
        # A Windows shell does not expand patterns; pathlib expands relative ones only.
        matches = sorted(set(_matches(root)))
        if not matches:
            raise InputError(f"找不到 {root}", "请检查文件名和所在文件夹")
        yield from map(Path, matches)


def _matches(pattern: Path) -> Iterator[str]:
    """The paths that a pattern with ``*`` and ``**`` fits. ``**`` does not follow links, which may lead in circles."""
    parts = pattern.parts
    if "**" not in parts:
        yield from glob.glob(str(pattern))  # noqa: PTH207
        return
    first = parts.index("**")
    rest = Path(*(part for part in parts[first:] if part != "**"))
    starts = glob.glob(str(Path(*parts[:first]))) if first else [os.curdir]  # noqa: PTH207
    for start in starts:
        for folder, folders, _ in os.walk(start):
            folders[:] = [name for name in folders if not is_hidden(name)]
            yield from glob.glob(os.path.join(glob.escape(folder), str(rest)))  # noqa: PTH118, PTH207


def walked(root: Path, output: Path) -> Iterator[Walked]:
    """Everything below a folder, without what is in hidden folders and in the output folder."""
    errors: list[OSError] = []
    for folder, folders, files in os.walk(root, onerror=errors.append):
        here = Path(folder)
        yield from (Walked(here / name, is_hidden=True) for name in (*folders, *files) if is_hidden(name))
        folders[:] = sorted(f for f in folders if not is_hidden(f) and not same_path(here / f, output))
        yield from (Walked(here / name) for name in sorted(files) if not is_hidden(name))
    yield from (Walked(Path(error.filename or root), unreadable=reason(error)) for error in errors)


def is_hidden(name: str) -> bool:
    """Hidden files, and the lock files of Excel and WPS."""
    return name.startswith((".", "~$")) and name not in (".", "..")


def same_path(one: Path, other: Path) -> bool:
    """Whether two paths lead to the same place."""
    return real_path(one) == real_path(other)


def real_path(path: Path) -> Path:
    """The path without links. Unlike ``Path.resolve`` it does not fail for links in a circle."""
    return Path(os.path.realpath(path))
