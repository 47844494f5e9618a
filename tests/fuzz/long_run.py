"""Hostile files without end, in a process of their own: ``python -m tests.fuzz.long_run SECONDS FOLDER [SEED]``.

Writes one line of JSON: how many files and commands, the slowest, the most memory, and what failed. A file
that failed is saved in FOLDER, named by its seed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from tests.fuzz.files import KINDS, hostile
from tests.fuzz.running import commands, judged

MEMORY_LIMIT = 3 * 1024**3
"""Address space of the process; far more than may really be used, which is looked at after each file."""

MAX_MEMORY_MB = 1024


def memory_mb() -> int:
    """The most memory this process ever used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def run(seconds: float, folder: Path, first: int) -> dict[str, Any]:
    """Try files of one seed after another until the time is over."""
    end = time.monotonic() + seconds
    seed, slowest, slowest_seed = first, 0.0, first
    counts, codes, failures = Counter[str](), Counter[str](), list[dict[str, Any]]()
    before = memory_mb()
    while time.monotonic() < end:
        chance = Random(seed)
        case = hostile(chance)
        counts[case.kind] += 1
        with TemporaryDirectory() as scratch:
            file = Path(scratch) / f"部门{case.suffix}"
            file.write_bytes(case.content)
            for arguments in commands(file, Path(scratch) / "出", chance):
                verdict = judged(arguments)
                codes[str(verdict.code)] += 1
                used, before = memory_mb() - before, memory_mb()
                if verdict.seconds > slowest:
                    slowest, slowest_seed = verdict.seconds, seed
                fault = verdict.fault or (f"{before} MB" if before > MAX_MEMORY_MB and used else "")
                if fault:
                    words = " ".join(map(str, arguments)).replace(scratch, "…")
                    failures.append(
                        {"seed": seed, "kind": case.kind, "command": words, "fault": fault[-3000:]}
                    )
                    (folder / f"{seed}{case.suffix}").write_bytes(case.content)
                    print(json.dumps(failures[-1], ensure_ascii=False), file=sys.stderr, flush=True)
        seed += 1
    return {
        "files": sum(counts.values()),
        "kinds": dict(counts),
        "commands": sum(codes.values()),
        "codes": dict(codes),
        "slowest_seconds": round(slowest, 2),
        "slowest_seed": slowest_seed,
        "memory_mb": memory_mb(),
        "failures": failures,
    }


def main() -> None:
    """Limit this process, run, report."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    seconds, folder = float(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    result = run(seconds, folder, int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    assert KINDS
    main()
