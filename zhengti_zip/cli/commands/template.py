"""``zhengti-zip template``: a blank workbook."""

from __future__ import annotations

from pathlib import Path

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.file_paths import check_outputs, command_line, write
from zhengti_zip.cli.input_files import form_of
from zhengti_zip.cli.parameters import force_option, new_form_option, output_option
from zhengti_zip.cli.streams import hint


@click.command(
    "template",
    cls=Command,
    short_help="生成空白工作簿",
    help="生成一份空白的填报工作簿，用 Excel 或 WPS 填写。\n已有同名文件时不覆盖，除非加上 --force。",
    epilog="zhengti-zip template\nzhengti-zip template -o 组织部.xlsx",
)
@new_form_option()
@output_option("文件", "写到哪个文件；不写则为当前文件夹下的“表编号.xlsx”", suffixes=(".xlsx",))
@force_option()
def template(form_name: str | None, output: Path | None, force: bool) -> ExitCode:
    """Write a blank workbook."""
    from zhengti_zip.workbook.write.writer import blank_workbook

    form = form_of(form_name)
    target = output or Path(f"{form.id}.xlsx")
    check_outputs([target], force=force)
    write({target: blank_workbook(form)})
    hint(f"请用 Excel 或 WPS 填写，保存后运行：{command_line('check', target, form_name)}")
    return ExitCode.OK
