"""``zhengti-zip help``: the help page of a command, as ``--help`` shows it."""

from __future__ import annotations

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.streams import say_exactly


@click.command(
    "help",
    cls=Command,
    short_help="显示一个命令的说明",
    help="显示一个命令的说明，与在命令后面加 --help 相同。不写命令则列出所有命令。",
    epilog="zhengti-zip help check\nzhengti-zip help form preview",
)
@click.argument("words", nargs=-1, metavar="[命令]...", help="哪个命令，例如 check、form preview")
@click.pass_context
def help(ctx: click.Context, words: tuple[str, ...]) -> ExitCode:
    """Print a help page."""
    parent = ctx.parent
    assert parent is not None
    rest = list(words)
    while rest and isinstance(parent.command, click.Group):
        name, command, rest = parent.command.resolve_command(parent, rest)
        assert command is not None  # an unknown name is a usage error
        parent = command.context_class(command, info_name=name, parent=parent, **command.context_settings)
    if rest:
        raise click.UsageError("", parent)
    say_exactly(parent.get_help(), newline=True)
    return ExitCode.OK
