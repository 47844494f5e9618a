"""Lines that are broken already.

The text of a cell comes with a line feed where each line ends, and keeps them (``white-space: pre``). Such a line
is shaped once and placed. WeasyPrint shapes it with the start of the next one to see where it ends, again
alone to measure it, and again to draw it, each time with a context, a font and attributes of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from zhengti_zip.pdf.fast.replacing import Replacements, everywhere

SPECIAL = frozenset("\t\r\v\f\0\x1c\x1d\x1e\x85\u2028\u2029")
"""Characters other than the line feed of which Pango or WeasyPrint may make something of their own."""

PLAIN = {
    "box_decoration_break": "slice",
    "direction": "ltr",
    "float": "none",
    "letter_spacing": "normal",
    "overflow_wrap": "normal",
    "position": "static",
    "text_decoration_line": "none",
    "vertical_align": "baseline",
    "visibility": "visible",
    "white_space": "pre",
    "word_spacing": 0,
}
"""What the style of a text and of the line around it has to be."""


FONT = (
    *("direction", "hyphenate_character", "lang", "line_height"),
    *("font_family", "font_size", "font_style", "font_stretch", "font_weight"),
    *("font_feature_settings", "font_kerning", "font_language_override", "font_variation_settings"),
    *("font_variant_alternates", "font_variant_caps", "font_variant_east_asian"),
    *("font_variant_ligatures", "font_variant_numeric", "font_variant_position"),
)
"""The properties that decide how letters look and how far lines are apart."""

REMEMBERED = 1024
"""Lines of one font kept shaped: the labels of a form are those of the form before."""


class KeptLayout:
    """A Pango layout of one line, kept from measuring to drawing; there it passes for WeasyPrint's ``Layout``.

    Attributes:
        width, height, baseline: in px.
        runs: the glyphs, kept by who draws them.
    """

    __slots__ = ("baseline", "first_line", "height", "layout", "runs", "text", "width")

    def __init__(self, layout: Any, text: str) -> None:
        from weasyprint.text.ffi import FROM_UNITS, ffi, pango

        self.layout, self.text, self.runs = layout, text, None
        content = text.encode()
        pango.pango_layout_set_text(layout, content, len(content))
        self.first_line = pango.pango_layout_get_line_readonly(layout, 0)
        logical = ffi.new("PangoRectangle *")
        pango.pango_layout_line_get_extents(self.first_line, ffi.NULL, logical)
        self.width, self.height = logical.width * FROM_UNITS, logical.height * FROM_UNITS
        self.baseline = pango.pango_layout_get_baseline(layout) * FROM_UNITS

    def get_first_line(self) -> tuple[Any, None]:
        """The line, and where the next one starts: nowhere."""
        return self.first_line, None


class Setter:
    """Shapes and measures lines of one style; lengths are in px.

    Attributes:
        baseline, top, bottom: of an empty line; the latter two from the baseline, downwards.
    """

    def __init__(self, style: Any) -> None:
        from weasyprint.text.ffi import pango
        from weasyprint.text.line_break import Layout, strut

        _declare()
        self._model = Layout(style)  # owns the three that follow
        self._context = pango.pango_layout_get_context(self._model.layout)
        self._font = pango.pango_layout_get_font_description(self._model.layout)
        self._attributes = pango.pango_layout_get_attributes(self._model.layout)
        self._line_height, self.baseline = strut(style)
        size = style["font_size"]
        leading = (self._line_height - size) / 2
        self.top = 0 - self.baseline
        self.bottom = self.top + (size + leading + leading)
        self._shaped = lru_cache(REMEMBERED)(self._shape)

    def set_line(self, box: Any, text: str) -> Any:
        """A copy of a text box with one line of its text, measured as ``split_text_box`` would."""
        shaped = self._shaped(text)
        line = box.copy_with_text(text)
        line.pango_layout = shaped
        line.width, line.height = shaped.width, shaped.height
        line.margin_top = line.margin_bottom = (self._line_height - shaped.height) / 2
        line.baseline = shaped.baseline + line.margin_top
        return line

    def _shape(self, text: str) -> KeptLayout:
        from weasyprint.text.ffi import ffi, gobject, pango

        layout = ffi.gc(pango.pango_layout_new(self._context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout, False)
        pango.pango_layout_set_font_description(layout, self._font)
        pango.pango_layout_set_attributes(layout, self._attributes)
        pango.pango_layout_set_single_paragraph_mode(layout, True)
        return KeptLayout(layout, text)


@cache
def _declare() -> None:
    """Tell cffi of two functions of Pango for which WeasyPrint has no use."""
    from weasyprint.text.ffi import ffi

    ffi.cdef(
        "PangoContext * pango_layout_get_context (PangoLayout *layout);"
        "const PangoFontDescription * pango_layout_get_font_description (PangoLayout *layout);"
    )


def replacements() -> Replacements:
    """What is replaced, and by what."""
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.layout.inline import iter_line_boxes

    def iter_known_line_boxes(
        context: Any,
        box: Any,
        position_y: Any,
        bottom_space: Any,
        skip_stack: Any,
        containing_block: Any,
        *others: Any,
    ) -> Iterator[tuple[Any, Any]]:
        *_, first_letter_style, first_line_style = others
        is_special = skip_stack or first_letter_style or first_line_style or context.excluded_shapes
        texts = None if is_special else _texts(box, containing_block, TextBox)
        if texts is None:
            plain: Iterator[tuple[Any, Any]] = iter_line_boxes(
                context, box, position_y, bottom_space, skip_stack, containing_block, *others
            )
            return plain
        return _placed(context, box, texts, position_y, containing_block)

    yield from everywhere(iter_line_boxes, iter_known_line_boxes)


def is_plain_line(box: Any) -> bool:
    """Whether a box is a line that was placed here."""
    return "zhengti_plain" in box.__dict__


def _texts(box: Any, containing_block: Any, text_box_class: Any) -> list[str] | None:
    """The lines in a line box that holds nothing but a plain text; None for any other box."""
    if len(box.children) != 1 or box.text_overflow != "clip" or box.style["text_indent"].value:
        return None
    [child] = box.children
    if type(child) is not text_box_class or child.justification_spacing or child.is_leader:
        return None
    if containing_block.style["block_ellipsis"] != "none" or not SPECIAL.isdisjoint(child.text):
        return None
    if not _setter(child.style) or not _setter(box.style):
        return None
    texts: list[str] = child.text.split("\n")
    return texts if all(texts) else None


def _setter(style: Any) -> Setter | None:
    """The setter of a style, made once; None where the style asks for more than plain lines."""
    known: Setter | bool | None = style.__dict__.get("zhengti_setter", False)
    if isinstance(known, bool):
        # Only the style of an anonymous box has no margins, paddings and borders for certain.
        is_plain = not hasattr(style, "cascaded") and style["font_size"]
        is_plain = is_plain and all(style[name] == value for name, value in PLAIN.items())
        known = style.zhengti_setter = _setter_of_font(style) if is_plain else None
    return known


def _setter_of_font(style: Any) -> Setter:
    """The setter of all styles with the same font and line height, kept with the fonts."""
    setters: dict[Any, Setter] = style.font_config.__dict__.setdefault("zhengti_setters", {})
    font = tuple([style[name] for name in FONT])
    if font not in setters:
        setters[font] = Setter(style)
    return setters[font]


def _placed(
    context: Any, box: Any, texts: list[str], position_y: Any, containing_block: Any
) -> Iterator[tuple[Any, Any]]:
    """Lines one under the other, each with the place where to go on, as ``iter_line_boxes`` gives them.

    The sums are WeasyPrint's, term by term: another order might show in the last decimal of a PDF.
    """
    from weasyprint.layout.inline import text_align
    from weasyprint.layout.percent import resolve_percentages

    [child] = box.children
    resolve_percentages(box, containing_block)
    resolve_percentages(child, containing_block)
    box.text_indent = 0
    setter, empty = _setter(child.style), _setter(box.style)
    assert setter is not None
    assert empty is not None
    left = containing_block.content_box_x()
    available = left + containing_block.width - left
    consumed, last = 0, len(texts) - 1
    for number, content in enumerate(texts):
        text = setter.set_line(child, content)
        line = box.copy_with_children([text])
        line.zhengti_plain = True
        line.width = left + text.width - left
        text_top = 0 - text.baseline
        text_bottom = text_top + (text.height + text.margin_top + text.margin_bottom)
        top, bottom = min(text_top, empty.top), max(text_bottom, empty.bottom)
        line.baseline, line.height = -top, bottom - top
        line.margin_top = line.margin_bottom = 0
        line.position_x = text.position_x = left + text_align(context, line, available, last=True)
        line.position_y, text.position_y = position_y, text_top + (position_y - top)
        line.background = text.background = None
        consumed += len(content.encode()) + 1
        position_y = line.position_y + line.height
        yield line, None if number == last else {0: {consumed: None}}
