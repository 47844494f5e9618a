"""The table of one page as WordprocessingML, straight from its PagePart."""

from __future__ import annotations

from itertools import pairwise

from zhengti_zip.render.docx_cells import CellWriter
from zhengti_zip.render.docx_fit import Fit
from zhengti_zip.render.docx_styles import Look
from zhengti_zip.render.docx_xml import paragraph, twips
from zhengti_zip.render.pagination import PageCell, PagePart, PageRow
from zhengti_zip.table import BORDER_PT, FormTable

MOST_OF_A_PAGE = 0.75
"""A row taller than this share of a page may be split: Word loses what a kept row has over a page."""


class TableWriter:
    """Writes the parts of one form, page by page."""

    def __init__(self, table: FormTable, cells: CellWriter) -> None:
        self._geometry, self._cells, self._fit = table.geometry, cells, Fit(table)
        # Edges are rounded, not widths, so that all rows end at the same place.
        self._edges = [round(edge * 20) for edge in table.edges]
        self._start = f"<w:tbl>{self._properties()}{self._grid()}"

    def part(self, part: PagePart) -> str:
        """The table of a page."""
        covering: list[list[PageCell]] = [[] for _ in part.rows]
        for cell in sorted(part.cells, key=lambda cell: cell.source.column):
            for covered in covering[cell.row : cell.row + cell.row_span]:
                covered.append(cell)
        made = [self._start]
        for number, row in enumerate(part.rows):
            made.append(f"<w:tr>{self._row_properties(row, repeats=row.is_head and number == 0)}")
            made += [self._cell(cell, number, part) for cell in covering[number]]
            made.append("</w:tr>")
        return "".join([*made, "</w:tbl>"])

    def _properties(self) -> str:
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        line = f'w:val="single" w:sz="{round(BORDER_PT * 8)}" w:space="0" w:color="000000"'
        borders = "".join(f"<w:{side} {line}/>" for side in sides)
        x, y = twips(self._geometry.padding_x), twips(self._geometry.padding_y)
        margins = "".join(
            f'<w:{side} w:w="{width}" w:type="dxa"/>'
            for side, width in (("top", y), ("left", x), ("bottom", y), ("right", x))
        )
        return (
            f'<w:tblPr><w:tblW w:w="{self._edges[-1]}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        )

    def _grid(self) -> str:
        widths = (right - left for left, right in pairwise(self._edges))
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return f"<w:tblGrid>{columns}</w:tblGrid>"

    def _row_properties(self, row: PageRow, repeats: bool) -> str:
        kept = row.height <= MOST_OF_A_PAGE * self._geometry.content_height
        return (
            f"<w:trPr>{'<w:cantSplit/>' if kept else ''}"
            f'<w:trHeight w:val="{twips(row.height)}" w:hRule="atLeast"/>'
            f"{'<w:tblHeader/>' if repeats else ''}</w:trPr>"
        )

    def _cell(self, cell: PageCell, row: int, page: PagePart) -> str:
        """A cell in one of the rows it covers; in all but the first it goes on without text."""
        source = cell.source
        width = self._edges[source.column + source.column_span] - self._edges[source.column]
        span = f'<w:gridSpan w:val="{source.column_span}"/>' if source.column_span > 1 else ""
        is_first = cell.row == row
        merge = f'<w:vMerge w:val="{"restart" if is_first else "continue"}"/>' if cell.row_span > 1 else ""
        style = Look.of(source, self._fit.tightness(cell, page) if is_first else 0).style_id
        content = self._cells.write(cell, style) if is_first else paragraph(style)
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
            f'<w:vAlign w:val="{"top" if cell.is_cut else "center"}"/></w:tcPr>{content}</w:tc>'
        )
