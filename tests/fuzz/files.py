"""A hostile file by chance: which real file it starts from and what is done to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from zipfile import ZIP_STORED

from tests.fuzz import mutations
from tests.fuzz.base import data, documents, printed, workbook
from tests.fuzz.costly import COSTLY
from tests.fuzz.texts import text, xml_text
from tests.review.wordlike import parts_of
from tests.workbook.tools import DEMO, HAIZHU, put_raw
from zhengti_zip import read
from zhengti_zip.base.limits import MAX_FILE_BYTES
from zhengti_zip.base.package import zipped


@dataclass(frozen=True)
class Hostile:
    """A file to try.

    Attributes:
        kind: what was done, for the report.
        suffix: of its name.
        content: its bytes.
        required: SHA-256 of the good files inside that a batch must print all the same.
    """

    kind: str
    suffix: str
    content: bytes
    required: tuple[str, ...] = ()


def _document_bytes(chance: Random) -> Hostile:
    return Hostile("Word bytes", ".docx", mutations.bytes_changed(chance.choice(documents()), chance))


def _document_archive(chance: Random) -> Hostile:
    return Hostile("Word archive", ".docx", mutations.archive_changed(chance.choice(documents()), chance))


def _document_xml(chance: Random) -> Hostile:
    content = mutations.xml_changed(chance.choice(documents()), chance, first="word/document.xml")
    return Hostile("Word XML", ".docx", content)


def _noise(chance: Random) -> Hostile:
    return Hostile("noise", chance.choice((".xlsx", ".json", ".pdf", ".docx")), mutations.noise(chance))


def _workbook_bytes(chance: Random) -> Hostile:
    return Hostile("workbook bytes", ".xlsx", mutations.bytes_changed(workbook(), chance))


def _workbook_archive(chance: Random) -> Hostile:
    return Hostile("workbook archive", ".xlsx", mutations.archive_changed(workbook(), chance))


def _workbook_xml(chance: Random) -> Hostile:
    base = workbook() if chance.random() < 0.7 else HAIZHU.read_bytes()
    return Hostile("workbook XML", ".xlsx", mutations.xml_changed(base, chance))


def _workbook_texts(chance: Random) -> Hostile:
    """Some cells of the workbook filled with what somebody might paste."""
    content = workbook()
    places = [place for place in read(DEMO).places.values() if place.sheet]
    for place in chance.sample(places, chance.choice((1, 3, 12))):
        assert place.sheet
        content = put_raw(content, place.sheet, place.cell, xml_text(chance))
    return Hostile("workbook texts", ".xlsx", content)


def _json_bytes(chance: Random) -> Hostile:
    return Hostile("JSON bytes", ".json", mutations.bytes_changed(data(), chance))


def _json_values(chance: Random) -> Hostile:
    return Hostile("JSON values", ".json", mutations.json_changed(data(), chance))


def _json_texts(chance: Random) -> Hostile:
    """Every place right but its text."""
    changed = json.loads(data())
    for goal in changed["goals"]:
        for key in goal:
            if chance.random() < 0.4:
                goal[key] = text(chance)
    for group in ("fields", "scores"):
        key = chance.choice(list(changed[group]))
        changed[group][key] = text(chance) if group == "fields" else {"reason": text(chance)}
    return Hostile("JSON texts", ".json", mutations.as_json(changed, chance).encode("utf-8"))


def _pdf_bytes(chance: Random) -> Hostile:
    return Hostile("PDF bytes", ".pdf", mutations.bytes_changed(chance.choice(printed()), chance))


def _pdf_objects(chance: Random) -> Hostile:
    return Hostile("PDF objects", ".pdf", mutations.pdf_changed(chance.choice(printed()), chance))


def _costly(chance: Random) -> Hostile:
    """A small file that asks for much work, of any size up to the largest that was ever tried."""
    name = chance.choice(list(COSTLY))
    suffix, usual, most, make = COSTLY[name]
    size = int(usual * (most / usual) ** chance.random())
    content = make(size)
    if (
        suffix in (".xlsx", ".docx") and chance.random() < 0.5
    ):  # else what packs well is refused for that alone
        stored = zipped(parts_of(content), ZIP_STORED)
        content = stored if len(stored) < MAX_FILE_BYTES else content
    return Hostile(f"costly: {name}", suffix, content)


KINDS: dict[str, Callable[[Random], Hostile]] = {
    "noise": _noise,
    "workbook-bytes": _workbook_bytes,
    "workbook-archive": _workbook_archive,
    "workbook-xml": _workbook_xml,
    "workbook-texts": _workbook_texts,
    "json-bytes": _json_bytes,
    "json-values": _json_values,
    "json-texts": _json_texts,
    "pdf-bytes": _pdf_bytes,
    "pdf-objects": _pdf_objects,
    "docx-bytes": _document_bytes,
    "docx-archive": _document_archive,
    "docx-xml": _document_xml,
    "costly": _costly,
}
WEIGHTS = {
    "workbook-xml": 4,
    "workbook-texts": 2,
    "json-texts": 2,
    "json-values": 2,
    "docx-xml": 4,
    "costly": 4,
}


def hostile(chance: Random) -> Hostile:
    """A file of any kind."""
    return KINDS[chance.choices(list(KINDS), [WEIGHTS.get(kind, 1) for kind in KINDS])[0]](chance)
