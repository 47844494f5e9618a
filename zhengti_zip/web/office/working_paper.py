"""复核底稿.xlsx: every row of one department's form with 自评得分, 计算得分, 复核得分, 偏离度 and remarks; and the opinions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.summary.cell_styles import SummaryStyle
from zhengti_zip.batch.summary.sheet import FIRST_ROW, SummaryCell, SummarySheet, SummaryWorkbook, Value
from zhengti_zip.batch.summary.workbook import saved_with_results
from zhengti_zip.web.database.office_models import Department, Opinion, Round, Version
from zhengti_zip.web.office.naming import named_after
from zhengti_zip.web.office.opinions import opinions_of
from zhengti_zip.web.office.reviewed_scores import ReviewedForm, ReviewedRow, reviewed_form
from zhengti_zip.web.office.rounds import form_of
from zhengti_zip.web.office.versions import handed_in_version
from zhengti_zip.web.refusals import Refusal
from zhengti_zip.web.times import china_time
from zhengti_zip.web.visitor import Visitor

TITLE, OPINIONS = "复核底稿", "复核意见"
_HEADS = (
    ("序号", 6),
    ("指标", 36),
    ("分值", 8),
    ("自评完成值", 15),
    ("自评得分", 10),
    ("计算得分", 10),
    ("复核得分", 10),
    ("差异", 9),
    ("偏离度", 9),
    ("备注", 42),
)
_OPINION_HEADS = (
    ("序号", 6),
    ("版本", 8),
    ("针对", 34),
    ("意见", 70),
    ("提出人", 14),
    ("提出时间", 19),
    ("退回时间", 19),
)


@dataclass(frozen=True, slots=True)
class PaperContent:
    """What a working paper is made of."""

    work: Round
    department: Department
    version: Version
    form: ReviewedForm
    opinions: Sequence[Opinion]
    numbers: dict[str, int]


def paper_content(session: Session, visitor: Visitor, work: Round, department: Department) -> PaperContent:
    """What the working paper of a department is made of: the version handed in last, all opinions.

    Raises:
        Refusal: nothing was handed in yet.
    """
    version = handed_in_version(session, department)
    if version is None:
        raise Refusal(
            409, f"“{department.name}”还没有报送，没有可以复核的内容", "请等部门报送后再下载复核底稿"
        )
    numbers = {
        found.id: found.number for found in session.query(Version).filter_by(department_id=department.id)
    }
    opinions = opinions_of(session, visitor, department)
    form = reviewed_form(session, form_of(work), version)
    return PaperContent(work, department, version, form, opinions, numbers)


def paper_name(department: Department) -> str:
    """What the file of a department's working paper is called."""
    return named_after(f"{department.name}-{TITLE}.xlsx")


def working_paper(content: PaperContent) -> bytes:
    """复核底稿.xlsx; the same content gives the same bytes."""
    book = SummaryWorkbook()
    sheet = book.sheet(TITLE, _hint(content), [width for _, width in _HEADS], f"C{FIRST_ROW}")
    sheet.add([SummaryCell(_results(content.form), SummaryStyle.HINT)], 18)
    sheet.head([head for head, _ in _HEADS])
    for number, row in enumerate(content.form.rows, start=1):
        sheet.table(_line(number, row, sheet.row + 1))
    _totals(sheet, content.form)
    if content.opinions:
        _opinions(book, content)
    return saved_with_results(book)


def _hint(content: PaperContent) -> str:
    return f"{content.department.name}　{content.work.title}　第 {content.version.number} 版"


def _results(form: ReviewedForm) -> str:
    own = "—" if form.own_total is None else f"{plain(form.own_total)} 分　{form.own_grade}"
    reviewed = "—" if form.total is None else f"{plain(form.total)} 分　{form.grade}"
    words = f"自评总分 {own}；复核总分 {reviewed}。差异＝复核得分－自评得分；偏离度＝差异的绝对值÷分值。"
    return f"{words}{form.note}。" if form.note else words


def _line(number: int, row: ReviewedRow, at: int) -> list[SummaryCell | None]:
    has_both = row.difference is not None
    difference = f"G{at}-E{at}" if has_both else ""
    deviation = f"ABS(H{at})/C{at}" if row.deviation is not None else ""
    return [
        SummaryCell(number, SummaryStyle.CENTRE),
        SummaryCell(row.row.name),
        _points(row.row.weight),
        SummaryCell(row.row.attained, SummaryStyle.CENTRE),
        _points(row.row.score),
        _points(row.row.computed),
        _points(row.reviewed),
        SummaryCell(row.difference, SummaryStyle.SCORE, difference),
        SummaryCell(row.deviation, SummaryStyle.RATE, deviation),
        SummaryCell(row.remark),
    ]


def _points(value: Value) -> SummaryCell:
    return SummaryCell("—" if value is None else value, SummaryStyle.SCORE)


def _totals(sheet: SummarySheet, form: ReviewedForm) -> None:
    """The sums of the columns, and room to sign."""
    last = sheet.row
    columns: dict[int, list[Decimal | None]] = {
        2: [row.row.weight for row in form.rows],
        4: [row.row.score for row in form.rows],
        6: [row.reviewed for row in form.rows],
        7: [row.difference for row in form.rows],
    }
    line: list[SummaryCell | None] = [SummaryCell(None, SummaryStyle.STRONG) for _ in _HEADS]
    line[1] = SummaryCell("合计", SummaryStyle.STRONG)
    for column, values in columns.items():
        letter = "ABCDEFGHIJ"[column]
        total = sum((value for value in values if value is not None), Decimal(0))
        formula = f"SUM({letter}{FIRST_ROW}:{letter}{last})" if last >= FIRST_ROW else ""
        line[column] = SummaryCell(total, SummaryStyle.STRONG, formula)
    sheet.table(line)
    sheet.add(
        [
            None,
            SummaryCell("复核人：", SummaryStyle.HINT),
            None,
            None,
            SummaryCell("日期：", SummaryStyle.HINT),
        ],
        24,
    )


def _opinions(book: SummaryWorkbook, content: PaperContent) -> None:
    sheet = book.sheet(OPINIONS, _hint(content), [width for _, width in _OPINION_HEADS])
    sheet.skip()
    sheet.head([head for head, _ in _OPINION_HEADS])
    for number, opinion in enumerate(content.opinions, start=1):
        version = content.numbers.get(opinion.version_id)
        sheet.table(
            [
                SummaryCell(number, SummaryStyle.CENTRE),
                SummaryCell(f"第 {version} 版", SummaryStyle.CENTRE),
                SummaryCell(opinion.label),
                SummaryCell(opinion.text),
                SummaryCell(opinion.by_name, SummaryStyle.CENTRE),
                SummaryCell(china_time(opinion.at), SummaryStyle.CENTRE),
                SummaryCell(china_time(opinion.returned_at) or "未退回", SummaryStyle.CENTRE),
            ]
        )
