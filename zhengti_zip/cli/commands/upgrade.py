"""``zhengti-zip upgrade``: an old or damaged workbook brought over to the present template."""

from __future__ import annotations

from pathlib import Path

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.parameters import (
    force_option,
    form_option,
    input_argument,
    output_option,
    protect_input,
    typed,
)
from zhengti_zip.cli.streams import say, tell


@click.command(
    "upgrade",
    cls=Command,
    short_help="把旧工作簿换成新模板",
    help="把旧版或被改乱的工作簿中填写的内容搬到新的工作簿。\n无法识别的内容原样搬过去，再用 check 检查。原文件不改动。",
    epilog="zhengti-zip upgrade 旧工作簿.xlsx -o 新工作簿.xlsx",
)
@input_argument("旧工作簿")
@output_option("文件", "写到哪个工作簿（必填）", required=True)
@force_option()
@form_option()
def upgrade(file: Path, output: Path, force: bool, form_name: str | None) -> ExitCode:
    """Write a workbook of the present template."""
    from zhengti_zip.base.files import refuse_overwriting, write_atomically
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.workbook.write.upgrade import upgrade as upgraded

    protect_input(file, output)
    refuse_overwriting(output, force)
    write_atomically(output, upgraded(file, load_form(form_name) if form_name else None))
    say(str(output))
    tell(f"请核对新工作簿的内容：zhengti-zip check {typed(output)}")
    return ExitCode.OK
