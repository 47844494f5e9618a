"""What to print of a form, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the process that sends options to workers imports no models
    from zhengti_zip.submission.source import Source


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """The options of one print.

    Attributes:
        pdf, docx: which files to make.
        draft: whether to print an input with errors, with a 草稿 watermark.
        page_numbers: whether to number the pages even if the form definition does not say so.
        unlocked: whether labels, weights and computed values of the Word file can be edited.
        compare: an earlier input; the Word file shows the differences as tracked changes.
    """

    pdf: bool = True
    docx: bool = True
    draft: bool = False
    page_numbers: bool = False
    unlocked: bool = False
    compare: Source | None = None
