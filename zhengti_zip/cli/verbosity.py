"""How much a command says beside its result: ``-q`` and ``-v``, which every command has."""

from __future__ import annotations

from contextvars import ContextVar
from enum import IntEnum

import click


class Verbosity(IntEnum):
    """How much is said on stderr. Results, problems and errors are said at every level."""

    QUIET = 0
    """No next steps, no summaries, no progress."""
    NORMAL = 1
    DETAILED = 2
    """Also what was read and written, how long the steps took, and the trace of an error."""


VERBOSITY: ContextVar[Verbosity] = ContextVar("verbosity", default=Verbosity.NORMAL)
"""The level of the command that runs."""

QUIET_HELP = "只显示结果、问题和错误，不显示提示和进度"
DETAILED_HELP = "另外显示读了什么、写了什么、各步用时"


def is_quiet() -> bool:
    """Whether hints and progress are left out."""
    return VERBOSITY.get() is Verbosity.QUIET


def is_detailed() -> bool:
    """Whether every step is told."""
    return VERBOSITY.get() is Verbosity.DETAILED


def verbosity_setter(level: Verbosity) -> click.Option:
    """An option that sets the level, as a callback of click; both at once are a usage error."""
    from zhengti_zip.cli.chinese import Misuse, Option

    def choose(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if not value or ctx.resilient_parsing:
            return
        if VERBOSITY.get() not in (Verbosity.NORMAL, level):
            raise Misuse("-q 和 -v 不能同时使用", ctx)
        VERBOSITY.set(level)

    names = ("-q", "--quiet") if level is Verbosity.QUIET else ("-v", "--verbose")
    words = QUIET_HELP if level is Verbosity.QUIET else DETAILED_HELP
    return Option(names, is_flag=True, is_eager=True, expose_value=False, callback=choose, help=words)
