"""Faster ways through WeasyPrint, and the one gate before them.

WeasyPrint is made for any document. A form is three hundred short lines in a table, already broken, and its
markup is well-formed. The pieces in this package use that. They know WeasyPrint and pydyf from the inside, and
nothing outside this package does.

The gate (:func:`is_open`) is open for the versions the pieces were written for. With any other version, or with
``ZHENGTI_PLAIN_PDF=1`` in the environment, only the public interface of WeasyPrint is used. The PDF has the same
bytes and takes about twice as long.

libraries.py  the libraries of WeasyPrint opened without a search
document.py   HTML read as XML, with one small style sheet
lines.py      lines shaped once and placed
drawing.py    such a line as the operators of a page
fonts.py      font files read when they are asked for
replacing.py  puts what lines.py, drawing.py and fonts.py have in place, and takes them out again

What each piece gains stands in benchmarks/README.md.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import import_module, metadata
from pathlib import Path
from types import ModuleType
from typing import Any

PLAIN = "ZHENGTI_PLAIN_PDF"
"""The environment variable that shuts the gate; any value but an empty one does."""

KNOWN = {("70.0", "0.13.0")}
"""Versions of WeasyPrint and pydyf that the pieces were written for and tested with."""


def is_open() -> bool:
    """Whether the pieces of this package may be used."""
    return not os.environ.get(PLAIN) and _versions() in KNOWN


@cache
def _versions() -> tuple[str, str]:
    """The versions that are installed; ("", "") where nobody knows them."""
    try:
        return metadata.version("weasyprint"), metadata.version("pydyf")
    except metadata.PackageNotFoundError:
        return "", ""


def import_weasyprint() -> ModuleType:
    """The module ``weasyprint``, with the pieces in place if the gate is open and without them otherwise.

    Raises:
        ImportError, OSError: it or one of its libraries is missing.
    """
    if not is_open():
        if f"{__name__}.replacing" in sys.modules:
            from zhengti_zip.pdf.fast.replacing import remove

            remove()
        return import_module("weasyprint")
    from zhengti_zip.pdf.fast.libraries import opened_by_file_name

    with opened_by_file_name():
        module = import_module("weasyprint")
    from zhengti_zip.pdf.fast.replacing import install

    install()
    return module


def html_class(base: tuple[Path, ...]) -> Any:
    """``weasyprint.HTML``, or a faster one for the elements that the style sheets ``base`` describe."""
    if base and is_open():
        from zhengti_zip.pdf.fast.document import document_class

        return document_class(base)
    return import_module("weasyprint").HTML
