"""填报说明: what to fill in, in which order, what the colours mean; one screen."""

from __future__ import annotations

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.workbook.write import style

WIDTHS = (4, 16, 96)
LAST_STEP = "{}：看各表还差什么；红色的必须处理，全部变绿后保存并关闭文件。"

COLOURS = (
    (style.INPUT_FILL, "浅黄色：需要填写的单元格，也是唯一可以改动的单元格"),
    (style.LABEL_FILL, "浅灰色：表中固有的文字，不用填写"),
    (style.RESULT_FILL, "浅绿色：自动计算的结果，仅供核对"),
    (PatternFill("solid", start_color="FAD4D4", end_color="FAD4D4"), "红色：检查发现缺漏或错误，必须处理"),
    (PatternFill("solid", start_color="FFE8B3", end_color="FFE8B3"), "橙黄色：检查发现需要核对的地方"),
)


def guide_sheet(sheet: Worksheet, form: FormDefinition, sheets: list[str]) -> None:
    """Fill the sheet; a step named after one of ``sheets`` leads there when clicked."""
    style.widths(sheet, WIDTHS)
    style.title(sheet, form.name, form.instructions.purpose, 3)
    style.fit_height(sheet, 2, [(form.instructions.purpose, 116)], least=20)
    row = _section(
        sheet,
        4,
        "填报步骤（点蓝色名称可以跳转）",
        (*form.instructions.steps, LAST_STEP.format(form.sheets.check)),
        sheets,
    )
    row = _heading(sheet, row, "颜色含义")
    for fill, word in COLOURS:
        cell = sheet.cell(row, 2)
        cell.fill, cell.border = fill, style.BOX
        _sentence(sheet, row, word)
        row += 1
    if notes := (*form.instructions.notes, *form.scoring_notes):
        _section(sheet, row, "注意事项", notes, [])
    style.finish(sheet, None, head_row=None)
    # Upright it is one page at a size that can be read; a form with many notes takes a second one.
    sheet.page_setup.orientation = "portrait"


def _heading(sheet: Worksheet, row: int, word: str) -> int:
    cell = sheet.cell(row, 1, word)
    cell.font = Font(name=style.FACE, size=12, bold=True, color="1F4E79")
    cell.alignment = Alignment(vertical="center")
    sheet.row_dimensions[row].height = 28
    return row + 1


def _section(sheet: Worksheet, row: int, word: str, sentences: tuple[str, ...], sheets: list[str]) -> int:
    row = _heading(sheet, row, word)
    for number, sentence in enumerate(sentences, start=1):
        cell = sheet.cell(row, 1, number)
        cell.font = Font(name=style.FACE, size=11, color="5A6570")
        cell.alignment = Alignment(horizontal="center", vertical="center")
        first, colon, rest = sentence.partition("：")
        if colon and first in sheets:
            lead = sheet.cell(row, 2, first)
            style.link(lead, first)
            lead.font = Font(name=style.FACE, size=11, bold=True, underline="single", color="1F4E79")
            lead.alignment = Alignment(horizontal="left", vertical="center", indent=1)
            _sentence(sheet, row, rest)
        else:
            sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=3)
            _sentence(sheet, row, sentence, column=2)
        row += 1
    return row


def _sentence(sheet: Worksheet, row: int, text: str, column: int = 3) -> None:
    cell = sheet.cell(row, column, text)
    cell.font = Font(name=style.FACE, size=11)
    cell.alignment = Alignment(
        horizontal="left", vertical="center", wrap_text=True, indent=1 if column == 3 else 0
    )
    style.fit_height(sheet, row, [(text, 94 if column == 3 else 110)], least=20)
