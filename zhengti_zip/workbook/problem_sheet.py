"""问题清单: the first sheet of an annotated copy, every problem with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree
from openpyxl.utils import get_column_letter, quote_sheetname

from zhengti_zip.problems import Problem, Severity
from zhengti_zip.workbook import style
from zhengti_zip.workbook.ooxml import Element, main, new_root
from zhengti_zip.workbook.ooxml_styles import Styles

PROBLEM_SHEET = "问题清单"
COLOURS = {Severity.ERROR: "FFA8A8", Severity.WARNING: "FFD37A", Severity.NOTICE: "A9D4FF"}
"""Fill of a cell by what is wrong with it; used for nothing else, so that it can be taken off again."""

HEADS = ("序号", "程度", "工作表", "单元格", "项目", "填写的内容", "问题", "怎样处理")
WIDTHS = (6, 8, 14, 10, 30, 26, 60, 48)
HEAD_ROW = 4
LINK_INK = "1F4E79"


def problem_sheet(problems: Sequence[Problem], styles: Styles) -> Element:
    """The sheet as XML."""
    root = new_root("worksheet")
    views = etree.SubElement(root, main("sheetViews"))
    view = etree.SubElement(
        views, main("sheetView"), {"workbookViewId": "0", "tabSelected": "1", "showGridLines": "0"}
    )
    pane = {
        "ySplit": str(HEAD_ROW),
        "topLeftCell": f"A{HEAD_ROW + 1}",
        "activePane": "bottomLeft",
        "state": "frozen",
    }
    etree.SubElement(view, main("pane"), pane)
    columns = etree.SubElement(root, main("cols"))
    for number, width in enumerate(WIDTHS, start=1):
        place = {"min": str(number), "max": str(number), "width": str(width), "customWidth": "1"}
        etree.SubElement(columns, main("col"), place)
    data = etree.SubElement(root, main("sheetData"))
    _line(data, 1, [(PROBLEM_SHEET, styles.plain(size="16", bold=True, ink=LINK_INK, boxed=False))], 30)
    _line(data, 2, [(summary(problems), styles.plain(size="11", bold=False, ink="5A6570", boxed=False))], 22)
    head = styles.plain(size="11", bold=True, ink="FFFFFF", fill="1F4E79", centre=True)
    _line(data, HEAD_ROW, [(word, head) for word in HEADS], 26)
    for number, problem in enumerate(problems, start=1):
        _problem(data, HEAD_ROW + number, number, problem, styles)
    _links(root, problems)
    margins = {"left": "0.5", "right": "0.5", "top": "0.6", "bottom": "0.6", "header": "0.3", "footer": "0.3"}
    etree.SubElement(root, main("pageMargins"), margins)
    setup = {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"}
    etree.SubElement(root, main("pageSetup"), setup)
    properties = root.makeelement(main("sheetPr"), {})
    etree.SubElement(properties, main("pageSetUpPr"), {"fitToPage": "1"})
    root.insert(0, properties)
    return root


def summary(problems: Sequence[Problem]) -> str:
    """How many of each, and what to do now."""
    if not problems:
        return "没有发现问题，可以生成表格。"
    counts = (f"{s.label} {n} 处" for s in Severity if (n := sum(p.severity is s for p in problems)))
    return (
        f"{'，'.join(counts)}。错误必须改正，警告请核对。点“单元格”可跳到该处，鼠标停在有颜色的单元格上可看到问题。"
        "改好后保存，再检查一次。"
    )


def _problem(data: Element, row: int, number: int, problem: Problem, styles: Styles) -> None:
    text = styles.plain(size="11", bold=False, ink="222222")
    middle = styles.plain(size="11", bold=False, ink="222222", centre=True)
    colour = COLOURS[problem.severity]
    severity = styles.plain(size="11", bold=True, ink="222222", fill=colour, centre=True)
    link = styles.plain(size="11", bold=True, ink=LINK_INK, centre=True)
    place = problem.place
    words = (
        (str(number), middle),
        (problem.severity.label, severity),
        (place.sheet or "" if place else "", middle),
        (place.cell if place else "", link),
        (problem.field, text),
        (problem.value, text),
        (problem.message, text),
        (problem.remedy, text),
    )
    needed = (style.lines_needed(word, width) for (word, _), width in zip(words, WIDTHS, strict=True))
    _line(data, row, words, max(24, max(needed) * style.LINE_HEIGHT + 6))


def _line(data: Element, row: int, words: Sequence[tuple[str, str]], height: float) -> None:
    line = etree.SubElement(data, main("row"), {"r": str(row), "ht": str(height), "customHeight": "1"})
    for column, (word, style_id) in enumerate(words, start=1):
        place = {"r": f"{get_column_letter(column)}{row}", "s": style_id, "t": "inlineStr"}
        cell = etree.SubElement(line, main("c"), place)
        text = etree.SubElement(etree.SubElement(cell, main("is")), main("t"))
        text.text = word
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _links(root: Element, problems: Sequence[Problem]) -> None:
    placed = [(n, p.place) for n, p in enumerate(problems, start=1) if p.place and p.place.sheet]
    if not placed:
        return
    links = etree.SubElement(root, main("hyperlinks"))
    letter = get_column_letter(HEADS.index("单元格") + 1)
    for number, place in placed:
        target = f"{quote_sheetname(place.sheet or '')}!{place.cell}"
        where = {"ref": f"{letter}{HEAD_ROW + number}", "location": target, "display": place.cell}
        etree.SubElement(links, main("hyperlink"), where)
