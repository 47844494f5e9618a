"""Importing WeasyPrint without what a form never uses.

Half of the time from an empty process to a PDF went into this one import: for each of its libraries cffi
asks ``ctypes.util.find_library``, which starts compilers and linkers to look for names that exist on
Windows only; fontTools' subsetter is loaded though HarfBuzz does the work; and three style sheets for
all of HTML are parsed, of which our forms use none. Whatever is put in place of something here is taken
back at once, or does the same when it is asked to; the PDFs are the same, byte for byte.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from zhengti_zip.render import shortcuts

SUBSETTER, INSTANCER = "fontTools.subset", "fontTools.varLib.instancer"
"""What WeasyPrint imports for machines without HarfBuzz's subsetter, and for variable fonts."""


def import_weasyprint() -> ModuleType:
    """The module ``weasyprint``.

    Raises:
        ImportError, OSError: it or one of its libraries is missing.
    """
    if "weasyprint" not in sys.modules:
        with _libraries_by_file_name(), _later(SUBSETTER), _later(INSTANCER), _sheets_unparsed():
            module = import_module("weasyprint")
        _parse_sheets_when_asked(module)
    shortcuts.install()
    return sys.modules["weasyprint"]


@contextmanager
def _libraries_by_file_name() -> Iterator[None]:
    """On Linux libraries are opened by their file names, which WeasyPrint tries last, without a search.

    Elsewhere the search is cheap, and needed.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


@contextmanager
def _sheets_unparsed() -> Iterator[None]:
    """Let style sheets parse to nothing."""
    import tinycss2

    parse = tinycss2.parse_stylesheet
    tinycss2.parse_stylesheet = lambda *arguments, **options: []
    try:
        yield
    finally:
        tinycss2.parse_stylesheet = parse


def _parse_sheets_when_asked(weasyprint: Any) -> None:
    """Give ``weasyprint.HTML`` the style sheets for all of HTML the first time a document wants them.

    Whoever else uses WeasyPrint in this process finds it as it should be.
    """
    import_module("weasyprint.html")
    html = sys.modules["weasyprint.html"]

    @cache
    def sheets() -> dict[str, Any]:
        counters: Any = html.UA_COUNTER_STYLE
        return {
            "page": weasyprint.CSS(string=html.UA, counter_style=counters),
            "form": weasyprint.CSS(string=html.UA_FORM, counter_style=counters),
            "hints": weasyprint.CSS(string=html.PH),
            "counters": counters,
        }

    def ua_stylesheets(self: Any, forms: bool = False) -> list[Any]:
        return [sheets()["page"], sheets()["form"]] if forms else [sheets()["page"]]

    weasyprint.HTML._ua_stylesheets = ua_stylesheets
    weasyprint.HTML._ph_stylesheets = lambda self: [sheets()["hints"]]
    weasyprint.HTML._ua_counter_style = lambda self: [sheets()["counters"].copy()]


@contextmanager
def _later(name: str) -> Iterator[None]:
    """Stand in for a module: whatever is asked of it meanwhile imports it when it is called."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = _Later(name)
    try:
        yield
    finally:
        del sys.modules[name]


class _Later(ModuleType):
    """A module whose names are found out about when they are called or looked into."""

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return _Name(self.__name__, attribute)


class _Name:
    """A class or function of a module that is not imported yet."""

    def __init__(self, module: str, attribute: str) -> None:
        self._module, self._attribute = module, attribute

    def __call__(self, *args: Any, **options: Any) -> Any:
        return getattr(import_module(self._module), self._attribute)(*args, **options)
