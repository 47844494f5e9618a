"""``zhengti-zip score``: every row's score, the total and the grade."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.jsonout import to_text
from zhengti_zip.cli.parameters import form_option, input_argument, json_option, typed
from zhengti_zip.cli.streams import complain, say, show

if TYPE_CHECKING:
    from zhengti_zip.form.definition import FormDefinition
    from zhengti_zip.scoring.evaluation import Evaluation


@click.command(
    "score",
    cls=Command,
    short_help="计算得分和等级",
    help="列出各项指标的得分、来源和计算过程，以及总分和等级。\n填报内容有错误时仍列出已能确定的得分，并返回 1。",
    epilog="zhengti-zip score 组织部.xlsx\nzhengti-zip score 组织部.xlsx --json",
)
@input_argument()
@json_option()
@form_option()
def score(file: Path, as_json: bool, form_name: str | None) -> ExitCode:
    """Print the scores."""
    from zhengti_zip.grid.examine import examine
    from zhengti_zip.workbook.read.anyinput import read

    source = read(file, form_name)
    examined = examine(source)
    evaluation = examined.evaluation
    if as_json:
        from zhengti_zip.scoring.scorejson import score_data

        say(to_text(score_data(source, evaluation)), newline=False)
    else:
        _print(evaluation, source.form)
    if not examined.has_errors:
        return ExitCode.OK
    errors = examined.error_count
    complain(f"填报内容有 {errors} 处错误，得分仅供参考", f"查看全部错误：zhengti-zip check {typed(file)}")
    return ExitCode.INPUT_ERROR


def _print(evaluation: Evaluation, form: FormDefinition) -> None:
    from zhengti_zip.cli.terminal_tables import result_line, score_table

    show(score_table(evaluation))
    say("")
    say(result_line(evaluation, form))
