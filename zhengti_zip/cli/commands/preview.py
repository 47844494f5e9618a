"""``zhengti-zip preview``: the pages as pictures."""

from __future__ import annotations

from pathlib import Path

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command, Option
from zhengti_zip.cli.parameters import font_option, form_option, input_argument, output_option
from zhengti_zip.cli.streams import busy, complain, say
from zhengti_zip.pdf.preview import LEAST_DPI, MOST_DPI


@click.command(
    "preview",
    cls=Command,
    short_help="生成每页的图片，先看样子",
    help=(
        "把自评表的每一页生成 PNG 图片，文件名为“填报文件名-页码.png”。\n"
        "有错误时也生成，带“草稿”水印，并返回 1。"
    ),
    epilog="zhengti-zip preview 组织部.xlsx -o 预览",
)
@input_argument()
@output_option("文件夹", "图片放在哪里；不写则与填报文件放在一起")
@click.option(
    "--dpi",
    type=click.IntRange(LEAST_DPI, MOST_DPI),
    default=110,
    cls=Option,
    metavar="数值",
    help="每英寸点数，36 至 600，默认 110",
)
@font_option()
@form_option()
def preview(
    file: Path, output: Path | None, dpi: int, fonts: tuple[Path, ...], form_name: str | None
) -> ExitCode:
    """Write one picture a page."""
    from zhengti_zip.base.files import ensure_writable, write_all_atomically
    from zhengti_zip.grid.examine import examine
    from zhengti_zip.pdf.preview import page_pictures
    from zhengti_zip.pdf.render import render_pdf
    from zhengti_zip.workbook.read.anyinput import read

    folder = output or file.parent
    source = read(file, form_name, fonts)
    examined = examine(source)
    errors = examined.error_count
    ensure_writable(folder)
    with busy("正在排版……"):
        pdf = render_pdf(examined.table, draft=errors > 0)
        pictures = page_pictures(pdf, dpi)
    named = {
        folder / f"{file.stem}-{number}.png": picture for number, picture in enumerate(pictures, start=1)
    }
    write_all_atomically(named)
    for path in named:
        say(str(path))
    if errors:
        complain(f"填报内容有 {errors} 处错误，图片带草稿水印", "用 zhengti-zip check 查看全部错误")
        return ExitCode.INPUT_ERROR
    return ExitCode.OK
