"""How a path is written in a command that a message tells the user to run."""

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
