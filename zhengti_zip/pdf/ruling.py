"""The lines of the grid, as few and as long as can be, drawn straight into the pages.

Where they run is known before any engine starts. Left to WeasyPrint, every cell resolves and draws
four borders of its own: a seventh of the time of a render, and a dozen overlapping strokes where one
line would do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from zhengti_zip.form.geometry import BORDER_PT
from zhengti_zip.grid.heights import title_height
from zhengti_zip.grid.pages import Page
from zhengti_zip.grid.table import FormTable


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal or vertical line between two points in pt, from the lower left corner of the page."""

    x1: float
    y1: float
    x2: float
    y2: float


def strokes(table: FormTable, page: Page) -> list[Stroke]:
    """The lines around every cell of a page, each drawn once."""
    geometry, half = table.geometry, BORDER_PT / 2
    left = geometry.margins[3] + (geometry.content_width - table.width) / 2
    top = geometry.page_height - geometry.margins[0] - half
    if page.has_title:
        top -= title_height(table)
    down = [top - depth for depth in accumulate((row.height for row in page.rows), initial=0.0)]
    across = [left + edge for edge in table.edges]
    horizontal: dict[int, set[int]] = defaultdict(set)
    vertical: dict[int, set[int]] = defaultdict(set)
    for cell in page.cells:
        columns = range(cell.source.column, cell.source.column + cell.source.column_span)
        rows = range(cell.row, cell.row + cell.row_span)
        for edge in (rows.start, rows.stop):
            horizontal[edge].update(columns)
        for edge in (columns.start, columns.stop):
            vertical[edge].update(rows)
    level = [
        Stroke(across[run.start], down[edge], across[run.stop], down[edge])
        for edge in sorted(horizontal)
        for run in _runs(horizontal[edge])
    ]
    upright = [
        Stroke(across[edge], down[run.start], across[edge], down[run.stop])
        for edge in sorted(vertical)
        for run in _runs(vertical[edge])
    ]
    return level + upright


def _runs(numbers: Iterable[int]) -> list[range]:
    """Neighbouring numbers put together: 1, 2, 3, 7 → 1–3, 7."""
    found: list[range] = []
    for number in sorted(numbers):
        if found and found[-1].stop == number:
            found[-1] = range(found[-1].start, number + 1)
        else:
            found.append(range(number, number + 1))
    return found


def ruling(table: FormTable, pages: Sequence[Page]) -> Callable[[Any, Any], None]:
    """What WeasyPrint calls last (``finisher``) to have the lines drawn under the text of each page."""
    contents = [_content(strokes(table, page)) for page in pages]

    def draw(document: Any, pdf: Any) -> None:
        import pydyf

        numbers = pdf.pages["Kids"][::3][table.cover_pages :]
        for number, content in zip(numbers, contents, strict=True):
            page = pdf.objects[number]
            lines = pydyf.Stream([content], compress=True)
            pdf.add_object(lines)
            page["Contents"] = pydyf.Array([lines.reference, page["Contents"]])

    return draw


def _content(lines: Sequence[Stroke]) -> str:
    """Lines as page content: square ends, so that corners are filled.

    They are decoration: an artifact is what a screen reader passes over (ISO 32000-2, 14.8.2.2).
    """
    drawn = (f"{_number(s.x1)} {_number(s.y1)} m {_number(s.x2)} {_number(s.y2)} l" for s in lines)
    return "\n".join(["q", "/Artifact BMC", "0 0 0 RG", f"{BORDER_PT} w 2 J", *drawn, "S", "EMC", "Q"])


def _number(value: float) -> str:
    """A coordinate to a thousandth of a pt."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
