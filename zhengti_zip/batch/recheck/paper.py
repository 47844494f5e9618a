"""复核底稿.xlsx: every row of one department's form with 自评得分, 计算得分, 复核得分, 偏离度 and remarks; and the opinions."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation

from zhengti_zip.batch.recheck.model import Paper, PaperRow
from zhengti_zip.batch.recheck.seal_sheet import write_seal
from zhengti_zip.batch.summary.cell_styles import SummaryStyle
from zhengti_zip.batch.summary.sheet import FIRST_ROW, SummaryCell, SummarySheet, SummaryWorkbook, Value
from zhengti_zip.batch.summary.workbook import saved_with_results

TITLE, OPINIONS = "复核底稿", "复核意见"
ENDING = f"-{TITLE}.xlsx"

HEADS = (
    ("序号", 6),
    ("指标", 36),
    ("分值", 8),
    ("自评完成值", 15),
    ("自评得分", 10),
    ("计算得分", 10),
    ("复核完成值", 15),
    ("复核得分", 10),
    ("差异", 9),
    ("偏离度", 9),
    ("备注", 42),
)
"""Column heads with the widths in characters; the reader finds the columns by these words."""

TOTAL, REVIEWER, DAY = "合计", "复核人：", "日期："
EXPLAINED = "差异＝复核得分－自评得分；偏离度＝差异的绝对值÷分值。"

_OPINION_HEADS = (
    ("序号", 6),
    ("版本", 8),
    ("针对", 34),
    ("意见", 70),
    ("提出人", 14),
    ("提出时间", 19),
    ("退回时间", 19),
)


def paper_workbook(paper: Paper) -> bytes:
    """The working paper as an .xlsx file; the same paper gives the same bytes."""
    book = SummaryWorkbook()
    sheet = book.sheet(TITLE, paper.hint, [width for _, width in HEADS], f"C{FIRST_ROW}")
    sheet.add([SummaryCell(paper.results, SummaryStyle.HINT)], 18)
    sheet.head([head for head, _ in HEADS])
    for number, row in enumerate(paper.rows, start=1):
        sheet.table(_line(number, row, sheet.row + 1, prefilled=paper.prefilled))
    if paper.rows:
        _guard(sheet)
    _totals(sheet, paper.rows)
    if paper.opinions:
        _opinions(book, paper)
    write_seal(book.workbook, paper)
    return saved_with_results(book)


def _line(number: int, row: PaperRow, at: int, *, prefilled: bool) -> list[SummaryCell | None]:
    shown = row.reviewed if prefilled else row.given
    difference, deviation = (row.difference, row.deviation) if shown is not None else ("", "")
    has_both = row.score is not None
    return [
        SummaryCell(number, SummaryStyle.CENTRE),
        SummaryCell(row.name),
        _points(row.weight),
        SummaryCell(row.attained, SummaryStyle.CENTRE),
        _points(row.score),
        _points(row.computed),
        SummaryCell(row.found, SummaryStyle.ENTRY),
        SummaryCell(shown, SummaryStyle.ENTRY),
        SummaryCell(
            difference, SummaryStyle.SCORE, f'IF(ISNUMBER(H{at}),H{at}-E{at},"")' if has_both else ""
        ),
        SummaryCell(
            deviation, SummaryStyle.RATE, f'IF(ISNUMBER(I{at}),ABS(I{at})/C{at},"")' if row.weight else ""
        ),
        SummaryCell(row.remark, SummaryStyle.LONG_ENTRY),
    ]


def _points(value: Value) -> SummaryCell:
    return SummaryCell("—" if value is None else value, SummaryStyle.SCORE)


def _guard(sheet: SummarySheet) -> None:
    """Warn while typing: points out of bounds, a deduction without its remark in red."""
    first, last = FIRST_ROW, sheet.row
    bounds = DataValidation(
        type="decimal",
        operator="between",
        formula1="0",
        formula2=f"$C{first}",
        allow_blank=True,
        errorStyle="warning",
        errorTitle="请核对",
        error="复核得分应为 0 到分值之间的数，最多两位小数",
        showErrorMessage=True,
    )
    bounds.add(f"H{first}:H{last}")
    sheet.worksheet.data_validations.append(bounds)
    condition = f"AND(ISNUMBER($H{first}),ISNUMBER($E{first}),$H{first}<$E{first},LEN(TRIM($K{first}))=0)"
    missing = DifferentialStyle(fill=PatternFill(bgColor="FAD4D4", fill_type="solid"))
    rule = Rule(type="expression", dxf=missing, formula=[condition])
    sheet.worksheet.conditional_formatting.add(f"K{first}:K{last}", rule)


def _totals(sheet: SummarySheet, rows: tuple[PaperRow, ...]) -> None:
    """The sums of the columns, and room to sign."""
    first, last, here = FIRST_ROW, sheet.row, sheet.row + 1
    line: list[SummaryCell | None] = [SummaryCell(None, SummaryStyle.STRONG) for _ in HEADS]
    line[1] = SummaryCell(TOTAL, SummaryStyle.STRONG)
    own = _sum([row.score for row in rows])
    reviewed = _sum([row.reviewed for row in rows])
    sums: dict[int, tuple[Decimal, str]] = {
        2: (_sum([row.weight for row in rows]), f"SUM(C{first}:C{last})"),
        4: (own, f"SUM(E{first}:E{last})"),
        7: (  # where nothing was entered the department's score counts
            reviewed,
            f"SUM(H{first}:H{last})+SUMPRODUCT(--NOT(ISNUMBER(H{first}:H{last})),E{first}:E{last})",
        ),
        8: (_sum([row.difference for row in rows]), f"H{here}-E{here}"),
    }
    for column, (total, formula) in sums.items():
        line[column] = SummaryCell(total, SummaryStyle.STRONG, formula if rows else "")
    sheet.table(line)
    hint, entry = SummaryStyle.HINT, SummaryStyle.ENTRY
    signing = {1: SummaryCell(REVIEWER, hint), 3: SummaryCell(None, entry)}
    signing |= {5: SummaryCell(DAY, hint), 6: SummaryCell(None, entry)}
    sheet.add([signing.get(column) for column in range(len(HEADS))], 24)


def _sum(values: list[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))


def _opinions(book: SummaryWorkbook, paper: Paper) -> None:
    sheet = book.headed_sheet(OPINIONS, paper.hint, _OPINION_HEADS)
    for number, opinion in enumerate(paper.opinions, start=1):
        sheet.table(
            [
                SummaryCell(number, SummaryStyle.CENTRE),
                SummaryCell(opinion.version, SummaryStyle.CENTRE),
                SummaryCell(opinion.label),
                SummaryCell(opinion.text),
                SummaryCell(opinion.by, SummaryStyle.CENTRE),
                SummaryCell(opinion.at, SummaryStyle.CENTRE),
                SummaryCell(opinion.returned_at, SummaryStyle.CENTRE),
            ]
        )
