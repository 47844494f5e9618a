"""How much closer characters must be set, so that a text needs no more lines than in the PDF.

LibreOffice always adds space between Chinese and digits, and without 宋体 it uses the digits of another
font. In a full cell one more line would make the row higher and move all rows below it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from zhengti_zip.form.geometry import BORDER_PT
from zhengti_zip.grid.heights import line_height
from zhengti_zip.grid.metrics import metrics_for
from zhengti_zip.grid.pages import Page, PageCell
from zhengti_zip.grid.table import FormTable, Origin
from zhengti_zip.word.styles import TIGHTER

SEAM = 290
"""Width in 1/1000 em that LibreOffice adds between Chinese and other characters."""

OTHER = {**dict.fromkeys("0123456789+=<>~", 640), **dict.fromkeys(".,", 320), "%": 950, "-": 360, "/": 340}
"""Widths in 1/1000 em of the characters of numbers in DejaVu Sans, LibreOffice's font for a missing one."""

REST = 700
"""Width in 1/1000 em that stays empty at the end of a line, where the next character does not fit."""

_OTHER_RUN = re.compile("[!-~]+")


class Fit:
    """Finds the step of TIGHTER that the text of a cell needs."""

    def __init__(self, table: FormTable) -> None:
        self._table, self._metrics = table, metrics_for(table.fonts)

    def tightness(self, cell: PageCell, page: Page) -> int:
        """The first step of TIGHTER with which the text of a cell fits into its rows, or the last step."""
        table, source = self._table, cell.source
        if source.origin is not Origin.ENTERED:
            return 0
        height = sum(row.height for row in page.rows[cell.row : cell.row + cell.row_span])
        room = height - 2 * table.geometry.padding_y - BORDER_PT
        most = int(room / line_height(table, source) + 1e-6)
        wider = sum(bool(_OTHER_RUN.search(line.text)) for line in cell.lines)
        if len(cell.lines) + wider <= most or not wider:
            return 0
        texts = [paragraph.text for paragraph in cell.paragraphs()]
        widths = [self._width(text, source.bold) for text in texts]
        line = table.text_width(source) * 1000 / (table.geometry.body * source.scale)
        for step, tighter in enumerate(TIGHTER):
            kept = (width - tighter * 1000 * len(text) for width, text in zip(widths, texts, strict=True))
            if _line_count(kept, line) <= most:
                return step
        return len(TIGHTER) - 1

    def _width(self, text: str, bold: bool) -> float:
        """The width a text may have in another program, in 1/1000 em."""
        width = self._metrics.advances(text, bold)
        for run in _OTHER_RUN.findall(text):
            other = sum(OTHER.get(char, 0) for char in run)
            width += 2 * SEAM + max(other - self._metrics.advances(run, bold), 0)
        return width


def _line_count(widths: Iterable[float], line: float) -> int:
    """About how many lines paragraphs of these widths need; the breaks of another program are not known."""
    return sum(1 if width <= line else math.ceil((width - REST) / (line - REST)) for width in widths)
