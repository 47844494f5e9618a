"""``zhengti-zip diff``: differences between two files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengti_zip.base.errors import ExitCode, InputError
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.parameters import PATH, form_option, json_option
from zhengti_zip.cli.streams import say, say_json, show
from zhengti_zip.submission.problems import InputRefused

if TYPE_CHECKING:
    from zhengti_zip.comparing.comparison import Comparison
    from zhengti_zip.comparing.difference import Difference

EMPTY, NO_ROW = "（空）", "（没有这一行）"
KINDS_HELP = "工作簿（.xlsx）、填报数据（.json），或由 build 生成的 PDF、DOCX"


@click.command(
    "diff",
    cls=Command,
    short_help="对比两份文件的填报内容",
    help=(
        "对比两份文件的填报内容，按表中顺序列出不同之处，最后是总分和等级的变化。\n"
        "工作簿、JSON、PDF、DOCX 可以任意搭配；PDF 取其中保存的填报数据，DOCX 连同审阅时的改动。\n"
        "内容相同返回 0，不同返回 1，无法对比（文件读不了、不是同一种表等）返回 6。"
    ),
    epilog="zhengti-zip diff 去年.xlsx 今年.xlsx\nzhengti-zip diff 组织部.pdf 组织部.xlsx --json",
)
@click.argument("before", type=PATH, metavar="原来的文件", help=KINDS_HELP)
@click.argument("after", type=PATH, metavar="现在的文件", help="同上，四种都可以")
@json_option()
@form_option()
def diff(before: Path, after: Path, as_json: bool, form_name: str | None) -> ExitCode:
    """List the differences."""
    from zhengti_zip.comparing.comparison import compare
    from zhengti_zip.review.anyfile import read_any

    try:
        comparison = compare(read_any(before, form_name), read_any(after, form_name))
    except (InputError, InputRefused) as error:
        if as_json:
            from zhengti_zip.comparing.comparisonjson import not_compared_data

            say_json(not_compared_data(error))
        error.exit_code = ExitCode.NOT_COMPARED
        raise
    if as_json:
        from zhengti_zip.comparing.comparisonjson import comparison_data

        say_json(comparison_data(comparison))
    else:
        _print(comparison)
    return ExitCode.OK if comparison.is_equal else ExitCode.DIFFERENT


def _print(comparison: Comparison) -> None:
    from zhengti_zip.cli.terminal_tables import problem_tables, score_change, text_table
    from zhengti_zip.scoring.evaluation import evaluate

    if comparison.notes:
        show(problem_tables(comparison.notes), err=True)
    if comparison.is_equal:
        say("填报内容相同。")
    else:
        show(text_table(("项目", "原来", "现在"), map(_cells, comparison.differences)))
        say("")
        say(f"共 {len(comparison.differences)} 处不同。")
    for item in comparison.derived:
        say(f"{item.label}：{item.before or EMPTY} → {item.after or EMPTY}")
    before, after = (evaluate(each.form, each.submission) for each in (comparison.before, comparison.after))
    say(score_change(before, after))


def _cells(difference: Difference) -> tuple[str, str, str]:
    """A line of the table: label, before, after."""
    from zhengti_zip.cli.terminal_tables import changed_parts, cut
    from zhengti_zip.comparing.difference import DifferenceKind

    before, after = difference.before, difference.after
    if difference.kind is DifferenceKind.ADDED:
        return f"{difference.label}（新增）", NO_ROW, cut(after)
    if difference.kind is DifferenceKind.REMOVED:
        return f"{difference.label}（删除）", cut(before), NO_ROW
    if difference.kind is DifferenceKind.MOVED:
        return f"{difference.label}（移动）", before, after
    unit = f" {difference.unit}" if difference.unit else ""
    old, new = (text + unit if text else EMPTY for text in changed_parts(before, after))
    return difference.label, old, new
