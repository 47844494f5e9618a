"""``zhengti-zip check``: list all problems of an input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengti_zip.base.errors import ExitCode, InputError, UsageProblem
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.file_paths import check_outputs, command_line
from zhengti_zip.cli.input_files import read_input
from zhengti_zip.cli.jsonout import check_data, unreadable_data
from zhengti_zip.cli.parameters import (
    OutputPath,
    font_option,
    force_option,
    form_option,
    input_argument,
    json_option,
    option,
)
from zhengti_zip.cli.streams import hint, say, say_json, show
from zhengti_zip.submission.problems import Problem, has_errors

if TYPE_CHECKING:
    from zhengti_zip.submission.source import Source


@click.command(
    "check",
    cls=Command,
    short_help="检查填报内容",
    help="检查填报内容，一次列出所有问题：在哪个单元格、错在哪里、怎样处理。\n有错误时返回 1；只有警告或提示时返回 0。",
    epilog="zhengti-zip check 组织部.xlsx --annotate 组织部-标注.xlsx\nzhengti-zip check 组织部.xlsx --json",
)
@input_argument()
@option(
    "--annotate",
    words="另存一份工作簿，问题标注在单元格上，第一张表是问题清单",
    type=OutputPath((".xlsx",)),
    metavar="文件",
)
@force_option()
@json_option()
@font_option()
@form_option()
def check(
    file: Path,
    annotate: Path | None,
    force: bool,
    as_json: bool,
    fonts: tuple[Path, ...],
    form_name: str | None,
) -> ExitCode:
    """List all problems."""
    from zhengti_zip.grid.examine import examine

    if annotate:
        check_outputs([annotate], [file], force=force)
    try:
        source = read_input(file, form_name, fonts)
        problems = examine(source).problems
    except InputError as error:
        if not as_json:
            raise
        say_json(unreadable_data(error))
        return ExitCode.INPUT_ERROR
    if as_json:
        say_json(check_data(problems))
    else:
        _print(problems, command_line("build", file, form_name, fonts))
    if annotate:  # last: the problems are listed even when the file cannot be annotated
        _annotate(file, annotate, source, problems)
    return ExitCode.INPUT_ERROR if has_errors(problems) else ExitCode.OK


def _annotate(file: Path, target: Path, source: Source, problems: list[Problem]) -> None:
    """Write the annotated copy.

    Raises:
        UsageProblem: the input is JSON.
        InputError, OutputError: the copy cannot be made or written.
    """
    from zhengti_zip.base.filekinds import FileKind, kind_of
    from zhengti_zip.base.files import write_atomically

    if source.original and kind_of(file, source.original.content) is FileKind.JSON:
        raise UsageProblem("--annotate 只能用于工作簿（.xlsx）", "JSON 数据请看列出的问题")
    from zhengti_zip.workbook.edit.annotate import annotate

    write_atomically(target, annotate(file, source, problems))
    hint(f"已另存标注了问题的工作簿：{target}")


def _print(problems: list[Problem], build: str) -> None:
    from zhengti_zip.cli.terminal_tables import problem_tables

    if problems:
        show(problem_tables(problems))
    if has_errors(problems):
        say("请改正错误并保存，然后再检查一次。")
    else:
        found = "没有错误" if problems else "没有发现问题"
        say(f"{found}，可以生成表格：{build}")
