"""``zhengti-zip review``: list a reviewer's changes in a Word file and write them into a new workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhengti_zip.base.errors import ExitCode, InputError
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.file_paths import check_outputs, command_line
from zhengti_zip.cli.jsonout import check_data, unreadable_data
from zhengti_zip.cli.parameters import (
    PATH,
    flag,
    form_option,
    json_option,
    option,
    output_option,
)
from zhengti_zip.cli.streams import hint, say, say_json, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengti_zip.review.review import ReviewResult
    from zhengti_zip.review.workbook_changes import MergeResult, WorkbookChange

NOTHING = "（空白）"


@click.command(
    "review",
    cls=Command,
    short_help="把审阅后的 Word 改动写回工作簿",
    help=(
        "读出审阅后的 Word 文件中改了哪些填写的内容、有哪些批注，并把改动写进一份新的工作簿：\n"
        "改过的单元格为绿色，第一张表列出全部改动。原来的文件不改动。\n"
        "有几份审阅稿时合并各份的改动；互相矛盾的都不采用，逐一列出。\n"
        "改动后的内容有错误时也照样写出，列出问题并返回 1。"
    ),
    epilog=(
        "zhengti-zip review 组织部-审阅.docx --workbook 组织部.xlsx -o 组织部-修改.xlsx\n"
        "zhengti-zip review 审阅甲.docx 审阅乙.docx --workbook 组织部.xlsx -o 组织部-修改.xlsx"
    ),
)
@click.argument(
    "documents",
    type=PATH,
    nargs=-1,
    required=True,
    metavar="审阅稿...",
    help="审阅后的 Word 文件（.docx），可以是几位审阅人各自的审阅稿",
)
@option(
    "--workbook",
    words="生成它所用的工作簿（.xlsx）或填报数据（.json）（必填）",
    type=PATH,
    required=True,
    metavar="填报文件",
)
@output_option("文件", "写到哪个新工作簿；不写则只列出改动", suffixes=(".xlsx",))
@flag("--original", words="不接受修订：按修订前的内容读取")
@flag("--force", words="覆盖已有的同名文件；审阅稿是别的部门或年度的也写入")
@json_option()
@form_option()
def review(
    documents: tuple[Path, ...],
    workbook: Path,
    output: Path | None,
    original: bool,
    force: bool,
    as_json: bool,
    form_name: str | None,
) -> ExitCode:
    """List the changes and write the new workbook."""
    from zhengti_zip.base.files import write_atomically
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.review.review import review as reviewed
    from zhengti_zip.submission.problems import has_errors

    if output:
        check_outputs([output], [*documents, workbook], force=force)
    form = load_form(form_name) if form_name else None
    try:
        result = reviewed(documents, workbook, form, accept=not original, force=force)
    except InputError as error:
        if not as_json:
            raise
        say_json(unreadable_data(error))
        return ExitCode.INPUT_ERROR
    if output:
        write_atomically(output, result.content)
    if as_json:
        say_json(_data(result, output))
    else:
        _print(result, output, form_name)
    return ExitCode.INPUT_ERROR if has_errors(result.problems) else ExitCode.OK


def _print(result: ReviewResult, output: Path | None, form_name: str | None) -> None:
    from zhengti_zip.cli.terminal_tables import problem_tables, score_change

    merged = result.merged
    _print_changes([(change, change.note) for change in merged.changes])
    count = len(merged.changes)
    say(f"共 {count} 处改动；长文字只显示不同的部分。" if count else "填写的内容没有改动。")
    if merged.refused:
        say("\n未采用：")
        _print_changes([(item.change, item.reason) for item in merged.refused])
    _print_others(merged)
    say(f"\n{score_change(result.before, result.after)}")
    if result.problems:
        say("")
        show(problem_tables(result.problems))
    if output:
        say(f"\n{output}")
        hint(f"请核对新工作簿：{command_line('check', output, form_name)}")


def _print_changes(changes: Sequence[tuple[WorkbookChange, str]]) -> None:
    """Print changes, each with why it was not made or what has to be known."""
    from zhengti_zip.cli.terminal_tables import changed_parts, text_table
    from zhengti_zip.review.change_sheet import remarks_text, shown_time

    heads = ["单元格", "项目", "原来", "改为", "审阅人", "批注"]
    rows = [
        [
            str(change.place or ""),
            change.label,
            *changed_parts(change.before or NOTHING, change.after or NOTHING),
            " ".join(filter(None, (change.author, shown_time(change.date)))),
            remarks_text(change.comments),
        ]
        for change, _ in changes
    ]
    if any(reason for _, reason in changes):
        heads.append("原因")
        rows = [[*row, reason] for row, (_, reason) in zip(rows, changes, strict=True)]
    if changes:
        show(text_table(heads, rows))


def _print_others(merged: MergeResult) -> None:
    """Print what was not read, and the comments on what was not changed."""
    from zhengti_zip.cli.terminal_tables import text_table
    from zhengti_zip.review.change_sheet import shown_time

    if merged.unread:
        say("\n未读取的内容：")
        lines = [(u.place, str(u.kind), u.text, u.author, shown_time(u.date)) for u in merged.unread]
        show(text_table(("位置", "种类", "文字", "审阅人", "时间"), lines))
    if merged.remarks:
        say("\n其他批注：")
        found = [(r.label, r.remark.author, shown_time(r.remark.date), r.remark.text) for r in merged.remarks]
        show(text_table(("项目", "审阅人", "时间", "批注"), found))


def _data(result: ReviewResult, output: Path | None) -> dict[str, Any]:
    """What ``review --json`` prints."""
    from zhengti_zip.scoring.scorejson import result_data

    form, merged = result.source.form, result.merged
    return {
        **check_data(result.problems),
        "changes": [change.as_json() for change in merged.changes],
        "refused": [change.as_json() for change in merged.refused],
        "comments": [remark.as_json() for remark in merged.remarks],
        "unread": [content.as_json() for content in merged.unread],
        "before": result_data(form, result.before),
        "after": result_data(form, result.after),
        "output": str(output) if output else None,
    }
