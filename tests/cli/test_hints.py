"""Commands that a message tells the user to run: each runs as it is shown."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.cli.calling import ROOT, SAMPLE, Outcome, call, sample, with_missing, written
from tests.forms_support import FICTIONAL
from zhengti_zip.base.commands import typed


def run_hint(text: str) -> Outcome:
    """Run the command at the end of the last line that names one."""
    line = next(line for line in reversed(text.splitlines()) if "：zhengti-zip " in line)
    return call(*shlex.split(line.partition("：zhengti-zip ")[2]))


def test_json_data_given_to_upgrade_can_be_filled_in(tmp_path: Path) -> None:
    data, target = written(tmp_path, sample(), "组 织 部.json"), tmp_path / "新.xlsx"
    refused = call("upgrade", data, "-o", target)
    assert (refused.code, refused.out) == (1, "")
    assert "是 JSON 数据，不是 Excel 工作簿" in refused.err
    assert "另存" not in refused.err
    assert not target.exists()
    assert run_hint(refused.err).code == 0
    assert call("check", target).code == 0


@pytest.mark.parametrize("command", ["score", "explain", "preview"])
def test_a_command_that_counts_errors_names_the_one_that_lists_them(tmp_path: Path, command: str) -> None:
    where = ("-o", tmp_path) if command == "preview" else ()
    done = call(command, with_missing(tmp_path), *where)
    assert done.code == 1
    assert "“部门名称”没有填写" in run_hint(done.err).out


def test_a_form_in_a_folder_is_named_again(tmp_path: Path) -> None:
    target = tmp_path / "空白.xlsx"
    made = call("template", "--form", FICTIONAL, "-o", target)
    assert run_hint(made.err).code == 1, "the blank workbook is read and has empty cells"
    upgraded = call("upgrade", target, "--form", FICTIONAL, "-o", tmp_path / "新.xlsx")
    assert run_hint(upgraded.err).code == 1


def test_build_is_named_with_the_fonts_the_check_used() -> None:
    font = ROOT / "fonts" / "NotoSerifSC-Bold.ttf"
    checked = call("check", SAMPLE, "--font", font)
    assert checked.out.endswith(f"：zhengti-zip build {typed(SAMPLE)} --font {typed(font)}\n")


@pytest.mark.skipif(os.name != "posix", reason="asks a POSIX shell")
@pytest.mark.parametrize(
    "name",
    [
        "组织部.xlsx",
        "组 织 部.xlsx",
        "a'b.xlsx",
        'a"b.xlsx',
        "$HOME.xlsx",
        "a;b&c.xlsx",
        "`id`.xlsx",
        "（本级）.xlsx",
    ],
)
def test_a_shell_reads_a_path_as_it_is_shown(name: str) -> None:
    done = subprocess.run(["sh", "-c", f"printf %s {typed(Path(name))}"], capture_output=True, check=True)
    assert done.stdout.decode() == name


def test_a_name_that_begins_like_an_option() -> None:
    assert typed(Path("-o.xlsx")) == f".{os.sep}-o.xlsx"
