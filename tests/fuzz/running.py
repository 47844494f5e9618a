"""Running commands on a hostile file and judging what they did."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.cli.calling import call
from tests.support import is_chinese, time_limit
from tests.workbook.tools import DEMO
from zhengti_zip.cli.app import DEBUG

MAX_SECONDS = 10.0
"""Processor time of one command."""

PATIENCE = 30
"""A machine may be busy with other things so many times over before a command counts as hanging."""

DOTS = ("36", "36", "36", "110", "300")
"""Of a preview; few, because a picture's cost is its dots, whatever is on the page."""

ALLOWED = (0, 1, 2, 6)
"""Done, wrong input, unknown form, not to be compared. 3 would be an internal error, 4 an output."""


@dataclass(frozen=True)
class Verdict:
    """What a command did.

    Attributes:
        fault: what was wrong with it; "" when nothing was.
        seconds: processor time it took.
        code: its exit code; -1 when there was none.
        megabytes: the most memory it used, where it had a process of its own.
    """

    fault: str
    seconds: float
    code: int = -1
    megabytes: int = 0


def spent() -> float:
    """Processor seconds of this process and of the children it has waited for."""
    return sum(os.times()[:4])


def judged(arguments: Sequence[str | Path]) -> Verdict:
    """Run a command in this process: no traceback, no internal error, a documented code, and in time."""
    start = spent()
    try:
        with time_limit(MAX_SECONDS * PATIENCE):
            outcome = call(*arguments)
    except Exception as error:  # run() lets nothing through; if it does, that is the finding
        return Verdict(f"{type(error).__name__}: {error}", spent() - start)
    seconds = spent() - start
    words = outcome.out + outcome.err
    fault = ""
    if "TimeoutError" in words:
        fault = f"not done after {MAX_SECONDS * PATIENCE} s"
    elif "Traceback" in outcome.err or "程序内部错误" in words:
        fault = _traced(arguments)
    elif outcome.code not in ALLOWED:
        fault = f"code {outcome.code}: {outcome.err}"
    elif outcome.code and not is_chinese(words):
        fault = f"code {outcome.code} and nothing said"
    elif seconds > MAX_SECONDS:
        fault = f"{seconds:.1f} s"
    return Verdict(fault, seconds, outcome.code)


def _traced(arguments: Sequence[str | Path]) -> str:
    """What the program says of an internal error when asked for details."""
    os.environ[DEBUG] = "1"
    try:
        return call(*arguments).err
    finally:
        del os.environ[DEBUG]


def commands(file: Path, folder: Path, chance: Random) -> list[list[str | Path]]:
    """What is tried on a file: a look first, then something that goes further with it."""
    if file.suffix == ".pdf":
        ways: list[list[str | Path]] = [["extract", file, "-o", folder, "--force"], ["diff", file, DEMO]]
        return [chance.choice(ways)]
    if file.suffix == ".docx":
        return _on_document(file, folder, chance)
    further: list[list[str | Path]] = [
        ["build", file, "-o", folder, "--draft"],
        ["build", file, "-o", folder, "--draft", "--docx"],
        ["check", file, "--json"],
        ["score", file, "--json"],
        ["explain", file, "-o", folder / "底稿.xlsx", "--force"],
        ["export", file, "-o", folder / "数据.json", "--force"],
        ["diff", DEMO, file],
        ["preview", file, "-o", folder, "--dpi", chance.choice(DOTS)],
    ]
    if file.suffix == ".json":
        further.append(["fill", file, "-o", folder / "填好.xlsx", "--force"])
    else:
        further.append(["check", file, "--annotate", folder / "标注.xlsx", "--force"])
        further.append(["upgrade", file, "-o", folder / "升级.xlsx", "--force"])
    return [["check", file], chance.choice(further)]


def _on_document(file: Path, folder: Path, chance: Random) -> list[list[str | Path]]:
    base = chance.choice((DEMO, DEMO.with_suffix(".json")))
    review: list[str | Path] = ["review", file, "--workbook", base]
    ways: list[list[str | Path]] = [["--json"], ["--original"], ["-o", folder / "改动.xlsx", "--force"]]
    further: list[list[str | Path]] = [
        ["diff", DEMO, file],
        ["build", DEMO, "-o", folder, "--docx", "--compare", file],
    ]
    return [review + chance.choice(ways), chance.choice(further)]
