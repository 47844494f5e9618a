"""Zip files written by other libraries while the clock shows a year that a zip file cannot hold."""

from __future__ import annotations

import time
import zipfile
from typing import Any

FIRST_YEAR, LAST_YEAR = 1980, 2107
"""Years a zip entry can have."""


def guard_zip_clock() -> None:
    """Let openpyxl and python-docx save when the clock is wrong, as after a dead battery (1970).

    Both let ``zipfile`` date every entry by the clock, which fails outside of FIRST_YEAR to LAST_YEAR; no argument of
    either library prevents it. The dates do not reach any output: every package is put together again without them.
    Call this before saving. As long as the clock is right it does nothing.
    """
    if not FIRST_YEAR <= time.localtime().tm_year <= LAST_YEAR:
        zipfile.time = _Clock()  # type: ignore[attr-defined]


class _Clock:
    """The module ``time`` as ``zipfile`` uses it, with the year kept within what a zip entry can have."""

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)

    def localtime(self, seconds: float | None = None) -> time.struct_time:
        """As ``time.localtime``; a year outside becomes the nearest one."""
        found = time.localtime(seconds)
        if found.tm_year < FIRST_YEAR:
            return time.struct_time((FIRST_YEAR, 1, 1, 0, 0, 0, 1, 1, 0))
        if found.tm_year > LAST_YEAR:
            return time.struct_time((LAST_YEAR, 12, 31, 23, 59, 58, 5, 365, 0))
        return found
