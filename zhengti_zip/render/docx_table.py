"""The table of one page as WordprocessingML, straight from its PagePart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from zhengti_zip.render.docx_styles import Look
from zhengti_zip.render.docx_xml import element, paragraph, twips
from zhengti_zip.render.pagination import PageCell, PagePart, PageRow
from zhengti_zip.table import BORDER_PT, FormTable

MOST_OF_A_PAGE = 0.75
"""A row taller than this share of a page may be split: Word loses what a kept row has over a page."""


class TableWriter:
    """Writes the parts of one form in order; remembers how far the texts cut by page breaks have come."""

    def __init__(self, table: FormTable) -> None:
        self._geometry = table.geometry
        # Edges are rounded, not widths, so that all rows end at the same place.
        self._edges = [round(edge * 20) for edge in table.edges]
        self._read: dict[tuple[int, int], tuple[int, int]] = {}

    def part(self, part: PagePart) -> etree._Element:
        """The table of the next page."""
        covering: list[list[PageCell]] = [[] for _ in part.rows]
        for cell in sorted(part.cells, key=lambda cell: cell.source.column):
            for covered in covering[cell.row : cell.row + cell.row_span]:
                covered.append(cell)
        texts = {id(cell): self._texts(cell) for cell in part.cells}
        made = element("tbl", self._properties(), self._grid())
        for number, row in enumerate(part.rows):
            made.append(self._row_start(row, repeats=row.is_head and number == 0))
            for cell in covering[number]:
                made[-1].append(self._cell(cell, texts[id(cell)] if cell.row == number else None))
        return made

    def _properties(self) -> etree._Element:
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        eighths = round(BORDER_PT * 8)
        x, y = twips(self._geometry.padding_x), twips(self._geometry.padding_y)
        margins = {"top": y, "left": x, "bottom": y, "right": x}
        return element(
            "tblPr",
            element("tblW", w=self._edges[-1], type="dxa"),
            element("jc", val="center"),
            element(
                "tblBorders",
                *(element(side, val="single", sz=eighths, space=0, color="000000") for side in sides),
            ),
            element("tblLayout", type="fixed"),
            element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in margins.items())),
        )

    def _grid(self) -> etree._Element:
        widths = (right - left for left, right in pairwise(self._edges))
        return element("tblGrid", *(element("gridCol", w=width) for width in widths))

    def _row_start(self, row: PageRow, repeats: bool) -> etree._Element:
        properties = element("trPr")
        if row.height <= MOST_OF_A_PAGE * self._geometry.content_height:
            properties.append(element("cantSplit"))
        properties.append(element("trHeight", val=twips(row.height), hRule="atLeast"))
        if repeats:
            properties.append(element("tblHeader"))
        return element("tr", properties)

    def _cell(self, cell: PageCell, texts: list[str] | None) -> etree._Element:
        """A cell; without texts the continuation of one that is merged with the row above."""
        source = cell.source
        left, right = self._edges[source.column], self._edges[source.column + source.column_span]
        properties = element("tcPr", element("tcW", w=right - left, type="dxa"))
        if source.column_span > 1:
            properties.append(element("gridSpan", val=source.column_span))
        if cell.row_span > 1:
            properties.append(element("vMerge", val="continue" if texts is None else "restart"))
        properties.append(element("vAlign", val="top" if cell.is_cut else "center"))
        style = Look.of(source).style_id
        return element("tc", properties, *(paragraph(style, text) for text in texts or [""]))

    def _texts(self, cell: PageCell) -> list[str]:
        """The paragraphs of a cell on this page; Word breaks their lines by itself."""
        if not cell.is_cut:
            return [paragraph.text for paragraph in cell.source.paragraphs]
        return list(self._joined(cell))

    def _joined(self, cell: PageCell) -> Iterator[str]:
        """The lines of a cut cell, put together again into paragraphs.

        Lines do not say where their paragraph ends; but the lines of a paragraph are its text, nothing
        left out, so counting characters from page to page tells.
        """
        key = (cell.source.row, cell.source.column)
        number, used = self._read.get(key, (0, 0))
        text = ""
        for line in cell.lines:
            text += line.text
            used += len(line.text)
            if used >= len(cell.source.paragraphs[number].text):
                yield text
                number, used, text = number + 1, 0, ""
        if text:
            yield text
        self._read[key] = (number, used)
