"""Our program beside what users would pick instead, in one interleaved run.

    python -m benchmarks.run [--quick] [--rounds N] [--forms N] [--only NAME…] [--json FILE] [--keep FOLDER]

Prints Markdown, saves every single figure as JSON. ``scripts/bench.sh`` installs what is needed first.
Ratios of medians are the result; times belong to the machine they were taken on.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.catalogue import WAYS
from benchmarks.processes import BenchmarkError, run
from benchmarks.report import report
from benchmarks.results import as_json, ratios
from benchmarks.rounds import measure
from benchmarks.stage import ROOT, Stage
from benchmarks.way import Way
from zhengti_zip.base.errors import OutputError
from zhengti_zip.base.files import write_atomically

ROUNDS, FORMS = 7, 20
QUICK_ROUNDS, QUICK_FORMS = 1, 3
ALL = ["*"]
PACKAGES = ("zhengti-zip", "weasyprint", "openpyxl", "docxtpl", "typst")
PROGRAMS = ("soffice", "chromium")
LAST_RUN = ROOT / "benchmarks" / "last-run.json"
"""Where a whole run is saved unless ``--json`` says otherwise."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and report.

    Returns:
        0; 1 when a way failed or nothing could be saved; 2 when there is no way of that name; 130 when
        interrupted.
    """
    options = _options(arguments)
    ways = chosen(options.only)
    if not ways:
        print(f"error: no way is called {' or '.join(options.only)}; --list names them", file=sys.stderr)
        return 2
    if options.list:
        print("\n".join(f"{way.name:26} {way.title}" for way in ways))
        return 0
    try:
        return _measure(ways, options)
    except BenchmarkError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except OutputError as error:
        print(f"error: {error.message}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _measure(ways: tuple[Way, ...], options: argparse.Namespace) -> int:
    """Measure, print and save; returns the exit code."""
    rounds = options.rounds or (QUICK_ROUNDS if options.quick else ROUNDS)
    forms = options.forms or (QUICK_FORMS if options.quick else FORMS)
    with tempfile.TemporaryDirectory(prefix="zhengti-benchmarks-", ignore_cleanup_errors=True) as folder:
        stage = Stage(Path(options.keep or folder).absolute(), forms)
        _tell(f"making {forms} forms")
        make = (sys.executable, "-m", "benchmarks.make_stage", str(stage.folder), str(forms))
        run(make, {"PYTHONPATH": str(ROOT)})
        measured = measure(ways, stage, rounds, _tell)
    found = ratios(measured)
    about = machine(rounds)
    print(report(measured, found, about))
    failed = [name for name, series in measured.items() if series.error]
    is_whole = options.only == ALL and not options.quick and not failed
    if file := options.json or (LAST_RUN if is_whole else None):
        text = json.dumps(as_json(measured, found, about), ensure_ascii=False, indent=2) + "\n"
        write_atomically(file, text.encode("utf-8"))
        _tell(f"saved {file}")
    return int(bool(failed))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.run", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=_positive, help=f"rounds that count ({ROUNDS})")
    parser.add_argument("--forms", type=_positive, help=f"forms of the ways that make many ({FORMS})")
    parser.add_argument("--quick", action="store_true", help="one round of few forms: does it work?")
    parser.add_argument("--only", nargs="+", default=ALL, metavar="NAME", help="ways, * and ? allowed")
    parser.add_argument("--json", type=Path, metavar="FILE", help="save every figure")
    parser.add_argument("--keep", metavar="FOLDER", help="work there and leave all files, to look at them")
    parser.add_argument("--list", action="store_true", help="name the ways")
    return parser.parse_args(arguments)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def chosen(patterns: Sequence[str]) -> tuple[Way, ...]:
    """The ways whose names match one of the patterns."""
    return tuple(way for way in WAYS if any(fnmatchcase(way.name, pattern) for pattern in patterns))


def machine(rounds: int) -> dict[str, str | int]:
    """What the figures depend on."""
    about: dict[str, str | int] = {
        "date": datetime.now(UTC).date().isoformat(),
        "rounds": rounds,
        "processors": len(os.sched_getaffinity(0)),
        "system": platform.system(),
        "Python": platform.python_version(),
    }
    for package in PACKAGES:
        try:
            about[package] = version(package)
        except PackageNotFoundError:
            continue
    for program in PROGRAMS:
        if said := _version(program):
            about[said[0]] = said[1]
    return about


def _version(program: str) -> tuple[str, str] | None:
    """Name and version as a program states them, ``LibreOffice 7.4.7.2 …``."""
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, encoding="utf-8", check=False, timeout=60
        )
    except OSError:
        return None
    words = done.stdout.split()
    return (words[0], words[1]) if len(words) > 1 else None


def _tell(text: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
