"""Contradictions inside a definition of the right shape: sums, ids, references, rules, grids.

tree.py              weights and ids of the indicator tree, grades, types of performance indicator
inputs_and_title.py  fields, title, budget block
sheets.py            titles of the workbook's sheets
rules_and_data.py    rules and the data they ask for
printed.py           page, columns, which level is printed where, unruled lines
grids.py             areas, widths and cells of the grids
shown.py             values that cells and columns show
switches.py          parameters of the checks
"""

from __future__ import annotations

from zhengti_zip.form.consistency.inputs_and_title import (
    budget_mistakes,
    column_mistakes,
    derived_and_cap_mistakes,
    field_mistakes,
    funds_mistakes,
    title_mistakes,
)
from zhengti_zip.form.consistency.printed import layout_mistakes
from zhengti_zip.form.consistency.rules_and_data import rule_mistakes
from zhengti_zip.form.consistency.sheets import sheet_mistakes
from zhengti_zip.form.consistency.switches import switch_mistakes
from zhengti_zip.form.consistency.tree import (
    grade_mistakes,
    id_mistakes,
    outcome_mistakes,
    shape_mistakes,
    weight_mistakes,
)
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Mistake

__all__ = ["Mistake", "inconsistencies"]


def inconsistencies(form: FormDefinition) -> list[Mistake]:
    """Every contradiction in ``form``; an empty list means it can be used.

    Parameters of the checks name other parts of the form, so they are judged once those are sound.
    """
    found = [
        *shape_mistakes(form),
        *weight_mistakes(form),
        *id_mistakes(form),
        *field_mistakes(form),
        *title_mistakes(form),
        *budget_mistakes(form),
        *funds_mistakes(form),
        *derived_and_cap_mistakes(form),
        *column_mistakes(form),
        *sheet_mistakes(form),
        *grade_mistakes(form),
        *rule_mistakes(form),
        *outcome_mistakes(form),
        *layout_mistakes(form),
    ]
    return found or list(switch_mistakes(form))
