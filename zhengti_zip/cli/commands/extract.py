"""``zhengti-zip extract``: the data kept inside a PDF."""

from __future__ import annotations

from pathlib import Path

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.parameters import PATH, force_option, output_option
from zhengti_zip.cli.paths import check_outputs, write


@click.command(
    "extract",
    cls=Command,
    short_help="从 PDF 中取回填报数据",
    help=(
        "取出 build 生成的 PDF 中保存的填报文件、填报数据（submission.json）和评分结果（evaluation.json）。\n"
        "取出的填报文件可以再次 build，得到同样的表。"
    ),
    epilog="zhengti-zip extract 组织部.pdf -o 取出",
)
@click.argument("file", type=PATH, metavar="PDF文件", help="由 zhengti-zip build 生成的 PDF")
@output_option("文件夹", "放到哪个文件夹（必填）", required=True)
@force_option()
def extract(file: Path, output: Path, force: bool) -> ExitCode:
    """Write the attachments of a PDF into a folder."""
    from zhengti_zip.base.files import ensure_writable
    from zhengti_zip.pdf.extract import extract as take_out

    contents = {output / name: content for name, content in take_out(file).items()}
    ensure_writable(output)
    check_outputs(contents, force=force)
    write(contents)
    return ExitCode.OK
