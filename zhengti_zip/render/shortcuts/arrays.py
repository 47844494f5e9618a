"""Arrays for HarfBuzz whose type need not be worked out anew.

To say which glyphs of a font to keep, WeasyPrint makes an array of a type that has their number in its name. cffi
parses the declaration of every type it has not met, which takes milliseconds, and no two forms have the same
number of glyphs. An array without a number is one type for all.
"""

from __future__ import annotations

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
        """As ``FFI.new``."""
        is_counted = content and kind.startswith(COUNTED) and kind == f"{COUNTED}{len(content[0])}]"
        return self._ffi.new(OPEN if is_counted else kind, *content)


def shortcuts() -> Shortcuts:
    """What is replaced, and by what."""
    from weasyprint.pdf import fonts

    yield fonts, "ffi", OpenArrays(fonts.ffi)
