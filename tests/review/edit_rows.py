"""Edits of rows: of tables with a line for each row, and of numbered lists in one cell."""

from __future__ import annotations

from typing import Any

from tests.review.auto_numbers import add_numbering, numbered_by_word
from tests.review.judged_file import Edit, JudgedFile, Row
from tests.review.row_edits import (
    copied_row,
    entries_of,
    number_of,
    put_entries,
    remove_row,
    row_of,
    swap_rows,
    track_row,
    typed_entry,
    typed_row,
)
from tests.review.wordlike import Element, inner_controls, put
from zhengti_zip.submission.paths import GOALS, INDICATORS, InputPath

HIDDEN = ("type", "direction", "unit", "target_text", "degree")
"""Parts of a row that are printed with or in place of others."""

BOTH = ("goal", "completion")
"""The columns of the goals in which every row has an entry."""


def _row(file: JudgedFile) -> tuple[str, int, Element] | None:
    """A printed row of a table: the table, its place among the rows, and the row of the file."""
    found = [
        (table, place)
        for table, rows in file.rows.items()
        if table in file.tables.tables
        for place, (number, _) in enumerate(rows)
        if number is not None
    ]
    if not found:
        return None
    table, place = file.chance.choice(found)
    return table, place, _standing(file, table, file.rows[table][place][0])


def _standing(file: JudgedFile, table: str, number: int | None) -> Element:
    return row_of(file.root, f"{table}.{number}.{'goal' if table == GOALS else 'name'}")


def removed_row(file: JudgedFile) -> Edit | None:
    """Delete a row of a table."""
    found = _row(file)
    if found is None:
        return None
    table, place, element = found
    rows = file.rows[table]
    # A new row with blank labels below a row that is gone could be of either group.
    is_alone = sum(number is not None for number, _ in rows) == 1
    if is_alone or (place + 1 < len(rows) and rows[place + 1][0] is None):
        return None
    is_tracked = file.chance.random() < 0.4
    if is_tracked:
        track_row(element, "del", file.author())
    else:
        remove_row(element, keeps_label=file.chance.random() < 0.5)
    left = [*rows[:place], *rows[place + 1 :]]
    author = file.author() if is_tracked else ""
    return Edit(f"removed row {rows[place][0]} of {table}", rows={table: left}, author=author)


def moved_row(file: JudgedFile) -> Edit | None:
    """Swap two neighbouring rows of one group."""
    found = _row(file)
    if found is None:
        return None
    table, place, element = found
    rows = list(file.rows[table])
    if place + 1 == len(rows) or rows[place + 1][0] is None:
        return None
    if rows[place][1].get("type") != rows[place + 1][1].get("type"):
        return None
    swap_rows(element, _standing(file, table, rows[place + 1][0]))
    rows[place], rows[place + 1] = rows[place + 1], rows[place]
    return Edit(f"moved row {rows[place + 1][0]} of {table} down", rows={table: rows})


def copied(file: JudgedFile) -> Edit | None:
    """Copy a row with its controls and paste it below."""
    found = _row(file)
    if found is None:
        return None
    table, place, element = found
    number, values = file.rows[table][place]
    if file.is_marked(table, number):
        return None
    copied_row(element)
    file.copied.add((table, number))
    shown = {*_columns(file, table, number).values(), *HIDDEN}
    made = {part: values[part] for part in shown if part in values}
    return Edit(f"copied row {number} of {table}", rows={table: _with(file.rows[table], place, made)})


def typed_in(file: JudgedFile) -> Edit | None:
    """Insert a row below another and type into it."""
    found = _row(file)
    if found is None:
        return None
    table, place, element = found
    number, values = file.rows[table][place]
    parts = _columns(file, table, number)
    made: dict[str, Any] = {"type": values["type"]} if "type" in values else {}
    filled = {}
    for cell, part in parts.items():
        made[part] = filled[cell] = {"weight": "5", "score": "4"}.get(part, file.words())
    if table == INDICATORS:
        made |= {"target": "60", "direction": "≥", "unit": "个", "actual": "55"}
        has_unit = "unit" in parts.values()
        shown = {"target": "60" if has_unit else "≥60个", "actual": "55" if has_unit else "55个"}
        shown |= {"direction": "≥", "unit": "个"}
        filled |= {cell: shown[part] for cell, part in parts.items() if part in shown}
    new = typed_row(element, filled)
    is_tracked = file.chance.random() < 0.4
    if is_tracked:
        track_row(new, "ins", file.author())
    rows = {table: _with(file.rows[table], place, made)}
    return Edit(
        f"typed a row below {number} of {table}", rows=rows, author=file.author() if is_tracked else ""
    )


def _with(rows: list[Row], place: int, made: dict[str, Any]) -> list[Row]:
    return [*rows[: place + 1], (None, made), *rows[place + 1 :]]


def _columns(file: JudgedFile, table: str, number: int | None) -> dict[int, str]:
    """The part by the place of its cell in a printed row."""
    printed = next(
        row
        for row in file.baseline.rows
        if any(part.path.group == table and part.path.number == number for c in row for part in c.parts)
    )
    block = file.tables.block(max(cell.key[0] for cell in printed))
    assert block is not None
    return {place: block.parts[c.key[1]] for place, c in enumerate(printed) if c.key[1] in block.parts}


def list_edit(file: JudgedFile) -> Edit | None:
    """Add, copy, remove or move an entry of the list of goals, in every column, and renumber the others."""
    rows = file.rows[GOALS]
    if not rows or GOALS in file.tables.tables:
        return None
    columns = {part.id: entries_of(file.root, GOALS, part.id) for part in file.form.goal_columns}
    if any(len(columns[part]) != len(rows) for part in BOTH):
        return None
    place = file.chance.randrange(len(rows))
    kind = file.chance.choice(("typed", "copied", "removed", "moved"))
    order = list(range(len(rows)))
    if kind == "removed" and len(rows) > 1:
        del order[place]
    elif kind == "moved":
        order.insert(file.chance.randrange(len(rows)), order.pop(place))
    elif kind in ("typed", "copied"):
        order.insert(place + 1, -1)
    position = {rows[old][0]: new for new, old in enumerate(order, start=1) if old >= 0}
    made: dict[str, Any] = {part: file.words() + part for part in BOTH} if -1 in order else {}
    for part, entries in columns.items():
        if part in BOTH:
            placed = [(new, entries[old]) for new, old in enumerate(order, start=1) if old >= 0]
        else:
            placed = [(position[n], e) for e in entries if (n := number_of(e)) in position]
        if part in made:
            new = typed_entry(entries[place], made[part], has_control=kind == "copied")
            placed.append((order.index(-1) + 1, new))
        cell = entries[0][0].getparent() if entries else None
        if cell is not None:
            put_entries(cell, placed)
    changed = [rows[n] if n >= 0 else (None, made) for n in order]
    return Edit(f"{kind} entry {place + 1} of {GOALS}", rows={GOALS: changed})


def auto_numbered(file: JudgedFile) -> Edit | None:
    """Have Word number a list: by its paragraphs, or by their style."""
    if GOALS in file.tables.tables or not file.rows[GOALS]:
        return None
    part = file.chance.choice(BOTH)
    entries = entries_of(file.root, GOALS, part)
    if len(entries) != len(file.rows[GOALS]):
        return None
    by_style = file.chance.random() < 0.5
    number = add_numbering(file.parts, by_style)
    for entry in entries:
        numbered_by_word(entry[0], number, by_style)
    return Edit(f"numbered {GOALS} {part} automatically{' by style' * by_style}")


def copy_typed_into(file: JudgedFile) -> Edit | None:
    """Copy a row and type a name into the copy."""
    made = copied(file)
    if made is None:
        return None
    (table, rows), *_ = made.rows.items()
    place = next(n for n, row in enumerate(rows) if row[0] is None and row not in file.rows[table])
    part = "goal" if table == GOALS else "name"
    number = rows[place - 1][0]
    new = _standing(file, table, number).getnext()
    assert new is not None
    text = file.words()
    put(inner_controls(new, InputPath(f"{table}.{number}.{part}"))[0], text)
    rows[place] = (None, {**rows[place][1], part: text})
    return Edit(f"{made.what} and renamed the copy", rows={table: rows})
