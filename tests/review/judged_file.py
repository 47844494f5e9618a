"""A Word file of a sample that random edits are made in, and what has to come back of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from lxml import etree

from tests.review.wordlike import (
    DOCUMENT,
    SAMPLES,
    Element,
    built,
    inner_controls,
    packed,
    parts_of,
    texts,
)
from zhengti_zip import read
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.review.baseline import Baseline, PrintedPart
from zhengti_zip.review.printed_tables import PrintedTables
from zhengti_zip.review.wordfile import WORD
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import GOALS, INDICATORS, NO_PATH, InputPath
from zhengti_zip.submission.source import Source

Row = tuple[int | None, dict[str, Any]]
"""A row with its number in the Word file, None for a new one, and its values by part."""

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
ROW_TABLES = (GOALS, INDICATORS)


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit that was made in a file, and what has to come back of it.

    Attributes:
        what: what was done, in words.
        values: new values by input, of rows and inputs that were printed; None for emptied.
        rows: by table, its rows after the edit.
        remark: the text of the comment that must come back; "" without one.
        remark_on: the input the comment hangs on; "" for another text, or for an input whose row may move.
        reports: what must be told, each by its kind, or the code of its refusal, and words.
        at: the input it stands in, when that has no new value.
        drawn_by: the author of the tracked change that drew something, who must be named in the list of what is
            not read.
        author: the author of the tracked change, who must be named; "" when it was not tracked.
        is_lost_told: whether it is enough to tell that the value was not found, and to keep it: what is missing
            without a trace may also have been dropped by a program.
    """

    what: str
    values: Mapping[InputPath, str | None] = field(default_factory=dict)
    rows: Mapping[str, list[Row]] = field(default_factory=dict)
    remark: str = ""
    remark_on: str = ""
    reports: tuple[tuple[str, str], ...] = ()
    at: InputPath = NO_PATH
    drawn_by: str = ""
    author: str = ""
    is_lost_told: bool = False


@dataclass(frozen=True)
class Printed:
    """What one sample prints; it is the same for every file made of it."""

    source: Source
    content: bytes
    baseline: Baseline


@cache
def printed(name: str) -> Printed:
    """A sample as data and as a Word file."""
    source = read(SAMPLES / f"{name}.json")
    baseline = Baseline(source.form, source.submission)
    return Printed(source, built(source), baseline)


class JudgedFile:
    """A Word file, and the data that are expected to come back, side by side.

    Args:
        name: the sample.
        seed: decides everything that is random.

    Attributes:
        parts: of the file by name, the text excepted.
        root: the text.
        edits: those that were made.
        printed_words: the texts of its runs as they were printed.
        touched: the inputs whose text was edited; no other edit may follow there.
    """

    def __init__(self, name: str, seed: int) -> None:
        known = printed(name)
        self.chance = Random(f"{name} {seed}")
        self.form: FormDefinition = known.source.form
        self.before: Submission = known.source.submission
        self.baseline = known.baseline
        self.tables: PrintedTables = known.baseline.tables
        self.parts = parts_of(known.content)
        self.root: Element = etree.fromstring(self.parts[DOCUMENT])
        self.data: dict[str, Any] = deepcopy(dict(self.before.as_data()))
        self.rows: dict[str, list[Row]] = {
            table: list(enumerate(deepcopy(self.data[table]))) for table in ROW_TABLES
        }
        self.printed_words = {self.words_of(piece) for piece in self.root.iter(f"{{{WORD}}}r")} - {""}
        self.edits: list[Edit] = []
        self.touched: set[str] = set()
        self.copied: set[tuple[str, int | None]] = set()

    def add(self, edit: Edit) -> None:
        """Note an edit and change the expected data by it."""
        self.edits.append(edit)
        self.rows |= edit.rows
        self.touched.add(edit.at)
        for path, value in edit.values.items():
            self.touched.add(path)
            place, key = self._place(path), path.rpartition(".")[2]
            if value is None:
                place.pop(key, None)
            else:
                place[key] = value

    def _place(self, path: InputPath) -> dict[str, Any]:
        """Where a value stands in the expected data, by the last part of its path."""
        if path.number is not None:
            return next(row for number, row in self.rows[path.group] if number == path.number)
        found: dict[str, Any] = self.data
        for key in path.split(".")[:-1]:
            found = found.setdefault(key, {})
        return found

    def is_gone(self, edit: Edit) -> bool:
        """Whether the row that an edit was made in was removed afterwards."""
        return any(
            path.number is not None and all(number != path.number for number, _ in self.rows[path.group])
            for path in (*edit.values, edit.at)
        )

    def is_marked(self, table: str, number: int | None) -> bool:
        """Whether something in a row must be told."""
        paths = [path for edit in self.edits if edit.reports for path in (*edit.values, edit.at)]
        return any((path.group, path.number) == (table, number) for path in paths)

    def keep(self, path: InputPath) -> None:
        """Expect the value that was printed after all."""
        self._place(path)[path.rpartition(".")[2]] = self.before.value(path)

    def expected(self) -> Submission:
        """The data that have to come back."""
        data = {**self.data, **{table: [row for _, row in rows] for table, rows in self.rows.items()}}
        wanted = from_data(data, self.form)
        assert [problem for problem in wanted.reading_problems if problem.is_error] == []
        return wanted.submission

    def content(self) -> bytes:
        """The file as it is now."""
        return packed({**self.parts, DOCUMENT: etree.tostring(self.root, encoding="UTF-8")})

    def words(self) -> str:
        """Words that stand nowhere else in the file."""
        return f"第{len(self.edits) + 1}处改动的内容，共{self.chance.randint(1, 99)}项"

    def words_of(self, piece: Element) -> str:
        """The text of a run."""
        return "".join(text.text or "" for text in texts(piece))

    def relate(self, kind: str, name: str = "") -> None:
        """Lead from the text to a part of a kind."""
        relations = "word/_rels/document.xml.rels"
        link = f'<Relationship Id="rIdE{len(self.parts)}" Type="{RELATION}{kind}" Target="{name or kind + ".xml"}"/>'
        self.parts[relations] = self.parts[relations].replace(
            b"</Relationships>", f"{link}</Relationships>".encode()
        )

    def author(self) -> str:
        """An author that no other edit has."""
        return f"审阅人{len(self.edits) + 1}"

    def inputs(self) -> list[PrintedPart]:
        """Inputs printed in one cell and not edited yet, in rows that are still there once."""
        standing = {(t, n) for t, rows in self.rows.items() for n, _ in rows} - self.copied
        found: dict[InputPath, list[PrintedPart]] = {}
        for part in self._parts():
            found.setdefault(part.path, []).append(part)
        return [
            parts[0]
            for path, parts in found.items()
            if len(parts) == 1
            and path.group != "derived"
            and not path.is_result
            and path not in self.touched
            and (path.number is None or (path.group, path.number) in standing)
        ]

    def _parts(self) -> Iterator[PrintedPart]:
        for row in self.baseline.rows:
            for cell in row:
                yield from cell.parts
        for text, spans in (*self.baseline.title, self.baseline.signature):
            for span in spans:
                yield PrintedPart(span.path, text[span.start : span.end], "")

    def filled(self) -> list[PrintedPart]:
        """The inputs in whose controls a text stands as it was printed."""
        return [part for part in self.inputs() if part.text.strip() and self.shown(part.path) == part.text]

    def shown(self, path: InputPath) -> str:
        """The text that stands in the controls of an input, a line for each; "" where it has none."""
        found = inner_controls(self.root, path)
        if any(True for sdt in found for _ in sdt.iter(f"{{{sdt.nsmap['w']}}}showingPlcHdr")):
            return ""
        return "\n".join("".join(t.text or "" for t in texts(sdt)) for sdt in found)
