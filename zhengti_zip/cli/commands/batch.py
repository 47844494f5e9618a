"""``zhengti-zip batch``: print many workbooks and sum them up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengti_zip.base.commands import typed
from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.parameters import (
    PATH,
    flag,
    font_option,
    form_option,
    json_option,
    newest_option,
    number_option,
    option,
    output_option,
    print_options,
)
from zhengti_zip.cli.progress import progress
from zhengti_zip.cli.replies import reply_options, reply_settings, tell_replies
from zhengti_zip.cli.streams import detail, hint, say, say_json, show, tell
from zhengti_zip.printing.options import PrintOptions

if TYPE_CHECKING:
    from zhengti_zip.batch.log import Log
    from zhengti_zip.batch.machines import Machines
    from zhengti_zip.batch.replies.notices import ReplySettings
    from zhengti_zip.batch.result import Result
    from zhengti_zip.batch.session import BatchOutcome, Session
    from zhengti_zip.batch.work import Work

LISTED = 20
"""Most failed files listed on the terminal; the summary lists all."""


@click.command(
    "batch",
    cls=Command,
    short_help="成批检查、评分、生成，并汇总",
    help=(
        "成批处理多份填报文件：逐份检查、评分、生成 PDF 和 DOCX，最后生成汇总表。\n"
        "可以给出文件夹、文件、通配符和装有工作簿的 .zip；文件夹连同其中的各级文件夹一起处理。"
        "有错误的不生成表格，另存一份“-标注.xlsx”标出问题，可退回部门改正。\n"
        "PDF 和 Word 文件（由 build 生成的）按里面的数据处理。收到的每个文件怎样处理，见汇总表的“收到的文件”。\n"
        "某份文件出错不影响其他文件。中断后再次运行同一命令，只做未完成和有变化的。有失败的返回 5。"
    ),
    epilog="zhengti-zip batch 填报表 -o 输出\nzhengti-zip batch 一批.zip 二批.zip -o 输出 --roster 名单.xlsx --newest",
)
@click.argument(
    "inputs", type=PATH, nargs=-1, required=True, metavar="填报文件...", help="文件夹、工作簿、JSON 或 .zip"
)
@output_option("文件夹", "生成的文件放在哪里，不能是填报文件所在的文件夹", required=True)
@print_options(draft="有错误的也生成，每页印有“草稿”字样，仍算失败")
@number_option("--workers", 1, 1024, "数量", "同时处理几份；不写则每个处理器核心一份")
@number_option("--timeout", 1, 86400, "秒", "每份最多处理多久；不写则 60 秒", 60)
@number_option("--memory", 256, 1048576, "MB", "每份最多占用多少内存；不写则 1024 MB", 1024)
@option("--scheduler", words="用 Dask 集群处理，例如 tcp://10.0.0.5:8786", metavar="地址")
@option(
    "--roster",
    words="应报名单（.xlsx 或 .csv，有“单位名称”一列）：列出谁没有报、谁不在名单上",
    type=PATH,
    metavar="名单",
)
@option(
    "--previous",
    words="上年的填报文件（文件夹、文件或 .zip）：只读取，不生成、不计入，用来核对金额的增减是否可能",
    type=PATH,
    metavar="上年",
)
@newest_option("不写则都算失败")
@reply_options()
@flag("--redo", words="全部重做，包括已完成的")
@option("--log-file", words="把每份文件的处理情况追加到这个文件（每行一个 JSON）", type=PATH, metavar="文件")
@json_option()
@font_option()
@form_option()
def batch(
    inputs: tuple[Path, ...],
    output: Path,
    pdf: bool,
    docx: bool,
    draft: bool,
    page_numbers: bool,
    workers: int | None,
    timeout: int,
    memory: int,
    scheduler: str | None,
    roster: Path | None,
    previous: Path | None,
    newest: bool,
    replies: bool,
    due: str | None,
    sender: str | None,
    redo: bool,
    log_file: Path | None,
    as_json: bool,
    fonts: tuple[Path, ...],
    form_name: str | None,
) -> ExitCode:
    """Print many files."""
    from zhengti_zip.batch.digests import completed
    from zhengti_zip.batch.log import Log
    from zhengti_zip.batch.machines import Machines
    from zhengti_zip.batch.session import open_session
    from zhengti_zip.batch.settings import BatchSettings, Limits
    from zhengti_zip.batch.work import Work

    letters = reply_settings(replies, due, sender)
    prints = PrintOptions(pdf or not docx, docx or not pdf, draft, page_numbers)
    settings = BatchSettings(form_name, tuple(map(str, fonts)), prints)
    if form_name or fonts:  # report mistakes in them before any input is read
        settings = completed(settings)
    work = Work(settings, Limits(timeout, memory), again=redo, is_here=not scheduler, newest=newest)
    with open_session(inputs, output, roster, previous) as session, Log(log_file) as log:
        _announce(session)
        try:
            outcome = _run(session, work, Machines(workers or 0, scheduler), log, letters)
        except KeyboardInterrupt:
            log.write("interrupted")
            hint("已完成的都已保存；再次运行同一命令，接着处理其余的")
            raise
    if log.refusal:
        tell(f"{log.refusal.message}。日志不完整，其余工作不受影响")
    _conclude(outcome, output)
    if as_json:
        from zhengti_zip.batch.batchjson import batch_data

        say_json(batch_data(outcome))
    else:
        for path in outcome.summaries:
            say(str(path))
    return ExitCode.SOME_FAILED if outcome.failed else ExitCode.OK


def _announce(session: Session) -> None:
    if session.journal_was_damaged:
        tell("上次的处理记录已损坏，或来自其他版本，另存为 .zhengti-batch.damaged；全部重做")


def _run(
    session: Session, work: Work, machines: Machines, log: Log, letters: ReplySettings | None
) -> BatchOutcome:
    from zhengti_zip.batch.digests import completed, settings_digest
    from zhengti_zip.batch.result import Status
    from zhengti_zip.batch.work import Handling
    from zhengti_zip.work.pool import IN_FLIGHT

    total, earlier = len(session.intake.items), len(session.previous or ())
    kept = 0
    with machines.executor(session, work) as (executor, workers), progress(total + earlier) as step:
        work = replace(work, settings=completed(work.settings))  # while worker processes start
        log.write(
            "start",
            files=total,
            previous=earlier,
            workers=workers(),
            options=settings_digest(work.settings),
            program=work.settings.program,
        )

        def watch(handling: Handling, result: Result, digest: str) -> None:
            nonlocal kept
            kept += handling is Handling.KEPT
            log.result(handling, result, digest)
            step(result.status, handling is Handling.WORKED)
            detail(f"{result.name}：{result.status.label}{'（未重做）' if handling is Handling.KEPT else ''}")

        def watch_previous(handling: Handling, result: Result, digest: str) -> None:
            step(Status.DONE, handling is Handling.WORKED)  # its errors count for nothing
            detail(f"{result.name}：已读取")

        outcome = session.run(work, executor, lambda: workers() * IN_FLIGHT, watch, watch_previous, letters)
    _log_finish(log, outcome, kept)
    if kept:
        hint(f"{kept} 份以前已处理，内容没有变化，未重做")
    return outcome


def _log_finish(log: Log, outcome: BatchOutcome, kept: int) -> None:
    from zhengti_zip.batch.result import Status

    for path in outcome.swept.removed:
        log.write("removed", file=path)
    for file in outcome.arrivals.files:
        if file.status is Status.SKIPPED:
            log.write("skipped", file=file.name, why=file.why)
    failed = len(outcome.failed)
    log.write(
        "finish",
        done=len(outcome.results) - failed,
        failed=failed,
        skipped=outcome.arrivals.count(Status.SKIPPED),
        kept=kept,
        summaries=[p.name for p in outcome.summaries],
    )


def _conclude(outcome: BatchOutcome, output: Path) -> None:
    """Print the outcome: removed files, failures, findings, counts."""
    from zhengti_zip.batch.task import ANNOTATED
    from zhengti_zip.cli.arrival_lines import tell_arrivals
    from zhengti_zip.cli.batch_findings import tell_findings
    from zhengti_zip.cli.terminal_tables import text_table

    for words, paths in (("已删除", outcome.swept.removed), ("有人改动过，未删除", outcome.swept.left)):
        if paths:
            tell(f"以前生成的 {len(paths)} 个文件已没有对应的填报文件，{words}：{'、'.join(paths[:5])}")
    failed = outcome.failed
    if failed:
        rows = [(each.name, each.why_failed, each.first_error.remedy) for each in failed[:LISTED]]
        show(text_table(("失败的文件", "问题", "处理办法"), rows), err=True)
        if len(failed) > LISTED:
            tell(f"另有 {len(failed) - LISTED} 份失败，见汇总表")
    if any(path.endswith(ANNOTATED) for result in failed for path in result.outputs):
        hint(f"有错误的工作簿已另存为“*{ANNOTATED}”，标出了问题，可退回部门改正")
    tell_arrivals(outcome.arrivals)
    tell_findings(outcome)
    tell_replies(outcome.replies)
    hint(f"完成 {len(outcome.results) - len(failed)} 份，失败 {len(failed)} 份；生成的文件在 {typed(output)}")
