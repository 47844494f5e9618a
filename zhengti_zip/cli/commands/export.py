"""``zhengti-zip export``: the data of an input as JSON."""

from __future__ import annotations

from pathlib import Path

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.file_paths import check_outputs, write
from zhengti_zip.cli.input_files import readable_source
from zhengti_zip.cli.parameters import conversion_options
from zhengti_zip.cli.streams import say_exactly

STDOUT = Path("-")


@click.command(
    "export",
    cls=Command,
    short_help="把填报内容导出为 JSON",
    help="把填报内容导出为 JSON，内容一字不差。缺项不影响导出；有无法识别的内容时不导出，列出问题并返回 1。",
    epilog="zhengti-zip export 组织部.xlsx -o 组织部.json\nzhengti-zip export 组织部.xlsx -o -",
)
@conversion_options("填报文件", "写到哪个文件（必填）；- 表示标准输出", (".json",))
def export(file: Path, output: Path, force: bool, form_name: str | None) -> ExitCode:
    """Write the submission as JSON."""
    if output != STDOUT:
        check_outputs([output], [file], force=force)
    text = readable_source(file, "未导出", form_name).submission.to_json()
    if output == STDOUT:
        say_exactly(text)
    else:
        write({output: text.encode("utf-8")})
    return ExitCode.OK
