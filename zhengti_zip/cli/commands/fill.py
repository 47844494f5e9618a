"""``zhengti-zip fill``: a workbook filled from JSON."""

from __future__ import annotations

from pathlib import Path

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.carrying import carry, refuse_without_target
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.file_paths import check_outputs, write
from zhengti_zip.cli.input_files import readable_source
from zhengti_zip.cli.parameters import carry_options, conversion_options


@click.command(
    "fill",
    cls=Command,
    short_help="把 JSON 填入工作簿",
    help="把导出的 JSON 填入一份新的工作簿。有无法识别的内容时不生成，列出问题并返回 1。\n"
    "加上 --to 则填入另一张表的工作簿，例如下一年度的表；没有带入的列在终端和新工作簿的第一张工作表中。",
    epilog="zhengti-zip fill 组织部.json -o 组织部.xlsx\n"
    "zhengti-zip fill 去年.json --to 表/haizhu-2023 -o 今年.xlsx",
)
@conversion_options("数据文件", "写到哪个工作簿（必填）", (".xlsx",))
@carry_options()
def fill(
    file: Path,
    output: Path,
    force: bool,
    form_name: str | None,
    target: str | None,
    everything: bool,
    as_json: bool,
) -> ExitCode:
    """Write a workbook holding the submission."""
    from zhengti_zip.workbook.write.writer import filled_workbook

    refuse_without_target(target, everything, as_json)
    check_outputs([output], [file], force=force)
    if target is not None:
        return carry(file, output, target, form_name, everything=everything, as_json=as_json)
    source = readable_source(file, "未生成工作簿", form_name)
    write({output: filled_workbook(source.form, source.submission)})
    return ExitCode.OK
