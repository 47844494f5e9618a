"""What a run is to do with its inputs, and who is told of each that is finished."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from zhengti_zip.batch.result import Result
from zhengti_zip.batch.settings import BatchSettings, Limits
from zhengti_zip.batch.task import Answer, Task, process


class Handling(StrEnum):
    """Whether an input was worked on in this run, its earlier result kept, or no work needed at all."""

    KEPT = "kept"
    WORKED = "worked"
    SKIPPED = "skipped"


class Watcher(Protocol):
    """Called for every finished input, e.g. by a progress bar and a log."""

    def __call__(self, handling: Handling, result: Result, digest: str) -> None:
        """An input is finished: its files are written and entered in the journal.

        Args:
            handling: whether work was done for it.
            result: the result.
            digest: SHA-256 of the input; "" when it could not be read.
        """


@dataclass(frozen=True)
class Work:
    """What a run is to do.

    Attributes:
        settings: what to make of every file.
        limits: of time and memory for one file.
        function: what is done with one file, in a worker process.
        again: whether to work on finished inputs, too.
        is_here: whether all workers are processes of this machine, which use the same program. Other workers
            compare digests.
        newest: whether of several versions of one department the newest counts.
        defers: whether PDF and Word files are only read, because the same data may come as a workbook, too.
    """

    settings: BatchSettings
    limits: Limits = field(default_factory=Limits)
    function: Callable[[Task], Answer] = process
    again: bool = False
    is_here: bool = False
    newest: bool = False
    defers: bool = True
