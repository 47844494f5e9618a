"""The file of an archive, open only while it is read: a batch may have more archives than a process may open files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import MAX_FILE_BYTES
from zhengti_zip.base.regularfile import changed_meanwhile, open_regular, same_state


class ReadTooLarge(Exception):
    """More bytes were asked for at once than allowed."""


class ArchiveFile:
    """A file for ``zipfile.ZipFile``. It can be read inside of :meth:`opened` only.

    Args:
        file: the file.
        name: its name in messages.
    """

    def __init__(self, file: Path, name: str) -> None:
        self._file, self._name = file, name
        self._stream: BinaryIO | None = None
        self._first_state: os.stat_result | None = None
        self._most = 0

    @contextmanager
    def opened(self, most: int = MAX_FILE_BYTES + 1) -> Iterator[None]:
        """Open the file for a block.

        Args:
            most: the most bytes read at once. ``zipfile`` reads the list of members in one piece, of any size.

        Raises:
            InputError: it cannot be read, or is another than before.
        """
        self._most = most
        try:
            with open_regular(self._file) as self._stream:
                state = os.fstat(self._stream.fileno())
                self._first_state = self._first_state or state
                if not same_state(self._first_state, state):
                    raise changed_meanwhile(self._file)
                yield
        except InputError as error:  # messages show the name without its folder
            raise InputError(error.message.replace(str(self._file), self._name), error.remedy) from error
        finally:
            self._stream = None

    def seekable(self) -> bool:
        """Whether positions can be changed: always."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """As of any binary file."""
        return self._opened().seek(offset, whence)

    def tell(self) -> int:
        """As of any binary file."""
        return self._opened().tell()

    def read(self, size: int = -1) -> bytes:
        """As of any binary file.

        Raises:
            ReadTooLarge: more than ``most`` bytes are asked for, or all and there are more.
        """
        if size > self._most:
            raise ReadTooLarge
        content = self._opened().read(size if size >= 0 else self._most + 1)
        if len(content) > self._most:
            raise ReadTooLarge
        return content

    def _opened(self) -> BinaryIO:
        if self._stream is None:
            raise ValueError("the archive is not open")
        return self._stream
