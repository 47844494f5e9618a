"""``zhengti-zip recheck``: working papers for reviewers, their sums, and a random sample for re-checking."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhengti_zip.base.commands import typed
from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import HELP_NAMES, Command, Group, Misuse
from zhengti_zip.cli.file_paths import check_outputs, write
from zhengti_zip.cli.parameters import (
    PATH,
    Decorator,
    force_option,
    form_option,
    json_option,
    newest_option,
    number_option,
    option,
    output_option,
)
from zhengti_zip.cli.streams import busy, hint, say, say_json, show, tell

if TYPE_CHECKING:
    from zhengti_zip.batch.arrivals import Arrivals
    from zhengti_zip.batch.recheck.summing import ReviewSums
    from zhengti_zip.batch.result import Result

LISTED = 20
"""Most lines of one kind on the terminal; the workbook has all."""

NAMED = 5
"""Most names in one line."""

MOST_SEED = 999_999_999


@click.group(
    "recheck",
    cls=Group,
    short_help="复核：生成底稿、汇总、随机抽查",
    help="复核各部门的自评：先为每个部门生成一份复核底稿，复核人填写复核完成值、复核得分和备注，再读回、检查、汇总。",
    epilog="zhengti-zip recheck paper 填报表 -o 复核底稿\nzhengti-zip recheck sum 复核底稿 -o 复核汇总.xlsx\n"
    "zhengti-zip recheck sample 填报表 --share 20% --seed 7",
    no_args_is_help=True,
    context_settings={"help_option_names": HELP_NAMES},
)
def recheck() -> None:
    """Commands for reviewers."""


def _inputs(metavar: str, words: str) -> Decorator:
    return click.argument("inputs", type=PATH, nargs=-1, required=True, metavar=f"{metavar}...", help=words)


@recheck.command(
    "paper",
    cls=Command,
    short_help="为每个部门生成复核底稿",
    help="为每份没有错误的填报文件生成一份复核底稿（.xlsx）：每行的分值、自评完成值、自评得分、计算得分，"
    "以及供复核人填写的复核完成值、复核得分和备注。\n"
    "文件夹里已有的底稿不会被覆盖，因为可能已经有人填写；确实要重做时加上 --force。有的文件不能生成时返回 5。",
    epilog="zhengti-zip recheck paper 填报表 -o 复核底稿",
)
@_inputs("填报文件", "文件夹、工作簿、JSON 或 .zip")
@output_option("文件夹", "底稿放在哪里", required=True)
@newest_option("不写则都不处理")
@force_option()
@form_option()
def paper(
    inputs: tuple[Path, ...], output: Path, newest: bool, force: bool, form_name: str | None
) -> ExitCode:
    """Write a paper for every department."""
    from zhengti_zip.batch.recheck.runs import make_papers

    with busy("正在生成复核底稿"):
        outcome = make_papers(inputs, output, form_name, newest=newest, replace=force)
    _tell_arrivals("没有底稿的文件", outcome.failed, outcome.arrivals)
    if outcome.same:
        hint(f"{len(outcome.same)} 份底稿已有，内容相同，没有重写")
    if outcome.kept:
        named = "、".join(path.name for path in outcome.kept[:5]) + (" 等" if len(outcome.kept) > 5 else "")
        tell(
            f"{len(outcome.kept)} 份底稿已有，内容不同（有人填写过，或填报内容变了），没有覆盖：{named}。"
            "要按现在的填报内容重做，请移走旧的，或加上 --force"
        )
    for path in outcome.written:
        say(str(path))
    hint(f"生成 {len(outcome.written)} 份复核底稿，在 {typed(output)}")
    return ExitCode.SOME_FAILED if outcome.failed else ExitCode.OK


@recheck.command(
    "sum",
    cls=Command,
    short_help="读回复核底稿，检查并汇总",
    help="读回填好的复核底稿，逐格检查（得分的范围、扣分有没有理由、自评得分有没有被改动），"
    "生成复核汇总（.xlsx）：汇总、逐项、问题三张表。\n"
    "有错误的底稿不计入汇总，列在“问题”中，返回 5；还没有复核的也不计入，照样列出。",
    epilog="zhengti-zip recheck sum 复核底稿 -o 复核汇总.xlsx",
)
@_inputs("复核底稿", "底稿所在的文件夹、底稿或 .zip")
@output_option("文件", "汇总写到哪个文件（.xlsx）", required=True, suffixes=(".xlsx",))
@force_option()
@json_option()
@form_option()
def sum_(
    inputs: tuple[Path, ...], output: Path, force: bool, as_json: bool, form_name: str | None
) -> ExitCode:
    """Sum up the papers of a folder."""
    from zhengti_zip.batch.recheck.runs import sum_papers
    from zhengti_zip.batch.recheck.sum_sheets import sums_workbook

    check_outputs([output], inputs, force=force)
    with busy("正在汇总"):
        sums = sum_papers(inputs, output, form_name)
        content = sums_workbook(sums)
    if as_json:
        from zhengti_zip.base.files import write_atomically
        from zhengti_zip.batch.recheck.sum_json import sums_data

        write_atomically(output, content)
        say_json(sums_data(sums))
    else:
        write({output: content})
    _tell_sums(sums)
    has_errors = sums.refused or any(each.has_errors for each in sums.departments)
    return ExitCode.SOME_FAILED if has_errors else ExitCode.OK


def _tell_sums(sums: ReviewSums) -> None:
    from zhengti_zip.cli.terminal_tables import text_table

    _tell_table("没有读出来的文件", [(each.name, each.message, each.remedy) for each in sums.refused])
    lines = [
        (each.paper.name, problem.place, problem.message)
        for each in sums.departments
        for problem in each.paper.problems
        if problem.severity != "notice"
    ]
    if lines:
        show(text_table(("底稿", "位置", "问题"), lines[:LISTED]), err=True)
        if len(lines) > LISTED:
            tell(f"另有 {len(lines) - LISTED} 处，见汇总中的“问题”")
    waiting = [each.paper.subject.department for each in sums.departments if not each.paper.is_reviewed]
    if waiting:
        named = "、".join(waiting[:LISTED]) + (" 等" if len(waiting) > LISTED else "")
        hint(f"还没有复核、没有计入的 {len(waiting)} 份：{named}")
    hint(f"计入 {len(sums.counted)} 份，没有计入 {len(sums.departments) - len(sums.counted)} 份")


@recheck.command(
    "sample",
    cls=Command,
    short_help="随机抽取一部分部门复核",
    help="按比例随机抽取部门。同样的文件、同样的种子，谁在哪台机器上抽都是同样的结果，与文件的顺序无关："
    "每个部门的签号是种子和部门名称等的 SHA-256，取签号最小的。数量不足一个的进为一个。",
    epilog="zhengti-zip recheck sample 填报表 --share 20% --seed 7 -o 抽查名单.xlsx",
)
@_inputs("填报文件", "填报文件或复核底稿，或它们所在的文件夹")
@option("--share", words="抽取的比例，例如 20% 或 0.2（必填）", required=True, metavar="比例")
@number_option("--seed", 0, MOST_SEED, "种子", "任意一个整数，0 至 999999999（必填）；记下来，以后可以核对")
@newest_option("不写则都不处理")
@output_option("文件", "名单写到哪个文件（.xlsx）；不写则只显示", suffixes=(".xlsx",))
@force_option()
@json_option()
@form_option()
def sample(
    inputs: tuple[Path, ...],
    share: str,
    seed: int | None,
    newest: bool,
    output: Path | None,
    force: bool,
    as_json: bool,
    form_name: str | None,
) -> ExitCode:
    """Draw departments."""
    from zhengti_zip.batch.recheck.runs import draw_sample

    part = _share(share)
    if seed is None:
        raise Misuse("缺少选项 --seed", click.get_current_context())
    if output:
        check_outputs([output], inputs, force=force)
    with busy("正在抽取"):
        draw = draw_sample(inputs, part, seed, form_name, newest=newest)
    _tell_arrivals("不能参加抽取的文件", draw.failed, draw.arrivals)
    found, count = draw.drawn, draw.candidates
    summary = f"从 {count} 份中按 {share} 抽取 {len(found)} 份，种子 {seed}"
    if as_json:
        say_json(
            {"share": str(part), "seed": seed, "candidates": count, "drawn": [_drawn(each) for each in found]}
        )
    else:
        from zhengti_zip.cli.terminal_tables import text_table

        rows = [(each.department, each.scope, each.name) for each in found]
        show(text_table(("部门", "范围", "文件"), rows))
    if output:
        from zhengti_zip.base.files import write_atomically
        from zhengti_zip.batch.recheck.sum_sheets import sample_workbook

        write_atomically(output, sample_workbook(found, f"{summary}。"))
    hint(summary)
    return ExitCode.SOME_FAILED if draw.failed else ExitCode.OK


def _drawn(each: Result) -> dict[str, Any]:
    return {"department": each.department, "scope": each.scope, "year": each.year, "file": each.name}


def _share(text: str) -> Decimal:
    """A share in (0, 1]: 20% or 0.2.

    Raises:
        Misuse: it is none.
    """
    from zhengti_zip.base.numbers import bounded_decimal

    digits = text.strip().replace("％", "%")
    try:
        found = bounded_decimal(digits.removesuffix("%"))
        found = found / 100 if digits.endswith("%") else found
    except (ValueError, ArithmeticError):
        found = Decimal(0)
    if not found.is_finite() or not 0 < found <= 1 or (found == 1 and not digits.endswith("%")):
        message = f"--share 的内容不对：{text}。请写成百分数，例如 20%，或 0 与 1 之间的小数，例如 0.2"
        raise Misuse(message, click.get_current_context())
    return found


def _tell_arrivals(heading: str, failed: Sequence[Result], arrivals: Arrivals) -> None:
    """Say which files failed, and which were skipped and why."""
    reasons = {file.name: file.why for file in arrivals.files}
    rows = [(each.name, reasons[each.name], each.first_error.remedy) for each in failed]
    _tell_table(heading, rows)
    for why, files in arrivals.skipped.items():
        named = "、".join(file.name for file in files[:NAMED]) + (" 等" if len(files) > NAMED else "")
        tell(f"跳过 {len(files)} 个文件（{why}）：{named}")


def _tell_table(heading: str, rows: Sequence[tuple[str, str, str]]) -> None:
    from zhengti_zip.cli.terminal_tables import text_table

    if rows:
        show(text_table((heading, "问题", "处理办法"), rows[:LISTED]), err=True)
    if len(rows) > LISTED:
        tell(f"另有 {len(rows) - LISTED} 个，未一一列出")
