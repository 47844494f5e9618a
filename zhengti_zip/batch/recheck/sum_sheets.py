"""复核汇总.xlsx: the sheets 汇总, 逐项 and 问题. Sums are formulas with their results beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl.utils import get_column_letter

from zhengti_zip.batch.recheck.model import PaperRow
from zhengti_zip.batch.recheck.summing import ReviewedDepartment, ReviewSums
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.summary.cell_styles import SummaryStyle
from zhengti_zip.batch.summary.sheet import FIRST_ROW, SummaryCell, SummarySheet, SummaryWorkbook, Value
from zhengti_zip.batch.summary.workbook import saved_with_results
from zhengti_zip.submission.problems import Severity

SUMS, ROWS, PROBLEMS, SAMPLE = "汇总", "逐项", "问题", "抽查名单"

_SUM_HEADS = (
    ("序号", 6),
    ("部门", 26),
    ("范围", 9),
    ("年度", 7),
    ("自评总分", 10),
    ("自评等级", 9),
    ("复核总分", 10),
    ("复核等级", 9),
    ("差异", 9),
    ("核减", 9),
    ("核增", 9),
    ("主要原因", 56),
    ("复核人", 11),
    ("日期", 13),
)
_NUMBERS = (5, 7, 9, 10, 11)
"""Columns of 汇总 that are summed."""

_ROW_HEADS = (
    ("序号", 7),
    ("部门", 24),
    ("范围", 9),
    ("年度", 7),
    ("指标", 32),
    ("分值", 8),
    ("自评完成值", 14),
    ("自评得分", 10),
    ("复核完成值", 14),
    ("复核得分", 10),
    ("差异", 9),
    ("偏离度", 9),
    ("备注", 44),
)
_PROBLEM_HEADS = (
    ("序号", 6),
    ("底稿文件", 34),
    ("部门", 24),
    ("程度", 8),
    ("位置", 16),
    ("项目", 30),
    ("问题", 56),
    ("怎样处理", 46),
)
_SAMPLE_HEADS = (("序号", 6), ("部门", 34), ("范围", 12), ("年度", 8), ("文件", 50))


def sums_workbook(sums: ReviewSums) -> bytes:
    """The workbook; the same papers give the same bytes."""
    book = SummaryWorkbook()
    _sums_sheet(book, sums)
    _rows_sheet(book, sums)
    _problems_sheet(book, sums)
    return saved_with_results(book)


def _sums_sheet(book: SummaryWorkbook, sums: ReviewSums) -> None:
    counted = sums.counted
    left = [each for each in sums.departments if not each.is_counted]
    hint = (
        f"计入 {len(counted)} 份复核底稿；未计入 {len(left)} 份，列在表下；没有读出来的文件 {len(sums.refused)} 个，"
        f"见“{PROBLEMS}”。差异＝复核总分－自评总分；核减、核增是各行扣分、加分之和。"
    )
    sheet = book.headed_sheet(SUMS, hint, _SUM_HEADS, "C")
    for number, each in enumerate(counted, start=1):
        sheet.table(_sum_line(number, each, sheet.row + 1))
    if counted:
        _total_lines(sheet, counted)
    else:
        sheet.add([None, SummaryCell("没有可以计入的复核底稿。", SummaryStyle.HINT)])
    if left:
        sheet.skip()
        sheet.add([None, SummaryCell("未计入的复核底稿：", SummaryStyle.HINT)], 20)
        for each in left:
            subject = each.paper.subject
            line = [None, *_whose(each), _points(each.own), _centre(subject.grade)]
            sheet.table([*line, *[None] * 5, SummaryCell(f"{each.left_out}，见“{PROBLEMS}”")])


def _sum_line(number: int, each: ReviewedDepartment, at: int) -> list[SummaryCell | None]:
    lowered, raised = (
        sum((row.difference or Decimal(0) for row in rows), Decimal(0))
        for rows in (each.lowered, each.raised)
    )
    return [
        SummaryCell(number, SummaryStyle.CENTRE),
        *_whose(each),
        _points(each.own),
        _centre(each.paper.subject.grade),
        _points(each.total),
        _centre(each.grade),
        SummaryCell(each.difference, SummaryStyle.SCORE, f"G{at}-E{at}"),
        _points(lowered),
        _points(raised),
        SummaryCell(each.reasons or "复核与自评一致"),
        _centre(each.paper.reviewer),
        _centre(each.paper.day),
    ]


def _total_lines(sheet: SummarySheet, counted: list[ReviewedDepartment]) -> None:
    """Sums and means of the departments above."""
    first, last = FIRST_ROW, sheet.row
    columns: dict[int, list[Decimal]] = {
        5: [each.own or Decimal(0) for each in counted],
        7: [each.total or Decimal(0) for each in counted],
        9: [each.difference or Decimal(0) for each in counted],
        10: [row.difference or Decimal(0) for each in counted for row in each.lowered],
        11: [row.difference or Decimal(0) for each in counted for row in each.raised],
    }
    for word, function in (("合计", "SUM"), ("平均", "AVERAGE")):
        line: list[SummaryCell | None] = [SummaryCell(None, SummaryStyle.STRONG) for _ in _SUM_HEADS]
        line[1] = SummaryCell(word, SummaryStyle.STRONG)
        for column in _NUMBERS:
            letter = get_column_letter(column)
            total = sum(columns[column], Decimal(0))
            value = total if function == "SUM" else total / len(counted)
            look = SummaryStyle.STRONG if function == "SUM" else SummaryStyle.STRONG_AVERAGE
            line[column - 1] = SummaryCell(value, look, f"{function}({letter}{first}:{letter}{last})")
        sheet.table(line)


def _rows_sheet(book: SummaryWorkbook, sums: ReviewSums) -> None:
    hint = "计入汇总的各部门的每一行。复核得分空着的按自评得分计。偏离度＝差异的绝对值÷分值。"
    sheet = book.headed_sheet(ROWS, hint, _ROW_HEADS, "F")
    number = 0
    for each in sums.counted:
        for row in each.paper.rows:
            number += 1
            sheet.table(_row_line(number, each, row, sheet.row + 1))
    sheet.filter(len(_ROW_HEADS), sheet.row)


def _row_line(number: int, each: ReviewedDepartment, row: PaperRow, at: int) -> list[SummaryCell | None]:
    deviation = f"ABS(K{at})/F{at}" if row.deviation is not None else ""
    return [
        SummaryCell(number, SummaryStyle.CENTRE),
        *_whose(each),
        SummaryCell(row.name),
        _points(row.weight),
        _centre(row.attained),
        _points(row.score),
        _centre(row.found),
        _points(row.reviewed),
        SummaryCell(row.difference, SummaryStyle.SCORE, f"J{at}-H{at}"),
        SummaryCell(row.deviation, SummaryStyle.RATE, deviation),
        SummaryCell(row.remark),
    ]


def _problems_sheet(book: SummaryWorkbook, sums: ReviewSums) -> None:
    hint = "底稿中需要改正、核对的内容，以及没有读出来的文件。有错误的底稿改正后再汇总一次。"
    sheet = book.headed_sheet(PROBLEMS, hint, _PROBLEM_HEADS, "C")
    number = 0
    for number, line in enumerate(_problem_lines(sums), start=1):
        sheet.table([SummaryCell(number, SummaryStyle.CENTRE), *line])
    last = sheet.row
    if not number:
        sheet.add([None, SummaryCell("没有问题。", SummaryStyle.HINT)])
    sheet.filter(len(_PROBLEM_HEADS), last)


def _problem_lines(sums: ReviewSums) -> Iterator[list[SummaryCell | None]]:
    for unread in sums.unread:
        severity = Severity.NOTICE if unread.is_foreign else Severity.ERROR
        message = f"没有读取。{unread.message}" if unread.is_foreign else unread.message
        yield _line(unread.name, "", severity.label, "", "", message, unread.remedy)
    for each in sums.departments:
        name, department = each.paper.name, each.paper.subject.department
        if not each.paper.is_reviewed:
            remedy = "请填写复核得分；同意全部自评的，写上复核人"
            yield _line(name, department, Severity.WARNING.label, "", "", "还没有复核，没有计入", remedy)
        for problem in each.paper.problems:
            yield _line(
                name,
                department,
                problem.severity.label,
                problem.place,
                problem.label,
                problem.message,
                problem.remedy,
            )


def _line(*texts: str) -> list[SummaryCell | None]:
    return [
        SummaryCell(text, SummaryStyle.CENTRE if place == 2 else SummaryStyle.TEXT)
        for place, text in enumerate(texts)
    ]


def _whose(each: ReviewedDepartment) -> list[SummaryCell | None]:
    subject = each.paper.subject
    return [
        SummaryCell(subject.department),
        _centre(subject.scope),
        SummaryCell(subject.year, SummaryStyle.CENTRE),
    ]


def _centre(text: str) -> SummaryCell:
    return SummaryCell(text, SummaryStyle.CENTRE)


def _points(value: Value) -> SummaryCell:
    return SummaryCell("—" if value is None else value, SummaryStyle.SCORE)


def sample_workbook(found: Sequence[Result], hint: str) -> bytes:
    """抽查名单.xlsx: the forms that were drawn, in the order of their lots."""
    book = SummaryWorkbook()
    sheet = book.headed_sheet(SAMPLE, hint, _SAMPLE_HEADS, "C")
    for number, each in enumerate(found, start=1):
        year = SummaryCell(each.year, SummaryStyle.CENTRE)
        line = [SummaryCell(number, SummaryStyle.CENTRE), SummaryCell(each.department)]
        sheet.table([*line, _centre(each.scope), year, SummaryCell(each.name)])
    return saved_with_results(book)
