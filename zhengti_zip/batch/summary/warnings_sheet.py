"""The sheet 警告: warnings of the forms that passed."""

from __future__ import annotations

from zhengti_zip.batch.result import ListedProblem, Result
from zhengti_zip.batch.summary.cell_styles import SummaryStyle
from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.batch.summary.names import WARNINGS
from zhengti_zip.batch.summary.sheet import SummaryCell, SummaryWorkbook

HEADS = (
    ("序号", 6),
    ("部门", 22),
    ("位置", 16),
    ("项目", 20),
    ("填写的内容", 16),
    ("警告", 40),
    ("怎样处理", 32),
    ("填报文件", 20),
)
HINT = "没有错误、已列入统计的表中需要看一看的地方；核实无误的不必改。没有通过的表，警告列在“问题清单”中。"


def warnings_sheet(book: SummaryWorkbook, figures: Figures) -> None:
    """Write 警告."""
    sheet = book.headed_sheet(WARNINGS, HINT, HEADS, "C")
    number = 0
    for warned in figures.warned:
        for problem in warned.warnings:
            number += 1
            sheet.table(_line(number, warned.result, problem))
        if warned.unlisted:
            number += 1
            more = ListedProblem("", "", f"另有 {warned.unlisted} 处，未一一列出", "请单独检查该文件")
            sheet.table(_line(number, warned.result, more))
    last = sheet.row
    if not number:
        sheet.add([None, SummaryCell("没有警告。", SummaryStyle.HINT)])
    sheet.filter(len(HEADS), last)


def _line(number: int, result: Result, problem: ListedProblem) -> list[SummaryCell | None]:
    return [
        SummaryCell(number, SummaryStyle.CENTRE),
        SummaryCell(result.department),
        SummaryCell(problem.place),
        SummaryCell(problem.label),
        SummaryCell(problem.value),
        SummaryCell(problem.message),
        SummaryCell(problem.remedy),
        SummaryCell(result.name),
    ]
