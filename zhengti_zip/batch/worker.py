"""The child process in which a file is worked on: it may crash, hang or be killed, and nothing else is harmed.

    frame from stdin → call → frame to stdout, until stdin ends

A frame is its length in eight bytes and a pickle. The parent (:mod:`zhengti_zip.batch.guard`) is the only one
ever to speak to this process.
"""

from __future__ import annotations

import atexit
import gc
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import IO, Any, NoReturn

_LENGTH = struct.Struct(">Q")
COLLECTED_EVERY = 100_000
"""New objects between two rounds of garbage collection during a call, more than a form needs: what WeasyPrint
leaves behind refers to itself and is collected after the answer is sent, all at once. That is quicker than many
rounds, each of which finds little, and keeps a worker smaller."""

OWN_ALARM = 5.0
"""Seconds after the limit at which a worker whose parent is gone ends itself."""


@dataclass(frozen=True, slots=True)
class Call:
    """One piece of work: ``function(argument)``, and the seconds it may take (0: any)."""

    function: Callable[[Any], Any]
    argument: Any
    seconds: float


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that gave no value.

    Attributes:
        code: ``out_of_memory``, ``crashed``, ``timed_out`` or ``worker_killed``.
        detail: for maintainers: the exception, the signal.
    """

    code: str
    detail: str = ""


def write_frame(stream: IO[bytes], value: Any) -> None:
    """Send a value."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Any:
    """Receive a value.

    Raises:
        EOFError: the other side is gone.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return pickle.loads(content)


def limit_memory(megabytes: int) -> None:
    """Let this process have no more than so much memory of its own, where the system can do that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    # Address space would count mapped fonts and reserves of libraries; data is what really takes memory.
    with suppress(ValueError, OSError, AttributeError):
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1024 * 1024,) * 2)


def main(megabytes: int) -> NoReturn:
    """Serve calls until the parent closes its end."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    stdin, stdout = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # libraries that print must not get between the frames
    if megabytes:
        limit_memory(megabytes)
    gc.set_threshold(COLLECTED_EVERY, 10, 10)
    with suppress(EOFError, OSError):  # the parent is gone, or has nothing more to do
        _serve(stdin, stdout)
    # Taking the interpreter apart would only give back, object by object, what the system takes back anyway.
    atexit._run_exitfuncs()
    os._exit(0)


def _serve(stdin: IO[bytes], stdout: IO[bytes]) -> None:
    for number in count():
        call: Call = read_frame(stdin)
        answer = _answer(call)
        write_frame(stdout, answer)
        if isinstance(answer, Failure) and answer.code == "out_of_memory":
            return
        del call, answer
        _tidy_up(number)


def _tidy_up(number: int) -> None:
    """Collect garbage while the parent has its turn.

    The first call gets the process ready and the second completes that: what they leave lasts, and is not
    looked through again.
    """
    if number:
        gc.collect()
    if number < 2:
        gc.freeze()


def _answer(call: Call) -> Any:
    has_alarm = call.seconds and hasattr(signal, "setitimer")
    if has_alarm:
        signal.setitimer(signal.ITIMER_REAL, call.seconds + OWN_ALARM)
    try:
        return call.function(call.argument)
    except MemoryError:
        return Failure("out_of_memory")
    except Exception as error:
        return Failure("crashed", f"{type(error).__name__}: {error}")
    finally:
        if has_alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)
