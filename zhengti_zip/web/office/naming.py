"""File names made of what people typed: a name of a department may hold a slash."""

from __future__ import annotations

from zhengti_zip.base.safenames import MAX_NAME_BYTES, safe_name


def named_after(text: str, limit: int = MAX_NAME_BYTES) -> str:
    """A safe file name that keeps what stands before a slash too.

    Args:
        limit: most bytes of UTF-8.
    """
    return safe_name(text.replace("/", "_").replace("\\", "_"), limit)
