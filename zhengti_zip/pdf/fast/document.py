"""WeasyPrint's HTML document for markup that is our own: well-formed, and of a dozen elements."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree


@cache
def document_class(base: tuple[Path, ...]) -> Any:
    """A class like ``weasyprint.HTML`` for documents whose elements one small style sheet describes.

    It uses that sheet in place of WeasyPrint's sheet for all of HTML, whose rules for notes and list markers
    give every element five more styles to compute. It reads the markup as XML, which the standard library
    parses in C; WeasyPrint parses HTML in Python.

    Args:
        base: the files of the style sheet, the first before the others.
    """
    import cssselect2
    import weasyprint
    from weasyprint.css.counters import CounterStyle

    counters = CounterStyle()
    rules = "\n".join(file.read_text(encoding="utf-8") for file in base)
    sheet = weasyprint.CSS(string=rules, counter_style=counters)

    class FormHtml(weasyprint.HTML):  # type: ignore[misc]
        def __init__(self, string: str, url_fetcher: Any) -> None:
            try:
                root = ElementTree.fromstring(string)
            except ElementTree.ParseError:  # a character XML cannot hold; HTML takes any
                super().__init__(string=string, url_fetcher=url_fetcher)
                return
            self.base_url, self.url_fetcher, self.media_type = None, url_fetcher, "print"
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [sheet]

        def _ua_counter_style(self) -> list[Any]:
            return [counters.copy()]

    return FormHtml
