"""Random edits of rows and texts in the Word file of every shipped form come back, and nothing else."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

import pytest
from lxml import etree

from tests.review.row_edits import (
    copied_row,
    entries_of,
    number_of,
    put_entries,
    remove_row,
    row_of,
    swap_rows,
    typed_entry,
    typed_row,
)
from tests.review.wordlike import (
    DOCUMENT,
    SAMPLES,
    Element,
    built,
    inner_controls,
    packed,
    parts_of,
    put,
    remove,
)
from zhengti_zip import read
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.printed_tables import PrintedTables
from zhengti_zip.review.word_source import read_word_source
from zhengti_zip.review.wordfile import word
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import GOALS, INDICATORS, InputPath
from zhengti_zip.submission.problems import Severity

FORMS = sorted(path.stem for path in SAMPLES.glob("*.json"))
SEEDS = 10
EDITS = 20

HIDDEN = ("type", "direction", "unit", "target_text", "degree")
"""Parts of a row that are printed with or in place of others."""

Rows = list[tuple[int | None, dict[str, Any]]]
"""Every row with its number in the Word file, None for a new one, and its values by part."""


class Editor:
    """Edits a Word file and the data that are expected to come back, side by side."""

    def __init__(self, name: str, seed: int) -> None:
        source = read(SAMPLES / f"{name}.json")
        self.form: FormDefinition = source.form
        self.before: Submission = source.submission
        self.chance = Random(seed)
        self.parts = parts_of(built(source))
        self.root: Element = etree.fromstring(self.parts[DOCUMENT])
        self.baseline = Baseline(self.form, self.before)
        self.tables: PrintedTables = self.baseline.tables
        self.data: dict[str, Any] = deepcopy(dict(self.before.as_data()))
        self.rows: dict[str, Rows] = {
            table: list(enumerate(deepcopy(self.data[table]))) for table in (GOALS, INDICATORS)
        }
        self.touched: set[str] = set()
        self.copied: set[tuple[str, int | None]] = set()
        self.count = 0

    def content(self) -> bytes:
        return packed({**self.parts, DOCUMENT: etree.tostring(self.root, encoding="UTF-8")})

    def expected(self) -> dict[str, Any]:
        return {**self.data, **{table: [row for _, row in rows] for table, rows in self.rows.items()}}

    def edit(self) -> None:
        """One random edit."""
        self.count += 1
        kinds = [self.text, self.text, self.score]
        for table in (GOALS, INDICATORS):
            if self.rows[table]:
                kinds += [self.row] if table in self.tables.tables else [self.entry]
        self.chance.choice(kinds)()

    def words(self) -> str:
        return f"第{self.count}处改动的内容，共{self.chance.randint(1, 99)}项。"

    def text(self) -> None:
        """Retype a text that is printed once."""
        paths = [path for path in self._printed() if path.part in ("goal", "completion", "reason", "name")]
        if paths:
            self._put(self.chance.choice(paths), self.words())

    def score(self) -> None:
        paths = [path for path in self._printed() if path.part == "score"]
        if paths:
            self._put(self.chance.choice(paths), f"0.{self.count:02d}7")

    def _printed(self) -> list[InputPath]:
        """Inputs with a text, not edited yet, in rows that are still there."""
        standing = {(t, n) for t, rows in self.rows.items() for n, _ in rows} - self.copied
        return [
            part.path
            for row in self.baseline.rows
            for cell in row
            for part in cell.parts
            if part.text
            and not part.path.is_result
            and (part.path.group != GOALS or self.baseline.submission.value(part.path) is not None)
            and part.path not in self.touched
            and (part.path.number is None or (part.path.group, part.path.number) in standing)
        ]

    def _put(self, path: InputPath, text: str) -> None:
        self.touched.add(path)
        first, *others = inner_controls(self.root, path)
        put(first, text)
        for other in others:
            remove(next(other.iterancestors(word("p"))))
        if path.number is not None:
            next(row for number, row in self.rows[path.group] if number == path.number)[path.part] = text
        elif path.group == "scores":
            self.data["scores"].setdefault(path.item, {})[path.part] = text
        else:
            self.data[path.group][path.item] = text

    # rows of tables

    def row(self) -> None:
        """Add, remove or move a row of a table."""
        tables = [table for table in self.rows if table in self.tables.tables and self.rows[table]]
        table = self.chance.choice(tables)
        known = [place for place, (number, _) in enumerate(self.rows[table]) if number is not None]
        if not known:
            return
        place = self.chance.choice(known)
        number, values = self.rows[table][place]
        tr = self._tr(table, number)
        kind = self.chance.choice(("typed", "copied", "removed", "moved"))
        if kind == "removed":
            below = self.rows[table][place + 1 :]
            # A new row with blank labels below a row that is gone could be of either group.
            if len(known) > 1 and not (below and below[0][0] is None):
                remove_row(tr)
                del self.rows[table][place]
        elif kind == "moved":
            self._move(table, place)
        elif kind == "copied":
            copied_row(tr)
            self.copied.add((table, number))
            parts = self._parts(table, number).values()
            made = {part: values[part] for part in {*parts, *HIDDEN} if part in values}
            if not made.get("score"):
                made.pop("score", None)
            self.rows[table].insert(place + 1, (None, made))
        else:
            self._type(table, place, tr)

    def _tr(self, table: str, number: int | None) -> Element:
        return row_of(self.root, f"{table}.{number}.{'goal' if table == GOALS else 'name'}")

    def _parts(self, table: str, number: int | None) -> dict[int, str]:
        """Part by the place of its cell in the row."""
        printed = next(
            row
            for row in self.baseline.rows
            if any(part.path.group == table and part.path.number == number for c in row for part in c.parts)
        )
        block = self.tables.block(max(cell.key[0] for cell in printed))
        assert block is not None
        columns = enumerate(cell.key[1] for cell in printed)
        return {place: block.parts[column] for place, column in columns if column in block.parts}

    def _type(self, table: str, place: int, tr: Element) -> None:
        number, values = self.rows[table][place]
        parts = self._parts(table, number)
        made: dict[str, Any] = {"type": values["type"]} if "type" in values else {}
        filled = {}
        for cell, part in parts.items():
            made[part] = filled[cell] = {"weight": "5", "score": "4"}.get(part, self.words())
        if table == INDICATORS:
            made |= {"target": "60", "direction": "≥", "unit": "个", "actual": "55"}
            has_unit = "unit" in parts.values()
            shown = {"target": "60" if has_unit else "≥60个", "actual": "55" if has_unit else "55个"}
            shown |= {"direction": "≥", "unit": "个"}
            filled |= {cell: shown[part] for cell, part in parts.items() if part in shown}
        typed_row(tr, filled)
        self.rows[table].insert(place + 1, (None, made))

    def _move(self, table: str, place: int) -> None:
        """Swap two neighbouring rows of one group."""
        rows = self.rows[table]
        if place + 1 == len(rows) or rows[place + 1][0] is None:
            return
        if rows[place][1].get("type") != rows[place + 1][1].get("type"):
            return
        swap_rows(self._tr(table, rows[place][0]), self._tr(table, rows[place + 1][0]))
        rows[place], rows[place + 1] = rows[place + 1], rows[place]

    # entries of lists

    def entry(self) -> None:
        """Add, remove or move an entry of a list, in every column it is printed in."""
        rows = self.rows[GOALS]
        place = self.chance.randrange(len(rows))
        kind = self.chance.choice(("typed", "removed", "moved"))
        order = list(range(len(rows)))
        if kind == "removed" and len(rows) > 1:
            del order[place]
        elif kind == "moved":
            order.insert(self.chance.randrange(len(rows)), order.pop(place))
        elif kind == "typed":
            order.insert(place + 1, -1)
        columns = {part.id: entries_of(self.root, GOALS, part.id) for part in self.form.goal_columns}
        if any(len(columns[part]) != len(rows) for part in ("goal", "completion")):
            return
        made = {part: self.words() for part in ("goal", "completion")} if kind == "typed" else {}
        position = {rows[old][0]: new for new, old in enumerate(order, start=1) if old >= 0}
        for part, entries in columns.items():
            if part in ("goal", "completion"):
                placed = [(new, entries[old]) for new, old in enumerate(order, start=1) if old >= 0]
            else:
                placed = [(position[n], e) for e in entries if (n := number_of(e)) in position]
            if part in made:
                placed.append((order.index(-1) + 1, typed_entry(entries[0], made[part])))
            cell = entries[0][0].getparent() if entries else None
            if cell is not None:
                put_entries(cell, placed)
        self.rows[GOALS] = [rows[n] if n >= 0 else (None, made) for n in order]


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("name", FORMS)
def test_random_edits_of_rows_and_texts_come_back(name: str, seed: int) -> None:
    editor = Editor(name, seed)
    for _ in range(EDITS):
        editor.edit()
    found = read_word_source(editor.content(), "审阅.docx")
    wanted = from_data(editor.expected(), editor.form)
    assert [problem for problem in wanted.reading_problems if problem.is_error] == []
    assert found.submission == wanted.submission
    assert [problem for problem in found.reading_problems if problem.severity is not Severity.NOTICE] == []
