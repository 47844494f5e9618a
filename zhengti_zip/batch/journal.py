"""What a batch has finished, on disk before it shows: the same command given again goes on where it stopped.

A file is entered with the digests of its outputs *before* these are written. So whatever lies in the output
folder is known to be ours, and an entry counts only while its outputs are there, whole and unchanged.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from zhengti_zip.base.errors import OutputError
from zhengti_zip.base.files import write_all_atomically
from zhengti_zip.batch.digests import digest
from zhengti_zip.batch.places import above, is_summary, outputs_of, place_key
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.task import ENDINGS

NAME = ".zhengti-batch.sqlite"
SET_ASIDE = ".zhengti-batch.damaged"
STAGED = ".zhengti-*.tmp"

_TABLES = """
CREATE TABLE IF NOT EXISTS inputs (name TEXT PRIMARY KEY, stem TEXT, key TEXT, result TEXT, digests TEXT);
CREATE TABLE IF NOT EXISTS outputs (path TEXT, digest TEXT, name TEXT, PRIMARY KEY (path, digest));
"""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One input as the journal knows it.

    Attributes:
        name: of the input.
        stem: where its outputs go.
        key: digest of everything its outputs depend on; "" when they are to be made again.
    """

    name: str
    stem: str
    key: str


@dataclass
class Sweep:
    """Files of inputs that are gone: removed ones, and those left because somebody has changed them."""

    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class Journal:
    """The journal of an output folder; one process at a time holds it.

    Args:
        folder: the output folder, which exists.

    Raises:
        OutputError: another batch is using the folder, or it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.was_damaged = False
        file = folder / NAME
        try:
            self._database = _opened(file)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise _refusal(file, error) from error
            file.replace(folder / SET_ASIDE)
            file.with_name(f"{NAME}-journal").unlink(missing_ok=True)
            self.was_damaged = True
            with _spoken(file):
                self._database = _opened(file)

    def has_entries(self) -> bool:
        """Whether an earlier run has entered anything."""
        with self._transaction():
            return self._database.execute("SELECT 1 FROM inputs LIMIT 1").fetchone() is not None

    def close(self) -> None:
        """Let go of the folder."""
        self._database.close()

    def finished(self, entry: JournalEntry) -> Result | None:
        """The result of an input that needs no work: same key, same place, all outputs unchanged."""
        with self._transaction():
            row = self._database.execute(
                "SELECT result, digests FROM inputs WHERE name = ? AND stem = ? AND key = ? AND key != ''",
                (entry.name, entry.stem, entry.key),
            ).fetchone()
        if row is None:
            return None
        try:
            result, digests = Result.from_json(row[0]), dict(json.loads(row[1]))
        except (ValueError, KeyError, TypeError):
            return None
        return result if all(self._digest(path) == wanted for path, wanted in digests.items()) else None

    def commit(self, entry: JournalEntry, result: Result, files: Mapping[str, bytes]) -> Result:
        """Enter a result, write its files, remove what an earlier run wrote for it and this one did not.

        Args:
            entry: the input.
            result: what it came to.
            files: contents by ending.

        Returns:
            The result, with its outputs named.

        Raises:
            OutputError: a file or the journal cannot be written; the folder is as sound as before.
        """
        contents = {entry.stem + ending: content for ending, content in files.items()}
        digests = {path: digest(content) for path, content in contents.items()}
        result = replace(result, outputs=tuple(contents))
        with self._transaction():
            self._database.execute(
                "INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?)",
                (entry.name, entry.stem, entry.key, result.to_json(), json.dumps(digests)),
            )
            self._database.executemany(
                "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?)",
                [(path, known, entry.name) for path, known in digests.items()],
            )
        write_all_atomically({self.folder / path: content for path, content in contents.items()})
        self._retire(
            path
            for path in self._paths("WHERE name = ?", entry.name)
            if path not in contents and path.removeprefix(entry.stem) in ENDINGS
        )
        return result

    def adopt(self, files: Iterable[Path]) -> list[str]:
        """Enter files written beside those of the inputs; returns their paths below the folder."""
        paths = [file.relative_to(self.folder).as_posix() for file in files]
        with self._transaction():
            self._database.executemany(
                "INSERT OR REPLACE INTO outputs VALUES (?, ?, '')",
                [(path, self._digest(path)) for path in paths],
            )
        return paths

    def sweep(self, results: Sequence[Result], others: Iterable[str] = ()) -> Sweep:
        """Remove the outputs of earlier runs that belong to none of ``results`` and are none of ``others``."""
        current = {path for result in results for path in result.outputs} | set(others)
        names = {result.name for result in results}
        swept = self._retire(path for path in self._paths() if path not in current)
        with self._transaction():
            for (name,) in self._database.execute("SELECT name FROM inputs").fetchall():
                if name not in names:
                    self._database.execute("DELETE FROM inputs WHERE name = ?", (name,))
        return swept

    def make_way(self, stems: Iterable[str]) -> Sweep:
        """Remove what earlier runs wrote where this one needs a folder, or below what is to be a file now.

        Args:
            stems: places of this run's outputs.
        """
        stems = list(stems)
        places = {path for stem in stems for path in outputs_of(stem)}
        if not (gone := [path for path in self._paths() if path not in places]):
            return Sweep()
        files = set(map(place_key, places))
        folders = {place_key(folder) for stem in stems for folder in above(stem)}
        return self._retire(
            path
            for path in gone
            if place_key(path) in folders
            or any(is_summary(folder) or place_key(folder) in files for folder in above(path))
        )

    def clean(self, stems: Iterable[str]) -> int:
        """Remove half-written files of a run that was killed, wherever it may have left any.

        Args:
            stems: places of this run's outputs.

        Returns:
            How many there were.
        """
        removed = 0
        places = {self.folder, *((self.folder / path).parent for path in (*stems, *self._paths()))}
        for place in sorted(places):
            for file in place.glob(STAGED):
                with suppress(OSError):
                    file.unlink()
                    removed += 1
        return removed

    def _retire(self, paths: Iterable[str]) -> Sweep:
        swept = Sweep()
        for path in list(paths):
            file = self.folder / path
            with self._transaction():
                known = {
                    row[0]
                    for row in self._database.execute("SELECT digest FROM outputs WHERE path = ?", (path,))
                }
            found = self._digest(path)
            try:
                if found in known:
                    file.unlink()
                    swept.removed.append(path)
                elif found:
                    swept.left.append(path)
                _remove_empty(file.parent, self.folder)  # always: a run may have been killed before this
            except OSError:
                swept.left.append(path)
            with self._transaction():
                self._database.execute("DELETE FROM outputs WHERE path = ?", (path,))
        return swept

    def _paths(self, condition: str = "", *values: str) -> list[str]:
        with self._transaction():
            rows = self._database.execute(f"SELECT DISTINCT path FROM outputs {condition}", values).fetchall()
        return sorted(row[0] for row in rows)

    def _digest(self, path: str) -> str:
        """Digest of a file as it is now; "" when there is none."""
        try:
            with (self.folder / path).open("rb") as file:
                hashed = sha256()
                while block := file.read(1 << 20):
                    hashed.update(block)
                return hashed.hexdigest()
        except OSError:
            return ""

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _spoken(self.folder / NAME):
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                with suppress(sqlite3.Error):
                    self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")


def _opened(file: Path) -> sqlite3.Connection:
    """The database, locked for this process until it ends, by whatever means."""
    database = sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("BEGIN EXCLUSIVE")
        for statement in _TABLES.split(";"):
            database.execute(statement)
        database.execute("COMMIT")
        if database.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("quick_check")
        return database
    except BaseException:
        database.close()
        raise


@contextmanager
def _spoken(file: Path) -> Iterator[None]:
    """Turn what SQLite says into our words."""
    try:
        yield
    except sqlite3.Error as error:
        raise _refusal(file, error) from error


def _refusal(file: Path, error: sqlite3.Error) -> OutputError:
    words = str(error)
    if "locked" in words:
        return OutputError(
            f"{file.parent} 正被另一个 zhengti-zip batch 使用", "请等它结束，或用 -o 指定另一个文件夹"
        )
    if "full" in words:
        return OutputError(
            f"不能写入 {file.parent}：磁盘已满", "请清理磁盘空间，再运行同一命令，已完成的不会重做"
        )
    return OutputError(f"不能写入 {file}：{words}", "请检查文件夹的权限，或用 -o 指定另一个文件夹")


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder that has become empty, and those above it, up to the output folder."""
    while folder != top:
        try:
            folder.rmdir()
        except FileNotFoundError:
            pass
        except OSError:
            return
        folder = folder.parent
