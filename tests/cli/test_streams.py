"""What reaches a terminal: widths, line breaks, colours."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.cli.calling import environment, with_errors
from zhengti_zip.cli.streams import printable
from zhengti_zip.cli.wrapping import cells, padded, wrap

pty = pytest.importorskip("pty", reason="needs pseudo-terminals")


def terminal(**changes: str) -> dict[str, str]:
    """The environment of a terminal that can show colours, and has not been told not to."""
    return {**environment(TERM="xterm-256color", NO_COLOR=""), **changes}


def on_terminal(*args: str | Path, env: dict[str, str], columns: int = 80) -> str:
    """Output of a command on a terminal, with control sequences."""
    import fcntl
    import struct
    import subprocess
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    command = [sys.executable, "-m", "zhengti_zip", *map(str, args)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env):
        os.close(theirs)
        seen = b""
        while chunk := read_some(ours):
            seen += chunk
    os.close(ours)
    return seen.decode("utf-8")


def read_some(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # on Linux the other end was closed
        return b""


@pytest.mark.slow
@pytest.mark.parametrize("columns", [60, 80, 132])
def test_no_line_is_wider_than_the_terminal(tmp_path: Path, columns: int) -> None:
    seen = on_terminal("check", with_errors(tmp_path), env=terminal(NO_COLOR="1"), columns=columns)
    assert "共 2 处错误。" in seen
    assert max(cells(line) for line in seen.splitlines()) <= columns


def test_a_terminal_gets_colours(tmp_path: Path) -> None:
    assert "\x1b[31m错误" in on_terminal("check", with_errors(tmp_path), env=terminal())


@pytest.mark.slow
@pytest.mark.parametrize("changes", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_colours_can_be_refused(tmp_path: Path, changes: dict[str, str]) -> None:
    assert "\x1b" not in on_terminal("check", with_errors(tmp_path), env=terminal(**changes))
    assert "\x1b" not in on_terminal("check", tmp_path / "没有.xlsx", env=terminal(**changes))


def test_a_chinese_character_is_two_cells_wide() -> None:
    assert cells("A（1）") == 6
    assert padded("项目", 6) == "项目  "


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("没有问题", 8, ["没有问题"]),
        ("没有问题", 6, ["没有问", "题"]),
        ("请填写，或删除", 6, ["请填", "写，或", "删除"]),
        ("见（附件）", 4, ["见", "（附", "件）"]),
        ("运行 zhengti-zip check", 12, ["运行", "zhengti-zip", "check"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
    ],
)
def test_lines_break_as_chinese_lines_do(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_control_and_invisible_characters_are_made_visible() -> None:
    assert printable("a\x1b[1mb\u200bc\u202ed\n第二行\te\u3000f") == "a�[1mb�c�d\n第二行\te\u3000f"
