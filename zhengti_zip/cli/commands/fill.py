"""``zhengti-zip fill``: a workbook filled from JSON."""

from __future__ import annotations

from pathlib import Path

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.inputs import readable_source
from zhengti_zip.cli.parameters import conversion_options
from zhengti_zip.cli.paths import check_outputs, write


@click.command(
    "fill",
    cls=Command,
    short_help="把 JSON 填入工作簿",
    help="把导出的 JSON 填入一份新的工作簿。有无法识别的内容时不生成，列出问题并返回 1。",
    epilog="zhengti-zip fill 组织部.json -o 组织部.xlsx",
)
@conversion_options("数据文件", "写到哪个工作簿（必填）")
def fill(file: Path, output: Path, force: bool, form_name: str | None) -> ExitCode:
    """Write a workbook holding the submission."""
    from zhengti_zip.workbook.write.writer import filled_workbook

    check_outputs([output], [file], force=force)
    source = readable_source(file, "未生成工作簿", form_name)
    write({output: filled_workbook(source.form, source.submission)})
    return ExitCode.OK
