"""What a well-shaped definition can still get wrong: sums, ids, references, rules, grids.

tree.py       weights and ids of the indicator tree, grades, types of performance indicator
entered.py    fields, title, budget block
scoring.py    rules and the data they ask for
switches.py   parameters of the checks
printed.py    page, columns and the cells of the grids
"""

from __future__ import annotations

from zhengti_zip.form.base import Fault
from zhengti_zip.form.consistency.entered import budget_faults, field_faults, title_faults
from zhengti_zip.form.consistency.printed import layout_faults
from zhengti_zip.form.consistency.scoring import rule_faults
from zhengti_zip.form.consistency.switches import check_faults
from zhengti_zip.form.consistency.tree import grade_faults, id_faults, outcome_faults, weight_faults
from zhengti_zip.form.definition import FormDefinition

__all__ = ["Fault", "inconsistencies"]


def inconsistencies(form: FormDefinition) -> list[Fault]:
    """Every contradiction in ``form``; an empty list means it can be used.

    Parameters of the checks name other parts of the form, so they are judged once those are sound.
    """
    found = [
        *weight_faults(form),
        *id_faults(form),
        *field_faults(form),
        *title_faults(form),
        *budget_faults(form),
        *grade_faults(form),
        *rule_faults(form),
        *outcome_faults(form),
        *layout_faults(form),
    ]
    return found or list(check_faults(form))
