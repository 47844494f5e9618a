"""``zhengti-zip trend``: several years beside each other, as 趋势.xlsx and as a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengti_zip.base.errors import ExitCode, InputError
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.file_paths import check_outputs, write
from zhengti_zip.cli.parameters import (
    PATH,
    flag,
    font_option,
    force_option,
    form_option,
    json_option,
    newest_option,
    number_option,
    output_option,
)
from zhengti_zip.cli.progress import progress
from zhengti_zip.cli.streams import busy, hint, say_json, show, tell

if TYPE_CHECKING:
    from zhengti_zip.batch.intake import Intake
    from zhengti_zip.batch.result import Result
    from zhengti_zip.batch.trend.figures import TrendFigures
    from zhengti_zip.batch.work import Handling, Work

SUFFIXES = (".xlsx", ".pdf")

LISTED = 20
"""Most files listed on the terminal that are not counted; the workbook lists all."""


@click.command(
    "trend",
    cls=Command,
    short_help="把几个年度放在一起比较（趋势）",
    help=(
        "把同一部门几个年度的填报文件放在一起：总分、等级、金额、各项指标的得分率及其变化，"
        "以及全部部门的合计和平均，附图表。\n"
        "可以给出文件夹、文件、通配符和 .zip；年度和部门以文件中填写的为准。各年度的表不同的，只比较共有的内容并写明。\n"
        "有错误的、同一部门同一年度有几份的（没有加上 --newest 时）都不计入，列出原因并返回 5。"
    ),
    epilog=(
        "zhengti-zip trend 2022 2023 2024 -o 趋势.xlsx --pdf\n"
        "zhengti-zip trend 组织部2022.xlsx 组织部2023.xlsx -o 趋势.pdf"
    ),
)
@click.argument(
    "inputs",
    type=PATH,
    nargs=-1,
    required=True,
    metavar="填报文件...",
    help="各年度的文件夹、工作簿、JSON 或 .zip",
)
@output_option("文件", "趋势写到哪个文件（.xlsx 或 .pdf）", required=True, suffixes=SUFFIXES)
@flag("--pdf", words="另生成一份同名的 PDF")
@newest_option("不写则都不计入")
@number_option("--workers", 1, 1024, "数量", "同时处理几份；不写则每个处理器核心一份")
@number_option("--timeout", 1, 86400, "秒", "每份最多处理多久；不写则 60 秒", 60)
@number_option("--memory", 256, 1048576, "MB", "每份最多占用多少内存；不写则 1024 MB", 1024)
@force_option()
@json_option()
@font_option()
@form_option()
def trend(
    inputs: tuple[Path, ...],
    output: Path,
    pdf: bool,
    newest: bool,
    workers: int | None,
    timeout: int,
    memory: int,
    force: bool,
    as_json: bool,
    fonts: tuple[Path, ...],
    form_name: str | None,
) -> ExitCode:
    """Compare years."""
    from zhengti_zip.batch.settings import BatchSettings, Limits
    from zhengti_zip.batch.trend.gathering import NOTHING_PRINTED, gather
    from zhengti_zip.batch.work import Work

    outputs = list(dict.fromkeys([output, output.with_suffix(".pdf")] if pdf else [output]))
    check_outputs(outputs, inputs, force=force)
    settings = BatchSettings(form_name, tuple(map(str, fonts)), NOTHING_PRINTED)
    work = Work(settings, Limits(timeout, memory), is_here=True, newest=newest)
    intake = gather(inputs, outputs)
    figures = _figures(_results(intake, work, workers), intake, form_name)
    _tell(figures)
    if not figures.series:
        raise InputError("没有可以比较的文件，没有生成", "请按上面列出的原因改正后重试")
    with busy("正在生成趋势……"):
        contents = {path: _made(figures, path.suffix.lower(), fonts) for path in outputs}
    if as_json:
        from zhengti_zip.base.files import write_all_atomically
        from zhengti_zip.batch.trend.trend_json import trend_data

        write_all_atomically(contents)
        say_json(trend_data(figures, outputs))
    else:
        write(contents)
    return ExitCode.SOME_FAILED if figures.has_faults else ExitCode.OK


def _results(intake: Intake, work: Work, workers: int | None) -> list[Result]:
    from zhengti_zip.base.processors import cores
    from zhengti_zip.batch.task import get_ready
    from zhengti_zip.batch.trend.gathering import results_of
    from zhengti_zip.work.pool import IN_FLIGHT, local_executor
    from zhengti_zip.work.worker import Preparation

    count, total = workers or cores(), len(intake.items)
    preparation = Preparation(get_ready, work.settings)
    with (
        local_executor(count, total, work.limits.megabytes, preparation) as executor,
        progress(total) as step,
    ):

        def watch(handling: Handling, result: Result, digest: str) -> None:
            step(result.status, True)

        return results_of(intake, work, executor, count * IN_FLIGHT, watch)


def _figures(results: list[Result], intake: Intake, form_name: str | None) -> TrendFigures:
    from zhengti_zip.batch.trend.figures import TrendFigures
    from zhengti_zip.batch.trend.series import sorted_out
    from zhengti_zip.form.loader import load_form

    ids = sorted({result.form for result in results if result.form})
    forms = {name: load_form(form_name or name) for name in ids}
    skipped = ((item.name, item.skipped) for item in intake.skipped)
    return TrendFigures(sorted_out(results, forms, skipped), forms)


def _tell(figures: TrendFigures) -> None:
    """Say what is not counted and what could not be compared."""
    from zhengti_zip.batch.trend.notes import notes_on
    from zhengti_zip.cli.terminal_tables import text_table

    left_out = figures.left_out
    if left_out:
        rows = [(item.name, item.why, item.remedy) for item in left_out[:LISTED]]
        show(text_table(("没有计入的文件", "原因", "处理办法"), rows), err=True)
    if len(left_out) > LISTED:
        tell(f"另有 {len(left_out) - LISTED} 个没有计入，见趋势表的“说明”")
    for note in notes_on(figures):
        hint(note)


def _made(figures: TrendFigures, suffix: str, fonts: tuple[Path, ...]) -> bytes:
    if suffix == ".pdf":
        from zhengti_zip.batch.trend.report import trend_pdf

        return trend_pdf(figures, fonts)
    from zhengti_zip.batch.trend.workbook import trend_workbook

    return trend_workbook(figures)
