"""Shorter ways through WeasyPrint for what a form is made of; they lead to the same PDF, byte for byte.

WeasyPrint is made for any document. A form is three hundred short lines in a table, broken already: floats,
hyphens, justified text and anchors are looked for in every line and never found, and every line is shaped
three times. A shortcut stands in for one function; it looks whether its case is the plain one, and calls the
function it stands in for where it is not.

percentages.py  the used lengths of a box, worked out once for all boxes of the same style
lines.py        lines that need no look for a place to break them: shaped once and placed
drawing.py      such a line as the operators of a page
walks.py        walks through all boxes that need not enter such a line
subsets.py      fonts cut down to the glyphs a form uses, without copying them whole

They know WeasyPrint from the inside, so they are used with the versions they were tested with only. With any
other one the form is set as WeasyPrint would, and takes twice as long.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

TESTED = ("70.0",)
"""Versions of WeasyPrint of which the tests found the PDFs to be the same with and without shortcuts."""

Function = Callable[..., Any]
Shortcuts = Iterator[tuple[ModuleType, str, Any]]
"""Modules of WeasyPrint, each with a name in it and what is to stand there."""

_replaced: list[tuple[ModuleType, str, Any]] = []


def install() -> None:
    """Put the shortcuts in place, where they fit the version of WeasyPrint that is imported."""
    import weasyprint

    if _replaced or weasyprint.__version__ not in TESTED:
        return
    from zhengti_zip.render.shortcuts import drawing, lines, percentages, subsets, walks

    for part in (percentages, lines, drawing, walks, subsets):
        for module, name, shortcut in part.shortcuts():
            _replaced.append((module, name, getattr(module, name)))
            setattr(module, name, shortcut)


def remove() -> None:
    """Put back what the shortcuts stand in for."""
    while _replaced:
        module, name, plain = _replaced.pop()
        setattr(module, name, plain)


def everywhere(plain: Function, shortcut: Function) -> Shortcuts:
    """A shortcut for a function in every module of WeasyPrint that has imported it by name."""
    name = plain.__name__
    for path, module in list(sys.modules.items()):
        if path.partition(".")[0] == "weasyprint" and getattr(module, name, None) is plain:
            yield module, name, shortcut
