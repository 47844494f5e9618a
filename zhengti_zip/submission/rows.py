"""The scored rows of one submission: the form's own and those the department entered, as one tree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.sections import OwnRows
from zhengti_zip.form.tree import Indicator, LevelPath, RowContext, ScoredRow, fixed_rows, level_paths
from zhengti_zip.submission.inputs import row_name
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import INDICATORS, InputPath


def rows_of(form: FormDefinition, submission: Submission) -> tuple[RowContext, ...]:
    """Every scored row in printed order.

    Entered rows stand under the level of their type, in the order in which they were entered. A row
    whose type is missing or unknown belongs nowhere and is left out; the check of its type tells so.
    """
    if form.own is None:
        return form.rows
    entered = _by_leaf(form, submission)
    return tuple(
        context
        for path in level_paths(form.indicators)
        for context in (*fixed_rows(path), *_entered_rows(form.own, path, entered))
    )


def row_title(context: RowContext) -> str:
    """The name of a scored row; of an entered row without a name, where it stands."""
    if context.number is not None and not context.name:
        return row_name(INDICATORS, context.number)
    return context.name


def _by_leaf(
    form: FormDefinition, submission: Submission
) -> dict[str, list[tuple[int, PerformanceIndicator]]]:
    """The entered rows with their numbers, by the id of the level they stand under."""
    leaves = {name: path[-1].id for name, path in form.leaf_groups.items()}
    only = "" if form.asks_type else next(iter(leaves), "")
    found: dict[str, list[tuple[int, PerformanceIndicator]]] = {}
    for number, row in enumerate(submission.indicators):
        leaf = leaves.get(only or row.type)
        if leaf is not None:
            found.setdefault(leaf, []).append((number, row))
    return found


def _entered_rows(
    own: OwnRows, path: LevelPath, entered: dict[str, list[tuple[int, PerformanceIndicator]]]
) -> Iterator[RowContext]:
    for number, row in entered.get(path[-1].id, ()) if path[-1].entered else ():
        key = InputPath.row(INDICATORS, number)
        # What was entered keeps no rule of a definition: a name may be empty, points may be anything.
        scored = ScoredRow.model_construct(
            id=key, aspect="", weight=row.weight if row.weight is not None else Decimal(0), rules=own.rules
        )
        indicator = Indicator.model_construct(
            id=key, name=row.name, explanation="", standard="", rows=(scored,)
        )
        yield RowContext(path, indicator, scored, number)
