"""``zhengti-zip explain``: how every score was computed, on the terminal or as 评分底稿."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.file_paths import check_outputs, write
from zhengti_zip.cli.input_files import code_of, read_input
from zhengti_zip.cli.parameters import (
    OutputPath,
    force_option,
    form_option,
    input_argument,
    json_option,
    option,
)
from zhengti_zip.cli.streams import busy, say, say_json, show
from zhengti_zip.submission.problems import InputRefused

if TYPE_CHECKING:
    from zhengti_zip.grid.examine import Examination
    from zhengti_zip.scoring.explanation import Explanation

SUFFIXES = (".xlsx", ".pdf")


@click.command(
    "explain",
    cls=Command,
    short_help="说明每项得分怎样得来（评分底稿）",
    help=(
        "列出每项得分所用的数据、规则、计算过程和依据，并按失分多少列出怎样可以不失分。\n"
        "用 -o 生成评分底稿：.xlsx 为工作簿，.pdf 为 PDF，可与自评表一并存档；-o 可以写多次。"
    ),
    epilog="zhengti-zip explain 组织部.xlsx\nzhengti-zip explain 组织部.xlsx -o 评分底稿.xlsx -o 评分底稿.pdf",
)
@input_argument()
@option(
    "-o",
    "--output",
    "outputs",
    words="评分底稿写到哪个文件（.xlsx 或 .pdf）",
    type=OutputPath(SUFFIXES),
    multiple=True,
    metavar="文件",
)
@json_option()
@force_option()
@form_option()
def explain(
    file: Path, outputs: tuple[Path, ...], as_json: bool, force: bool, form_name: str | None
) -> ExitCode:
    """Explain the scores."""
    from zhengti_zip.grid.examine import examine
    from zhengti_zip.scoring.explanation import explain as work_out

    check_outputs(outputs, [file], force=force)
    examined = examine(read_input(file, form_name))
    _refuse_unprintable(examined, outputs)
    explanation = work_out(examined.source, examined.evaluation)
    if outputs:
        _write(explanation, outputs)
    elif as_json:
        from zhengti_zip.cli.jsonout import explanation_data

        say_json(explanation_data(explanation, examined.source.form))
    else:
        _print(explanation)
    return code_of(examined, "以上说明仅供参考", file, form_name)


def _refuse_unprintable(examined: Examination, outputs: tuple[Path, ...]) -> None:
    """Refuse a PDF of texts that the fonts do not have, as ``build`` does, naming their cells."""
    from zhengti_zip.grid.typeface import UNPRINTABLE

    found = [problem for problem in examined.problems if problem.code == UNPRINTABLE]
    if found and any(output.suffix.lower() == ".pdf" for output in outputs):
        raise InputRefused("有字体中没有的字符，未生成评分底稿", found, "请改正后重试，或只生成 .xlsx")


def _write(explanation: Explanation, outputs: tuple[Path, ...]) -> None:
    from zhengti_zip.pdf.worksheet import worksheet_pdf
    from zhengti_zip.workbook.write.worksheet import worksheet_workbook

    with busy("正在生成评分底稿……"):
        makers = {".xlsx": worksheet_workbook, ".pdf": worksheet_pdf}
        contents = {output: makers[output.suffix.lower()](explanation) for output in outputs}
    write(contents)


def _print(explanation: Explanation) -> None:
    from zhengti_zip.cli.terminal_tables import text_table
    from zhengti_zip.scoring.explanation import LOSS_HEADS, loss_row, summary, terminal_row
    from zhengti_zip.scoring.working_paper import DERIVED_HEADS, LOSS_NOTE

    heads = ("指标", "分值", "计算", "自评", "计入", "来源", "数据和计算过程", "规则和依据")
    say(f"{explanation.department}　{explanation.year} 年度　评分说明")
    say("")
    show(text_table(heads, [terminal_row(row) for row in explanation.rows], numbers=(1, 2, 3, 4)))
    if explanation.method:
        say(explanation.method)
    if explanation.derived:
        say("")
        show(text_table(DERIVED_HEADS, explanation.derived, numbers=(2,)))
    say("")
    say(summary(explanation))
    if losses := explanation.losses:
        say("")
        say("失分分析（失分多的在前）")
        show(text_table(LOSS_HEADS, [loss_row(row) for row in losses], numbers=(1, 2, 3)))
        say(LOSS_NOTE)
