"""Walks through all boxes that need not enter a plain line.

Such a line holds one text and nothing else. WeasyPrint looks for backgrounds, anchors, links, bookmarks and
stacking contexts in the line and in its text.
"""

from __future__ import annotations

from typing import Any

from zhengti_zip.render.shortcuts import Shortcuts, everywhere
from zhengti_zip.render.shortcuts.lines import is_plain_line


def shortcuts() -> Shortcuts:
    """What is replaced, and by what."""
    from weasyprint.anchors import gather_anchors
    from weasyprint.layout.background import layout_box_backgrounds
    from weasyprint.stacking import _dispatch

    def gather_anchors_outside_lines(box: Any, *others: Any) -> None:
        if not is_plain_line(box):
            gather_anchors(box, *others)

    yield from everywhere(gather_anchors, gather_anchors_outside_lines)

    def layout_backgrounds_outside_lines(page: Any, box: Any, *others: Any, **options: Any) -> None:
        if not is_plain_line(box):
            layout_box_backgrounds(page, box, *others, **options)

    yield from everywhere(layout_box_backgrounds, layout_backgrounds_outside_lines)

    def dispatch_outside_lines(box: Any, *others: Any) -> Any:
        return box if is_plain_line(box) else _dispatch(box, *others)

    yield from everywhere(_dispatch, dispatch_outside_lines)
