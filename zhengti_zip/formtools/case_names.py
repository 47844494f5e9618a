"""The names by which cases call inputs and rows: labels and ids."""

from __future__ import annotations

from collections.abc import Iterable

from zhengti_zip.form.base import Input
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.tree import RowContext
from zhengti_zip.submission.inputs import single_inputs
from zhengti_zip.submission.paths import DATA, SCORES, InputPath


def input_names(form: FormDefinition) -> dict[str, tuple[InputPath, ...]]:
    """Input paths by label, by id and by the path itself; several where a name is ambiguous."""
    names: dict[str, list[InputPath]] = {}
    for slot in single_inputs(form):
        if slot.path.group == SCORES:
            continue
        words: set[str] = {slot.item.label, slot.path.item, slot.path}
        if slot.path.group == DATA:
            words |= {item.label for item in _versions(form, slot.path.item)}
        for word in words:
            names.setdefault(word, []).append(slot.path)
    return {word: tuple(paths) for word, paths in names.items()}


def _versions(form: FormDefinition, data_id: str) -> list[Input]:
    """A datum as every dated version of a rule words it."""
    rules = [rule for context in form.rows for rule in context.row.rules]
    return [item for rule in rules for item in rule.inputs() if item.id == data_id]


def row_names(rows: Iterable[RowContext]) -> dict[str, tuple[str, ...]]:
    """Row ids by name and by id."""
    names: dict[str, list[str]] = {}
    for context in rows:
        for word in {context.name, context.row.id}:
            names.setdefault(word, []).append(context.row.id)
    return {word: tuple(ids) for word, ids in names.items()}
