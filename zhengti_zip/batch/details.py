"""What a result keeps of a form beyond its figures: the scores of every row, and the long texts."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.base.excerpts import shortened
from zhengti_zip.batch.result import (
    LEAST_LONG,
    MAX_LONG_IN_ALL,
    MAX_TEXT,
    MOST_LONG,
    LongText,
    RowScore,
)
from zhengti_zip.scoring.evaluation import Evaluation
from zhengti_zip.submission.inputs import label_of
from zhengti_zip.submission.paths import GOALS, INDICATORS, SCORES
from zhengti_zip.submission.rows import row_title
from zhengti_zip.submission.source import Source

TEXT_GROUPS = (GOALS, SCORES, INDICATORS)
"""The groups whose texts a department writes itself; fields hold names, units hold units."""


def row_scores(evaluation: Evaluation) -> tuple[RowScore, ...]:
    """The scores of every row, in printed order."""
    return tuple(
        RowScore(
            key=row.context.row.id,
            name=shortened(row_title(row.context), MAX_TEXT),
            weight=row.weight,
            self_score=row.entry.score,
            computed=row.computed,
            score=row.score,
        )
        for row in evaluation.rows
    )


def long_texts(source: Source) -> tuple[LongText, ...]:
    """The texts of at least :data:`LEAST_LONG` characters, up to :data:`MAX_LONG_IN_ALL` characters in all."""
    found: list[LongText] = []
    left = MAX_LONG_IN_ALL
    for text in _long(source):
        left -= len(text.text)
        if left < 0:
            break
        found.append(text)
    return tuple(found)


def _long(source: Source) -> Iterator[LongText]:
    for path, place in source.places.items():
        if path.group not in TEXT_GROUPS or not path.part:
            continue
        value = source.submission.value(path)
        if isinstance(value, str) and len(value) >= LEAST_LONG:
            label = shortened(label_of(source.form, path), MAX_TEXT)
            yield LongText(path, label, str(place), value[:MOST_LONG])
