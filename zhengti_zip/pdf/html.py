"""HTML: the pages of the form with every line break decided, for WeasyPrint to set."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from zhengti_zip.base.templates import shared_templates
from zhengti_zip.form.geometry import BORDER_PT
from zhengti_zip.form.print_columns import Align
from zhengti_zip.grid.cover import LINE_HEIGHT as COVER_LINE
from zhengti_zip.grid.cover import BrokenLine, plan_cover
from zhengti_zip.grid.heights import TITLE_GAP_LINES, above_height, above_lines, signature_height, title_lines
from zhengti_zip.grid.metrics import metrics_for
from zhengti_zip.grid.pages import Page, PageCell
from zhengti_zip.grid.table import FormTable


def css_string(text: str) -> Markup:
    """A text as a CSS string, safe inside a style element."""
    escaped = json.dumps(text, ensure_ascii=False)[1:-1].replace("<", "\\3c ").replace("'", "\\27 ")
    return Markup(f'"{escaped}"')


@cache
def _unusual(fonts: tuple[Path, ...]) -> re.Pattern[str]:
    """Runs of characters of each face but the main one; the only ones that need more than escaping."""
    faces = metrics_for(fonts).other_faces
    return re.compile("|".join(f"([{re.escape(''.join(sorted(chars)))}]+)" for _, chars in faces if chars))


def set_line(text: str, fonts: tuple[Path, ...] = ()) -> Markup:
    """A line as HTML: escaped, other faces marked, what no face has as 〓 (in drafts only).

    Other faces get a span without line height: where Pango mixes two faces it makes the line higher
    than the row heights, which are computed, allow for.
    """
    printable = metrics_for(fonts).printable(text)
    return Markup(_unusual(fonts).sub(_span, str(escape(printable))))


def _span(match: re.Match[str]) -> str:
    return f'<span class="face{match.lastindex}">{match.group()}</span>'


def page_html(table: FormTable, pages: Sequence[Page], draft: bool = False) -> str:
    """The HTML that is typeset: every line and page break decided.

    The blocks above the column heads and the indicator table are tables of their own, so that a
    screen reader does not take the heads for those of the blocks above them.
    """
    sheet = _Sheet(table)
    prepared = [sheet.page(page) for page in pages]
    return (
        shared_templates()
        .get_template("form.html.j2")
        .render(
            title="".join(table.title),
            author=table.department,
            css=Markup(sheet.css(draft)),
            cover=sheet.cover(),
            pages=prepared,
            signature=[set_line(item.text, table.fonts) for item in table.signature],
            draft=draft,
        )
    )


class _Sheet:
    """Cells as the template needs them, and the style sheet their classes stand in.

    Heights and sizes are classes and line breaks are characters: a style attribute a cell and an
    element a line break made a warm render take half as long again.
    """

    def __init__(self, table: FormTable) -> None:
        self.table = table
        self.around = 2 * table.geometry.padding_y + BORDER_PT
        self.scales = sorted({cell.scale for cell in table.cells})
        self.heights: dict[float, int] = {}
        self.plan = plan_cover(table, table.cover) if table.cover else None

    def css(self, draft: bool) -> str:
        """The style sheet; asked for after the pages, whose heights it names."""
        table, geometry = self.table, self.table.geometry
        faces = metrics_for(table.fonts).other_faces
        return (
            shared_templates()
            .get_template("form.css.j2")
            .render(
                g=geometry,
                width=round(table.width, 4),
                border=BORDER_PT,
                scales=self.scales,
                heights=list(self.heights),
                title_gap=TITLE_GAP_LINES * geometry.title * geometry.line_height,
                signature_height=signature_height(table),
                above_height=above_height(table),
                families=[css_string(family) for family, chars in faces if chars],
                page_numbers=table.page_numbers,
                plan=self.plan,
                cover_line=COVER_LINE,
                draft=draft,
            )
        )

    def cover(self) -> dict[str, Any] | None:
        """The page before the form: its lines and items; None if there is none."""
        if self.plan is None:
            return None
        fonts = self.table.fonts
        items = [
            [
                (set_line(label, fonts), set_line(value, fonts))
                for label, value in zip_longest(item.label, item.value, fillvalue="")
            ]
            for item in self.plan.items
        ]
        title = set_line("\n".join(part for _, parts in self.plan.title for part in parts), fonts)
        return {
            "above": self._lines(self.plan.above),
            "title": title,
            "items": items,
            "foot": self._lines(self.plan.foot),
        }

    def _lines(self, lines: Iterable[BrokenLine]) -> list[dict[str, Any]]:
        """Lines outside of the table: where each stands, and its text."""
        return [
            {"align": str(line.align), "text": set_line("\n".join(parts), self.table.fonts)}
            for line, parts in lines
        ]

    def page(self, page: Page) -> dict[str, Any]:
        """Lines above the title, title and tables of a page."""
        fonts = self.table.fonts
        title = set_line("\n".join(title_lines(self.table)), fonts) if page.has_title else ""
        above = self._lines(above_lines(self.table) if page.has_title else ())
        tables = [self._table(page, rows) for rows in _row_ranges(page)]
        return {"above": above, "title": title, "tables": tables, "is_signed": page.is_signed}

    def _table(self, page: Page, rows: range) -> dict[str, Any]:
        """Some rows of a page as a table with no more columns than they need.

        The grid unites the columns of all blocks; every column a table has costs WeasyPrint a border
        to resolve in every row.
        """
        cells = [cell for cell in page.cells if cell.row in rows]
        ends = {cell.source.column + cell.source.column_span for cell in cells}
        used = sorted({cell.source.column for cell in cells} | ends)
        # A label at the side covers the heads too; HTML cuts it off at the end of a thead.
        sides = {cell.row for cell in cells if cell.row_span > 1}
        prepared: list[dict[str, Any]] = [
            {"is_head": page.rows[row].is_head and row not in sides, "cells": []} for row in rows
        ]
        single = {cell.row: cell for cell in reversed(cells) if cell.row_span == 1}
        for cell in cells:
            first = used.index(cell.source.column)
            span = used.index(cell.source.column + cell.source.column_span) - first
            is_strut = single.get(cell.row, cell) is cell
            prepared[cell.row - rows.start]["cells"].append(self._cell(cell, page, span, is_strut))
        edges = [self.table.edges[index] for index in used]
        return {"rows": prepared, "widths": [round(right - left, 4) for left, right in pairwise(edges)]}

    def _cell(self, cell: PageCell, page: Page, column_span: int, is_strut: bool) -> dict[str, Any]:
        """What the template needs of a cell.

        The height is set on cells, not rows: given a row height, WeasyPrint takes the whole height of
        a merged cell for that of its last row.
        """
        source = cell.source
        classes = []
        if is_strut:
            height = sum(row.height for row in page.rows[cell.row : cell.row + cell.row_span]) - self.around
            number = self.heights.setdefault(round(height, 4), len(self.heights) + 1)
            classes.append(f"h{number}")
        if source.scale != 1:
            classes.append(f"s{self.scales.index(source.scale) + 1}")
        marks = {"left": source.align is Align.LEFT, "bold": source.bold, "cut": cell.is_cut}
        classes += [mark for mark, wanted in marks.items() if wanted]
        spans = (("rowspan", cell.row_span), ("colspan", column_span))
        return {
            "tag": "th" if page.rows[cell.row].is_head else "td",
            "spans": Markup("".join(f' {name}="{span}"' for name, span in spans if span > 1)),
            "classes": " ".join(classes),
            "text": set_line("\n".join(line.text for line in cell.lines), self.table.fonts),
        }


def _row_ranges(page: Page) -> Iterator[range]:
    """The rows of a page, divided before the column heads."""
    start = 0
    for number, row in enumerate(page.rows):
        if row.is_head and number > start:
            yield range(start, number)
            start = number
    yield range(start, len(page.rows))
