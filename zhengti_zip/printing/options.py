"""What to print of a form, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # plain data that travels to workers; who sends it needs no models
    from zhengti_zip.submission.source import Source


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """The options of one print, passed on as they are.

    Attributes:
        pdf, docx: which files to make.
        draft: print in spite of errors, with a 草稿 watermark.
        page_numbers: number the pages even where the form definition does not ask for it.
        unlocked: let labels, weights and computed values of the Word file be edited too.
        compare: an earlier input; the Word file shows what changed since as tracked changes.
    """

    pdf: bool = True
    docx: bool = True
    draft: bool = False
    page_numbers: bool = False
    unlocked: bool = False
    compare: Source | None = None
