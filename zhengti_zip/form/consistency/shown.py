"""What cells and columns show: every value they name exists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhengti_zip.form.consistency.tree import duplicates
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.print_layout import IndicatorColumn, MoneyBlock, RowsBlock

GOAL_PARTS = ("goal", "completion", "reason")
TOTAL_PARTS = ("weight", "score")
GRADE_PARTS = ("bands",)
ROW_PARTS = ("weight", "score", "reason", "improvement", "evidence")


def reference_mistakes(value: str, path: str, form: FormDefinition) -> Iterator[Mistake]:
    """A value that the form does not have.

    Args:
        value: what a cell shows, e.g. ``fields.department``.
        path: its key path.
        form: the form.
    """
    group, _, name = value.partition(".")
    known: dict[str, Sequence[str]] = {
        "fields": tuple(form.field_by_id),
        "budget": tuple(column.id for column in form.budget.columns),
        "data": tuple(form.data_by_id),
        "goals": GOAL_PARTS,
        "total": TOTAL_PARTS,
        "grade": GRADE_PARTS,
        "scores": tuple(f"{row}.{part}" for row in form.row_by_id for part in ROW_PARTS),
    }
    if name not in known.get(group, ()):
        listed = "、".join(f"{group}.{key}" for key in known.get(group, ()))
        yield Mistake(path, f"没有 {value} 这个值", f"改为其中之一：{listed}")


def column_mistakes(form: FormDefinition, columns: Sequence[IndicatorColumn], path: str) -> Iterator[Mistake]:
    """Columns of an indicator table that show the same, or what no row has."""
    yield from duplicates([(column.show, f"{path}.{i}.show") for i, column in enumerate(columns)], "栏目")
    known = row_parts(form)
    for i, column in enumerate(columns):
        if column.scope == "row" and column.part not in known:
            listed = "、".join(f"row.{part}" for part in known)
            yield Mistake(f"{path}.{i}.show", f"没有 {column.show} 这一栏", f"改为其中之一：{listed}")


def row_parts(form: FormDefinition) -> tuple[str, ...]:
    """What a column of the indicator table can show of a row."""
    return ROW_PARTS


def row_column_mistakes(form: FormDefinition, block: RowsBlock, path: str) -> Iterator[Mistake]:
    """Columns of a table of entered rows that show what its rows do not have."""
    yield from ()


def money_mistakes(form: FormDefinition, block: MoneyBlock, path: str) -> Iterator[Mistake]:
    """Columns of the money table that show what the form does not have."""
    yield from ()
