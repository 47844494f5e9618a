"""The files that batches wrote into an output folder: known by their digests, removed when nobody has changed them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.files import write_all_atomically
from zhengti_zip.base.regularfile import open_regular
from zhengti_zip.base.safenames import safe_name
from zhengti_zip.batch.database import Database
from zhengti_zip.batch.places import is_reply, is_summary
from zhengti_zip.batch.task import ENDINGS


@dataclass
class Sweep:
    """Outputs that no longer have an input.

    Attributes:
        removed: paths of the deleted ones.
        left: paths of those kept because somebody has changed them.
    """

    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class Outputs:
    """The outputs in a folder.

    Args:
        folder: the output folder.
        database: of its journal, with the table ``outputs``.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder, self._database = folder, database

    def retire(self, paths: Iterable[str]) -> Sweep:
        """Delete outputs that nobody has changed, and forget all of ``paths``."""
        swept = Sweep()
        for path in list(paths):
            file = self.folder / path
            if not self.is_inside(file.parent):
                continue
            rows = self._database.rows("SELECT digest FROM outputs WHERE path = ?", (path,))
            found = self.digest(path)
            try:
                if (found,) in rows:
                    file.unlink()
                    swept.removed.append(path)
                elif found:
                    swept.left.append(path)
                _remove_empty(file.parent, self.folder)  # always: a run may have been killed before this
            except OSError:
                swept.left.append(path)
            with self._database.transaction() as database:
                database.execute("DELETE FROM outputs WHERE path = ?", (path,))
        return swept

    def put(self, contents: Mapping[str, bytes]) -> list[str]:
        """Write files that belong to no input and that people may edit, such as letters.

        Args:
            contents: by path below the folder.

        Returns:
            The paths of those not written, because somebody has changed what stands there.

        Raises:
            OutputError: one cannot be written.
        """
        left = []
        for path, content in contents.items():
            known, new = self.digest(path), sha256(content).hexdigest()
            if known == new:
                continue
            rows = self._database.rows("SELECT digest FROM outputs WHERE path = ?", (path,))
            if known and (known,) not in rows:
                left.append(path)
                continue
            with self._database.transaction() as database:
                database.execute("INSERT OR REPLACE INTO outputs VALUES (?, ?, '')", (path, new))
            write_all_atomically({self.folder / path: content})
        return left

    def paths(self, condition: str = "", *values: str) -> list[str]:
        """Paths of outputs that a batch may have written. Others, which only a stranger enters, do not count."""
        rows = self._database.rows(f"SELECT DISTINCT path FROM outputs {condition}", values)
        return sorted(path for (path,) in rows if isinstance(path, str) and _is_output(path))

    def is_inside(self, folder: Path) -> bool:
        """Whether no link on the way to a folder leads out of the output folder."""
        return Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(self.folder))

    def digest(self, path: str) -> str:
        """Digest of a file as it is now; "" when there is none, or what is there is no regular file."""
        try:
            with open_regular(self.folder / path) as file:
                hashed = sha256()
                while block := file.read(1 << 20):
                    hashed.update(block)
                return hashed.hexdigest()
        except (OSError, InputError):
            return ""


def _is_output(path: str) -> bool:
    """Whether a path is one that a batch writes: inside its folder, and with an ending of its own."""
    parts = path.split("/")
    is_inside = all(part == safe_name(part) for part in parts)
    return is_inside and (path.endswith(ENDINGS) or (len(parts) == 1 and is_summary(path)) or is_reply(path))


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder that has become empty, and those above it, up to but not including ``top``."""
    while folder != top:
        try:
            folder.rmdir()
        except FileNotFoundError:
            pass
        except OSError:
            return
        folder = folder.parent
