"""Work that is asked for twice in a row and done once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from operator import is_
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def latest_kept(function: Callable[P, T]) -> Callable[P, T]:
    """Keep the last result of a function; the very same arguments, by identity, are given it again.

    For arguments that cannot change and cost too much to compare. Threads may share it: each gets the result
    of its own arguments.
    """
    latest: tuple[tuple[object, ...], T] | None = None

    @wraps(function)
    def remembered(*args: P.args, **options: P.kwargs) -> T:
        nonlocal latest
        if options:  # arguments are told apart by their places
            return function(*args, **options)
        kept = latest  # read once: another thread may replace it at any time
        if kept is None or len(kept[0]) != len(args) or not all(map(is_, kept[0], args)):
            latest = kept = (args, function(*args, **options))
        return kept[1]

    return remembered
