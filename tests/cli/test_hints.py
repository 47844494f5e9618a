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


def test_a_workbook_of_a_form_in_a_folder_that_lost_cells_is_upgraded_as_the_message_says(
    tmp_path: Path,
) -> None:
    """The message names ``--form FOLDER``, without which the program knows no such form."""
    from openpyxl import load_workbook

    book = tmp_path / "旧工作簿.xlsx"
    assert call("template", "--form", FICTIONAL, "-o", book).code == 0
    opened = load_workbook(book)
    del opened["部门预算"]
    opened.save(book)
    said = call("check", book, "--form", FICTIONAL, "--json").json
    remedies = [problem["remedy"] for problem in said["problems"] if problem["code"] == "lost_input"]
    words = shlex.split(remedies[0].partition("zhengti-zip ")[2].partition("，")[0])
    assert words[-2:] == ["--form", str(FICTIONAL)]
    here = [str(tmp_path / word) if word.endswith(".xlsx") else word for word in words]
    assert call(*here).code == 0


@pytest.mark.parametrize("command", ["check", "export"])
def test_a_file_of_a_form_in_a_folder_is_read_with_the_form_the_message_asks_for(
    tmp_path: Path, command: str
) -> None:
    book = tmp_path / "甲.xlsx"
    assert call("template", "--form", FICTIONAL, "-o", book).code == 0
    to = ("-o", "-") if command == "export" else ()
    refused = call(command, book, *to)
    assert refused.code == 1
    assert "可以用 --form 给出含 form.yaml 的文件夹" in refused.err
    other = call(command, book, "--form", "haizhu-2022", *to)
    assert "用 --form 指明“fictional-2031”所在的文件夹" in other.err
    assert "本程序没有" not in call(command, book, "--form", FICTIONAL, *to).err
