"""The styles of the Word file: every size, font, alignment and weight of the form is one of them.

Those that every form has are in the frame (``scripts/build_frame.py``); here they get their sizes, and the
looks of this form's cells are added.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import NamedTuple

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from docx.styles.style import ParagraphStyle
from lxml import etree

from zhengti_zip.form.geometry import Geometry
from zhengti_zip.form.print_layout import Align
from zhengti_zip.grid.measure import TITLE_GAP_LINES
from zhengti_zip.grid.table import Cell, FormTable, Origin

FONT = "宋体"
LANGUAGE = "zh-CN"

TITLE, HEADER, SPACER, PAGE_BREAK = "Title", "Header", "Spacer", "PageBreak"
"""Identifiers of the styles outside the table; Chinese Word and WPS call the first 标题, the second 页眉."""

FOOTER, SIGNATURE = "Footer", "Signature"

NUMBER_PT = 8.0
"""Size of the page numbers, as in the PDF."""

PLACEHOLDER = "PlaceholderText"
"""Identifier of the character style that Word gives the hint in an empty control."""

TIGHTER = (0.0, 0.025, 0.05, 0.075)
"""By how much of the size the characters stand closer to each other, step by step."""


class Look(NamedTuple):
    """What tells the text of one cell from that of another: one paragraph style each."""

    is_label: bool
    scale: float = 1.0
    is_left: bool = False
    is_bold: bool = False
    tightness: int = 0

    @classmethod
    def of(cls, cell: Cell, tightness: int = 0) -> Look:
        """The look of a cell, its characters as close as that step of TIGHTER says."""
        is_label = cell.origin is Origin.LABEL
        return cls(is_label, cell.scale, cell.align is Align.LEFT, cell.bold, tightness)

    @property
    def base(self) -> Look:
        """The plain look it is a variant of: labels are centred, texts start at the left."""
        return Look(self.is_label, is_left=not self.is_label)

    @property
    def style_id(self) -> str:
        """Identifier of its style."""
        size = "" if self.scale == 1 else f"{self.scale * 100:g}".replace(".", "p")
        align = "" if self.is_left == self.base.is_left else ("Left" if self.is_left else "Center")
        marks = ("Bold" if self.is_bold else "") + ("", "Tight", "Tighter", "Tightest")[self.tightness]
        return f"{'Label' if self.is_label else 'Text'}{size}{align}{marks}"

    def name(self, scales: Iterable[float]) -> str:
        """Name of its style as the user sees it, given all scales of the form."""
        marks = [_size_mark(self.scale, scales)] if self.scale != 1 else []
        if self.is_left != self.base.is_left:
            marks.append("左对齐" if self.is_left else "居中")
        if self.is_bold:
            marks.append("加粗")
        marks += [("紧排", "更紧", "最紧")[self.tightness - 1]] if self.tightness else []
        return ("表头" if self.is_label else "表文") + (f"（{'、'.join(marks)}）" if marks else "")


def _size_mark(scale: float, scales: Iterable[float]) -> str:
    alike = {other for other in scales if other != 1 and (other > 1) == (scale > 1)}
    if len(alike) > 1:
        return f"{scale:g}倍"
    return "大" if scale > 1 else "小"


def twips(points: float) -> int:
    """Whole twentieths of a pt that fit into ``points`` pt."""
    return int(points * 20 + 1e-6)


def looks_of(table: FormTable) -> frozenset[Look]:
    """The looks of all cells of a form, in every tightness entered text may need."""
    looks = {Look.of(cell) for cell in table.cells}
    steps = range(1, len(TIGHTER))
    return frozenset(
        looks | {look._replace(tightness=step) for look in looks if not look.is_label for step in steps}
    )


def write_styles(document: Document, geometry: Geometry, looks: Collection[Look]) -> None:
    """Give the styles of a frame their sizes, and add those of the looks."""
    styles, scales = document.styles, {look.scale for look in looks}
    _set_type(styles["Normal"], geometry, geometry.body)
    title = styles[TITLE]
    _set_type(title, geometry, geometry.title)
    gap = TITLE_GAP_LINES * geometry.title * geometry.line_height
    title.paragraph_format.space_after = Twips(twips(gap))
    plain = {look.base: styles[look.base.name(scales)] for look in looks}
    for look in sorted(look for look in looks if look != look.base):
        style = styles.add_style(look.name(scales), WD_STYLE_TYPE.PARAGRAPH)
        style.style_id, style.quick_style = look.style_id, True
        style.base_style = plain[look.base]
        if look.is_left != look.base.is_left:
            side = WD_ALIGN_PARAGRAPH.LEFT if look.is_left else WD_ALIGN_PARAGRAPH.CENTER
            style.paragraph_format.alignment = side
        if look.is_bold:
            style.font.bold = style.font.cs_bold = True
        size = geometry.body * look.scale
        _set_type(style, geometry, size, TIGHTER[look.tightness] * size)


def _set_type(style: ParagraphStyle, geometry: Geometry, size: float, tighter: float = 0.0) -> None:
    """Set size and line height in pt, and by how much characters stand closer; Word knows half points only.

    What rounding adds to the size is taken off the distance of the characters, lest a line that is
    just full in the PDF breaks one character earlier in Word.
    """
    style.paragraph_format.line_spacing = Twips(twips(size * geometry.line_height))  # exactly that much
    half_points = max(round(size * 2), 1)
    style.font.size = Pt(half_points / 2)
    # python-docx has no names for the distance of characters and the size of Arabic and the like.
    properties = style.element.get_or_add_rPr()
    plain = properties.find(qn("w:sz"))
    excess = half_points / 2 - size + tighter
    plain.addprevious(_number("w:spacing", -math.ceil(excess * 20 - 1e-6) if excess > 1e-6 else 0))
    plain.addnext(_number("w:szCs", half_points))


def _number(tag: str, value: int) -> etree._Element:
    made = OxmlElement(tag)
    made.set(qn("w:val"), str(value))
    return made
