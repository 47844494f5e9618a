"""``zhengti-zip report``: 自评报告 as a Word file or PDF, from the same data as the form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.file_paths import check_outputs, write
from zhengti_zip.cli.input_files import read_input
from zhengti_zip.cli.parameters import (
    OutputPath,
    flag,
    font_option,
    force_option,
    form_option,
    input_argument,
    option,
)
from zhengti_zip.cli.streams import busy, show, tell

if TYPE_CHECKING:
    from zhengti_zip.submission.problems import Problem

SUFFIXES = (".docx", ".pdf")


@click.command(
    "report",
    cls=Command,
    short_help="生成文字报告（自评报告）",
    help=(
        "用填报的数据生成自评报告：基本情况、绩效目标、预算和支出、完成情况、存在的问题、改进措施。\n"
        "其中的数与自评表一致，文字是填报的原文；没有填写的照实写明，程序不代写。-o 可以写多次。\n"
        "有错误时不生成，列出错误并返回 1；警告只列出，不影响生成。"
    ),
    epilog=(
        "zhengti-zip report 组织部.xlsx -o 自评报告.docx\n"
        "zhengti-zip report 组织部.xlsx -o 自评报告.docx -o 自评报告.pdf"
    ),
)
@input_argument()
@option(
    "-o",
    "--output",
    "outputs",
    words="报告写到哪个文件（.docx 或 .pdf）",
    type=OutputPath(SUFFIXES),
    multiple=True,
    required=True,
    metavar="文件",
)
@flag("--draft", words="有错误也生成，每页印有“草稿”字样")
@force_option()
@font_option()
@form_option()
def report(
    file: Path,
    outputs: tuple[Path, ...],
    draft: bool,
    force: bool,
    fonts: tuple[Path, ...],
    form_name: str | None,
) -> ExitCode:
    """Write the report."""
    from zhengti_zip.grid.examine import examine
    from zhengti_zip.reporting.report import report_files

    check_outputs(outputs, [file], force=force)
    with busy("正在读取……"):
        examined = examine(read_input(file, form_name, fonts))
    with busy("正在生成报告……"):
        made = report_files(examined, {output.suffix.lower() for output in outputs}, draft=draft)
    _tell_problems(examined.problems)
    write({output: made[output.suffix.lower()] for output in outputs})
    return ExitCode.OK


def _tell_problems(problems: list[Problem]) -> None:
    from zhengti_zip.cli.terminal_tables import problem_tables

    if problems:
        show(problem_tables(problems), err=True)
    errors = sum(problem.is_error for problem in problems)
    if errors:
        tell(f"这是草稿：还有 {errors} 处错误，改正后请去掉 --draft 重新生成")
