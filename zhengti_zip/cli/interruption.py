"""Ctrl+C, by whatever way it comes out of a library."""

from __future__ import annotations

import signal
from types import FrameType

_received: list[int] = []


def watch() -> None:
    """Remember Ctrl+C from now on, unless somebody has arranged for something else, e.g. that it is ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def was_interrupted() -> bool:
    """Whether Ctrl+C was pressed: a library may have made an error of its own out of it."""
    return bool(_received)


def settle() -> None:
    """Let the process end with the code it is given.

    Python remembers an interruption in the middle of ``exec`` or ``eval`` of a text, as dataclasses use it, also
    where it was handled, and ends by killing itself; the next text makes it forget.
    """
    eval("None")


def _interrupt(number: int, frame: FrameType | None) -> None:
    _received.append(number)
    signal.default_int_handler(number, frame)
