"""What a found file is to a batch: an input, perhaps one, an archive of inputs, or none and why.

The name comes first, because reading every file costs time; where the name leaves it open, the first bytes tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path, PurePosixPath

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import WORKBOOK_SUFFIXES, ZIP_START, FileKind, kind_of
from zhengti_zip.batch.carriers import why_foreign
from zhengti_zip.batch.places import SUMMARY_STEMS
from zhengti_zip.batch.task import ANNOTATED

ZIP = ".zip"
OFFICE_STARTS = ("[content_types].xml", "_rels/", "docprops/", "xl/", "word/", "customxml/", "mimetype")
"""How the name of the first part of an Office file or an OpenDocument file begins."""

LEAST_START = 512
"""Bytes of a file that are looked at."""

COPY = "标注副本：原件也收到了，以原件为准"
SUMMARY = "汇总表：由本程序生成，不是填报文件"


class Standing(Enum):
    """What a file is to a batch."""

    INPUT = "input"
    CANDIDATE = "candidate"
    ARCHIVE = "archive"
    SKIPPED = "skipped"


def is_copy(name: str) -> bool:
    """Whether a file is called like an annotated copy."""
    return name.endswith(ANNOTATED)


def original_of(name: str) -> str:
    """The path of the workbook that an annotated copy was made of."""
    return name.removesuffix(ANNOTATED) + ".xlsx"


def standing_of(name: str, start: Callable[[], bytes], has_original: bool = False) -> tuple[Standing, str]:
    """What a file is, and why it is skipped.

    Args:
        name: its name without folders.
        start: gives its first bytes; may raise an InputError.
        has_original: whether it is an annotated copy whose original is there, too.
    """
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    if has_original:
        return Standing.SKIPPED, COPY
    if suffix in (".xlsx", ".pdf") and name.startswith(SUMMARY_STEMS):
        return Standing.SKIPPED, SUMMARY
    if suffix == ZIP:
        return Standing.ARCHIVE, ""
    if suffix in WORKBOOK_SUFFIXES:
        return Standing.INPUT, ""
    try:
        return _by_start(name, start())
    except InputError as error:
        return Standing.SKIPPED, f"读不出来：{error.message}"


def _by_start(name: str, start: bytes) -> tuple[Standing, str]:
    if start.startswith(ZIP_START):
        return Standing.CANDIDATE, ""
    kind = kind_of(Path(name), start)
    if kind in (FileKind.PDF, FileKind.JSON):
        return Standing.CANDIDATE, ""
    return Standing.SKIPPED, why_foreign(kind)


def is_office_file(members: Iterable[str]) -> bool:
    """Whether the members of a zip file are the parts of an Office file."""
    return any(member.lstrip("/").lower() == "[content_types].xml" for member in members)


def seems_an_archive(start: bytes) -> bool:
    """Whether a file that is called like a workbook begins like a zip file of something else."""
    if not start.startswith(b"PK\3\4") or len(start) < 30:
        return False
    length = int.from_bytes(start[26:28], "little")
    first = start[30 : 30 + length].decode("utf-8", "replace").replace("\\", "/").lstrip("/").lower()
    return not first.startswith(OFFICE_STARTS)
