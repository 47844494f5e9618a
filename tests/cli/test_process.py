"""The program as a process: exit codes, streams, encodings, interruption."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.calling import SAMPLE, call, environment, spawn, with_errors

SLOW_WEASYPRINT = """import pathlib, time
pathlib.Path({mark!r}).touch()
time.sleep(60)
"""


def start(*args: str | Path, env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "zhengti_zip", *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env or environment())


def test_0_the_work_is_done() -> None:
    outcome = spawn("check", SAMPLE)
    assert outcome.code == 0
    assert "没有发现问题" in outcome.out
    assert outcome.err == ""


def test_1_the_input_has_errors(tmp_path: Path) -> None:
    outcome = spawn("check", with_errors(tmp_path))
    assert outcome.code == 1
    assert "共 2 处错误" in outcome.out
    assert outcome.err == ""


def test_2_the_call_is_wrong() -> None:
    outcome = spawn("check")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("错误：缺少参数")


def test_3_the_machine_lacks_something(tmp_path: Path) -> None:
    (tmp_path / "openpyxl.py").write_text("raise ModuleNotFoundError('x', name='openpyxl')", encoding="utf-8")
    outcome = spawn("template", "-o", tmp_path / "a.xlsx", env=environment(tmp_path))
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == "错误：缺少 Python 库 openpyxl\n处理：请运行 zhengti-zip doctor，按提示安装\n"


def test_3_even_when_click_is_missing(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("raise ModuleNotFoundError('No module named click')", encoding="utf-8")
    outcome = spawn("check", SAMPLE, env=environment(tmp_path))
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("错误：程序不能启动：No module named click\n处理：")


def test_4_the_output_cannot_be_written(tmp_path: Path) -> None:
    outcome = spawn("template", "-o", tmp_path, "--force")
    assert (outcome.code, outcome.out) == (4, "")
    assert "是一个文件夹" in outcome.err


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A shell may have started the tests with SIGINT ignored, which child processes inherit."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_130_interrupted_from_the_keyboard(tmp_path: Path) -> None:
    file, mark = Path(shutil.copy(SAMPLE, tmp_path / "组织部.json")), tmp_path / "mark"
    broken = tmp_path / "slow"
    broken.mkdir()
    (broken / "weasyprint.py").write_text(SLOW_WEASYPRINT.format(mark=str(mark)), encoding="utf-8")
    process = start("build", file, "--pdf", env=environment(broken))
    while not mark.exists():
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == b""
    assert err.decode("utf-8").strip() == "已中断"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["mark", "slow", "组织部.json"]


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    "library",
    [
        'exec("os.kill(os.getpid(), signal.SIGINT)\\ntime.sleep(60)")',
        "try: os.kill(os.getpid(), signal.SIGINT), time.sleep(60)\nexcept KeyboardInterrupt: raise ValueError",
    ],
    ids=["in a text that is executed", "made an error of by a library"],
)
def test_130_also_when_a_library_turns_it_into_an_error(tmp_path: Path, library: str) -> None:
    (tmp_path / "openpyxl.py").write_text(f"import os, signal, time\n{library}\n", encoding="utf-8")
    process = start("template", "-o", tmp_path / "填报表.xlsx", env=environment(tmp_path))
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err.decode("utf-8").strip()) == (130, "已中断")
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["openpyxl.py"]


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_output_is_utf8_whatever_the_console(tmp_path: Path, encoding: str) -> None:
    env = environment(PYTHONIOENCODING=encoding, PYTHONUTF8="0", LC_ALL="C")
    assert "没有发现问题" in spawn("check", SAMPLE, env=env).out
    assert "找不到文件" in spawn("score", tmp_path / "没有.xlsx", env=env).err
    assert spawn("check", with_errors(tmp_path), "--json", env=env).json["ok"] is False


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    for args, code in ((["schema"], 0), (["--help"], 0), (["check", str(with_errors(tmp_path))], 1)):
        process = start(*args)
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        err = process.stderr.read()
        process.stderr.close()
        assert (process.wait(timeout=30), err) == (code, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_stdout_is_an_output_error() -> None:
    command = [sys.executable, "-m", "zhengti_zip", "schema"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env=environment(), check=False, timeout=60
        )
    assert done.returncode == 4
    assert done.stderr.decode("utf-8").startswith("错误：不能写到标准输出")


def test_a_lone_surrogate_in_a_file_name_is_escaped(tmp_path: Path) -> None:
    outcome = spawn("check", os.fsdecode(b"\xb1\xed.xlsx"), cwd=tmp_path)
    assert outcome.code == 1
    assert r"\udcb1\udced.xlsx" in outcome.err


def fail(*_: object) -> None:
    raise RuntimeError("boom")


def test_an_internal_error_is_a_message_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengti_zip.workbook.read.anyinput.read", fail)
    monkeypatch.delenv("ZHENGTI_DEBUG", raising=False)
    outcome = call("check", SAMPLE)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("错误：程序内部错误：RuntimeError：boom\n处理：")
    assert "ZHENGTI_DEBUG=1" in outcome.err
    assert "Traceback" not in outcome.err


def test_the_traceback_of_an_internal_error_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengti_zip.workbook.read.anyinput.read", fail)
    monkeypatch.setenv("ZHENGTI_DEBUG", "1")
    outcome = call("check", SAMPLE)
    assert outcome.code == 3
    assert "Traceback" in outcome.err
    assert "boom" in outcome.err


def test_an_eof_error_is_no_interruption(monkeypatch: pytest.MonkeyPatch) -> None:
    """click takes EOFError for Ctrl+D at a prompt; the program has no prompts."""

    def truncated(*_: object) -> None:
        raise EOFError("truncated")

    monkeypatch.setattr("zhengti_zip.workbook.read.anyinput.read", truncated)
    outcome = call("check", SAMPLE)
    assert outcome.code == 3
    assert "已中断" not in outcome.err
