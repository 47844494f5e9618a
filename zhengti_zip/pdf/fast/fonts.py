"""Font files read only when somebody asks for them.

WeasyPrint copies the whole file of a font, 15 MB, for every document, and drops the copy as soon as the font is cut
down to the glyphs in use.
"""

from __future__ import annotations

from typing import Any

from zhengti_zip.pdf.fast.replacing import Replacements


def replacements() -> Replacements:
    """What is replaced, and by what."""
    from weasyprint.pdf import fonts, stream

    read = fonts.get_hb_object_data

    class LateFont(fonts.Font):  # type: ignore[misc]
        _content: Any = None

        def __init__(self, *arguments: Any) -> None:
            fonts.get_hb_object_data = lambda face: None
            try:
                super().__init__(*arguments)
            finally:
                fonts.get_hb_object_data = read

        @property
        def file_content(self) -> Any:
            if self._content is None:
                self._content = read(self.hb_face)
            return self._content

        @file_content.setter
        def file_content(self, content: Any) -> None:
            self._content = content

    yield stream, "Font", LateFont
