"""The used lengths of a box: margins, paddings, borders, width and height.

They follow from its style, and where that speaks of percentages, from the size of the box around it. WeasyPrint
works them out for every line and for the text in it; yet all lines of a cell, and all cells of a kind, have the
same.
"""

from __future__ import annotations

from typing import Any

from zhengti_zip.render.shortcuts import Shortcuts, everywhere

LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
RESOLVED = (*LENGTHS, *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")))
"""The attributes ``resolve_percentages`` gives a box."""


def shortcuts() -> Shortcuts:
    """What is replaced, and by what."""
    from weasyprint.formatting_structure.boxes import Box, PageBox
    from weasyprint.layout.percent import resolve_percentages

    def resolve_known_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        known = style.__dict__.get("zhengti_resolved")
        if known is None:
            known = style.zhengti_resolved = {} if _depends(style) else {None: None}
        size = None
        if None not in known:
            around = containing_block
            size = (around.width, around.height) if isinstance(around, Box) else tuple(around)
        resolved = known.get(size)
        if resolved is not None:
            box.__dict__.update(resolved)
            return
        resolve_percentages(box, containing_block)
        # Collapsed borders belong to the box, not to its style; and a page goes by its height too.
        if style["border_collapse"] != "collapse" and not isinstance(box, PageBox):
            known[size] = {name: box.__dict__[name] for name in RESOLVED}

    yield from everywhere(resolve_percentages, resolve_known_percentages)


def _depends(style: Any) -> bool:
    """Whether a length of a style depends on the box around."""
    lengths = [style[name] for name in LENGTHS]
    return any(length != "auto" and getattr(length, "unit", None) != "px" for length in lengths)
