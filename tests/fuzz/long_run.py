"""Hostile files without end, in a process of their own: ``python -m tests.fuzz.long_run SECONDS FOLDER [SEED [FILES]]``.

Ends after so many seconds or files. Writes JSON: how many files and commands, the slowest and the largest with their
seeds, every exit with code 3, and what failed. A file that failed is saved in FOLDER, named by its seed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz.archives import hostile_archive
from tests.fuzz.files import Hostile, hostile
from tests.fuzz.running import Verdict
from tests.fuzz.trying import trials
from zhengti_zip.base.safenames import shown_name

MEMORY_LIMIT = 3 * 1024**3
"""Address space of the process; far more than may really be used, which is looked at after each file."""

MAX_MEMORY_MB = 1024

PROGRESS_EVERY = 250
"""After so many files a line on stderr says how far the run is."""

ARCHIVE_SHARE, BATCH_SHARE = 0.1, 0.02
"""How many cases are archives, and how many of the other files are given to a batch beside a good one. A batch
starts processes and costs ten times what another command does; so half of the time goes to batches."""


def memory_mb() -> int:
    """The most memory this process ever used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@dataclass
class Tally:
    """What a long run found.

    Attributes:
        kinds, names, codes: how many files of each kind, commands of each name, ends with each code.
        slowest: processor seconds and seed of the slowest command of each name.
        largest: MB and seed of the command after which this process had used the most memory.
        exits_3: seeds of the files on which a command ended with code 3.
        apart_mb: the most memory a process of a batch used, or this one if that is more.
        failures: what failed.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, tuple[float, int]] = field(default_factory=dict)
    largest: tuple[int, int] = (0, 0)
    exits_3: list[int] = field(default_factory=list)
    apart_mb: int = 0
    failures: list[dict[str, Any]] = field(default_factory=list)

    def count(self, arguments: Sequence[str | Path], verdict: Verdict, seed: int) -> None:
        """Enter one command."""
        name = str(arguments[0])
        self.names[name] += 1
        self.codes[str(verdict.code)] += 1
        self.slowest[name] = max(self.slowest.get(name, (0.0, 0)), (round(verdict.seconds, 2), seed))
        self.apart_mb = max(self.apart_mb, verdict.megabytes)
        if (used := memory_mb()) > self.largest[0]:
            self.largest = used, seed
        if verdict.code == 3:
            self.exits_3.append(seed)

    def report(self) -> dict[str, Any]:
        """All of it as plain data."""
        slowest = max(self.slowest.values(), default=(0.0, 0))
        return {
            "files": self.kinds.total(),
            "kinds": dict(sorted(self.kinds.items())),
            "commands": self.names.total(),
            "names": dict(self.names),
            "codes": dict(self.codes),
            "slowest": self.slowest,
            "slowest_seconds": slowest[0],
            "slowest_seed": slowest[1],
            "largest": self.largest,
            "exits_3": self.exits_3,
            "memory_mb": memory_mb(),
            "batch_memory_mb": self.apart_mb,
            "failures": self.failures,
        }


def chosen(chance: Random) -> tuple[Hostile, bool]:
    """A case, and whether it is one for a batch."""
    if chance.random() < ARCHIVE_SHARE:
        return hostile_archive(chance), True
    case = hostile(chance)
    return case, case.suffix in (".xlsx", ".json") and chance.random() < BATCH_SHARE


def run(tally: Tally, seconds: float, folder: Path, first: int, files: int = sys.maxsize) -> None:
    """Try files of one seed after another until the time is over or so many are tried.

    Args:
        tally: what is found is entered here.
        folder: for the files that failed.
        first: the first seed.
    """
    end = time.monotonic() + seconds
    seed, before = first, memory_mb()
    while time.monotonic() < end and seed - first < files:
        chance = Random(seed)
        case, as_batch = chosen(chance)
        tally.kinds[case.kind] += 1
        for arguments, verdict in trials(case, chance, as_batch=as_batch):
            tally.count(arguments, verdict, seed)
            used, before = memory_mb() - before, memory_mb()
            most = max(before if used else 0, verdict.megabytes)
            if fault := verdict.fault or (f"{most} MB" if most > MAX_MEMORY_MB else ""):
                tally.failures.append(_failure(seed, case, arguments, fault))
                (folder / f"{seed}{case.suffix}").write_bytes(case.content)
                print(json.dumps(tally.failures[-1], ensure_ascii=False), file=sys.stderr, flush=True)
        seed += 1
        if (seed - first) % PROGRESS_EVERY == 0:
            print(f"{seed - first} files", file=sys.stderr, flush=True)


def _failure(seed: int, case: Hostile, arguments: Sequence[str | Path], fault: str) -> dict[str, Any]:
    words = shown_name(" ".join(Path(word).name for word in arguments))
    return {"seed": seed, "kind": case.kind, "command": words, "fault": shown_name(fault[-3000:])}


def main() -> None:
    """Limit this process, run, report."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    seconds, folder = float(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    tally = Tally()
    try:
        run(tally, seconds, folder, *map(int, sys.argv[3:5] or ["0"]))
    finally:  # also when the generator fails or the run is interrupted
        print(json.dumps(tally.report(), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
