"""click in Chinese: help pages, usage lines and usage errors."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from zhengti_zip.base.commands import typed
from zhengti_zip.cli.near_misses import commands_about, meant_option, near_names, question
from zhengti_zip.cli.wrapping import cells, padded, wrap

if TYPE_CHECKING:
    from click.types import OptionHelpExtra

HELP_NAMES = ["-h", "--help"]

FILE_SUFFIXES = (".xlsx", ".xls", ".json", ".pdf", ".docx", ".zip")
"""A word with one of them, in place of a command, is a file."""

HEADINGS = {"Positional arguments": "参数", "Options": "选项", "Commands": "命令"}
"""Sections of click's help pages. A gettext catalogue would not do: gettext uses one only for the user's
language, and click adds English punctuation to translated errors."""


class Formatter(click.HelpFormatter):
    """Formats help pages, with Chinese characters two cells wide."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        self.write(f"{prefix or '用法：'}{prog} {args}".rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        """The name of a section."""
        self.write(f"{' ' * self.current_indent}{HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        """Sentences; line breaks of ``text`` are kept."""
        indent = " " * self.current_indent
        for paragraph in text.splitlines():
            for line in wrap(paragraph, self.width - self.current_indent):
                self.write(f"{indent}{line}".rstrip() + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Two columns: names and their help."""
        pairs = list(rows)
        indent = " " * self.current_indent
        first = min(max((cells(name) for name, _ in pairs), default=0), col_max) + col_spacing
        for name, meaning in pairs:
            lines = wrap(meaning, max(self.width - self.current_indent - first, 20))
            if cells(name) + col_spacing > first:
                self.write(f"{indent}{name}\n")
            else:
                self.write(f"{indent}{padded(name, first)}{lines.pop(0)}".rstrip() + "\n")
            for line in lines:
                self.write(f"{indent}{' ' * first}{line}".rstrip() + "\n")


class ChineseContext(click.Context):
    """A context whose help pages are Chinese."""

    formatter_class = Formatter


class Option(click.Option):
    """An option without click's English remarks; its help text says itself what is required or default."""

    def get_help_extra(self, ctx: click.Context) -> OptionHelpExtra:
        """No remarks."""
        return {}


class Misuse(click.UsageError):
    """A usage error of this program; its message is Chinese."""


class Command(click.Command):
    """A command with a Chinese help page.

    ``help`` and ``short_help`` are given to the decorator, because docstrings are English;
    ``epilog`` is one example a line.
    """

    context_class = ChineseContext
    allow_extra_args = True  # reported in Chinese by parse_args

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; every usage error gets the context of its command."""
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if rest and not isinstance(self, click.Group):
            raise Misuse(f"多余的参数：{' '.join(rest)}{_dash_hint(rest, ctx)}", ctx)
        return rest

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The parameters; every command has ``-q`` and ``-v`` before ``--help``."""
        *own, help_option = super().get_params(ctx)
        return [*own, *_common_options(), help_option]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help`` in Chinese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help, option.callback = "显示帮助", _show_help
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The parts of the usage line after the command."""
        return ["[选项]", *(piece for param in self.get_params(ctx) for piece in param.get_usage_pieces(ctx))]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, not wrapped, so that they can be copied."""
        if self.epilog:
            with formatter.section("示例"):
                for line in self.epilog.splitlines():
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")


class Group(Command, click.Group):
    """A group of commands, listed in the order they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order a clerk needs them."""
        return list(self.commands)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The parts of the usage line after the program."""
        return ["命令", "[选项]"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, then the options."""
        self.format_commands(ctx, formatter)
        click.Command.format_options(self, ctx, formatter)


@cache
def _common_options() -> tuple[click.Option, click.Option]:
    from zhengti_zip.cli.verbosity import Verbosity, verbosity_setter

    return verbosity_setter(Verbosity.QUIET), verbosity_setter(Verbosity.DETAILED)


def _dash_hint(words: list[str], ctx: click.Context) -> str:
    names = [name for param in ctx.command.get_params(ctx) for name in param.opts]
    meant = [option for word in words if (option := meant_option(word, names))]
    return f"。选项前面要用英文的减号：{meant[0]}" if meant else ""


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    from zhengti_zip.cli.streams import say_exactly

    if value and not ctx.resilient_parsing:
        say_exactly(ctx.get_help(), newline=True)
        ctx.exit()


def usage_message(error: click.UsageError) -> str:
    """A usage error in Chinese."""
    if isinstance(error, Misuse):
        return error.message
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}{question(near_names(error.option_name, _options(error.ctx)))}"
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"没有命令 {error.command_name}{_command_hint(error)}"
    if isinstance(error, click.MissingParameter):
        word = "选项" if isinstance(error.param, click.Option) else "参数"
        return f"缺少{word} {_name_of(error.param)}".rstrip()
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面{'不能带值' if _is_flag(error) else '缺少内容'}"
    if isinstance(error, click.BadParameter):
        name = _name_of(error.param)
        return f"{name} 的内容不对{_allowed(error.param)}" if name else "参数的内容不对"
    if error.ctx is not None and isinstance(error.ctx.command, click.Group):
        return "缺少命令"
    return "命令的写法不对"


def usage_hint(error: click.UsageError) -> str:
    """The usage line of the command, and the call that shows its help."""
    if error.ctx is None:
        return ""
    return f"{error.ctx.get_usage()}\n查看说明：{error.ctx.command_path} --help"


def _options(ctx: click.Context | None) -> list[str]:
    if ctx is None:
        return []
    params = ctx.command.get_params(ctx)
    return [name for param in params if isinstance(param, click.Option) for name in param.opts]


def _command_hint(error: click.exceptions.NoSuchCommand) -> str:
    """What was meant: a command of a similar name, one that does what the word says, or a file."""
    word, ctx = error.command_name, error.ctx
    if ctx is None or not isinstance(ctx.command, click.Group):
        return ""
    if dashed := meant_option(word, _options(ctx)):
        return f"。选项前面要用英文的减号：{dashed}"
    commands = ctx.command.commands
    if names := near_names(word, commands) or commands_about(word, commands):
        return question(names)
    if PurePath(word).suffix.lower() in FILE_SUFFIXES:
        return f"。请先写命令，再写文件，例如 {ctx.command_path} check {typed(Path(word))}"
    return ""


def _name_of(param: click.Parameter | None) -> str:
    if param is None:
        return ""
    return " / ".join(param.opts) if isinstance(param, click.Option) else param.human_readable_name


def _is_flag(error: click.BadOptionUsage) -> bool:
    """Whether the option takes no value, which tells click's two errors of this class apart."""
    params = error.ctx.command.params if error.ctx else []
    return any(
        isinstance(param, click.Option) and param.is_flag
        for param in params
        if error.option_name in param.opts
    )


def _allowed(param: click.Parameter | None) -> str:
    """What the parameter takes."""
    kind = param.type if param is not None else None
    if isinstance(kind, click.Choice):
        return f"，只能是 {'、'.join(str(choice) for choice in kind.choices)}"
    if isinstance(kind, click.IntRange):
        return f"，要写 {kind.min} 到 {kind.max} 的整数"
    if kind is click.INT:
        return "，要写整数"
    return ""
