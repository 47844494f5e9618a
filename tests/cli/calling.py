"""Calls of the program: in this process, which is quick, or in a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengti_zip.cli.app import run

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "haizhu-2022.json"
DEMO = ROOT / "samples" / "demo-2022.json"

COMMANDS = (
    "serve",
    "template",
    "check",
    "score",
    "explain",
    "preview",
    "build",
    "report",
    "batch",
    "trend",
    "review",
    "extract",
    "diff",
    "export",
    "fill",
    "upgrade",
    "forms",
    "rules",
    "schema",
    "backup",
    "restore",
    "doctor",
    "completion",
    "help",
)
GROUPS = ("recheck", "form", "account")
"""Commands that only have subcommands; they have tests of their own."""


@dataclass(frozen=True)
class Outcome:
    """Exit code and output of a call."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Stdout as JSON."""
        return json.loads(self.out)


def call(*args: str | Path) -> Outcome:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run([str(arg) for arg in args])
    return Outcome(code, out.getvalue(), err.getvalue())


def environment(first: Path | None = None, **changes: str) -> dict[str, str]:
    """The environment of a process of its own.

    Args:
        first: a folder whose modules win over the installed ones.
        changes: variables to set.
    """
    path = os.pathsep.join(str(folder) for folder in (first, ROOT) if folder)
    inherited = {name: value for name, value in os.environ.items() if name != "ZHENGTI_DEBUG"}
    return {**inherited, "PYTHONPATH": path, **changes}


def spawn(*args: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None) -> Outcome:
    """Run a command in a process of its own; its streams must be UTF-8."""
    done = subprocess.run(
        [sys.executable, "-m", "zhengti_zip", *map(str, args)],
        capture_output=True,
        cwd=cwd,
        env=env or environment(),
        check=False,
        timeout=300,
    )
    return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def sample() -> dict[str, Any]:
    """The data of a department whose form has no problem at all."""
    data: dict[str, Any] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return data


def written(folder: Path, data: Any, name: str = "部门.json") -> Path:
    """``data`` as a JSON file."""
    file = folder / name
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return file


def with_errors(folder: Path) -> Path:
    """A submission with two errors: no department, and an amount that is no number."""
    data = sample()
    del data["fields"]["department"]
    data["budget"]["total"] = "约一千万"
    return written(folder, data)


def with_missing(folder: Path) -> Path:
    """A submission in which everything can be read, but the department is missing."""
    data = sample()
    del data["fields"]["department"]
    return written(folder, data)


def with_warning(folder: Path) -> Path:
    """A submission whose only problem is a warning: another year than the form's."""
    data = sample()
    data["fields"]["year"] = 2023
    return written(folder, data)
