"""``zhengti-zip doctor``: whether this machine has what the program needs."""

from __future__ import annotations

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.jsonout import to_text
from zhengti_zip.cli.options import json_option
from zhengti_zip.cli.streams import say
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
    """Print every finding; in plain lines, because rich itself may be what is missing."""
    from zhengti_zip.cli.doctor import examine_machine, is_fit

    findings = examine_machine()
    fit = is_fit(findings)
    if as_json:
        say(to_text({"ok": fit, "checks": [finding.as_json() for finding in findings]}), newline=False)
    else:
        width = max(cells(finding.name) for finding in findings)
        for finding in findings:
            say(f"{finding.status.label}  {padded(finding.name, width)}  {finding.detail}")
            if finding.remedy:
                say(f"      处理：{finding.remedy}")
        say("一切就绪。" if fit else "缺少必需的东西，请按“处理”安装后再检查一次。")
    return ExitCode.OK if fit else ExitCode.ENVIRONMENT
