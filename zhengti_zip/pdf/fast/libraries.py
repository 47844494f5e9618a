"""Importing WeasyPrint without a search for its libraries.

WeasyPrint asks ``ctypes.util.find_library`` for each library under several names. On Linux every question starts
compilers and linkers, 54 processes in all. Where the answer is None, WeasyPrint opens the library by its file
name, which the system's loader knows.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def opened_by_file_name() -> Iterator[None]:
    """On Linux, ``find_library`` finds nothing within the block. Elsewhere the search is cheap, and needed."""
    if sys.platform != "linux" or "weasyprint" in sys.modules:
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search
