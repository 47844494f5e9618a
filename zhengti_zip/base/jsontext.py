"""JSON as this program writes it: one form for files and ``--json``, one for lines of a log."""

from __future__ import annotations

import json
from typing import Any

from zhengti_zip.base.safenames import shown_name


def json_text(data: Any) -> str:
    """A document: non-ASCII characters kept, two-space indent, one line break at the end."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def json_line(data: Any) -> str:
    """One line without a line break; a lone surrogate, which UTF-8 cannot encode, becomes U+FFFD."""
    return shown_name(json.dumps(data, ensure_ascii=False))
