"""Give the entries of numbered lists the controls back that a program dropped, by their numbers and words.

LibreOffice 7.4 saves the controls of texts without tag and title. Then only the numbers tell which entries of
the columns of a table belong together, and only the words tell which printed row they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from zhengti_zip.base.matching import likeness
from zhengti_zip.review.baseline import PrintedCell
from zhengti_zip.review.cell_values import PathOf, own_text
from zhengti_zip.review.list_entries import ListEntry
from zhengti_zip.review.normalize import without_space
from zhengti_zip.review.number_marks import number_mark
from zhengti_zip.review.reviewed_text import (
    ReviewedCell,
    ReviewedControl,
    ReviewedRun,
    lines_of,
)
from zhengti_zip.submission.paths import NO_PATH, InputPath
from zhengti_zip.word.controls import tag_of

ALIKE = 0.4
"""Two rows more alike than this, of 1 for each column, are one row that was edited."""

MAX_COMPARED = 400
"""Bound of work: pairs of rows compared by their words; beyond it only equal texts and numbers match."""

ListColumn = list[tuple[PrintedCell, ReviewedCell]]
"""The cells of one column on all pages, as printed and as they are now."""

Key = tuple[int, int]
"""The number in front of an entry, and how many entries above have the same."""


def restore_controls(
    table: str,
    columns: Mapping[str, ListColumn],
    texts: Mapping[int, Mapping[str, str]],
    path_of: PathOf,
) -> None:
    """Put the entries of the lists of one table into controls, where none of them has one any more.

    Args:
        table: the table.
        columns: by part, the cells of its column.
        texts: by number of the row, the printed texts by part.
        path_of: gives the input of a run.
    """
    cells = [cell for column in columns.values() for cell in column]
    if not _is_changed(cells) or _has_controls(cells, path_of):
        return
    printed = {number: {part: without_space(t) for part, t in row.items()} for number, row in texts.items()}
    lines = {
        without_space(line) for row in texts.values() for text in row.values() for line in text.split("\n")
    }
    firsts = {without_space(text.partition("\n")[0]) for row in texts.values() for text in row.values()}
    known = _Known(frozenset(firsts), frozenset(lines - firsts), frozenset(number + 1 for number in texts))
    entries = {part: dict(_entries(column, known)) for part, column in columns.items()}
    rows: defaultdict[Key, dict[str, str]] = defaultdict(dict)
    for part, found in entries.items():
        for key, entry in found.items():
            rows[key][part] = without_space(entry.text)
    matched = _matched(rows, printed)
    for part, found in entries.items():
        for key, entry in found.items():
            number = matched.get(key)
            if number is not None and part in printed[number]:
                _put_in_control(entry, InputPath.cell(table, number, part))


def _is_changed(cells: Sequence[tuple[PrintedCell, ReviewedCell]]) -> bool:
    return any(without_space(printed.text) != without_space(now.text) for printed, now in cells)


def _has_controls(cells: Sequence[tuple[PrintedCell, ReviewedCell]], path_of: PathOf) -> bool:
    paths = {part.path for printed, _ in cells for part in printed.parts}
    return any(path_of(run) in paths for _, now in cells for run in now.runs)


@dataclass(frozen=True)
class _Known:
    """What was printed: the first lines of entries and the others, both without white space, and the numbers."""

    firsts: frozenset[str]
    inner: frozenset[str]
    numbers: frozenset[int]


def _entries(column: ListColumn, known: _Known) -> Iterator[tuple[Key, ListEntry]]:
    """Divide a column into its entries; the first line of each begins with its number."""
    last: ListEntry | None = None
    seen: defaultdict[int, int] = defaultdict(int)
    for _, now in column:
        now.paragraphs = [line for paragraph in now.paragraphs for line in lines_of(paragraph)]
        for line in now.paragraphs:
            number = _number(line.text, last.shown or 0 if last else 0, known)
            if number is not None:
                last = ListEntry(NO_PATH, number, [line])
                yield (number, seen[number]), last
                seen[number] += 1
            elif last is not None:
                last.paragraphs.append(line)


def _number(text: str, last: int, known: _Known) -> int | None:
    """The number of the entry that a line begins; None where it goes on with the entry above."""
    mark = number_mark(text, max(known.numbers, default=0))
    if mark is None or without_space(text) in known.inner:
        return None
    number, rest = int(mark.group(1)), text[mark.end() :]
    if number and without_space(rest) in known.firsts:
        return number
    if not rest.strip() or number <= last:
        return None
    # A digit may be that of a decimal fraction, unless the number is the next one of those printed.
    is_next = number == last + 1 and number in known.numbers
    return number if is_next or not rest[0].isdigit() else None


def _matched(
    rows: Mapping[Key, Mapping[str, str]], printed: Mapping[int, Mapping[str, str]]
) -> dict[Key, int]:
    """The printed row of every row: by their words, else by the number in front of it."""
    is_compared = len(rows) * len(printed) <= MAX_COMPARED
    pairs = sorted(
        (-score, key[0] != number + 1, key, number)
        for key, row in rows.items()
        for number, known in printed.items()
        if (score := _likeness(row, known, is_compared)) > ALIKE
    )
    found: dict[Key, int] = {}
    free = set(printed)
    for _, _, key, number in [*pairs, *((0, 0, key, key[0] - 1) for key in rows)]:
        if key not in found and number in free:
            found[key] = number
            free.remove(number)
    return found


def _likeness(row: Mapping[str, str], printed: Mapping[str, str], is_compared: bool) -> float:
    """How alike two rows are, up to 1 for each column that both have."""
    score = 0.0
    for part, text in row.items():
        known = printed.get(part, "")
        if text == known:
            score += bool(text)
        elif is_compared and text and known:
            score += likeness(text, known)
    return score


def _put_in_control(entry: ListEntry, path: InputPath) -> None:
    """Put the lines of an entry into the control of an input, the number in front excepted."""
    control = ReviewedControl(0, tag_of(path), "")
    mark = number_mark(entry.paragraphs[0].text, entry.shown or 0)
    left = mark.end() if mark else 0
    for line in entry.paragraphs:
        runs: list[ReviewedRun] = []
        for run in line.runs:
            cut = min(left, len(own_text(run)))
            left -= cut
            if cut:
                runs.append(replace(run, text=run.text[:cut]))
            if not cut or cut < len(run.text):
                runs.append(replace(run, text=run.text[cut:], controls=(*run.controls, control)))
        line.runs = runs
