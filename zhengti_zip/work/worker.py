"""What happens inside a worker process: its limits, and a call whose every outcome is a value."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.util import Finalize
from typing import Any

OWN_ALARM = 5.0
"""Seconds after its time limit at which a worker ends itself whose parent is gone."""

COLLECTED_EVERY = 100_000
"""New objects between two rounds of garbage collection during a call, more than a form needs. Garbage is collected before
each call instead; objects that were there when the worker became ready are passed over (``gc.freeze``)."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that gave no value.

    Attributes:
        code: ``out_of_memory``, ``crashed``, ``timed_out`` or ``worker_killed``.
        detail: for maintainers: the exception, the exit code.
    """

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a new worker does before its first call: ``function(argument)``, whose value is not used."""

    function: Callable[[Any], Any]
    argument: Any


def begin(megabytes: int, folder: str, preparation: Preparation | None) -> None:
    """Make this process a worker.

    Args:
        megabytes: its memory limit; 0 for none.
        folder: for its temporary files; removed when it ends, and by the parent.
        preparation: done now. Its errors are ignored here; the first call meets and reports them.
    """
    _be_quiet()
    tempfile.tempdir = folder
    Finalize(None, shutil.rmtree, (folder, True), exitpriority=0)
    if megabytes:
        _limit_memory(megabytes)
    if preparation:
        with suppress(Exception):
            preparation.function(preparation.argument)
    gc.set_threshold(COLLECTED_EVERY, 10, 10)
    gc.freeze()


def call(function: Callable[[Any], Any], argument: Any, seconds: float) -> Any:
    """What the function returns, or a :class:`Failure`; not every exception can be pickled.

    Args:
        seconds: the time limit, which the parent watches; 0 for none.
    """
    gc.collect()
    has_alarm = bool(seconds) and hasattr(signal, "setitimer")
    if has_alarm:
        signal.setitimer(signal.ITIMER_REAL, seconds + OWN_ALARM)
    try:
        return function(argument)
    except MemoryError:
        return Failure("out_of_memory")
    except Exception as error:
        return Failure("crashed", f"{type(error).__name__}: {error}")
    finally:
        if has_alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)


def do_nothing() -> None:
    """The first task of a worker; when it is done, the worker is ready."""


def _be_quiet() -> None:
    """Keep libraries that print out of the parent's output; with ZHENGTI_DEBUG they reach its stderr."""
    if not os.environ.get("ZHENGTI_DEBUG"):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
    os.dup2(2, 1)


def _limit_memory(megabytes: int) -> None:
    """Let this process have no more than so much memory of its own, where the system can do that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    # Address space would count mapped fonts and reserves of libraries; data is what really takes memory.
    with suppress(ValueError, OSError, AttributeError):
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1024 * 1024,) * 2)
