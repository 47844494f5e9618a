"""Completion by bash, zsh and PowerShell: asked as the shells ask, and in real shells where there are any."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import COMMANDS, GROUPS, call, environment, spawn

SHELLS = ("bash", "zsh", "powershell")


def asked(shell: str, words: str, at: str) -> list[str]:
    """The lines a shell gets."""
    asking = f"{shell}_complete"
    done = spawn(env=environment(COMP_WORDS=words, COMP_CWORD=at, _ZHENGTI_ZIP_COMPLETE=asking))
    assert (done.code, done.err) == (0, "")
    return done.out.splitlines()


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_registers_the_program_and_is_ascii(shell: str) -> None:
    done = call("completion", shell)
    assert (done.code, done.err) == (0, "")
    assert "zhengti-zip" in done.out and f"{shell}_complete" in done.out
    assert done.out.isascii()


def test_all_commands_are_offered_with_their_descriptions() -> None:
    lines = asked("powershell", "zhengti-zip", "")
    offered = dict(line.split("\t") for line in lines)
    assert {*COMMANDS, *GROUPS} <= set(offered)
    assert offered["check"] == "检查填报内容"


def test_options_and_closed_choices() -> None:
    assert asked("powershell", "zhengti-zip\ncheck", "--js") == ["--json\t输出 JSON，供其他程序读取"]
    assert asked("powershell", "zhengti-zip\ncompletion", "z") == ["zsh\tzsh"]
    assert asked("bash", "zhengti-zip template --form hai", "3") == ["plain,haizhu-2022"]
    assert asked("zsh", "zhengti-zip form prev", "2") == ["plain", "preview", "看一张表打印出来的样子"]


def test_file_names_are_left_to_the_shell() -> None:
    assert asked("bash", "zhengti-zip check 组", "2") == ["file,组"]
    assert asked("powershell", "zhengti-zip\ncheck", "组") == [""]


def program(folder: Path) -> dict[str, str]:
    """The environment of a shell that finds the program as ``zhengti-zip``."""
    file = folder / "zhengti-zip"
    file.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m zhengti_zip "$@"\n', encoding="utf-8")
    file.chmod(0o755)
    return environment(PATH=f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_completes(tmp_path: Path) -> None:
    script = (
        'eval "$(zhengti-zip completion bash)"; COMP_WORDS=(zhengti-zip tem); COMP_CWORD=1; '
        '_zhengti_zip_completion zhengti-zip; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", script], env=program(tmp_path), capture_output=True, check=True, timeout=60
    )
    assert done.stdout.decode() == "template\n"


@pytest.mark.skipif(not shutil.which("zsh"), reason="needs zsh")
def test_zsh_takes_the_script(tmp_path: Path) -> None:
    script = 'autoload -Uz compinit; compinit -u -D; eval "$(zhengti-zip completion zsh)"; echo $_comps[zhengti-zip]'
    done = subprocess.run(
        ["zsh", "-fc", script], env=program(tmp_path), capture_output=True, check=True, timeout=60
    )
    assert done.stdout.decode() == "_zhengti_zip_completion\n"


@pytest.mark.skipif(not shutil.which("pwsh"), reason="needs PowerShell")
def test_powershell_completes(tmp_path: Path) -> None:
    script = (
        "zhengti-zip completion powershell | Out-String | Invoke-Expression; "
        "(TabExpansion2 'zhengti-zip tem' 15).CompletionMatches.CompletionText"
    )
    done = subprocess.run(
        ["pwsh", "-NoProfile", "-Command", script],
        env=program(tmp_path),
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.decode().split() == ["template"]


def test_help_is_a_command_too() -> None:
    assert call("help").out == call("--help").out
    assert call("help", "check").out == call("check", "--help").out
    assert call("help", "form", "preview").out == call("form", "preview", "--help").out
