"""One file that a batch has found: an input, or a file that is skipped, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import read_limited
from zhengti_zip.batch.archive import Archive


@dataclass(frozen=True)
class Item:
    """One file.

    Attributes:
        name: as shown to the user, with forward slashes; unique among the inputs, and free of lone surrogates.
        file: the file, or the archive it is a member of.
        stem: path of its outputs without ending, relative to the output folder.
        archive, member: the archive it is read from, and its number there.
        refusal: why it cannot be read; None when that is still to be tried.
        is_candidate: its name does not say that it is an input, so that only its content tells; it never fails
            because it is none.
        note: what is said of it besides, e.g. that its suffix is wrong.
        skipped: why it is no input, as ``Result.fate``; "" for an input.
    """

    name: str
    file: Path
    stem: str = ""
    archive: Archive | None = None
    member: int = 0
    refusal: InputError | None = None
    is_candidate: bool = False
    note: str = ""
    skipped: str = ""

    def read(self) -> bytes:
        """The bytes of the input.

        Raises:
            InputError: it cannot be read.
        """
        if self.refusal:
            raise self.refusal
        if self.archive:
            return self.archive.read(self.member)
        try:
            return read_limited(self.file)
        except InputError as error:  # messages show the name without its folder
            message = error.message.replace(str(self.file), self.name.rpartition("/")[2])
            raise InputError(message, error.remedy) from error

    def modified(self) -> datetime | None:
        """When the file, or the member of its archive, was last changed; None when that cannot be told.

        An archive notes the time of the clock on the wall; it is taken as that of this machine.
        """
        if self.archive:
            return self.archive.modified(self.member)
        try:
            return datetime.fromtimestamp(self.file.stat().st_mtime, UTC)
        except (OSError, ValueError, OverflowError):
            return None
