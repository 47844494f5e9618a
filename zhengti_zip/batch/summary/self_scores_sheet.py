"""The sheet 自评与计算: every row where a department gave itself more than its data say, with sums."""

from __future__ import annotations

from decimal import Decimal

from zhengti_zip.batch.self_scores import HigherSelfScores
from zhengti_zip.batch.summary.cell_styles import SummaryStyle
from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.batch.summary.names import SELF_SCORES
from zhengti_zip.batch.summary.sheet import FIRST_ROW, SummaryCell, SummarySheet, SummaryWorkbook

HEADS = (
    ("序号", 6),
    ("部门", 30),
    ("指标", 44),
    ("分值", 8),
    ("自评得分", 10),
    ("按数据得分", 11),
    ("多评", 9),
    ("计入得分", 10),
    ("填报文件", 30),
)
HINT = "自评得分高于按填报数据算出的得分的各行，多评最多的部门在前。“计入得分”是列入总分的得分。没有通过的表不列。"
EXCESS = "G"
SUM = 9
"""The function number of a sum in SUBTOTAL, which leaves out other subtotals and rows that a filter hides."""


def self_scores_sheet(book: SummaryWorkbook, figures: Figures) -> None:
    """Write 自评与计算."""
    sheet = book.headed_sheet(SELF_SCORES, HINT, HEADS, "C")
    number = 0
    for each in figures.higher_self_scores:
        number = _department(sheet, each, number)
    last = sheet.row
    if number:
        excess = sum((each.excess for each in figures.higher_self_scores), Decimal(0))
        words = f"合计：{len(figures.higher_self_scores)} 个部门，{number} 行"
        _sum_line(sheet, words, excess, FIRST_ROW, last, "")
    else:
        sheet.add([None, SummaryCell("没有自评得分高于按数据得分的行。", SummaryStyle.HINT)])
    sheet.filter(len(HEADS), last)


def _department(sheet: SummarySheet, each: HigherSelfScores, number: int) -> int:
    """Write the rows of a department and their sum; returns the number of the last row."""
    first, result = sheet.row + 1, each.result
    for higher in each.rows:
        number += 1
        row = higher.row
        sheet.table(
            [
                SummaryCell(number, SummaryStyle.CENTRE),
                SummaryCell(result.department),
                SummaryCell(row.name),
                SummaryCell(row.weight, SummaryStyle.SCORE),
                SummaryCell(row.self_score, SummaryStyle.SCORE),
                SummaryCell(row.computed, SummaryStyle.SCORE),
                SummaryCell(higher.excess, SummaryStyle.SCORE),
                SummaryCell("—" if row.score is None else row.score, SummaryStyle.SCORE),
                SummaryCell(result.name),
            ]
        )
    _sum_line(sheet, f"小计：{len(each.rows)} 行", each.excess, first, sheet.row, result.department)
    return number


def _sum_line(
    sheet: SummarySheet, words: str, excess: Decimal, first: int, last: int, department: str
) -> None:
    empty = SummaryCell(None, SummaryStyle.STRONG)
    formula = f"SUBTOTAL({SUM},{EXCESS}{first}:{EXCESS}{last})"
    sheet.table(
        [
            empty,
            SummaryCell(department, SummaryStyle.STRONG),
            SummaryCell(words, SummaryStyle.STRONG),
            *(empty,) * 3,
            SummaryCell(excess, SummaryStyle.STRONG, formula),
            *(empty,) * 2,
        ]
    )
