"""``zhengti-zip score``: every row's score, the total and the grade."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.input_files import code_of, read_input
from zhengti_zip.cli.parameters import form_option, input_argument, json_option
from zhengti_zip.cli.streams import say, say_json, show

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
    from zhengti_zip.scoring.scorejson import score_data

    examined = examine(read_input(file, form_name))
    if as_json:
        say_json(score_data(examined.source, examined.evaluation))
    else:
        _print(examined.evaluation, examined.source.form)
    return code_of(examined, "得分仅供参考", file, form_name)


def _print(evaluation: Evaluation, form: FormDefinition) -> None:
    from zhengti_zip.cli.terminal_tables import result_line, score_table

    show(score_table(evaluation))
    say("")
    say(result_line(evaluation, form))
