"""Fonts cut down to the glyphs a form uses, without copying and parsing what nobody asks for.

WeasyPrint copies the whole file of a font, 15 MB, and drops the copy as soon as the font is cut down; here it is
read when it is asked for. To say which glyphs to keep, it makes an array of a type that has their number in its
name. cffi parses the name of every type it has not met, which takes milliseconds, and no two forms have the same
number of glyphs; an array without a number is one type for all.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from zhengti_zip.render.shortcuts import Shortcuts

COUNTED, OPEN = "hb_codepoint_t[", "hb_codepoint_t[]"


class OpenArrays:
    """cffi's ``FFI`` with arrays of glyphs that take their length from what is put into them."""

    def __init__(self, ffi: Any) -> None:
        self._ffi = ffi

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ffi, name)

    def new(self, kind: str, *content: Any) -> Any:
        """As ``FFI.new``; of sorted numbers that leave none out it makes a range, for :class:`Ranges`."""
        is_counted = content and kind.startswith(COUNTED) and kind == f"{COUNTED}{len(content[0])}]"
        if not is_counted:
            return self._ffi.new(kind, *content)
        [numbers] = content
        if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
            return range(numbers[0], numbers[-1] + 1)
        return self._ffi.new(OPEN, numbers)


class Ranges:
    """HarfBuzz with sets that take a range as a range, not as thirty thousand numbers."""

    def __init__(self, harfbuzz: Any) -> None:
        self._harfbuzz = harfbuzz

    def __getattr__(self, name: str) -> Any:
        return getattr(self._harfbuzz, name)

    def hb_set_add_sorted_array(self, numbers: Any, content: Any, count: int) -> None:
        """As HarfBuzz does it."""
        if isinstance(content, range):
            self._harfbuzz.hb_set_add_range(numbers, content[0], content[-1])
        else:
            self._harfbuzz.hb_set_add_sorted_array(numbers, content, count)


class Content:
    """The attribute ``file_content`` of a font: read from its face the first time it is asked for."""

    def __init__(self, read: Any) -> None:
        self._read = read

    def __get__(self, font: Any, kind: type) -> Any:
        if font is None:
            return self
        if font.zhengti_content is None:
            font.zhengti_content = self._read(font.hb_face)
        return font.zhengti_content

    def __set__(self, font: Any, content: Any) -> None:
        font.zhengti_content = content


@cache
def _declare() -> None:
    """Tell cffi of a function of HarfBuzz for which WeasyPrint has no use."""
    from weasyprint.text.ffi import ffi

    ffi.cdef("void hb_set_add_range (hb_set_t *set, hb_codepoint_t first, hb_codepoint_t last);")


def shortcuts() -> Shortcuts:
    """What is replaced, and by what."""
    from weasyprint.pdf import fonts
    from weasyprint.pdf.stream import Font

    _declare()
    yield fonts, "ffi", OpenArrays(fonts.ffi)
    yield fonts, "harfbuzz", Ranges(fonts.harfbuzz)
    read = fonts.get_hb_object_data

    class LateFont(Font):  # type: ignore[misc]
        """A font that leaves its file unread until somebody asks for it."""

        file_content = Content(read)

        def __init__(self, *arguments: Any) -> None:
            fonts.get_hb_object_data = lambda face: None
            try:
                super().__init__(*arguments)
            finally:
                fonts.get_hb_object_data = read

    from weasyprint.pdf import stream

    yield stream, "Font", LateFont
