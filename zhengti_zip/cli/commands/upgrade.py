"""``zhengti-zip upgrade``: copy the values of an old or damaged workbook into the current template."""

from __future__ import annotations

from pathlib import Path

import click

from zhengti_zip.base.commands import typed
from zhengti_zip.base.errors import ExitCode, InputError
from zhengti_zip.cli.carrying import carry, refuse_without_target
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.file_paths import check_outputs, command_line, write
from zhengti_zip.cli.parameters import carry_options, conversion_options
from zhengti_zip.cli.streams import hint


@click.command(
    "upgrade",
    cls=Command,
    short_help="把旧工作簿换成新模板，或转到下一年度的表",
    help="把旧版或被改乱的工作簿中填写的内容搬到新的工作簿。\n无法识别的内容原样搬过去，再用 check 检查。原文件不改动。\n"
    "加上 --to 则转到另一张表，例如下一年度的表：按编号和名称找到对应的项目，带入名称、目标、指标和目标值；"
    "没有带入的列在终端和新工作簿的第一张工作表中。",
    epilog="zhengti-zip upgrade 旧工作簿.xlsx -o 新工作簿.xlsx\n"
    "zhengti-zip upgrade 去年.xlsx --to 表/haizhu-2023 -o 今年.xlsx",
)
@conversion_options("旧工作簿", "写到哪个工作簿（必填）", (".xlsx",))
@carry_options()
def upgrade(
    file: Path,
    output: Path,
    force: bool,
    form_name: str | None,
    target: str | None,
    everything: bool,
    as_json: bool,
) -> ExitCode:
    """Write a workbook of the current template."""
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.workbook.write.upgrade import upgrade as upgraded

    refuse_without_target(target, everything, as_json)
    check_outputs([output], [file], force=force)
    if target is not None:
        return carry(file, output, target, form_name, everything=everything, as_json=as_json)
    _refuse_json(file, output, form_name)
    write({output: upgraded(file, load_form(form_name) if form_name else None)})
    hint(f"请核对新工作簿的内容：{command_line('check', output, form_name)}")
    return ExitCode.OK


def _refuse_json(file: Path, output: Path, form_name: str | None) -> None:
    """Name the command that makes a workbook of JSON data.

    Raises:
        InputError: the file is JSON, or cannot be read.
    """
    from zhengti_zip.base.filekinds import FileKind, kind_of
    from zhengti_zip.base.limits import read_limited

    if kind_of(file, read_limited(file)) is FileKind.JSON:
        remedy = f"用它生成工作簿：{command_line('fill', file, form_name)} -o {typed(output)}"
        raise InputError(f"{file} 是 JSON 数据，不是 Excel 工作簿", remedy)
