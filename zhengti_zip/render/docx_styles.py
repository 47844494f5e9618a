"""The styles of the Word file: every size, font, alignment and weight of the form is one of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from zhengti_zip.form.align import Align
from zhengti_zip.render.docx_xml import element, twips, word
from zhengti_zip.render.measure import TITLE_GAP_LINES
from zhengti_zip.table import Cell, Geometry, Origin

FONT = "宋体"
LANGUAGE = "zh-CN"
LATIN_LANGUAGE = "en-US"
"""Language of Latin letters and digits, as Chinese Word has it: told that they are Chinese, LibreOffice
breaks lines inside words and numbers (1,234.5|6)."""

TITLE, HEADER, SPACER, PAGE_BREAK = "Title", "Header", "Spacer", "PageBreak"
"""Identifiers of the styles outside the table; Chinese Word and WPS call the first 标题, the second 页眉."""

FOOTER, SIGNATURE = "Footer", "Signature"

PLACEHOLDER = "PlaceholderText"
"""Identifier of the character style that Word gives the hint in an empty control."""

TIGHTER = (0.0, 0.025, 0.05, 0.075)
"""By how much of the size the characters stand closer to each other, step by step."""

SPACER_PT = 1.0
"""Height in pt of the paragraphs Word requires between two tables and after the last one."""


@dataclass(frozen=True, slots=True, order=True)
class Look:
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


def write_styles(styles: etree._Element, geometry: Geometry, looks: Iterable[Look]) -> None:
    """Replace all styles of ``w:styles`` by those the form uses.

    python-docx's template brings 160 others, whose fonts come from a theme.
    """
    for child in list(styles):
        if child.tag != word("latentStyles"):
            styles.remove(child)
    styles.insert(0, _defaults(geometry))
    known = {*looks, *(look.base for look in looks), Look(True).base, Look(False).base}
    styles.extend(_fixed_styles(geometry))
    styles.extend(_look_styles(known, geometry))


def _defaults(geometry: Geometry) -> etree._Element:
    properties = _run_properties(geometry.body)
    properties.append(element("lang", val=LATIN_LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))
    return element("docDefaults", element("rPrDefault", properties), element("pPrDefault", element("pPr")))


def _fixed_styles(geometry: Geometry) -> Iterator[etree._Element]:
    body = geometry.body
    yield _style("Normal", "Normal", _normal_paragraph(geometry), _run_properties(body), default=1)
    yield element(
        "style",
        element("name", val="Default Paragraph Font"),
        element("uiPriority", val=1),
        element("semiHidden"),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )
    yield element(
        "style",
        element("name", val="Placeholder Text"),
        element("basedOn", val="DefaultParagraphFont"),
        element("uiPriority", val=99),
        element("rPr", element("color", val="808080")),
        type="character",
        styleId=PLACEHOLDER,
    )
    yield _table_style()
    gap = twips(TITLE_GAP_LINES * geometry.title * geometry.line_height)
    heading = element(
        "pPr",
        element("keepNext"),
        _line(geometry.title * geometry.line_height, after=gap),
        # The gap belongs under the last line of the title only.
        element("contextualSpacing"),
        element("jc", val="center"),
    )
    yield _style("Title", TITLE, heading, _run_properties(geometry.title, bold=True))
    thin = element("pPr", _line(SPACER_PT))
    yield _style("header", HEADER, thin, _run_properties(SPACER_PT))
    yield _style("间隔", SPACER, element("pPr", _line(SPACER_PT)), _run_properties(SPACER_PT))
    yield _style("footer", FOOTER, element("pPr", element("jc", val="center")), _run_properties(8.0))
    signed = element("pPr", element("jc", val="left"))
    yield _style("签章栏", SIGNATURE, signed, _run_properties(geometry.body))
    turn = element("pPr", element("pageBreakBefore"), _line(SPACER_PT))
    yield _style("分页", PAGE_BREAK, turn, _run_properties(SPACER_PT), based_on=SPACER)


def _look_styles(looks: set[Look], geometry: Geometry) -> Iterator[etree._Element]:
    scales = {look.scale for look in looks}
    for look in sorted(looks, key=lambda look: (look != look.base, look)):
        size = geometry.body * look.scale
        layout = element(
            "pPr",
            _line(size * geometry.line_height),
            element("jc", val="left" if look.is_left else "center"),
        )
        base = "Normal" if look == look.base else look.base.style_id
        type_ = _run_properties(size, look.is_bold, TIGHTER[look.tightness] * size)
        yield _style(look.name(scales), look.style_id, layout, type_, based_on=base)


def _style(
    name: str,
    style_id: str,
    layout: etree._Element,
    type_: etree._Element,
    *,
    based_on: str = "Normal",
    default: int = 0,
) -> etree._Element:
    made = element("style", element("name", val=name), type="paragraph", styleId=style_id)
    if default:
        made.set(word("default"), "1")
    else:
        made.append(element("basedOn", val=based_on))
    if name not in ("Normal", "Title", "header", "footer"):
        made.set(word("customStyle"), "1")
    made.extend([element("qFormat"), layout, type_])
    return made


def _table_style() -> etree._Element:
    sides = (element(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    return element(
        "style",
        element("name", val="Normal Table"),
        element("uiPriority", val=99),
        element("semiHidden"),
        element("tblPr", element("tblInd", w=0, type="dxa"), element("tblCellMar", *sides)),
        type="table",
        default=1,
        styleId="TableNormal",
    )


def _normal_paragraph(geometry: Geometry) -> etree._Element:
    """Paragraph layout that breaks lines as :mod:`zhengti_zip.render.lines` does.

    Word by itself lets marks hang over the edge and widens the seam of Chinese and digits.
    """
    off = ("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid")
    return element(
        "pPr",
        element("widowControl", val=0),
        element("kinsoku", val=1),
        *(element(name, val=0) for name in off),
        _line(geometry.body * geometry.line_height),
    )


def _line(height: float, after: int = 0) -> etree._Element:
    """Line spacing of exactly ``height`` pt, and twips after the paragraph."""
    return element("spacing", before=0, after=after, line=twips(height), lineRule="exact")


def _run_properties(size: float, bold: bool = False, tighter: float = 0.0) -> etree._Element:
    """Font and size in pt, and by how much characters stand closer; Word knows half points only.

    What rounding adds to the size is taken off the distance of the characters, lest a line that is
    just full in the PDF breaks one character earlier in Word.
    """
    half_points = max(round(size * 2), 1)
    made = element("rPr", element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT))
    if bold:
        made.extend([element("b"), element("bCs")])
    excess = half_points / 2 - size + tighter
    if excess > 1e-6:
        made.append(element("spacing", val=-math.ceil(excess * 20 - 1e-6)))
    made.extend([element("sz", val=half_points), element("szCs", val=half_points)])
    return made
