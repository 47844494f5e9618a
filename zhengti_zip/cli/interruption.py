"""Ctrl+C, also where a library turns it into another exception."""

from __future__ import annotations

import signal
from types import FrameType

_received: list[int] = []


def watch() -> None:
    """Record Ctrl+C from now on, unless SIGINT has another handler or is ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def was_interrupted() -> bool:
    """Whether Ctrl+C was pressed."""
    return bool(_received)


def settle() -> None:
    """Make Python exit with the given code after an interruption.

    If SIGINT interrupts ``exec`` or ``eval`` of a string (dataclasses use them), Python sets a flag, even when the
    exception is handled, and at exit kills itself with SIGINT. The next ``eval`` of a string clears the flag.
    """
    eval("None")


def _interrupt(number: int, frame: FrameType | None) -> None:
    _received.append(number)
    signal.default_int_handler(number, frame)
