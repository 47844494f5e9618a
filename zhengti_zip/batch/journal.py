"""What a batch has finished, on disk, so that the same command given again continues where it stopped.

An input is entered with the digests of its outputs before they are written. Therefore every output in the folder
is known to come from a batch. An entry counts only while all its outputs exist unchanged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zhengti_zip.base.files import write_all_atomically
from zhengti_zip.base.staging import sweep
from zhengti_zip.batch.database import Database
from zhengti_zip.batch.digests import digest
from zhengti_zip.batch.outputs import Outputs, Sweep
from zhengti_zip.batch.places import above, is_output_of, is_summary, outputs_of, place_key
from zhengti_zip.batch.result import ListedProblem, Result
from zhengti_zip.batch.task import ENDINGS
from zhengti_zip.printing.word_target import SUFFIX, word_target

NAME = ".zhengti-batch.sqlite"
SET_ASIDE = ".zhengti-batch.damaged"

UNFIT = (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What a stored result fails with that is none of this program's version."""

_TABLES = """
CREATE TABLE inputs (name TEXT PRIMARY KEY, stem TEXT, key TEXT, result TEXT, digests TEXT);
CREATE TABLE outputs (path TEXT, digest TEXT, name TEXT, PRIMARY KEY (path, digest));
"""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """What identifies the work done for one input.

    Attributes:
        name: of the input.
        stem: path of its outputs without ending, relative to the output folder.
        key: digest of everything its outputs depend on; "" when the next run is to make them again.
    """

    name: str
    stem: str
    key: str


class Journal:
    """The journal of an output folder; one process at a time holds it.

    Args:
        folder: the output folder, which exists.

    Attributes:
        was_damaged: an unreadable journal was set aside.

    Raises:
        OutputError: another batch is using the folder, or it cannot be written. Every method may raise it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._database = Database(folder / NAME, folder / SET_ASIDE, _TABLES)
        self._outputs = Outputs(folder, self._database)
        self.was_damaged = self._database.was_damaged
        self._places: set[str] = set()

    def has_entries(self) -> bool:
        """Whether an earlier run has entered anything."""
        return bool(self._database.rows("SELECT 1 FROM inputs LIMIT 1"))

    def close(self) -> None:
        """Release the folder."""
        self._database.close()

    def finished(self, entry: JournalEntry) -> Result | None:
        """The result of an input that needs no work: same key, same stem, all outputs unchanged."""
        rows = self._database.rows(
            "SELECT result, digests FROM inputs WHERE name = ? AND stem = ? AND key = ? AND key != ''",
            (entry.name, entry.stem, entry.key),
        )
        try:
            for stored, digests in rows:
                known = json.loads(digests)
                result = Result.from_json(stored)
                if (
                    result.name == entry.name
                    and set(result.outputs) == set(known)
                    and all(is_output_of(entry.stem, path) for path in known)
                    and all(self._outputs.digest(path) == known[path] for path in known)
                ):
                    return result
        except UNFIT:  # written by another version, or by somebody else
            pass
        return None

    def commit(self, entry: JournalEntry, result: Result, files: Mapping[str, bytes]) -> Result:
        """Enter a result, write its files, remove what an earlier run wrote for this input and this run did not.

        Args:
            entry: the input.
            result: its result.
            files: contents by ending.

        Returns:
            The result, with its outputs named.

        Raises:
            OutputError: a file or the journal cannot be written. The folder then is as consistent as before.
        """
        contents = {entry.stem + ending: content for ending, content in files.items()}
        if SUFFIX in files:
            word = self._word_path(entry)
            if word != entry.stem + SUFFIX:
                contents[word] = contents.pop(entry.stem + SUFFIX)
                result = replace(result, problems=(*result.problems, _kept(entry.stem, word)))
        digests = {path: digest(content) for path, content in contents.items()}
        result = replace(result, outputs=tuple(contents))
        with self._database.transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?)",
                (entry.name, entry.stem, entry.key, result.to_json(), json.dumps(digests)),
            )
            database.executemany(
                "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?)",
                [(path, known, entry.name) for path, known in digests.items()],
            )
        write_all_atomically({self.folder / path: content for path, content in contents.items()})
        self._outputs.retire(
            path
            for path in self._outputs.paths("WHERE name = ?", entry.name)
            if path not in contents and path.removeprefix(entry.stem) in ENDINGS
        )
        return result

    def defer(self, result: Result) -> Sweep:
        """Take back the outputs of an input that does not count: the next run that counts it makes them again.

        Args:
            result: as it was entered.
        """
        stored = replace(result, outputs=(), is_deferred=True)
        with self._database.transaction() as database:
            database.execute(
                "UPDATE inputs SET result = ?, digests = '{}' WHERE name = ?",
                (stored.to_json(), result.name),
            )
        return self._outputs.retire(result.outputs)

    def _word_path(self, entry: JournalEntry) -> str:
        """The path of the Word file of an input: another than usual while somebody's edited one is there."""

        def path_of(file: Path) -> str:
            return file.relative_to(self.folder).as_posix()

        def is_own(file: Path) -> bool:
            path = path_of(file)
            return (self._outputs.digest(path),) in self._database.rows(
                "SELECT digest FROM outputs WHERE path = ?", (path,)
            )

        def is_taken(file: Path) -> bool:
            path = path_of(file)
            names = self._database.rows("SELECT name FROM outputs WHERE path = ?", (path,))
            return place_key(path) in self._places or any(name != entry.name for (name,) in names)

        return path_of(word_target(self.folder / (entry.stem + SUFFIX), is_own=is_own, is_taken=is_taken))

    def adopt(self, files: Iterable[Path]) -> list[str]:
        """Enter files that belong to no input, such as the summary; returns their paths below the folder."""
        paths = [file.relative_to(self.folder).as_posix() for file in files]
        with self._database.transaction() as database:
            database.executemany(
                "INSERT OR REPLACE INTO outputs VALUES (?, ?, '')",
                [(path, self._outputs.digest(path)) for path in paths],
            )
        return paths

    def put(self, contents: Mapping[str, bytes]) -> list[str]:
        """Write files that people may edit, such as letters; see :meth:`Outputs.put`."""
        return self._outputs.put(contents)

    def sweep(self, results: Sequence[Result], others: Iterable[str] = ()) -> Sweep:
        """Remove the outputs of earlier runs that belong to none of ``results`` and are none of ``others``."""
        current = {path for result in results for path in result.outputs} | set(others)
        names = {result.name for result in results}
        swept = self._outputs.retire(path for path in self._outputs.paths() if path not in current)
        with self._database.transaction() as database:
            known = database.execute("SELECT name FROM inputs").fetchall()
            gone = [row for row in known if row[0] not in names]
            database.executemany("DELETE FROM inputs WHERE name = ?", gone)
        return swept

    def make_way(self, stems: Iterable[str]) -> Sweep:
        """Remove files of earlier runs where this run needs a folder, and folders of theirs where it needs a file.

        Args:
            stems: of this run's outputs.
        """
        stems = list(stems)
        places = {path for stem in stems for path in outputs_of(stem)}
        self._places = set(map(place_key, places))
        if not (gone := [path for path in self._outputs.paths() if path not in places]):
            return Sweep()
        files = set(map(place_key, places))
        folders = {place_key(folder) for stem in stems for folder in above(stem)}
        return self._outputs.retire(
            path
            for path in gone
            if place_key(path) in folders
            or any(is_summary(folder) or place_key(folder) in files for folder in above(path))
        )

    def clean(self, stems: Iterable[str]) -> int:
        """Remove half-written files of a run that was killed, in every folder it may have written to.

        Args:
            stems: of this run's outputs.

        Returns:
            How many there were.
        """
        places = {self.folder, *((self.folder / path).parent for path in (*stems, *self._outputs.paths()))}
        return sum(sweep(place) for place in sorted(places) if self._outputs.is_inside(place))


def _kept(stem: str, word: str) -> ListedProblem:
    """What is told where an edited Word file is not replaced."""
    return ListedProblem(
        "warning",
        "word_kept",
        f"{stem}{SUFFIX} 在生成后有人改动过，没有覆盖；这次的 Word 文件另存为 {word}",
        f"请用 zhengti-zip review 把其中的改动写回工作簿；不需要时请删去或移走 {stem}{SUFFIX}",
    )
