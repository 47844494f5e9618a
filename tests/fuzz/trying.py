"""A hostile file laid down, commands run on it, and what they did and left behind judged.

A batch is run in a process of its own, as its children are: so its memory is its own, and what one
batch keeps for its next file does not reach the next batch.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, TemporaryFile

from tests.cli.calling import Outcome, environment
from tests.fuzz.archives import BESIDE, SOUND_NAME, data_of
from tests.fuzz.files import Hostile
from tests.fuzz.leavings import TROUBLE, disorder, done_again, last_run, miscarriage, tree
from tests.fuzz.names import FILE_NAMES
from tests.fuzz.running import MAX_SECONDS, PATIENCE, Verdict, commands, judged
from tests.support import time_limit

Arguments = list[str | Path]

SECONDS_PER_INPUT = 0.02
"""Of processor time; what a batch may take beyond the limit of one command, for an archive of many."""

AGAIN_SHARE = 0.15
"""How often a batch is given twice."""

UNKNOWN_FORM = "没有名为“"
INPUTS, OUTPUT, LOG = "入", "出", "日志.jsonl"


def trials(case: Hostile, chance: Random, *, as_batch: bool = False) -> Iterator[tuple[Arguments, Verdict]]:
    """Try a file.

    Args:
        case: the file.
        chance: chooses the commands.
        as_batch: run a batch of it with a good file beside, instead of commands on it alone.

    Yields:
        Each command and what came of it.
    """
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / INPUTS).mkdir()
        file = folder / INPUTS / (_path(case, chance) if as_batch else f"部门{case.suffix}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(case.content)
        if as_batch:
            yield from _batches(case, file, folder, chance)
            return
        before = tree(folder)
        for arguments in commands(file, folder / OUTPUT, chance):
            verdict = judged(arguments)
            as_found = arguments[0] == "extract"
            fault = verdict.fault or disorder(folder, before, folder / OUTPUT, as_found=as_found)
            yield arguments, replace(verdict, fault=fault)


def _path(case: Hostile, chance: Random) -> str:
    """What a hostile file in a batch is called, and where it lies: perhaps where something will be written."""
    name = f"{chance.choice(FILE_NAMES)}{case.suffix}"
    return f"{chance.choice(FILE_NAMES)}/{name}" if chance.random() < 0.3 else name


def _batches(case: Hostile, file: Path, folder: Path, chance: Random) -> Iterator[tuple[Arguments, Verdict]]:
    """A batch, and now and then the same once more, which then has nothing to do."""
    good = folder / INPUTS / SOUND_NAME
    good.write_bytes(data_of(BESIDE))
    required = {*case.required, sha256(good.read_bytes()).hexdigest()}
    roots: list[Arguments] = [[file, good], [good.parent], [f"{good.parent}/**"]]
    ways: list[Arguments] = [[], ["--pdf"], ["--docx"], ["--draft", "--docx"]]
    arguments = ["batch", *chance.choice(roots), "-o", folder / OUTPUT, *chance.choice(ways)]
    arguments += ["--workers", "1", "--log-file", folder / LOG]
    before = tree(folder)
    times = 2 if chance.random() < AGAIN_SHARE else 1
    written = None
    for number in range(times):
        verdict = batch_judged(arguments, folder, required)
        fault = verdict.fault or disorder(folder, before, folder / OUTPUT, (LOG,))
        if number and not fault and (again := done_again(last_run(folder / LOG))):
            fault = f"done again: {again}"
        now = _outputs(folder / OUTPUT)
        if written not in (None, now) and not fault:
            fault = "written otherwise the second time"
        written = now
        yield arguments, replace(verdict, fault=fault)
        if fault:
            return


def _outputs(folder: Path) -> dict[str, str]:
    """What people see in an output folder, without the journal."""
    return {name: digest for name, digest in tree(folder).items() if not name.startswith(".")}


def batch_judged(arguments: Sequence[str | Path], folder: Path, required: set[str]) -> Verdict:
    """Run a batch and judge it by what it says and by its log.

    Args:
        arguments: the command.
        folder: where it runs; its output folder and log are there.
        required: SHA-256 of the inputs that it must have printed.
    """
    outcome, seconds, megabytes = apart(arguments, folder)
    words = outcome.out + outcome.err
    fault = ""
    if outcome.code < 0:
        fault = f"ended by signal {-outcome.code} after {seconds:.1f} s of processor time"
    elif "Traceback" in words or "程序内部错误" in words:
        fault = words
    elif outcome.code not in (0, 5):
        fault = f"code {outcome.code}: {words}"
    else:
        events = last_run(folder / LOG)
        # A form nobody knows has the same code as one that cannot be set; only the words tell them apart.
        trouble = TROUBLE - {"not_printed"} if UNKNOWN_FORM in words else TROUBLE
        fault = miscarriage(events, folder / OUTPUT, outcome.code, required, trouble)
        if not fault and seconds > (allowed := MAX_SECONDS + SECONDS_PER_INPUT * len(events)):
            fault = f"{seconds:.1f} s, allowed are {allowed:.1f}"
    return Verdict(fault, seconds, outcome.code, megabytes)


def apart(arguments: Sequence[str | Path], folder: Path) -> tuple[Outcome, float, int]:
    """Run a command in a process of its own; one that hangs is killed, and its children end with it.

    Returns:
        What it said; the processor time of it and its children; the most MB one of them used. That is never
        less than what this process used, from which it was forked.
    """
    command = [sys.executable, "-W", "ignore", "-m", "zhengti_zip", *map(str, arguments)]
    with TemporaryFile() as out, TemporaryFile() as err:
        child = subprocess.Popen(command, stdout=out, stderr=err, cwd=folder, env=environment())
        try:
            with time_limit(MAX_SECONDS * PATIENCE):
                _, status, used = os.wait4(child.pid, 0)
        except TimeoutError:
            child.kill()
            _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        said = [stream.read().decode("utf-8", "replace") for stream in (out, err)]
    return Outcome(child.returncode, *said), used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
