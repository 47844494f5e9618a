"""``zhengti-zip doctor``: whether this machine has what the program needs."""

from __future__ import annotations

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.parameters import json_option
from zhengti_zip.cli.streams import say, say_json
from zhengti_zip.cli.wrapping import cells, padded


@click.command(
    "doctor",
    cls=Command,
    short_help="检查运行环境",
    help="检查本机是否具备程序所需的一切，缺少的给出安装命令。\n缺少必需的东西时返回 3。",
    epilog="zhengti-zip doctor",
)
@json_option()
def doctor(as_json: bool) -> ExitCode:
    """Print every check; in plain lines, because rich itself may be what is missing."""
    from zhengti_zip.cli.machine import examine_machine, is_fit

    checks = examine_machine()
    fit = is_fit(checks)
    if as_json:
        say_json({"ok": fit, "checks": [check.as_json() for check in checks]})
    else:
        width = max(cells(check.name) for check in checks)
        for check in checks:
            say(f"{check.status.label}  {padded(check.name, width)}  {check.detail}")
            if check.remedy:
                say(f"      处理：{check.remedy}")
        say("一切就绪。" if fit else "缺少必需的东西，请按“处理”安装后再检查一次。")
    return ExitCode.OK if fit else ExitCode.ENVIRONMENT
