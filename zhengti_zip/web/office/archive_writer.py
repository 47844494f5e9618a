"""Writing the archive of a round: entries one after the other, the same bytes for the same content, with a list of digests."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from zhengti_zip.base.originals import EARLIEST
from zhengti_zip.workbook.formats import LIKE_FORMULAS

MANIFEST = "清单.csv"
_PACKED = (".xlsx", ".docx", ".pdf")
"""Endings of files that are packed themselves."""


class ArchiveWriter:
    """A zip file being written.

    Args:
        stream: where it goes.
        root: the folder in it that holds everything.
    """

    def __init__(self, stream: BinaryIO, root: str) -> None:
        self._zip, self._root = ZipFile(stream, "w"), root
        self._names = {MANIFEST.casefold()}
        self._listed: list[tuple[str, int, str]] = []

    def add(self, path: str, content: bytes, digest: str = "") -> None:
        """Add a file; one of a name that is taken gets a number behind it.

        Args:
            path: below the root, safe in each part.
            digest: SHA-256 of the content, where it is known.
        """
        stem, dot, ending = path.rpartition(".")
        number = 1
        while path.casefold() in self._names:  # Windows takes names for one that differ in capitals only
            number += 1
            path = f"{stem}（{number}）{dot}{ending}"
        self._names.add(path.casefold())
        self._listed.append((path, len(content), digest or hashlib.sha256(content).hexdigest()))
        self._write(path, content)

    def close(self) -> None:
        """Write the list of all files, and end the zip file."""
        rows = [(path, str(size), digest) for path, size, digest in self._listed]
        self._write(MANIFEST, csv_bytes(("文件", "字节数", "SHA-256"), rows))
        self._zip.close()

    def _write(self, path: str, content: bytes) -> None:
        entry = ZipInfo(f"{self._root}/{path}", (EARLIEST.year, EARLIEST.month, EARLIEST.day, 0, 0, 0))
        entry.compress_type = ZIP_STORED if path.lower().endswith(_PACKED) else ZIP_DEFLATED
        entry.create_system = 0  # else Windows and Linux would write different files
        self._zip.writestr(entry, content)


def csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table for Excel and WPS: UTF-8 with the mark they look for; no text is taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """A text with an apostrophe before it where an office program would begin to reckon."""
    return f"'{text}" if text.startswith((*LIKE_FORMULAS, "\r")) else text
