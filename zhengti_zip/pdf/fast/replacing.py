"""Functions of WeasyPrint replaced by shorter ones, and put back.

A shorter function checks whether its case is the plain one. Where it is not, it calls the function it replaces.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

Function = Callable[..., Any]
Replacements = Iterator[tuple[ModuleType, str, Any]]
"""Modules of WeasyPrint, each with a name in it and what is to stand there."""

_replaced: list[tuple[ModuleType, str, Any]] = []


def install() -> None:
    """Put the shorter functions in place, unless they are."""
    if _replaced:
        return
    from zhengti_zip.pdf.fast import drawing, fonts, lines

    for piece in (lines, drawing, fonts):
        for module, name, shorter in piece.replacements():
            _replaced.append((module, name, getattr(module, name)))
            setattr(module, name, shorter)


def remove() -> None:
    """Put back what was replaced."""
    while _replaced:
        module, name, plain = _replaced.pop()
        setattr(module, name, plain)


def everywhere(plain: Function, shorter: Function) -> Replacements:
    """A replacement in every module of WeasyPrint that has imported a function by name."""
    name = plain.__name__
    for path, module in list(sys.modules.items()):
        if path.partition(".")[0] == "weasyprint" and getattr(module, name, None) is plain:
            yield module, name, shorter
