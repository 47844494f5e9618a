"""Tell the placeholder of an empty control from entered text; the mark in the file is not reliable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from zhengti_zip.review.reviewed_text import ReviewedRun
from zhengti_zip.word.controls import CHOICE_HINT, HINT

HINTS = frozenset((HINT, CHOICE_HINT))

PROGRAM_HINTS = frozenset(
    (
        "单击或点击此处输入文字。",
        "单击此处输入文字。",
        "点击此处输入文字。",
        "选择一项。",
        "Click or tap here to enter text.",
        "Click here to enter text.",
        "Choose an item.",
    )
)
"""What Word and WPS show in an empty control. Nobody enters it: as text it is left over from a dropped control."""

_PLACEHOLDER = re.compile(
    f"({HINT}|{CHOICE_HINT}|(单击|点击|轻触|按一下|Click|Tap|Choose|选择一|请选择).{{0,40}})?"
)
"""The placeholders of this program, and those with which Word and WPS replace them."""


def mark_placeholders(runs: Sequence[ReviewedRun]) -> list[ReviewedRun]:
    """The runs of a paragraph, of which only true placeholders are marked as such.

    LibreOffice leaves a control marked as empty when text is entered into it.
    """
    made: list[ReviewedRun] = []
    for is_marked, group in groupby(runs, key=lambda run: run.is_placeholder):
        found = list(group)
        is_true = is_marked and _PLACEHOLDER.fullmatch("".join(run.text for run in found).strip()) is not None
        made += found if is_true == is_marked else [replace(run, is_placeholder=is_true) for run in found]
    return made
