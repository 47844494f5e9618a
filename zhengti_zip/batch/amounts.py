"""The amounts of a form that a batch adds up."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the process that submits tasks does not import what works on them
    from zhengti_zip.form.definition import FormDefinition
    from zhengti_zip.submission.model import Submission


def amounts_asked(form: FormDefinition) -> dict[str, str]:
    """Labels of the amounts by key, in the order of the form: the budget block, then the table of money."""
    found = {column.id: column.label for column in form.budget.columns}
    return found | {f"funds.{line}.{column}": item.label for line, column, item in form.funds.cells()}


def amounts_entered(form: FormDefinition, submission: Submission) -> dict[str, Decimal | None]:
    """The amounts in 万元 by key; None where nothing was entered."""
    found = {column.id: submission.budget.get(column.id) for column in form.budget.columns}
    for line, column, _ in form.funds.cells():
        found[f"funds.{line}.{column}"] = submission.funds.get(line, {}).get(column)
    return found
