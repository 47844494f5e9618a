"""What is beside the text of a Word file and needed to read it: styles, automatic numbers, notes."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhengti_zip.review.numbering import Numbering
from zhengti_zip.review.run_looks import RunLooks
from zhengti_zip.review.unread import UnreadKind
from zhengti_zip.review.wordfile import Element, WordFile, word


@dataclass(frozen=True)
class Supplements:
    """What is beside the text of a document.

    Attributes:
        looks: tells how runs look.
        numbering: the automatic numbers; None reads none.
        notes: footnotes and endnotes by kind and id; each is taken out when it is read, as it stands in one place.
    """

    looks: RunLooks = field(default_factory=RunLooks)
    numbering: Numbering | None = None
    notes: dict[tuple[UnreadKind, str], Element] = field(default_factory=dict)


def supplements_of(file: WordFile, accept: bool) -> Supplements:
    """What is beside the text of a file.

    Args:
        accept: take tracked changes as accepted; else as rejected.

    Raises:
        InputError: one of the parts is damaged or not safe to read.
    """
    notes: dict[tuple[UnreadKind, str], Element] = {}
    for kind, tag in ((UnreadKind.FOOTNOTE, "footnote"), (UnreadKind.ENDNOTE, "endnote")):
        for root in file.related(f"{tag}s"):
            notes |= {(kind, note.get(word("id"), "")): note for note in root.iterchildren(word(tag))}
    styles = next(iter(file.related("styles")), None)
    numbering = next(iter(file.related("numbering")), None)
    return Supplements(RunLooks(styles, accept), Numbering(numbering, styles), notes)
