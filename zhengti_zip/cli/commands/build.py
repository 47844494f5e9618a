"""``zhengti-zip build``: the form as PDF and DOCX."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengti_zip.base.commands import typed
from zhengti_zip.base.errors import ExitCode, OutputError, UsageProblem
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.file_paths import command_line, protect_inputs
from zhengti_zip.cli.input_files import read_input
from zhengti_zip.cli.parameters import (
    PATH,
    flag,
    font_option,
    form_option,
    input_argument,
    option,
    output_option,
    print_options,
)
from zhengti_zip.cli.streams import busy, hint, say, show, tell

if TYPE_CHECKING:
    from zhengti_zip.submission.problems import Problem
    from zhengti_zip.submission.source import Source


@click.command(
    "build",
    cls=Command,
    short_help="生成自评表（PDF 和 DOCX）",
    help=(
        "生成自评表：PDF 用于打印报送，DOCX 用于审阅；文件名与填报文件相同。\n"
        "不写 --pdf、--docx 时两种都生成。有错误时不生成任何文件，列出错误并返回 1；警告只列出，不影响生成。\n"
        "已有的 DOCX 在生成后改动过（例如审阅稿）时不覆盖，另存为“名称(2).docx”。"
    ),
    epilog="zhengti-zip build 组织部.xlsx\nzhengti-zip build 组织部.xlsx -o 报送材料 --pdf",
)
@input_argument()
@output_option("文件夹", "生成的文件放在哪里；不写则与填报文件放在一起")
@print_options(draft="有错误也生成，每页印有“草稿”字样")
@flag("--unlock", words="DOCX 中的标题、分值、指标解释和自动计算的数也可修改")
@option(
    "--compare",
    words="与以前的工作簿、JSON、PDF 或 DOCX 对比，DOCX 中以修订标出改动",
    type=PATH,
    metavar="旧文件",
)
@flag("--force", words="已有的 Word 文件在生成后改动过，也覆盖它")
@font_option()
@form_option()
def build(
    file: Path,
    output: Path | None,
    pdf: bool,
    docx: bool,
    draft: bool,
    page_numbers: bool,
    unlock: bool,
    compare: Path | None,
    force: bool,
    fonts: tuple[Path, ...],
    form_name: str | None,
) -> ExitCode:
    """Write PDF and DOCX."""
    from zhengti_zip.cli.terminal_tables import result_line
    from zhengti_zip.grid.examine import examine
    from zhengti_zip.printing.build import build as build_files
    from zhengti_zip.printing.options import PrintOptions

    folder = output or file.parent
    pdf, docx = pdf or not docx, docx or not pdf
    suffixes = [suffix for suffix, wanted in ((".pdf", pdf), (".docx", docx)) if wanted]
    outputs = [folder / f"{file.stem}{suffix}" for suffix in suffixes]
    protect_inputs(outputs, [file])
    _refuse_unsuitable(docx, unlock, compare, outputs)
    with busy("正在读取……"):
        source = read_input(file, form_name, fonts)
        earlier = _earlier(compare, form_name) if compare else None
        options = PrintOptions(pdf, docx, draft, page_numbers, unlock, earlier)
        examined = examine(source)
    with busy("正在排版……"):
        written = build_files(examined, folder, file.stem, options, force, [compare] if compare else [])
    _tell_problems(examined.problems)
    if written[-1] != outputs[-1]:
        _tell_kept(
            outputs[-1], written[-1], f"{command_line('review', outputs[-1])} --workbook {typed(file)}"
        )
    for path in written:
        say(str(path))
    hint(result_line(examined.evaluation, source.form))
    return ExitCode.OK


def _refuse_unsuitable(docx: bool, unlock: bool, compare: Path | None, outputs: list[Path]) -> None:
    """Refuse DOCX options without DOCX, and outputs that would replace the file compared with.

    Raises:
        UsageProblem, OutputError: accordingly.
    """
    if unlock and not docx:
        raise UsageProblem("--unlock 只对 DOCX 有效，不能只生成 PDF", "请去掉 --unlock，或加上 --docx")
    if compare and not docx:
        raise UsageProblem("--compare 的改动标在 DOCX 中，不能只生成 PDF", "请去掉 --pdf，或加上 --docx")
    from zhengti_zip.base.files import is_same

    for output in outputs:
        if compare and is_same(output, compare):
            raise OutputError(f"生成的文件会覆盖用来对比的文件：{output}", "请用 -o 指定其他文件夹")


def _earlier(compare: Path, form_name: str | None) -> Source:
    """Read the file to compare with; values that were not understood are counted on stderr."""
    from zhengti_zip.review.anyfile import read_any

    earlier = read_any(compare, form_name)
    unread = sum(problem.is_error for problem in earlier.reading_problems)
    if unread:
        tell(f"用来对比的 {compare.name} 有 {unread} 处内容无法识别，对比时以能识别的内容为准")
    return earlier


def _tell_problems(problems: list[Problem]) -> None:
    from zhengti_zip.cli.terminal_tables import problem_tables

    if problems:
        show(problem_tables(problems), err=True)
    errors = sum(problem.is_error for problem in problems)
    if errors:
        tell(f"这是草稿：还有 {errors} 处错误，改正后请去掉 --draft 重新生成")


def _tell_kept(word: Path, made: Path, command: str) -> None:
    tell(f"{word} 在生成后有人改动过，没有覆盖；这次的 Word 文件另存为 {made.name}")
    hint(f"把其中的改动写回工作簿：{command}；不需要这些改动时，可加 --force 覆盖")
