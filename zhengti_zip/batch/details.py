"""What a result keeps of a form beyond its figures: scores of every row, long texts, what tells versions apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.excerpts import shortened
from zhengti_zip.base.filekinds import FileKind
from zhengti_zip.base.jsontext import json_line
from zhengti_zip.base.limits import PackedParts
from zhengti_zip.base.originals import EARLIEST
from zhengti_zip.base.package import CORE_PROPERTIES, TERMS
from zhengti_zip.base.xmlsafe import SafeXml
from zhengti_zip.batch.digests import digest
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


@dataclass(frozen=True, slots=True)
class LongTexts:
    """The long texts of a form.

    Attributes:
        kept: the first ones, up to :data:`MAX_LONG_IN_ALL` characters in all.
        left: how many more there are.
        cut: of how many of those kept there is only the beginning.
    """

    kept: tuple[LongText, ...]
    left: int
    cut: int


def long_texts(source: Source) -> LongTexts:
    """The texts of at least :data:`LEAST_LONG` characters."""
    kept: list[LongText] = []
    found = cut = 0
    room = MAX_LONG_IN_ALL
    for text, characters in _long(source):
        found += 1
        room -= len(text.text)
        if room >= 0:
            kept.append(text)
            cut += characters > MOST_LONG
    return LongTexts(tuple(kept), found - len(kept), cut)


def _long(source: Source) -> Iterator[tuple[LongText, int]]:
    """Each long text as it is kept, and how many characters it has."""
    for path, place in source.places.items():
        if path.group not in TEXT_GROUPS or not path.part:
            continue
        value = source.submission.value(path)
        if isinstance(value, str) and len(value) >= LEAST_LONG:
            label = shortened(label_of(source.form, path), MAX_TEXT)
            yield LongText(path, label, str(place), value[:MOST_LONG]), len(value)


def data_digest(source: Source) -> str:
    """Digest of what was entered: equal for a workbook and for the PDF or Word file made of it.

    Values that could not be read count by their paths, so that a file in which one was lost is another.
    """
    unread = sorted(source.unread)
    return digest(json_line([source.form.id, source.submission.as_data(), unread]).encode("utf-8"))


def last_saved(kind: FileKind, content: bytes, epoch: int) -> str:
    """When an Office file says it was last saved, in UTC as ISO 8601; "" when it does not say.

    A file that this program wrote and nobody has saved since has a fixed time, which says nothing.

    Args:
        epoch: the time this program writes into files, in seconds since 1970.
    """
    if kind not in (FileKind.WORKBOOK, FileKind.WORD):
        return ""
    file = Path(kind.title)
    try:
        properties = SafeXml(file).parse(PackedParts(file, content).read(CORE_PROPERTIES))
        text = properties.findtext(f"{{{TERMS}}}modified") or ""
        time = datetime.fromisoformat(text.strip())
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (InputError, ValueError, OverflowError):  # the part is optional, and damaged in some files
        return ""
    return (
        "" if time in (EARLIEST, datetime.fromtimestamp(epoch, UTC)) else time.isoformat(timespec="seconds")
    )
