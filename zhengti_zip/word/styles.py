"""The styles of the Word file: every size, font, alignment and weight of the form is one of them.

The frame (``scripts/build_frame.py``) has the styles that every form needs. Here they get their sizes, and
the styles of this form's cells are added.
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
from zhengti_zip.form.print_columns import Align
from zhengti_zip.form.print_layout import LineAlign
from zhengti_zip.grid.heights import ABOVE_GAP_LINES, TITLE_GAP_LINES
from zhengti_zip.grid.table import Cell, FormTable, Origin

FONT = "宋体"
LANGUAGE = "zh-CN"

TITLE, HEADER, SPACER, PAGE_BREAK = "Title", "Header", "Spacer", "PageBreak"
"""Identifiers of the styles outside the table; Chinese Word and WPS show the first as 标题, the second as 页眉."""

FOOTER, SIGNATURE = "Footer", "Signature"

NUMBER_PT = 8.0
"""Size of the page numbers, as in the PDF."""

PLACEHOLDER = "PlaceholderText"
"""Identifier of the character style that Word gives the hint in an empty control."""

TIGHTER = (0.0, 0.025, 0.05, 0.075)
"""Steps of closer characters: by which share of the type size each is set closer."""


class CellStyle(NamedTuple):
    """The format of a cell's text. Cells that differ in it have different paragraph styles."""

    is_label: bool
    scale: float = 1.0
    is_left: bool = False
    is_bold: bool = False
    tightness: int = 0

    @classmethod
    def of(cls, cell: Cell, tightness: int = 0) -> CellStyle:
        """The style of a cell, with characters as close as step ``tightness`` of TIGHTER."""
        is_label = cell.origin is Origin.LABEL
        return cls(is_label, cell.scale, cell.align is Align.LEFT, cell.bold, tightness)

    @property
    def base(self) -> CellStyle:
        """The style it is based on: labels are centred, texts are aligned left."""
        return CellStyle(self.is_label, is_left=not self.is_label)

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


def cell_styles(table: FormTable) -> frozenset[CellStyle]:
    """The styles of all cells of a form, for entered text in every step of TIGHTER."""
    found = {CellStyle.of(cell) for cell in table.cells}
    steps = range(1, len(TIGHTER))
    return frozenset(
        found | {style._replace(tightness=step) for style in found if not style.is_label for step in steps}
    )


def beside(table: FormTable) -> int:
    """Whole twips between the margin and either side of the table, which stands in the middle."""
    return max(twips((table.geometry.content_width - table.width) / 2), 0)


def above_style(align: LineAlign, is_last: bool) -> str:
    """Identifier of the style of a line above the title; behind the last one there is space."""
    return f"Above{align.capitalize()}{'Last' if is_last else ''}"


def write_above_styles(document: Document, table: FormTable) -> None:
    """Add the styles of the lines above the title."""
    geometry = table.geometry
    for number, line in enumerate(table.above, start=1):
        is_last = number == len(table.above)
        style_id = above_style(line.align, is_last)
        name = f"标题上方（{SIDES[line.align]}{'，末行' if is_last else ''}）"
        if name in document.styles:
            continue
        style = add_line_style(document, style_id, name, line.align)
        style.paragraph_format.left_indent = style.paragraph_format.right_indent = Twips(beside(table))
        if is_last:
            gap = ABOVE_GAP_LINES * geometry.body * geometry.line_height
            style.paragraph_format.space_after = Twips(twips(gap))


SIDES = {LineAlign.LEFT: "居左", LineAlign.CENTER: "居中", LineAlign.RIGHT: "居右"}


def add_line_style(document: Document, style_id: str, name: str, align: LineAlign) -> ParagraphStyle:
    """Add the style of a line outside of the table."""
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.style_id, style.base_style = style_id, document.styles["Normal"]
    style.paragraph_format.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    return style


def write_styles(document: Document, geometry: Geometry, cells: Collection[CellStyle]) -> None:
    """Set the sizes of the frame's styles, and add the styles ``cells``."""
    styles, scales = document.styles, {cell.scale for cell in cells}
    set_type(styles["Normal"], geometry.line_height, geometry.body)
    title = styles[TITLE]
    set_type(title, geometry.line_height, geometry.title)
    gap = TITLE_GAP_LINES * geometry.title * geometry.line_height
    title.paragraph_format.space_after = Twips(twips(gap))
    bases = {cell.base: styles[cell.base.name(scales)] for cell in cells}
    for cell in sorted(cell for cell in cells if cell != cell.base):
        style = styles.add_style(cell.name(scales), WD_STYLE_TYPE.PARAGRAPH)
        style.style_id, style.quick_style = cell.style_id, True
        style.base_style = bases[cell.base]
        if cell.is_left != cell.base.is_left:
            side = WD_ALIGN_PARAGRAPH.LEFT if cell.is_left else WD_ALIGN_PARAGRAPH.CENTER
            style.paragraph_format.alignment = side
        if cell.is_bold:
            style.font.bold = style.font.cs_bold = True
        size = geometry.body * cell.scale
        set_type(style, geometry.line_height, size, TIGHTER[cell.tightness] * size)


def set_type(style: ParagraphStyle, line_height: float, size: float, tighter: float = 0.0) -> None:
    """Set size in pt and line height as a multiple of it, and by how much characters are set closer, in pt.

    Word has sizes in half points only. The rounding error is taken off the character spacing, so that a
    line that is just full in the PDF does not break one character earlier in Word.
    """
    style.paragraph_format.line_spacing = Twips(twips(size * line_height))  # exactly that much
    half_points = max(round(size * 2), 1)
    style.font.size = Pt(half_points / 2)
    # python-docx has no properties for character spacing and for the size of complex scripts.
    properties = style.element.get_or_add_rPr()
    plain = properties.find(qn("w:sz"))
    excess = half_points / 2 - size + tighter
    plain.addprevious(_number("w:spacing", -math.ceil(excess * 20 - 1e-6) if excess > 1e-6 else 0))
    plain.addnext(_number("w:szCs", half_points))


def _number(tag: str, value: int) -> etree._Element:
    made = OxmlElement(tag)
    made.set(qn("w:val"), str(value))
    return made
