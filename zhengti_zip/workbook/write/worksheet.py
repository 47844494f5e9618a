"""评分底稿 as a workbook."""

from __future__ import annotations

from openpyxl import Workbook

from zhengti_zip.scoring.explanation import Explanation
from zhengti_zip.scoring.working_paper import sections, subtitle
from zhengti_zip.workbook.cells import put
from zhengti_zip.workbook.write import style
from zhengti_zip.workbook.write.saving import saved


def worksheet_workbook(explanation: Explanation) -> bytes:
    """The worksheet as an .xlsx file, one sheet a table."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for section in sections(explanation):
        sheet = book.create_sheet(section.title.partition("、")[2].partition("（")[0])
        widths = tuple(max(width * 2.1, 6.5) for width in section.widths)
        style.widths(sheet, widths)
        style.title(sheet, f"{explanation.title}：{section.title}", subtitle(explanation), len(widths))
        if section.note:
            style.note(sheet.cell(3, 1, section.note), boxed=False)
            sheet.merge_cells(start_row=3, start_column=1, end_row=3, end_column=len(widths))
            style.fit_height(sheet, 3, [(section.note, sum(widths))], least=18)
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
    return saved(book)
