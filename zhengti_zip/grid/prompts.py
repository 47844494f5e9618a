"""Labels and choices of the inputs of a form, which the Word file shows with its content controls."""

from __future__ import annotations

from collections.abc import Collection

from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.table import Prompt
from zhengti_zip.submission.inputs import goal_parts, row_label, single_inputs, table_parts
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import (
    BUDGET,
    FIELDS,
    FUNDS,
    GOALS,
    SCORES,
    TABLES,
    InputPath,
)

GRADE_LABEL = "评价等级"

_PRINTED = (FIELDS, BUDGET, FUNDS, SCORES)


def prompts_of(
    form: FormDefinition, submission: Submission, printed: Collection[InputPath] = ()
) -> dict[InputPath, Prompt]:
    """A prompt for every input that may be printed and every computed value, by path.

    Args:
        form: the form.
        submission: what was entered.
        printed: paths of what is printed; of some groups only these have a prompt.
    """
    prompts = {
        slot.path: _prompt(slot.label, slot.item)
        for slot in single_inputs(form)
        if slot.path.group in _PRINTED or slot.path in printed
    }
    for number in range(max(len(submission.goals), 1)):
        for part in goal_parts(form):
            prompts[InputPath.cell(GOALS, number, part.id)] = _prompt(row_label(GOALS, number, part), part)
    inputs = {(table, part.id): part for table in TABLES for part in table_parts(form, table)}
    for path in sorted(printed):
        asked = inputs.get((path.group, path.part))
        if asked is not None and path.number is not None:
            prompts.setdefault(path, _prompt(row_label(path.group, path.number, asked), asked))
    for item in form.derived:
        prompts[InputPath.derived(item.id)] = Prompt(item.label, is_computed=True)
    prompts[InputPath.total("weight")] = Prompt("总分值", is_computed=True)
    prompts[InputPath.total("score")] = Prompt("总分", is_computed=True)
    if form.grade.bands:
        prompts[InputPath.grade("bands")] = Prompt(GRADE_LABEL, is_computed=True)
    for band in form.grade.bands:
        prompts[InputPath.grade(band.name)] = Prompt(f"{GRADE_LABEL} {band.name}", is_computed=True)
    return prompts


def _prompt(label: str, item: Input) -> Prompt:
    return Prompt(label, item.options, item.kind in (ValueKind.TEXT, ValueKind.DATE))
