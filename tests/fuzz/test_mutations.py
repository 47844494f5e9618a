"""The short form of the fuzz test: real files of every kind made wrong by chance, through the commands people use.

ZHENGTI_FUZZ_SECONDS=n (or ZHENGTI_LONG=1 for ten minutes) lets it run on in a process of its own whose memory
and time are watched: see :mod:`tests.fuzz.long_run`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.calling import ROOT, environment
from tests.fuzz.files import KINDS, Hostile
from tests.fuzz.long_run import MAX_MEMORY_MB
from tests.fuzz.running import MAX_SECONDS
from tests.fuzz.trying import trials

pytestmark = pytest.mark.slow

SECONDS = float(
    os.environ.get("ZHENGTI_FUZZ_SECONDS", "600" if os.environ.get("ZHENGTI_LONG") == "1" else "0")
)
SHORT_SECONDS = 5.0
EXAMPLES = 6


def tried(case: Hostile, chance: Random) -> None:
    """Run commands on a file and want nothing but documented ends."""
    for arguments, verdict in trials(case, chance):
        assert not verdict.fault, (arguments, verdict.fault)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", KINDS)
@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(chance=st.randoms(use_true_random=False))
def test_hostile_files_end_in_words(kind: str, chance: Random) -> None:
    tried(KINDS[kind](chance), chance)


def run_apart(seconds: float, folder: Path, seed: int) -> dict[str, Any]:
    """The long run in a process of its own."""
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "tests.fuzz.long_run",
        str(seconds),
        str(folder),
        str(seed),
    ]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, check=False, timeout=seconds * 3 + 300
    )
    assert done.returncode == 0, done.stderr.decode("utf-8")[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the memory of a process so")
def test_a_long_run_finds_nothing_in_bounded_time_and_memory(tmp_path: Path) -> None:
    found = run_apart(SECONDS or SHORT_SECONDS, tmp_path, 1)
    assert not found["failures"], found["failures"]
    assert found["files"] > 0
    assert found["slowest_seconds"] < MAX_SECONDS
    assert found["memory_mb"] < MAX_MEMORY_MB
    if SECONDS:
        assert set(found["codes"]) >= {"0", "1"}  # some files were still good enough, others not
        print(json.dumps(found, ensure_ascii=False))
