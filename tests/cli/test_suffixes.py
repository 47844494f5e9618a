"""``-o`` of every command: the suffix tells what is written, or the call is refused with a name that is right."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from tests.cli.calling import SAMPLE, call
from zhengti_zip.cli.app import cli
from zhengti_zip.cli.parameters import OutputPath

WRONG = [
    (("template", "-o", "表.pdf"), "表.xlsx；要 PDF，见 zhengti-zip build --help"),
    (("template", "-o", "组织部"), "组织部.xlsx"),
    (("template", "-o", "组织部.2022"), "组织部.2022.xlsx"),
    (("fill", SAMPLE, "-o", "表.xls"), "表.xlsx"),
    (("upgrade", SAMPLE, "-o", "表.xlsm"), "表.xlsx"),
    (("export", SAMPLE, "-o", "表.xlsx"), "表.json；要 Excel 工作簿，见 zhengti-zip fill --help"),
    (("check", SAMPLE, "--annotate", "标注.pdf"), "标注.xlsx；要 PDF，见 zhengti-zip build --help"),
    (("explain", SAMPLE, "-o", "底稿.docx"), "底稿.xlsx；要 Word 文件，见 zhengti-zip build --help"),
    (("form", "preview", "haizhu-2022", "-o", "图.jpg"), "图.png"),
    (("form", "schema", "-o", "form.yaml"), "form.yaml.json"),
    (("backup", "--office", "办公台", "-o", "备份.rar"), "备份.zip"),
]


@pytest.mark.parametrize(("args", "way_out"), WRONG, ids=lambda value: None)
def test_a_wrong_suffix_is_refused_with_a_right_one(
    args: tuple[str | Path, ...], way_out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = call(*args)
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith(f"处理：请改为 {way_out}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["build", "preview", "batch"])
def test_a_folder_is_not_called_like_a_file(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = call(command, SAMPLE, "-o", "报送/表.pdf")
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("处理：请写文件夹，例如 -o 报送\n")


def test_a_folder_with_such_a_name_that_is_there_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "三月.pdf"
    folder.mkdir()
    assert call("build", SAMPLE, "-o", folder, "--pdf").code == 0


def test_capitals_do_not_matter(tmp_path: Path) -> None:
    assert call("template", "-o", tmp_path / "组织部.XLSX").code == 0


def commands(group: click.Group) -> list[click.Command]:
    """All commands below a group."""
    below = [group.commands[name] for name in group.commands]
    return [
        each
        for command in below
        for each in (commands(command) if isinstance(command, click.Group) else [command])
    ]


def test_every_output_says_what_it_is() -> None:
    """A folder, or files with suffixes, and the help names the folder as such."""
    outputs = {
        command.name: param for command in commands(cli) for param in command.params if "-o" in param.opts
    }
    assert len(outputs) > 8
    for name, param in outputs.items():
        assert isinstance(param.type, OutputPath), name
        assert bool(param.type.suffixes) == (param.metavar != "文件夹"), name
        assert all(re.fullmatch(r"\.[a-z]+", suffix) for suffix in param.type.suffixes)
