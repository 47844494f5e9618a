"""Importing WeasyPrint without what a form never uses.

Half of the time from an empty process to a PDF went into this one import: for each of its libraries cffi
asks ``ctypes.util.find_library``, which starts compilers and linkers to look for names that exist on
Windows only; fontTools is loaded though HarfBuzz does the work, and a parser of HTML though forms are XML; and
three style sheets for all of HTML are parsed, of which our forms use none. Whatever is put in place of something here is taken
back at once, or does the same when it is asked to; the PDFs are the same, byte for byte.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from zhengti_zip.render import shortcuts

UNUSED = ("fontTools.subset", "fontTools.varLib.instancer", "fontTools.ttLib", "tinyhtml5")
"""What WeasyPrint imports for machines without HarfBuzz's subsetter, for variable fonts, fonts from the web and
emojis, and for HTML that is not XML as well."""


def import_weasyprint() -> ModuleType:
    """The module ``weasyprint``.

    Raises:
        ImportError, OSError: it or one of its libraries is missing.
    """
    if "weasyprint" not in sys.modules:
        with _libraries_by_file_name(), _later(UNUSED), _sheets_unparsed():
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
def _later(names: Sequence[str]) -> Iterator[None]:
    """Stand in for modules: whatever is asked of one meanwhile imports it when it is called or looked into."""
    missing = [name for name in names if name not in sys.modules]
    sys.modules.update({name: _Later(name) for name in missing})
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]


class _Later(ModuleType):
    """A module whose names are found out about when they are used."""

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        if attribute.endswith("Error"):
            return type(attribute, (_Unraised,), {"module": self.__name__})
        return _Name(self.__name__, attribute)


class _Unraised(Exception):
    """An exception nobody can raise before its module is imported, and nobody has to catch."""

    module = ""


class _Name:
    """A class, function or module in a module that is not imported yet."""

    def __init__(self, module: str, attribute: str) -> None:
        self._module, self._attribute = module, attribute

    def __call__(self, *args: Any, **options: Any) -> Any:
        return _found(self._module, self._attribute)(*args, **options)

    def __getattr__(self, attribute: str) -> Any:
        return getattr(_found(self._module, self._attribute), attribute)


def _found(module: str, attribute: str) -> Any:
    """The real thing; from now on its module's exceptions may be raised, so that WeasyPrint is given them."""
    real = import_module(module)
    for path, user in list(sys.modules.items()):
        if path.partition(".")[0] == "weasyprint":
            for name, value in list(vars(user).items()):
                if isinstance(value, type) and issubclass(value, _Unraised) and value.module == module:
                    setattr(user, name, getattr(real, name))
    return getattr(real, attribute)
