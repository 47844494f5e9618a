"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from zhengti_zip.cli.chinese import Option
from zhengti_zip.cli.suffixes import refuse_suffix

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Decorator(Protocol):
    """Adds parameters to a command."""

    def __call__(self, function: Decorated, /) -> Decorated:
        """The function, with its parameters noted for click."""


PATH = click.Path(path_type=Path, readable=False)
"""A path that click does not check: the command reports what is wrong with it, in Chinese."""


class OutputPath(click.Path):
    """The path of something to be written, whose suffix must tell what it will be.

    Args:
        suffixes: what a file can end with, the usual one first; none if it is a folder.
    """

    def __init__(self, suffixes: tuple[str, ...]) -> None:
        super().__init__(path_type=Path, readable=False, file_okay=bool(suffixes))
        self.suffixes = suffixes

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; click checks nothing that the command does not check itself.

        Raises:
            UsageProblem: the suffix is of another kind of file.
        """
        path = Path(value)
        refuse_suffix(path, self.suffixes)
        return path


def option(*names: str, words: str, **attributes: Any) -> Decorator:
    """An option with Chinese help.

    Args:
        names: as of ``click.option``.
        words: the help text.
        attributes: further arguments of ``click.option``.
    """
    return click.option(*names, cls=Option, help=words, **attributes)


def flag(*names: str, words: str) -> Decorator:
    """An option without a value."""
    return option(*names, words=words, is_flag=True)


def number_option(
    name: str, least: int, most: int, unit: str, words: str, default: int | None = None
) -> Decorator:
    """An option that takes a whole number from ``least`` to ``most``; ``unit`` stands for it in the help."""
    return option(name, words=words, type=click.IntRange(least, most), default=default, metavar=unit)


def input_argument(metavar: str = "填报文件") -> Decorator:
    """The file a department filled in."""
    return click.argument("file", type=PATH, metavar=metavar, help="填好的工作簿（.xlsx）或填报数据（.json）")


def _complete_form(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of the bundled forms, for the shell; a folder can be typed too."""
    from click.shell_completion import CompletionItem

    from zhengti_zip.form.loader import form_ids

    found = [CompletionItem(each) for each in form_ids() if each.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="dir")]


def form_option() -> Decorator:
    """``--form`` of commands that read an input."""
    words = "文件必须属于这张表（编号或所在文件夹）；不写则按文件中的记录"
    return option("--form", "form_name", words=words, metavar="表", shell_complete=_complete_form)


def new_form_option() -> Decorator:
    """``--form`` of commands that start from a form."""
    words = "哪一张表（编号或所在文件夹）；不写则为 haizhu-2022。编号见 zhengti-zip forms"
    return option("--form", "form_name", words=words, metavar="表", shell_complete=_complete_form)


def json_option() -> Decorator:
    """``--json``."""
    return flag("--json", "as_json", words="输出 JSON，供其他程序读取")


def newest_option(otherwise: str) -> Decorator:
    """``--newest``; ``otherwise`` says what becomes of several versions without it."""
    return flag("--newest", words=f"同一部门报了几份内容不同的，以最后修改的一份为准；{otherwise}")


def force_option() -> Decorator:
    """``--force``."""
    return flag("--force", words="覆盖已有的同名文件")


def font_option() -> Decorator:
    """``--font``; may be given several times."""
    words = "另用一个字体文件（.ttf、.otf），补足自带字体没有的字；可写多次"
    return option("--font", "fonts", words=words, type=PATH, multiple=True, metavar="字体文件")


def output_option(
    metavar: str, words: str, *, required: bool = False, suffixes: tuple[str, ...] = ()
) -> Decorator:
    """``-o``, a file or a folder.

    Args:
        metavar: what stands for it in the help; ``文件夹`` if it is a folder.
        words: the help text.
        required: whether it must be given.
        suffixes: the suffixes the file can have; none for a folder.
    """
    kind = OutputPath(suffixes)
    return option("-o", "--output", words=words, type=kind, metavar=metavar, required=required)


def print_options(draft: str) -> Decorator:
    """``--pdf``, ``--docx``, ``--draft`` and ``--page-numbers``; ``draft`` is the help of the third."""
    return together(
        flag("--pdf", words="只生成 PDF"),
        flag("--docx", words="只生成 DOCX"),
        flag("--draft", words=draft),
        flag("--page-numbers", words="每页印“第 1 页 共 2 页”"),
    )


def conversion_options(metavar: str, words: str, suffixes: tuple[str, ...]) -> Decorator:
    """What every command takes that writes an input in another form.

    Args:
        metavar: name of the input in the help.
        words: help of ``-o``.
        suffixes: of the file written.
    """
    output = output_option("文件", words, required=True, suffixes=suffixes)
    return together(input_argument(metavar), output, force_option(), form_option())


def carry_options() -> Decorator:
    """``--to``, ``--all`` and ``--json`` of commands that take a file over into another form."""
    return together(
        option(
            "--to",
            "target",
            words="转到哪一张表（编号或所在文件夹），例如下一年度的表",
            metavar="表",
            shell_complete=_complete_form,
        ),
        flag("--all", "everything", words="与 --to 连用：连同上一年度的金额、数据、完成情况和得分一起带入"),
        flag("--json", "as_json", words="与 --to 连用：输出 JSON，列出没有带入的内容"),
    )


def office_options(*, required: bool) -> Decorator:
    """``--office`` and ``--folder``: where an office keeps what it has."""
    words = (
        "办公台的数据：一个文件夹，或数据库地址 postgresql://用户@主机/库名；也可以用环境变量 ZHENGTI_OFFICE"
    )
    files = "上传的文件存放在哪里，与数据库地址连用" + (
        "" if required else "；没有 --office 时不写则用临时文件夹"
    )
    return together(
        option("--office", words=words, envvar="ZHENGTI_OFFICE", metavar="文件夹或数据库", required=required),
        option("--folder", words=files, type=PATH, metavar="文件夹"),
    )


def together(*decorators: Decorator) -> Decorator:
    """The decorators as one, the first outermost, which is their order in the help."""

    def decorate(function: Decorated) -> Decorated:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate
