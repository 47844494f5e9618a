"""The group of commands, and the message and exit code for every exception."""

from __future__ import annotations

import os
import sys
import time
import traceback
import warnings
from collections.abc import Sequence

import click

from zhengti_zip.base.errors import ExitCode, ZhengtiError
from zhengti_zip.base.originals import settle_epoch
from zhengti_zip.base.version import VERSION
from zhengti_zip.cli.chinese import HELP_NAMES, Group, Option, usage_hint, usage_message
from zhengti_zip.cli.interruption import was_interrupted
from zhengti_zip.cli.lazy import LazyCommands
from zhengti_zip.cli.net import too_much_memory
from zhengti_zip.cli.streams import complain, detail, say, show, tell
from zhengti_zip.cli.verbosity import VERBOSITY, Verbosity, is_detailed
from zhengti_zip.submission.problems import InputRefused

PROGRAM = "zhengti-zip"
DEBUG = "ZHENGTI_DEBUG"
COMPLETION = "_ZHENGTI_ZIP_COMPLETE"
"""Set by the script of a shell; click then answers what fits."""

HELP = """把部门填报的 Excel 工作簿变成部门整体支出绩效自评表：自动评分，生成 PDF 和 DOCX。

最方便的办法是 zhengti-zip serve：在浏览器里检查、改正、打印和下载，不用再输入命令。
也可以一步一步用命令做：

1. zhengti-zip template 生成空白工作簿，用 Excel 或 WPS 填写并保存；
2. zhengti-zip check 检查填写的内容，按提示改到没有错误为止；
3. zhengti-zip build 生成自评表，PDF 用于报送，DOCX 用于审阅。"""

EXAMPLE = """zhengti-zip serve
zhengti-zip template -o 组织部.xlsx
zhengti-zip check 组织部.xlsx
zhengti-zip build 组织部.xlsx"""


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        say(f"{PROGRAM} {VERSION}")
        ctx.exit()


COMMANDS = (
    "serve",
    "template",
    "check",
    "score",
    "explain",
    "preview",
    "build",
    "report",
    "batch",
    "recheck",
    "trend",
    "review",
    "extract",
    "diff",
    "export",
    "fill",
    "upgrade",
    "forms",
    "rules",
    "form",
    "schema",
    "account",
    "backup",
    "restore",
    "doctor",
    "completion",
    "help",
)
"""The commands in the order a clerk needs them; each is a function of its name in a module of its name."""


@click.group(
    PROGRAM,
    cls=Group,
    commands=LazyCommands("zhengti_zip.cli.commands", COMMANDS),
    help=HELP,
    epilog=EXAMPLE,
    no_args_is_help=True,
    context_settings={"help_option_names": HELP_NAMES},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    cls=Option,
    help="显示版本号",
)
def cli() -> None:
    """The program."""


def run(args: Sequence[str] | None = None) -> int:
    """Run one command; every exception becomes a Chinese message and an exit code.

    Args:
        args: the arguments; None for those of the process.

    Returns:
        The exit code.
    """
    try:
        VERBOSITY.set(Verbosity.NORMAL)
        with warnings.catch_warnings():
            if not (sys.warnoptions or os.environ.get(DEBUG)):
                warnings.simplefilter("ignore")  # warnings of libraries are in English, for programmers
            if words := settle_epoch():
                tell(words)
            if COMPLETION in os.environ:
                from zhengti_zip.cli.completing import register

                register()
            start = time.monotonic()
            code = int(cli.main(args, prog_name=PROGRAM, standalone_mode=False) or ExitCode.OK)
            detail(f"{PROGRAM} {VERSION}：用时 {time.monotonic() - start:.2f} 秒，返回 {code}")
            return code
    except Exception as error:
        return _interrupted() if was_interrupted() else _report(error)
    except KeyboardInterrupt:
        return _interrupted()


def _report(error: Exception) -> int:
    if isinstance(error, click.Abort) and not isinstance(error.__cause__, EOFError):
        return _interrupted()
    if isinstance(error, click.UsageError):
        return _misused(error)
    if isinstance(error, MemoryError):
        error = too_much_memory()
    if isinstance(error, InputRefused):
        from zhengti_zip.cli.terminal_tables import problem_tables

        show(problem_tables(error.problems), err=True)
    if isinstance(error, ZhengtiError):
        complain(error.message, error.remedy)
        _trace(error)
        return error.exit_code
    if isinstance(error, ModuleNotFoundError) and not (error.name or "").startswith("zhengti_zip"):
        complain(f"缺少 Python 库 {error.name}", "请运行 zhengti-zip doctor，按提示安装")
    else:
        remedy = (
            "请把本信息、所用的命令和填报文件交给维护人员。"
            f"加上 -v 或设置环境变量 {DEBUG}=1 后重试，可显示详细信息"
        )
        complain(f"程序内部错误：{type(error).__name__}：{error}", remedy)
    _trace(error)
    return ExitCode.ENVIRONMENT


def _misused(error: click.UsageError) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        tell(error.ctx.get_help())
    else:
        complain(usage_message(error))
        tell(usage_hint(error))
    return ExitCode.USAGE


def _interrupted() -> int:
    tell("已中断")
    return ExitCode.INTERRUPTED


def _trace(error: Exception) -> None:
    if os.environ.get(DEBUG) or is_detailed():
        tell("".join(traceback.format_exception(error)).rstrip())
