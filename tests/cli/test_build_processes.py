"""``build`` as two processes: the same files as from one, and none of them outlives its work."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import SAMPLE, environment, spawn, with_errors
from tests.processes import children, is_alive, on_linux, wait_until, with_room

pytestmark = [pytest.mark.slow, on_linux, with_room]


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Where the processes keep their temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def begin(temporary: Path, *args: str | Path) -> tuple[subprocess.Popen[bytes], int]:
    """A build, and the process it has started."""
    process = subprocess.Popen(
        [sys.executable, "-m", "zhengti_zip", "build", *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(TMPDIR=str(temporary)),
    )
    wait_until(lambda: children(process.pid) or process.poll() is not None)
    (child,) = children(process.pid)
    return process, child


def test_the_files_are_those_of_one_process(tmp_path: Path) -> None:
    outcome = spawn("build", SAMPLE, "-o", tmp_path / "two")
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        alone = spawn("build", SAMPLE, "-o", tmp_path / "one")
    finally:
        os.sched_setaffinity(0, allowed)
    assert (outcome.code, outcome.err) == (alone.code, alone.err) == (0, alone.err)
    for suffix in (".pdf", ".docx"):
        name = f"{SAMPLE.stem}{suffix}"
        assert (tmp_path / "two" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()


def test_no_process_is_left_when_all_is_done(tmp_path: Path, temporary: Path) -> None:
    process, child = begin(temporary, SAMPLE, "-o", tmp_path / "out")
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err.decode("utf-8")) == (0, "总分：99 分（满分 100 分），等级：优\n")
    assert not is_alive(child)
    assert not list(temporary.iterdir())


def test_no_process_is_left_when_the_input_has_errors(tmp_path: Path, temporary: Path) -> None:
    process, child = begin(temporary, with_errors(tmp_path))
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, b"")
    assert "共 2 处错误" in err.decode("utf-8")
    assert not is_alive(child)
    assert not list(temporary.iterdir())


def test_no_process_is_left_when_the_input_is_none(tmp_path: Path, temporary: Path) -> None:
    file = tmp_path / "组织部.xlsx"
    file.write_bytes(b"PK")
    process, child = begin(temporary, file)
    process.communicate(timeout=60)
    assert process.returncode == 1
    assert not is_alive(child)
    assert not list(temporary.iterdir())


def test_a_killed_build_takes_its_child_along(tmp_path: Path, temporary: Path) -> None:
    file = Path(shutil.copy(SAMPLE, tmp_path / "组织部.json"))
    process, child = begin(temporary, file)
    wait_until(lambda: list(temporary.iterdir()))
    process.kill()
    process.communicate(timeout=60)
    wait_until(lambda: not is_alive(child))
    assert not file.with_suffix(".pdf").exists()


@pytest.mark.parametrize("moment", ["beginning", "later"])
def test_a_killed_child_is_not_missed(tmp_path: Path, temporary: Path, moment: str) -> None:
    process, child = begin(temporary, SAMPLE, "-o", tmp_path)
    if moment == "later":
        wait_until(lambda: list(temporary.glob("zhengti-*/*")))  # it has come as far as to use fonts
    os.kill(child, signal.SIGKILL)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err.decode("utf-8")) == (0, "总分：99 分（满分 100 分），等级：优\n")
    assert (tmp_path / f"{SAMPLE.stem}.pdf").read_bytes().startswith(b"%PDF")
    assert not list(temporary.iterdir())


def test_a_library_missing_there_is_told_here(tmp_path: Path) -> None:
    """With its traceback, where one is asked for; what the library prints itself is nobody's business."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "weasyprint.py").write_text(
        "import sys\nprint('chatter', file=sys.stderr)\nraise OSError('no pango')\n", encoding="utf-8"
    )
    outcome = spawn("build", SAMPLE, "-o", tmp_path / "out", env=environment(broken))
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == (
        "错误：排版引擎不能启动：no pango\n处理：请运行 zhengti-zip doctor，按提示安装缺少的库\n"
    )
    asked = spawn("build", SAMPLE, "-o", tmp_path / "out", env=environment(broken, ZHENGTI_DEBUG="1"))
    assert asked.code == 3
    assert "OSError: no pango" in asked.err
    assert "chatter" in asked.err
    assert not list((tmp_path / "out").iterdir())
