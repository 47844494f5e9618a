"""A copy of a workbook that shows every problem where it is; annotating it again replaces what was shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

from zhengti_zip.limits import read_limited
from zhengti_zip.problems import Problem, Severity
from zhengti_zip.source import Source
from zhengti_zip.workbook import style
from zhengti_zip.workbook.comments import Comments
from zhengti_zip.workbook.ooxml import DOC_RELS, WORKBOOK, Element, Package, cell_element, main
from zhengti_zip.workbook.ooxml_styles import Styles
from zhengti_zip.workbook.package import recognise
from zhengti_zip.workbook.problem_sheet import COLOURS, PROBLEM_SHEET, problem_sheet

MARK_NAME = "zt_problems"
"""The defined name that leads to our own sheet, whatever it is called by now."""

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
RANK = list(Severity)
INPUT_COLOUR = str(style.INPUT_FILL.start_color.rgb)[-6:]


def annotate(file: Path, source: Source, problems: Sequence[Problem]) -> bytes:
    """A copy of ``file`` with comments, colours and a first sheet 问题清单; all else is as it was.

    Args:
        file: the workbook ``source`` was read from.
        source: not changed by annotations: the reader looks at inputs only.
        problems: what to show, each with its place.

    Raises:
        InputError: it is no workbook, or too large.
    """
    content = read_limited(file)
    recognise(file, content)
    package = Package(content)
    styles = Styles(package)
    _remove_old(package, styles)
    for title, part in package.sheets().items():
        here = _by_cell(package.xml(part), [p for p in problems if p.place and p.place.sheet == title])
        comments = Comments(package, part)
        for cell, found in here.items():
            worst = min((problem.severity for problem in found), key=RANK.index)
            _colour(package.xml(part), cell, COLOURS[worst], styles)
            comments.add(cell, "\n".join(_words(problem) for problem in found))
    _add_sheet(package, problem_sheet(problems, styles))
    return package.save()


def _words(problem: Problem) -> str:
    return f"{problem.severity.label}：{problem.message}。{problem.remedy}".replace("。。", "。")


def _by_cell(sheet: Element, problems: list[Problem]) -> dict[str, list[Problem]]:
    """Problems by the cell that is seen: of merged cells the upper left one."""
    ranges = [range_boundaries(item.get("ref", "A1")) for item in sheet.iter(main("mergeCell"))]
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        assert problem.place is not None
        cell = problem.place.cell
        letters, row = coordinate_from_string(cell)
        column = column_index_from_string(letters)
        for left, top, right, bottom in ranges:
            if left and top and left <= column <= (right or left) and top <= row <= (bottom or top):
                cell = f"{get_column_letter(left)}{top}"
        found.setdefault(cell, []).append(problem)
    return found


def _remove_old(package: Package, styles: Styles) -> None:
    """Take off what an earlier run put on."""
    _remove_sheet(package)
    ours = set(COLOURS.values())
    for part in package.sheets().values():
        Comments(package, part).remove_ours()
        restored: dict[str, str] = {}
        for cell in package.xml(part).iter(main("c")):
            look = cell.get("s", "0")
            if look not in restored:
                coloured = styles.fill_colour(look) in ours
                restored[look] = styles.filled(look, INPUT_COLOUR) if coloured else look
            if restored[look] != look:
                cell.set("s", restored[look])


def _colour(sheet: Element, place: str, colour: str, styles: Styles) -> None:
    cell = cell_element(sheet, place)
    cell.set("s", styles.filled(cell.get("s", "0"), colour))


def _add_sheet(package: Package, root: Element) -> None:
    """Put our sheet before all others."""
    part = package.free_name("xl/worksheets/sheetZt{}.xml")
    package.add(part, root, SHEET_TYPE)
    key = package.relate(WORKBOOK, "worksheet", part)
    for other in package.sheets().values():
        for view in package.xml(other).iter(main("sheetView")):
            if other != part:
                view.attrib.pop("tabSelected", "")  # two selected sheets would be edited together
    book = package.xml(WORKBOOK)
    sheets = book.find(main("sheets"))
    assert sheets is not None
    number = max((int(item.get("sheetId", "0")) for item in sheets), default=0) + 1
    title = PROBLEM_SHEET
    while title in {item.get("name") for item in sheets}:
        title += "_"
    place = {"name": title, "sheetId": str(number), f"{{{DOC_RELS}}}id": key}
    sheets.insert(0, sheets.makeelement(main("sheet"), place))
    _shift_local_names(book, 1)
    names = book.find(main("definedNames"))
    if names is None:
        names = sheets.makeelement(main("definedNames"), {})
        before = book.find(main("externalReferences"))
        (sheets if before is None else before).addnext(names)
    etree.SubElement(names, main("definedName"), {"name": MARK_NAME}).text = f"'{title}'!$A$1"
    for view in book.iter(main("workbookView")):
        view.set("activeTab", "0")
        view.attrib.pop("firstSheet", "")


def _remove_sheet(package: Package) -> None:
    """Take out our sheet of an earlier run."""
    book = package.xml(WORKBOOK)
    title = ""
    for name in list(book.iter(main("definedName"))):
        if name.get("name") == MARK_NAME:
            title = (name.text or "").rpartition("!")[0].strip("'").replace("''", "'")
            _drop(name)
    part = package.sheets().get(title)
    if part is None:
        return
    for number, item in enumerate(list(book.iter(main("sheet")))):
        if item.get("name") == title:
            package.unrelate(WORKBOOK, item.get(f"{{{DOC_RELS}}}id", ""))
            _drop(item)
            for name in list(book.iter(main("definedName"))):
                if name.get("localSheetId") == str(number):
                    _drop(name)
            _shift_local_names(book, -1, after=number)
    package.remove(part)


def _drop(item: Element) -> None:
    parent = item.getparent()
    if parent is not None:
        parent.remove(item)


def _shift_local_names(book: Element, step: int, after: int = -1) -> None:
    """Print titles and the like name their sheet by its position."""
    for name in book.iter(main("definedName")):
        local = name.get("localSheetId")
        if local is not None and int(local) > after:
            name.set("localSheetId", str(int(local) + step))
