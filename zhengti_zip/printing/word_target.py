"""Where a new Word file is written: never over one that somebody has edited since it was made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import read_limited
from zhengti_zip.word.seal import is_untouched

SUFFIX = ".docx"


def word_target(
    path: Path, *, is_own: Callable[[Path], bool] = lambda _: False, is_taken: Callable[[Path], bool]
) -> Path:
    """The path for a Word file: the given one, or ``名称(2).docx`` beside it and so on.

    A reviewer's edits are hours of work, and the deadline does not wait: so the file is made, under a name that
    nobody has edited.

    Args:
        path: where it is to be.
        is_own: whether a file that is there is known to be as it was made; else its seal is asked.
        is_taken: whether a numbered name must not be used.
    """
    target, number = path, 1
    while (number > 1 and is_taken(target)) or (holds_work(target) and not is_own(target)):
        number += 1
        target = path.with_name(f"{path.name.removesuffix(SUFFIX)}({number}){SUFFIX}")
    return target


def holds_work(path: Path) -> bool:
    """Whether there is a file that is not as the program made it, or that cannot be looked at."""
    if not path.is_file():
        return False
    try:
        return not is_untouched(read_limited(path))
    except InputError:
        return True
