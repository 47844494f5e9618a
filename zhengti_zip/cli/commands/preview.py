"""``zhengti-zip preview``: the pages as PNG files."""

from __future__ import annotations

from pathlib import Path

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.file_paths import write
from zhengti_zip.cli.input_files import code_of, read_input
from zhengti_zip.cli.parameters import font_option, form_option, input_argument, number_option, output_option
from zhengti_zip.cli.streams import busy
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
@number_option("--dpi", LEAST_DPI, MOST_DPI, "数值", "每英寸点数，36 至 600，默认 110", 110)
@font_option()
@form_option()
def preview(
    file: Path, output: Path | None, dpi: int, fonts: tuple[Path, ...], form_name: str | None
) -> ExitCode:
    """Write one PNG file per page."""
    from zhengti_zip.base.files import ensure_writable
    from zhengti_zip.grid.examine import examine
    from zhengti_zip.pdf.preview import page_pictures
    from zhengti_zip.pdf.render import render_pdf

    folder = output or file.parent
    examined = examine(read_input(file, form_name, fonts))
    ensure_writable(folder)
    with busy("正在排版……"):
        pdf = render_pdf(examined.table, draft=examined.has_errors)
        pictures = page_pictures(pdf, dpi)
    write({folder / f"{file.stem}-{number}.png": each for number, each in enumerate(pictures, start=1)})
    return code_of(examined, "图片带草稿水印", file, form_name)
