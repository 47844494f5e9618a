"""One command measures, prints and saves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


def bench(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.run", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False, timeout=300
    )


def test_quick_run_of_the_cheap_ways(tmp_path: Path) -> None:
    only = ("help", "weasyprint-import", "pages", "docx")
    saved = ("--json", "run.json", "--keep", "kept")
    done = bench("--quick", "--forms", "1", "--only", *only, *saved, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "| `help` | `weasyprint-import` | 0." in done.stdout
    data = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert set(data["ways"]) == set(only)
    for name, way in data["ways"].items():
        assert len(way["wall_ms"]) == (1 if name in ("help", "weasyprint-import") else 3), name
        assert all(figure > 0 for figure in way["wall_ms"] + way["cpu_ms"] + way["peak_mb"]), name
    [ratio] = data["ratios"]
    assert (ratio["ours"], ratio["against"]) == ("help", "weasyprint-import")
    times = {name: way["wall_ms"][0] for name, way in data["ways"].items()}
    assert abs(ratio["ratio"] - times["help"] / times["weasyprint-import"]) < 0.01
    assert data["machine"]["rounds"] == 1
    assert (tmp_path / "kept" / "out" / "docx" / "form.docx").read_bytes().startswith(b"PK")


def test_unknown_way_is_a_usage_error(tmp_path: Path) -> None:
    done = bench("--only", "nothing", folder=tmp_path)
    assert done.returncode == 2
    assert "no way is called nothing" in done.stderr


def test_file_that_cannot_be_saved_is_an_error_without_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = bench("--quick", "--forms", "1", "--only", "pages", "--json", "file/run.json", folder=tmp_path)
    assert done.returncode == 1
    assert "| `pages` |" in done.stdout, "what was measured is not lost"
    assert "Traceback" not in done.stderr


def test_list_names_the_ways(tmp_path: Path) -> None:
    done = bench("--list", "--only", "libreoffice-*", folder=tmp_path)
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "libreoffice-docx",
        "libreoffice-xlsx",
        "libreoffice-docx-many",
        "libreoffice-xlsx-many",
    ]
