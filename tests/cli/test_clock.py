"""A wrong clock and an unfit SOURCE_DATE_EPOCH."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.calling import DEMO, Outcome, call, environment
from zhengti_zip.base.originals import EPOCH_VARIABLE

needs_faketime = pytest.mark.skipif(
    shutil.which("faketime") is None and os.environ.get("CI") != "true", reason="faketime is not installed"
)


def at(moment: str, *args: str | Path) -> Outcome:
    """A command at another time of the system."""
    done = subprocess.run(
        ["faketime", moment, sys.executable, "-m", "zhengti_zip", *map(str, args)],
        capture_output=True,
        env=environment(),
        check=False,
        timeout=120,
    )
    return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@needs_faketime
@pytest.mark.slow
@pytest.mark.parametrize("moment", ["1970-01-01 00:10:00", "2119-01-01 00:00:00"])
def test_the_same_files_are_made_whatever_the_clock_says(moment: str, tmp_path: Path) -> None:
    now, then = tmp_path / "now", tmp_path / "then"
    for folder, run in ((now, call), (then, lambda *args: at(moment, *args))):
        for command in (
            ("template", "-o", folder / "空白.xlsx"),
            ("build", DEMO, "-o", folder),
            ("batch", DEMO, "-o", folder / "batch", "--workers", "1"),
        ):
            outcome = run(*command)
            assert outcome.code == 0, outcome.err
    made = [file.relative_to(now) for file in now.rglob("[!.]*") if file.is_file()]
    assert len(made) == 7
    assert [file for file in made if (now / file).read_bytes() != (then / file).read_bytes()] == []


@pytest.mark.parametrize(
    ("given", "year"),
    [("0", 1980), ("-1", 1980), ("9" * 30, 2107), ("9" * 5000, 1980), ("昨天", 1980), ("", 1980)],
)
def test_an_unfit_epoch_is_replaced_and_said(
    given: str, year: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EPOCH_VARIABLE, given)
    outcome = call("build", DEMO, "-o", tmp_path)
    assert outcome.code == 0
    assert outcome.err.count(EPOCH_VARIABLE) == 1
    assert f"按 {year}-" in outcome.err
    assert len(outcome.err) < 1000


@pytest.mark.parametrize("given", ["315532800", "4354819198"])
def test_the_first_and_the_last_epoch_taken(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EPOCH_VARIABLE, given)
    outcome = call("build", DEMO, "-o", tmp_path)
    assert (outcome.code, EPOCH_VARIABLE in outcome.err) == (0, False)
    with zipfile.ZipFile(tmp_path / f"{DEMO.stem}.docx") as package:
        assert package.testzip() is None
