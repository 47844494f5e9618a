"""The bytes of all files, each under the digest of its content; a name from a user is never a path."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO

from zhengti_zip.base.errors import OutputError
from zhengti_zip.base.oserrors import reason

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class Store:
    """A folder of files, two levels deep.

    Args:
        folder: made when it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tidying = threading.Lock()
        self._parts = folder / "parts"
        self._parts.mkdir(parents=True, exist_ok=True)

    def sweep(self) -> None:
        """Remove what a killed server left half written. Only for the one server that uses the folder."""
        for left in self._parts.iterdir():
            left.unlink(missing_ok=True)

    def put(self, content: bytes) -> str:
        """Keep bytes, on the disk when this returns.

        Returns:
            Their digest.

        Raises:
            OutputError: the disk is full or cannot be written.
        """
        digest = hashlib.sha256(content).hexdigest()
        target = self._path(digest)
        with _saving(), self._tidying:
            if target.exists():
                os.utime(target)  # from now on it counts as new: remove_settled leaves it alone
                return digest
        return self._kept(lambda stream: stream.write(content), digest)

    def put_written(self, write: Callable[[BinaryIO], None]) -> str:
        """Keep what ``write`` writes into a file, without holding it in memory; on the disk when this returns.

        Returns:
            Its digest.

        Raises:
            OutputError: the disk is full or cannot be written.
        """
        return self._kept(write)

    def _kept(self, write: Callable[[BinaryIO], object], digest: str = "") -> str:
        """Write a new file, bring it to the disk and to the place of its digest, which is worked out when it is not given."""
        with _saving():
            handle, name = tempfile.mkstemp(dir=self._parts)
            try:
                with os.fdopen(handle, "w+b") as stream:
                    write(stream)
                    stream.flush()
                    os.fsync(stream.fileno())
                    digest = digest or _digest_of(stream)
                target = self._path(digest)
                target.parent.mkdir(exist_ok=True)
                Path(name).replace(target)
            finally:
                Path(name).unlink(missing_ok=True)
            _settle(target.parent)
        return digest

    def file(self, digest: str) -> Path:
        """Where the bytes of a digest are, for what may be larger than memory; they were compared with it.

        Raises:
            OutputError: they are gone or damaged.
        """
        path = self._path(digest)
        try:
            with path.open("rb") as stream:
                is_sound = _digest_of(stream) == digest
        except OSError as error:
            raise _gone(error) from error
        if not is_sound:
            raise _damaged()
        return path

    def get(self, digest: str) -> bytes:
        """The bytes of a digest.

        Raises:
            OutputError: they are gone or damaged.
        """
        try:
            content = self._path(digest).read_bytes()
        except OSError as error:
            raise _gone(error) from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise _damaged()
        return content

    def remove_settled(self, digest: str, seconds: float) -> None:
        """Forget bytes that nothing refers to, unless they were put here within the last ``seconds``."""
        target = self._path(digest)
        with self._tidying, suppress(FileNotFoundError):
            if time.time() - target.stat().st_mtime >= seconds:
                target.unlink()

    def remove(self, digest: str) -> None:
        """Forget bytes that nothing refers to any more."""
        self._path(digest).unlink(missing_ok=True)

    def digests(self) -> list[str]:
        """Of everything kept, in order."""
        return sorted(file.name for file in self._folder.glob("??/*") if _DIGEST.match(file.name))

    def _path(self, digest: str) -> Path:
        if not _DIGEST.match(digest):
            raise ValueError(f"no digest: {digest[:80]!r}")
        return self._folder / digest[:2] / digest


def _digest_of(stream: BufferedIOBase) -> str:
    """Of all that is in a file."""
    stream.seek(0)
    return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _saving() -> Iterator[None]:
    """Turn errors of the system into an OutputError."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"服务器不能保存文件：{reason(error)}", "请联系管理员检查磁盘空间和权限") from error


def _gone(error: OSError) -> OutputError:
    return OutputError(f"服务器上的文件读不出来：{reason(error)}", "请联系管理员从备份恢复")


def _damaged() -> OutputError:
    return OutputError("服务器上的文件已损坏", "请联系管理员从备份恢复")


def _settle(folder: Path) -> None:
    """Make sure that the name of a new file is on the disk too, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
