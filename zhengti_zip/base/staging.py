"""Temporary files beside outputs: new contents before they are renamed, old files while several are replaced.

A temporary file is locked as long as its process lives. One that is not locked was left by a process that was
killed, and is removed by the next that writes into the folder.
"""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from zhengti_zip.base.folderlock import folder_locked, try_lock

PREFIX, SUFFIX = ".zhengti-", ".tmp"

STALE_SECONDS = 3600
"""Age at which a temporary file counts as left behind where nothing can be locked."""

NOT_ON_DISK = (errno.EIO, errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
"""Errors of fsync that mean that the content is lost. With any other the file system only does not support it."""

_swept: set[Path] = set()


class Staged:
    """The new content of a file in a temporary file beside it.

    Args:
        target: the file to be replaced.
        content: the bytes.

    Raises:
        OSError: it cannot be written; nothing is left.
    """

    def __init__(self, target: Path, content: bytes) -> None:
        self.target = target
        mode = _old_mode(target)
        self.temporary, self._handle = _created(target.parent, 0o666 if mode is None else mode | 0o600)
        try:
            _write(self._handle, content)
            if mode is not None and os.fstat(self._handle).st_mode & 0o777 != mode:
                with suppress(OSError):  # some file systems have no permissions
                    self.temporary.chmod(mode)
            if os.name == "nt":  # which does not rename open files
                self._release()
        except BaseException:
            self.discard()
            raise

    def replace_target(self) -> None:
        """Rename the temporary file to the target.

        Raises:
            OSError: the system refuses.
        """
        self.temporary.replace(self.target)
        self._release()

    def discard(self) -> None:
        """Remove the temporary file if it is still there."""
        self._release()
        with suppress(OSError):
            self.temporary.unlink(missing_ok=True)

    def _release(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def free_name(folder: Path) -> Path:
    """A name for a temporary file that no file has."""
    return folder / f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}"


def sweep_once(folder: Path) -> None:
    """As :func:`sweep`, but only the first time in this process: a batch writes into one folder thousands of times."""
    if folder not in _swept:
        _swept.add(folder)
        sweep(folder)


def sweep(folder: Path) -> int:
    """Remove the temporary files that killed processes have left in a folder.

    Returns:
        How many were removed.
    """
    removed = 0
    with suppress(OSError), folder_locked(folder), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and entry.name.endswith(SUFFIX):
                with suppress(OSError):
                    removed += entry.is_file(follow_symlinks=False) and _removed(Path(entry.path))
    return removed


def _created(folder: Path, mode: int) -> tuple[Path, int]:
    """A new locked file: its path and handle."""
    while True:
        path = free_name(folder)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        is_locked = try_lock(handle)
        if is_locked is None or (is_locked and os.fstat(handle).st_nlink):
            return path, handle
        os.close(handle)  # another process has just taken it for one left behind


def _write(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno in NOT_ON_DISK:
            raise


def _removed(file: Path) -> bool:
    """Remove a temporary file unless its process is alive; returns whether it was removed."""
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        is_locked = try_lock(handle)
        age = _now(file.parent) - os.fstat(handle).st_mtime if is_locked is None else 0
        if is_locked:  # removed while locked, or its process could lock it in between
            file.unlink()
            return True
    finally:
        os.close(handle)
    if age > STALE_SECONDS:
        file.unlink()
    return age > STALE_SECONDS


def _now(folder: Path) -> float:
    """The time by the clock of a folder's file system, which may be another machine's."""
    probe = free_name(folder)
    probe.touch()
    try:
        return probe.stat().st_mtime
    finally:
        probe.unlink()


def _old_mode(path: Path) -> int | None:
    """The permissions of the file to be replaced; None when there is none."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return None
