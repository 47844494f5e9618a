"""A sheet of our own before all others: a title, a summary and a list whose lines lead to cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from zhengti_zip.base.coordinates import cell_name, letters
from zhengti_zip.base.package import OFFICE_RELATIONS, WORKBOOK, Element, detach
from zhengti_zip.submission.problems import Place
from zhengti_zip.workbook.edit.cell_writing import is_like_formula, put_text
from zhengti_zip.workbook.edit.list_parts import row_height, row_parts
from zhengti_zip.workbook.edit.ooxml import Package, main, new_root
from zhengti_zip.workbook.edit.ooxml_styles import Styles
from zhengti_zip.workbook.write import style

HEAD_ROW = 4
LINK_INK = "1F4E79"
LINE_FEED = 16
"""Height of a line of the summary, in pt."""

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: its head, its width in characters, and whether its texts stand in the middle."""

    head: str
    width: float
    is_centred: bool = False


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of the list.

    Attributes:
        words: what stands in each column.
        place: the cell it leads to; None without one.
        fills: colours of cells (RRGGBB) by column number from 0; such a cell is bold and centred.
    """

    words: Sequence[str]
    place: Place | None
    fills: dict[int, str]


@dataclass(frozen=True, slots=True)
class ListSheet:
    """The whole sheet.

    Attributes:
        title: also the name of the sheet.
        summary: the sentence under the title.
        columns: of the list.
        lines: of the list.
        link: number of the column, from 0, whose cells lead to the places.
    """

    title: str
    summary: str
    columns: Sequence[Column]
    lines: Sequence[ListRow]
    link: int

    def element(self, styles: Styles) -> Element:
        """The sheet as XML."""
        root = new_root("worksheet")
        properties = etree.SubElement(root, main("sheetPr"))
        etree.SubElement(properties, main("pageSetUpPr"), {"fitToPage": "1"})
        _view(root)
        columns = etree.SubElement(root, main("cols"))
        for number, column in enumerate(self.columns, start=1):
            place = {"min": str(number), "max": str(number), "width": str(column.width), "customWidth": "1"}
            etree.SubElement(columns, main("col"), place)
        data = etree.SubElement(root, main("sheetData"))
        title = styles.plain(size="16", bold=True, ink=LINK_INK, boxed=False)
        _row(data, 1, [(self.title, title)], 30)
        said = styles.plain(size="11", bold=False, ink="5A6570", boxed=False, wrap=True)
        across = int(sum(column.width for column in self.columns))
        _row(data, 2, [(self.summary, said)], style.lines_needed(self.summary, across) * LINE_FEED + 6)
        head = styles.plain(size="11", bold=True, ink="FFFFFF", fill="1F4E79", centre=True)
        _row(data, HEAD_ROW, [(column.head, head) for column in self.columns], 26)
        rows = self._rows()
        for row, line in enumerate(rows, start=HEAD_ROW + 1):
            self._line(data, row, line, styles)
        merged = etree.SubElement(root, main("mergeCells"))
        etree.SubElement(merged, main("mergeCell"), {"ref": f"A2:{letters(len(self.columns))}2"})
        self._links(root, rows)
        _page(root)
        return root

    def _rows(self) -> list[ListRow]:
        """The lines; one that is too high for a row goes on in the next ones."""
        widths = [column.width for column in self.columns]
        return [replace(line, words=words) for line in self.lines for words in row_parts(line.words, widths)]

    def _line(self, data: Element, row: int, line: ListRow, styles: Styles) -> None:
        words = [(word, self._look(number, line, styles)) for number, word in enumerate(line.words)]
        _row(data, row, words, row_height(line.words, [column.width for column in self.columns]))

    def _look(self, number: int, line: ListRow, styles: Styles) -> str:
        as_text = is_like_formula(line.words[number])
        if fill := line.fills.get(number):
            return styles.plain(size="11", bold=True, ink="222222", fill=fill, centre=True, as_text=as_text)
        if number == self.link:
            return styles.plain(size="11", bold=True, ink=LINK_INK, centre=True, as_text=as_text)
        is_centred = self.columns[number].is_centred
        return styles.plain(size="11", bold=False, ink="222222", centre=is_centred, as_text=as_text)

    def _links(self, root: Element, rows: Sequence[ListRow]) -> None:
        placed = [(row, line.place) for row, line in enumerate(rows, start=HEAD_ROW + 1)]
        links = etree.SubElement(root, main("hyperlinks"))
        for row, place in placed:
            if place and place.sheet:
                target = f"{_quoted(place.sheet)}!{place.cell}"
                where = {"ref": cell_name(row, self.link + 1), "location": target, "display": place.cell}
                etree.SubElement(links, main("hyperlink"), where)
        if not len(links):
            root.remove(links)


def add_first(package: Package, root: Element, title: str, mark: str) -> None:
    """Put a sheet before all others.

    Args:
        package: the workbook.
        root: the sheet.
        title: its name; changed a little when another sheet has it.
        mark: a defined name by which :func:`remove_first` finds it again, whatever it is called by then.
    """
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
    titles = {item.get("name") for item in sheets}
    while title in titles:
        title += "_"
    place = {"name": title, "sheetId": str(number), f"{{{OFFICE_RELATIONS}}}id": key}
    sheets.insert(0, sheets.makeelement(main("sheet"), place))
    _shift_local_names(book, 1)
    names = book.find(main("definedNames"))
    if names is None:
        names = sheets.makeelement(main("definedNames"), {})
        before = book.find(main("externalReferences"))
        (sheets if before is None else before).addnext(names)
    etree.SubElement(names, main("definedName"), {"name": mark}).text = f"'{title}'!$A$1"
    repeated = {"name": "_xlnm.Print_Titles", "localSheetId": "0"}
    etree.SubElement(names, main("definedName"), repeated).text = f"'{title}'!${HEAD_ROW}:${HEAD_ROW}"
    for view in book.iter(main("workbookView")):
        view.set("activeTab", "0")
        view.attrib.pop("firstSheet", "")


def remove_first(package: Package, mark: str) -> None:
    """Take out the sheet an earlier run put in."""
    book = package.xml(WORKBOOK)
    title = ""
    for name in list(book.iter(main("definedName"))):
        if name.get("name") == mark:
            title = (name.text or "").rpartition("!")[0].strip("'").replace("''", "'")
            detach(name)
    part = package.sheets().get(title)
    if part is None:
        return
    named = [
        (number, item) for number, item in enumerate(book.iter(main("sheet"))) if item.get("name") == title
    ]
    number, item = named[-1]  # the one that sheets() gives, if a title is there twice
    package.unrelate(WORKBOOK, item.get(f"{{{OFFICE_RELATIONS}}}id", ""))
    detach(item)
    for name in list(book.iter(main("definedName"))):
        if name.get("localSheetId") == str(number):
            detach(name)
    _shift_local_names(book, -1, after=number)
    package.remove(part)


def _view(root: Element) -> None:
    views = etree.SubElement(root, main("sheetViews"))
    seen = {"workbookViewId": "0", "tabSelected": "1", "showGridLines": "0"}
    view = etree.SubElement(views, main("sheetView"), seen)
    pane = {
        "ySplit": str(HEAD_ROW),
        "topLeftCell": f"A{HEAD_ROW + 1}",
        "activePane": "bottomLeft",
        "state": "frozen",
    }
    etree.SubElement(view, main("pane"), pane)


def _page(root: Element) -> None:
    margins = {"left": "0.5", "right": "0.5", "top": "0.6", "bottom": "0.7", "header": "0.3", "footer": "0.3"}
    etree.SubElement(root, main("pageMargins"), margins)
    setup = {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"}
    etree.SubElement(root, main("pageSetup"), setup)
    footer = etree.SubElement(root, main("headerFooter"))
    etree.SubElement(footer, main("oddFooter")).text = "&L&A&C第 &P 页 共 &N 页"


def _row(data: Element, row: int, words: Sequence[tuple[str, str]], height: float) -> None:
    line = etree.SubElement(data, main("row"), {"r": str(row), "ht": str(height), "customHeight": "1"})
    for column, (word, style_id) in enumerate(words, start=1):
        cell = etree.SubElement(line, main("c"), {"r": f"{letters(column)}{row}", "s": style_id})
        put_text(cell, word)


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def _shift_local_names(book: Element, step: int, after: int = -1) -> None:
    """Print titles and the like name their sheet by its position."""
    for name in book.iter(main("definedName")):
        local = name.get("localSheetId")
        if local is not None and int(local) > after:
            name.set("localSheetId", str(int(local) + step))
