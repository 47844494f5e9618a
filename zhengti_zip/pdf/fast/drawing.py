"""A plain line as the operators that show it.

WeasyPrint asks cffi for six fields of every glyph, one by one. Here a run of glyphs is read at once, and what
shows a glyph is remembered with its font.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from zhengti_zip.pdf.fast.lines import is_plain_line
from zhengti_zip.pdf.fast.replacing import Replacements, everywhere

GLYPH = struct.Struct("=IiiiI")
"""A ``PangoGlyphInfo``: number of the glyph, advance, shifts to the right and down in Pango's units, flags."""

Shape = tuple[int, int, int, int]
"""Number, advance and shifts of a glyph."""

MIN_PANGO = 14802
"""Before 1.48.2 the size of a Pango font is not to be trusted; WeasyPrint knows a way around."""


def replacements() -> Replacements:
    """What is replaced, and by what."""
    from weasyprint.draw import draw_inline_level
    from weasyprint.draw.text import draw_first_line
    from weasyprint.matrix import Matrix

    def draw_known_line(stream: Any, page: Any, box: Any, *others: Any) -> None:
        if not is_plain_line(box):
            draw_inline_level(stream, page, box, *others)
            return
        [text] = box.children
        matrix = Matrix(d=-1, e=text.position_x, f=text.position_y + text.baseline)
        with stream.marked(text, "Span"):
            stream.set_color(text.style["color"])
            stream.begin_text()
            runs = None if text.text.isspace() else _runs(stream, text)
            if runs is None:
                draw_first_line(stream, text, "clip", "none", matrix)
            else:
                stream.set_text_matrix(*matrix.values)
                _show(stream, runs)
            stream.end_text()

    yield from everywhere(draw_inline_level, draw_known_line)


def _show(stream: Any, runs: list[tuple[str, float, str]]) -> None:
    shown = ""
    for font, size, operand in runs:
        if size:
            if shown:
                stream.show_text(shown)
            shown = ""
            stream.set_font_size(font, size)
        shown += operand
    stream.show_text(shown)


def _runs(stream: Any, text: Any) -> list[tuple[str, float, str]] | None:
    """Font, size (0: as the run before) and operand of every run of glyphs; None where one is unusual."""
    found: list[tuple[str, float, str]] = []
    before = None
    if text.pango_layout.runs is None:
        text.pango_layout.runs = list(_glyphs(text.pango_layout.first_line))
    for item, pango_font, shapes in text.pango_layout.runs:
        font, size = _font(stream, pango_font)
        operand = None if font is None else _operand(stream, text, item, shapes, font, size)
        if operand is None:
            return None
        found.append((font.hash, 0 if pango_font == before else size, operand))
        before = pango_font
    return found


def _glyphs(line: Any) -> Iterator[tuple[Any, Any, list[Shape]]]:
    """The runs of a line: what Pango has of each, its font, its glyphs."""
    from weasyprint.text.ffi import ffi

    run = line.runs[0]
    while run != ffi.NULL:
        item = run.data
        run = run.next
        content = ffi.buffer(item.glyphs.glyphs, item.glyphs.num_glyphs * GLYPH.size)
        yield item, item.item.analysis.font, [shape[:4] for shape in GLYPH.iter_unpack(content)]


def _font(stream: Any, pango_font: Any) -> tuple[Any, float]:
    """The font in the PDF and its size in px, looked up once a page; None for bitmaps, colours, an old Pango."""
    known: dict[Any, tuple[Any, float]] = stream.__dict__.setdefault("zhengti_fonts", {})
    if pango_font not in known:
        from weasyprint.text.ffi import pango

        font, size = stream.add_font(pango_font)
        is_unusual = font.bitmap or font.svg or font.png or font.colr or pango.pango_version() < MIN_PANGO
        known[pango_font] = None if is_unusual else font, size
    return known[pango_font]


def _operand(stream: Any, text: Any, item: Any, shapes: list[Shape], font: Any, size: float) -> str | None:
    """A run of glyphs as an operand of ``TJ``; its font is told of glyphs it had not shown yet."""
    remembered: dict[tuple[float, Shape], str] = font.__dict__.setdefault("zhengti_shown", {})
    pieces = ["<"]
    for number, shape in enumerate(shapes):
        piece = remembered.get((size, shape))
        if piece is None:
            glyph = shape[0]
            if _is_unusual(item, shape):
                return None
            if glyph not in font.to_unicode:
                font.to_unicode[glyph] = _meaning(text, item, number)
            piece = remembered[size, shape] = _piece(stream, item, font, size, shape)
        pieces.append(piece)
    operand = "".join(pieces)
    return operand[:-1] if operand[-1] == "<" else operand + ">"


def _is_unusual(item: Any, shape: Shape) -> bool:
    """Whether a glyph is none, is moved down, or stands in a run from right to left."""
    from weasyprint.text.ffi import pango

    glyph, *_, down = shape
    is_none = glyph == pango.PANGO_GLYPH_EMPTY or glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG
    return bool(is_none or down or item.item.analysis.level % 2)


def _meaning(text: Any, item: Any, number: int) -> str:
    """The characters a glyph stands for."""
    clusters, offset = item.glyphs.log_clusters, item.item.offset
    is_last = number == item.glyphs.num_glyphs - 1
    end = item.item.length if is_last else clusters[number + 1]
    content: bytes = text.text.encode()
    return content[offset + clusters[number] : offset + end].decode()


def _piece(stream: Any, item: Any, font: Any, size: float, shape: Shape) -> str:
    """A glyph, its shift before it, and behind it what it is narrower than its font says."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    glyph, width, right, _ = shape
    if glyph not in font.widths:
        pango_font = item.item.analysis.font
        pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
        font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    shift = right / size
    kerning = font.widths[glyph] + shift - width * 1000 * FROM_UNITS / size
    piece = f">{-shift}<{glyph:04x}" if shift else f"{glyph:04x}"
    return f"{piece}>{int(kerning)}<" if kerning else piece
