"""What an input asks for by its path, and a submission as raw values that can be changed."""

from __future__ import annotations

from zhengti_zip.form.base import Input
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.entry import RawEntry
from zhengti_zip.submission.inputs import single_inputs, table_parts
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import TABLES, InputPath
from zhengti_zip.submission.values import Raw
from zhengti_zip.workbook.write.filling import Filling


def item_at(form: FormDefinition, path: InputPath) -> Input:
    """The definition of an input.

    Raises:
        KeyError: the form has no such input.
    """
    if path.number is not None:
        return {part.id: part for part in table_parts(form, path.group)}[path.part]
    return {slot.path: slot.item for slot in single_inputs(form)}[path]


def raw_entry(form: FormDefinition, submission: Submission) -> RawEntry:
    """The values of a submission, to be changed and assembled again."""
    filling = Filling(form, submission)
    singles: dict[InputPath, Raw] = {slot.path: filling.single(slot.path) for slot in single_inputs(form)}
    tables: dict[str, list[dict[str, Raw]]] = {
        table: [dict(row) for row in filling.rows(table)] for table in TABLES
    }
    return RawEntry(singles, tables)
