"""What stands at an input path of a submission, and a submission as raw values to be changed."""

from __future__ import annotations

from zhengti_zip.entry import RawEntry
from zhengti_zip.form.base import Input
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.inputs import TABLES, single_inputs, table_parts
from zhengti_zip.submission import Submission
from zhengti_zip.values import Raw, Value
from zhengti_zip.workbook.filling import Filling


def value_at(form: FormDefinition, submission: Submission, path: str) -> Value | None:
    """The entered value; None when nothing was entered."""
    filling = Filling(form, submission)
    table, _, rest = path.partition(".")
    if table not in TABLES:
        return filling.single(path)
    number, _, part = rest.partition(".")
    rows = filling.rows(table)
    return rows[int(number)].get(part) if int(number) < len(rows) else None


def item_at(form: FormDefinition, path: str) -> Input:
    """What an input asks for.

    Raises:
        KeyError: the form has no such input.
    """
    table, _, rest = path.partition(".")
    if table in TABLES:
        return {part.id: part for part in table_parts(form, table)}[rest.partition(".")[2]]
    return {slot.path: slot.item for slot in single_inputs(form)}[path]


def raw_entry(form: FormDefinition, submission: Submission) -> RawEntry:
    """The values of a submission, ready to be changed and assembled again."""
    filling = Filling(form, submission)
    singles: dict[str, Raw] = {slot.path: filling.single(slot.path) for slot in single_inputs(form)}
    tables: dict[str, list[dict[str, Raw]]] = {
        table: [dict(row) for row in filling.rows(table)] for table in TABLES
    }
    return RawEntry(singles, tables)


def put_in(raw: RawEntry, path: str, value: Raw) -> None:
    """Replace one raw value; rows of a table that are missing before it are made, empty."""
    table, _, rest = path.partition(".")
    if table not in TABLES:
        raw.singles[path] = value
        return
    number, _, part = rest.partition(".")
    rows = raw.tables.setdefault(table, [])
    while len(rows) <= int(number):
        rows.append({})
    rows[int(number)][part] = value
