"""Drawing a PDF somewhere: in this process, or (:mod:`zhengti_zip.companion`) in one that practised before."""

from __future__ import annotations

import atexit
import gc
import select
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from zhengti_zip.errors import ZhengtiError
from zhengti_zip.originals import Attachment
from zhengti_zip.table import Cell, FormTable, Geometry, Origin, Paragraph, Row

COLLECTED_EVERY = 100_000
"""New objects between two rounds of garbage collection where one form is drawn and the process ends."""

Order = tuple[FormTable, bool, Sequence[Attachment]]
"""What is to be drawn: the form, whether as a draft, the files kept inside."""


class Draw(Protocol):
    """Somewhere a PDF is drawn."""

    def __call__(
        self, table: FormTable, draft: bool, attachments: Sequence[Attachment]
    ) -> Callable[[], bytes]:
        """Begin.

        Returns:
            What waits for the PDF and gives it; it raises what :func:`zhengti_zip.render.pdf.render_pdf` does.
        """


def draw_here(table: FormTable, draft: bool, attachments: Sequence[Attachment]) -> Callable[[], bytes]:
    """Draw in this process, at once."""
    from zhengti_zip.render.pdf import render_pdf

    content = render_pdf(table, draft=draft, attachments=attachments)
    return lambda: content


def practise(folder: str) -> None:
    """Import what draws a PDF, and use it once, so that the first form is drawn like a later one.

    The rehearsal takes longer than it saves, so there is none once the form is there. What is missing on
    this machine the form will meet with again, and tell.

    Args:
        folder: for temporary files; removed at the end, and by whoever ends this process without notice.
    """
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    tempfile.tempdir = folder
    gc.set_threshold(COLLECTED_EVERY, 20, 100)
    with suppress(ZhengtiError, ImportError, OSError):
        from zhengti_zip.render.pdf import render_pdf
        from zhengti_zip.render.startup import import_weasyprint

        import_weasyprint()
        if not _is_awaited():
            render_pdf(_rehearsed(), attachments=[Attachment("练习.txt", b"", "练习", "Data")])


def _is_awaited() -> bool:
    """Whether the next order waits in stdin; Windows cannot say."""
    try:
        return bool(select.select([sys.stdin], [], [], 0)[0])
    except OSError:
        return True


def drawn(order: Order) -> bytes | ZhengtiError:
    """The PDF, or what kept it from being made; an exception would come out of a child as a failure of it."""
    table, draft, attachments = order
    try:
        return draw_here(table, draft, attachments)()
    except ZhengtiError as error:
        error.add_note("".join(traceback.format_exception(error)).rstrip())  # no traceback travels
        return error


def _rehearsed() -> FormTable:
    """A page with a bit of everything: both weights, other faces, heads, merged and long cells, a signature."""
    label = (Paragraph("表头 1"),)
    entered = (Paragraph("填写的内容：100.5%，“甲”☑乙☐。"), Paragraph("ABC abc"))
    cells = (
        Cell(0, 0, 1, 1, label, bold=True),
        Cell(0, 1, 1, 1, label, bold=True),
        Cell(1, 0, 2, 1, label),
        Cell(1, 1, 1, 1, entered, Origin.ENTERED, scale=0.9),
        Cell(2, 1, 1, 1, entered, Origin.ENTERED),
    )
    return FormTable(
        form_id="",
        year=2000,
        department="练习",
        title=("练习",),
        edges=(0.0, 60.0, 300.0),
        rows=(Row(is_head=True), Row(), Row()),
        cells=cells,
        geometry=Geometry(595.0, 842.0, (42.5, 42.5, 42.5, 42.5), 9.0, 16.0, 1.3, 2.0, 2.0),
        signature=("填表人",),
    )
