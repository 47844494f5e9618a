"""Who made a change, and when: what its tracked changes say."""

from __future__ import annotations

from collections.abc import Iterable

from zhengti_zip.review.reviewed_text import Revision


def authors_of(marks: Iterable[Revision]) -> str:
    """The authors of some tracked changes, each once; "" without one."""
    return "、".join(dict.fromkeys(mark.author for mark in marks if mark.author))


def signed(authors: str, name: str) -> str:
    """Authors with the name of the copy they worked in; ``name`` is "" where there is only one."""
    return f"{authors}（{name}）" if authors and name else authors or name


def date_of(marks: Iterable[Revision]) -> str:
    """The date of the last of some tracked changes as the file has it; "" without one."""
    return max((mark.date for mark in marks), default="")
