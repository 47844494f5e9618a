"""The Jinja templates in ``templates/shared``, from which HTML, style sheets and the Word file are made."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from zhengti_zip.base.resources import shared_dir
from zhengti_zip.base.xmltext import legal_text


@cache
def shared_templates() -> Environment:
    """The templates; values are escaped, unknown names are errors, and ``|attribute`` writes attributes."""
    templates = Environment(
        loader=FileSystemLoader(shared_dir(), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    templates.filters["attribute"] = _attribute
    return templates


def _attribute(text: str) -> Markup:
    """Text for an XML attribute, in which a parser would turn line breaks and tabs into spaces."""
    return Markup(str(escape(legal_text(text))).replace("\n", "&#10;").replace("\t", "&#9;"))
