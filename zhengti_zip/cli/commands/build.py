"""``zhengti-zip build``: the form as PDF and DOCX."""

from __future__ import annotations

from pathlib import Path

import click

from zhengti_zip.cli.chinese import Command, Option
from zhengti_zip.cli.options import font_option, form_option, input_argument, output_option, protect_input
from zhengti_zip.cli.streams import busy, say, show, tell
from zhengti_zip.errors import ExitCode


@click.command(
    "build",
    cls=Command,
    short_help="生成自评表（PDF 和 DOCX）",
    help=(
        "生成自评表：PDF 用于打印报送，DOCX 用于审阅；文件名与填报文件相同。\n"
        "不写 --pdf、--docx 时两种都生成。有错误时不生成任何文件，列出错误并返回 1；警告只列出，不影响生成。"
    ),
    epilog="zhengti-zip build 组织部.xlsx\nzhengti-zip build 组织部.xlsx -o 报送材料 --pdf",
)
@input_argument()
@output_option("文件夹", "生成的文件放在哪里；不写则与填报文件放在一起")
@click.option("--pdf", is_flag=True, cls=Option, help="只生成 PDF")
@click.option("--docx", is_flag=True, cls=Option, help="只生成 DOCX")
@click.option("--draft", is_flag=True, cls=Option, help="有错误也生成，每页印有“草稿”字样")
@click.option("--page-numbers", is_flag=True, cls=Option, help="每页印“第 1 页 共 2 页”")
@font_option()
@form_option()
def build(
    file: Path,
    output: Path | None,
    pdf: bool,
    docx: bool,
    draft: bool,
    page_numbers: bool,
    fonts: tuple[Path, ...],
    form_name: str | None,
) -> ExitCode:
    """Print the form into files."""
    from zhengti_zip.building import build as build_files
    from zhengti_zip.cli.tables import problem_tables, result_line
    from zhengti_zip.reading import read

    folder = output or file.parent
    pdf, docx = (pdf, docx) if pdf or docx else (True, True)
    suffixes = [suffix for suffix, wanted in ((".pdf", pdf), (".docx", docx)) if wanted]
    protect_input(file, *(folder / f"{file.stem}{suffix}" for suffix in suffixes))
    with busy("正在读取……"):
        source = read(file, form_name, fonts)
        evaluation = source.evaluate()
        problems = source.problems(evaluation)
    with busy("正在排版……"):
        written = build_files(
            source, folder, file.stem, pdf=pdf, docx=docx, draft=draft, page_numbers=page_numbers
        )
    if problems:
        show(problem_tables(problems), err=True)
    errors = sum(problem.is_error for problem in problems)
    if errors:
        tell(f"这是草稿：还有 {errors} 处错误，改正后请去掉 --draft 重新生成")
    for path in written:
        say(str(path))
    tell(result_line(evaluation, source.form))
    return ExitCode.OK
