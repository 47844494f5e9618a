"""Commands that messages tell a user to type."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

_UNQUOTED = "-_./:+,@"
"""ASCII characters beside letters and digits that no shell gives a meaning."""


def typed(path: Path) -> str:
    """A path as it must be typed in a command."""
    text = str(path)
    if text.startswith("-"):
        text = os.path.join(os.curdir, text)  # noqa: PTH118 - pathlib drops the dot
    if all(not c.isascii() or c.isalnum() or c in _UNQUOTED + os.sep for c in text):
        return text
    return shlex.quote(text) if os.name == "posix" and any(c in text for c in '"$`\\!') else f'"{text}"'


def upgrade_command(file: Path) -> str:
    """The command that carries a workbook over to the present template, into a file beside it."""
    return f"zhengti-zip upgrade {typed(file)} -o {typed(file.with_name(f'{file.stem}-新.xlsx'))}"
