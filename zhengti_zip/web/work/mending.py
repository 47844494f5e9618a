"""Cells of a workbook changed in a worker process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhengti_zip.web.work.refused import refusing


@dataclass(frozen=True, slots=True)
class MendRequest:
    """A workbook and what was typed into its cells.

    Attributes:
        name, content: of the workbook.
        form: id of the form it must be of; None takes the one it names.
        edits: what was typed, by cell: ``{"基本情况!B6": "2022"}``.
    """

    name: str
    content: bytes = field(repr=False)
    form: str | None
    edits: Mapping[str, str]


@refusing
def mend_workbook(request: MendRequest) -> bytes:
    """The workbook with the cells changed."""
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.workbook.edit.mend import mended

    form = load_form(request.form) if request.form else None
    return mended(Path(request.name), request.content, request.edits, form)
