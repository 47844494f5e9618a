"""What a benchmark measures: one way to make the form, or a part of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.stage import Stage

Work = Callable[[], object]
"""What is timed in a warm way."""


class Way:
    """One way.

    Attributes:
        name: how ``--only`` and the targets call it.
        title: what it does, for the table of results.
    """

    name: str
    title: str

    def lack(self) -> str:
        """Why it cannot run on this machine; "" when it can."""
        return ""

    def prepare(self, stage: Stage) -> None:
        """Whatever a user would have done once, long before: not timed."""


@dataclass(frozen=True, slots=True)
class Job:
    """Whole processes, one after the other, timed together.

    Attributes:
        commands: what is run.
        folder: where the outputs must appear; emptied before the run.
        expected: how many files of each pattern must have appeared.
        forms: how many forms one run makes; results are per form.
        env: changes to the environment.
    """

    commands: tuple[tuple[str, ...], ...]
    folder: Path
    expected: Mapping[str, int] = field(default_factory=dict)
    forms: int = 1
    env: Mapping[str, str] = field(default_factory=dict)


class ColdWay(Way, ABC):
    """Processes from start to end, as a person or a script calls them."""

    @abstractmethod
    def job(self, stage: Stage, number: int) -> Job:
        """What is run in a round.

        Args:
            stage: where the forms lie.
            number: the round; another form in each.
        """


class WarmWay(Way, ABC):
    """Work inside a process that has done it before; a process of its own, so that none warms another."""

    @abstractmethod
    def start(self, stage: Stage) -> Callable[[int], Work]:
        """Called once in the process.

        Returns:
            A function that gets a form ready, untimed, and returns the work to be timed. Its argument
            is another number each time: no text is seen twice.
        """
