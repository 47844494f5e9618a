"""评分底稿: the working of every score, as PDF and as workbook, fit to be filed with the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from zhengti_zip.explanation import (
    LOSS_HEADS,
    WORKSHEET_HEADS,
    Explanation,
    loss_row,
    summary,
    worksheet_row,
)

TITLE = "部门整体支出绩效自评评分底稿"
LOSS_NOTE = "每一行按“只改变这一项、其余不变”重新评分得出，各行的分数不能简单相加。"


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the worksheet.

    Attributes:
        widths: column widths in % of the page.
        centred: whether a column is centred.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    centred: Sequence[bool]
    note: str = ""


def sections(explanation: Explanation) -> list[Section]:
    """The tables of the worksheet: the working, then the points lost."""
    found = [
        Section(
            "一、评分过程",
            WORKSHEET_HEADS,
            [worksheet_row(row) for row in explanation.rows],
            (3, 9, 4, 17, 15, 17, 5, 5, 5, 6, 9, 5),
            (True, False, True, False, False, False, True, True, True, True, False, False),
        )
    ]
    if losses := explanation.losses:
        rows = [loss_row(row) for row in losses]
        widths, centred = (22, 6, 6, 6, 60), (False, True, True, True, False)
        found.append(Section("二、失分分析（失分多的在前）", LOSS_HEADS, rows, widths, centred, LOSS_NOTE))
    return found


def subtitle(explanation: Explanation) -> str:
    """Whose worksheet it is, with total and grade."""
    return f"{explanation.department}　{explanation.year} 年度　{summary(explanation)}"


def worksheet_pdf(explanation: Explanation) -> bytes:
    """The worksheet as PDF.

    Raises:
        EnvironmentProblem, RenderError: as :func:`zhengti_zip.pdf.engine.render_html`.
    """
    from hashlib import sha256

    from zhengti_zip.pdf.engine import render_html
    from zhengti_zip.pdf.html import css_string, shared_templates

    html = (
        shared_templates()
        .get_template("worksheet.html.j2")
        .render(
            title=TITLE,
            subtitle=subtitle(explanation),
            footer_css=css_string(explanation.form_name),
            sections=sections(explanation),
        )
    )
    return render_html(html, pdf_identifier=sha256(html.encode("utf-8")).digest()[:16])


def worksheet_workbook(explanation: Explanation) -> bytes:
    """The worksheet as an .xlsx file, one sheet a table."""
    from openpyxl import Workbook

    from zhengti_zip.workbook import style
    from zhengti_zip.workbook.cells import put

    book = Workbook()
    book.remove(book.worksheets[0])
    for section in sections(explanation):
        sheet = book.create_sheet(section.title.partition("、")[2].partition("（")[0])
        widths = tuple(max(width * 2.1, 6.5) for width in section.widths)
        style.widths(sheet, widths)
        style.title(sheet, f"{TITLE}：{section.title}", subtitle(explanation), len(widths))
        if section.note:
            style.note(sheet.cell(3, 1, section.note), boxed=False)
            sheet.row_dimensions[3].height = 18
        for column, head in enumerate(section.heads, start=1):
            style.head(sheet.cell(4, column, head))
        for number, row in enumerate(section.rows, start=5):
            for column, (text, centred) in enumerate(zip(row, section.centred, strict=True), start=1):
                cell = sheet.cell(number, column)
                style.plain(cell, center=centred)
                put(cell, style.number_or_text(text) if centred else text)
            style.fit_height(sheet, number, list(zip(row, widths, strict=True)))
        style.finish(sheet, "C5", protect=False)
        sheet.auto_filter.ref = f"A4:{sheet.cell(4 + len(section.rows), len(widths)).coordinate}"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
