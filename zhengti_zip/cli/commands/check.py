"""``zhengti-zip check``: everything that is wrong with an input, at once."""

from __future__ import annotations

from pathlib import Path

import click

from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.jsonout import check_data, to_text, unreadable_data
from zhengti_zip.cli.options import font_option, form_option, input_argument, json_option, typed
from zhengti_zip.cli.streams import say, show
from zhengti_zip.errors import ExitCode, InputError
from zhengti_zip.problems import Problem, has_errors


@click.command(
    "check",
    cls=Command,
    short_help="检查填报内容",
    help="检查填报内容，一次列出所有问题：在哪个单元格、错在哪里、怎样处理。\n有错误时返回 1；只有警告或提示时返回 0。",
    epilog="zhengti-zip check 组织部.xlsx\nzhengti-zip check 组织部.xlsx --json",
)
@input_argument()
@json_option()
@font_option()
@form_option()
def check(file: Path, as_json: bool, fonts: tuple[Path, ...], form_name: str | None) -> ExitCode:
    """List every problem."""
    from zhengti_zip.reading import read

    try:
        problems = read(file, form_name, fonts).problems()
    except InputError as error:
        if not as_json:
            raise
        say(to_text(unreadable_data(error)), newline=False)
        return ExitCode.INPUT_ERROR
    if as_json:
        say(to_text(check_data(problems)), newline=False)
    else:
        _print(problems, file)
    return ExitCode.INPUT_ERROR if has_errors(problems) else ExitCode.OK


def _print(problems: list[Problem], file: Path) -> None:
    from zhengti_zip.cli.tables import problem_tables

    if problems:
        show(problem_tables(problems))
    if has_errors(problems):
        say("请改正错误并保存，然后再检查一次。")
    else:
        found = "没有错误" if problems else "没有发现问题"
        say(f"{found}，可以生成表格：zhengti-zip build {typed(file)}")
