"""Importing WeasyPrint without the modules it imports for other machines and other fonts.

``fontTools.subset`` is for machines without HarfBuzz's subsetter, ``fontTools.varLib.instancer`` for variable fonts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

UNUSED = ("fontTools.subset", "fontTools.varLib.instancer")


class _Later(ModuleType):
    """A module that is imported when one of its functions or classes is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **options: getattr(import_module(self.__name__), name)(*args, **options)  # noqa: PLW0108


@contextmanager
def imported_when_called() -> Iterator[None]:
    """Whoever imports one of these modules within the block gets what imports it when it is called."""
    stand_ins = {name: _Later(name) for name in UNUSED if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]
