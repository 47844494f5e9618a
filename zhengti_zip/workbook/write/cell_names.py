"""What formulas call the values they use: rules, derived values and reasons ask for them by path."""

from __future__ import annotations

from collections.abc import Callable

from zhengti_zip.form.base import Input
from zhengti_zip.form.rules import CellName, Rule, Use, path_of
from zhengti_zip.form.rules.answers import ROW
from zhengti_zip.submission.paths import DERIVED, INDICATORS, InputPath
from zhengti_zip.workbook.defined_names import name_of, read_name, result_name
from zhengti_zip.workbook.plan import WorkbookPlan

NO_CELL = '""'
"""Stands for a column that a form does not ask for."""


def names_of(plan: WorkbookPlan, row: dict[str, str] | None = None) -> CellName:
    """From a path as plain text to a name or reference: of the number read, or of the input itself.

    Args:
        row: cells of the scored row itself by column, for ``row.<column>``.
    """

    def named(written: str) -> str:
        path = InputPath(written)
        if path.group == ROW:
            return (row or {}).get(written.partition(".")[2], NO_CELL)
        if path.group == DERIVED:
            return result_name(written)
        if path.group == INDICATORS:
            is_number = path.part in plan.area(INDICATORS).read_columns
        else:
            is_number = plan.form.values[written].kind.is_number
        return read_name(path) if is_number else name_of(path)

    return named


def asks_for_all(plan: WorkbookPlan, rule: Rule) -> bool:
    """Whether the workbook asks for all data of a rule; it asks for those of the form's year only."""
    asked = {cell.path for cell in plan.cells}
    return all(InputPath.datum(item.id) in asked for item in rule.inputs())


def operands_of(plan: WorkbookPlan, rule: Rule) -> list[tuple[InputPath, Input]]:
    """The single values a rule looks at and the workbook has, with what they are called."""
    asked = {cell.path for cell in plan.cells}
    found = [(InputPath.datum(item.id), item) for item in rule.inputs()]
    used = [operand for operand in rule.operands() if isinstance(operand, Use)]
    found += [(InputPath(path_of(operand.id)), operand.source) for operand in used]
    return [(path, item) for path, item in found if path in asked or path.group == DERIVED]


def in_force(plan: WorkbookPlan, rules: tuple[Rule, ...], formula: Callable[[Rule], str]) -> str:
    """A formula by the version of the rule in force for the year entered, as the engine picks it."""
    expression = formula(rules[0])
    year = read_name(InputPath.field(plan.form.roles.year))
    for rule in rules:
        own = formula(rule)
        if rule.since is None:
            expression = own
        elif own != expression:
            expression = f"IF(IF(ISNUMBER({year}),{year},{plan.form.year})>={rule.since},{own},{expression})"
    return expression
