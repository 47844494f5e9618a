"""Telling the hint of an empty control from a text: the mark in the file alone says little."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from zhengti_zip.review.reviewed_text import ReviewedRun
from zhengti_zip.word.controls import CHOICE_HINT, HINT

HINTS = frozenset((HINT, CHOICE_HINT))

_SHOWN = re.compile(
    f"({HINT}|{CHOICE_HINT}|(单击|点击|轻触|按一下|Click|Tap|Choose|选择一|请选择).{{0,40}})?"
)
"""Ours, or those of Word and WPS, which put their own in place of ours."""


def mark_placeholders(runs: Sequence[ReviewedRun]) -> list[ReviewedRun]:
    """The runs of a paragraph with only true hints marked as such.

    LibreOffice leaves a control marked as empty when something is put into it.
    """
    made: list[ReviewedRun] = []
    for is_marked, group in groupby(runs, key=lambda run: run.is_placeholder):
        found = list(group)
        is_hint = is_marked and _SHOWN.fullmatch("".join(run.text for run in found).strip()) is not None
        made += [replace(run, is_placeholder=is_hint) for run in found]
    return made
