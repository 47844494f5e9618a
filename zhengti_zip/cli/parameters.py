"""Parameters that several commands share, and the checks of paths that go with them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from zhengti_zip.base.errors import OutputError
from zhengti_zip.cli.chinese import Option
from zhengti_zip.submission.problems import InputRefused

if TYPE_CHECKING:
    from zhengti_zip.form.definition import FormDefinition
    from zhengti_zip.submission.source import Source

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

PATH = click.Path(path_type=Path, readable=False)
"""A path click leaves alone: what is wrong with it is ours to say, in Chinese."""


def input_argument(metavar: str = "填报文件") -> Callable[[Decorated], Decorated]:
    """The file a department filled in."""
    return click.argument("file", type=PATH, metavar=metavar, help="填好的工作簿（.xlsx）或填报数据（.json）")


def form_option() -> Callable[[Decorated], Decorated]:
    """``--form`` of commands that read an input."""
    words = "文件必须属于这张表（编号或所在文件夹）；不写则按文件中的记录"
    return click.option("--form", "form_name", cls=Option, metavar="表", help=words)


def new_form_option() -> Callable[[Decorated], Decorated]:
    """``--form`` of commands that start from a form."""
    words = "哪一张表（编号或所在文件夹）；不写则为 haizhu-2022。编号见 zhengti-zip forms"
    return click.option("--form", "form_name", cls=Option, metavar="表", help=words)


def json_option() -> Callable[[Decorated], Decorated]:
    """``--json``."""
    return click.option("--json", "as_json", is_flag=True, cls=Option, help="输出 JSON，供其他程序读取")


def force_option() -> Callable[[Decorated], Decorated]:
    """``--force``."""
    return click.option("--force", is_flag=True, cls=Option, help="覆盖已有的同名文件")


def font_option() -> Callable[[Decorated], Decorated]:
    """``--font``, given as often as needed."""
    words = "另用一个字体文件（.ttf、.otf），补足自带字体没有的字；可写多次"
    return click.option(
        "--font", "fonts", type=PATH, cls=Option, multiple=True, metavar="字体文件", help=words
    )


def output_option(metavar: str, words: str, *, required: bool = False) -> Callable[[Decorated], Decorated]:
    """``-o``."""
    return click.option(
        "-o", "--output", type=PATH, cls=Option, metavar=metavar, required=required, help=words
    )


def form_of(name: str | None) -> FormDefinition:
    """The form named on the command line, or the default one.

    Raises:
        UsageProblem: there is no such form.
        FormDefinitionError: it has mistakes.
    """
    from zhengti_zip.form.loader import DEFAULT_FORM, load_form

    return load_form(name or DEFAULT_FORM)


def protect_input(file: Path, *outputs: Path) -> None:
    """Never write over what a person typed, not even with ``--force``.

    Raises:
        OutputError: one of ``outputs`` is the input itself, under whatever name.
    """
    for output in outputs:
        if is_same(output, file):
            raise OutputError(f"输出文件不能就是填报文件本身：{output}", "请用 -o 指定其他文件名或文件夹")


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file."""
    if one == other:
        return True
    with suppress(OSError):  # one of them does not exist, or cannot be looked at
        return one.samefile(other)
    return False


def readable_source(file: Path, consequence: str, form_name: str | None = None) -> Source:
    """An input all of whose values were understood, so that nothing is lost by writing it elsewhere.

    Args:
        consequence: what is not done otherwise, e.g. ``未导出``.
        form_name: what ``--form`` says.

    Raises:
        InputError: the file as a whole cannot be read.
        InputRefused: some values could not be understood.
    """
    from zhengti_zip.workbook.read.anyinput import read

    source = read(file, form_name)
    unread = [problem for problem in source.reading_problems if problem.is_error]
    if unread:
        raise InputRefused(f"有 {len(unread)} 处内容无法识别，{consequence}", unread, "请改正后重试")
    return source


def typed(path: Path) -> str:
    """A path as it must be typed in a command."""
    text = str(path)
    return f'"{text}"' if any(character in text for character in " &()'") else text
