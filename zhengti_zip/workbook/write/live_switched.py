"""The checks that a form switches (``checks:`` in form.yaml) in the live sheet.

A check that can be written as a formula is one, as severe as the form has it. Of any other the sheet cannot
know the outcome: where the form makes it an error, the sheet refers to the program instead of saying 完整.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zhengti_zip.base.numbers import PERCENT, plain
from zhengti_zip.form.base import ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.rules.completion import AT_LEAST, Completion
from zhengti_zip.form.tree import RowContext
from zhengti_zip.submission.paths import BUDGET, EVIDENCE, FUNDS, GOALS, INDICATORS, UNITS, InputPath
from zhengti_zip.workbook import excel
from zhengti_zip.workbook.defined_names import read_name, result_name
from zhengti_zip.workbook.excel import Finding
from zhengti_zip.workbook.plan import InputCell, WorkbookPlan

BY_PROGRAM = "以程序检查为准"
"""Stands where the program may find an error that no formula of the sheet finds."""

_ONLY_BY_PROGRAM = {
    GOALS: ("number_in_goal", "same_goal_twice", "goal_without_reason"),
    INDICATORS: ("same_indicator_twice", "indicator_in_two_groups", "payment_as_output"),
    UNITS: ("same_unit_twice", "maybe_yuan"),
    EVIDENCE: ("evidence_unmatched",),
}
"""The checks of each table that no formula makes."""


@dataclass(slots=True)
class Found:
    """Findings of one 检查 cell, by their severity."""

    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def add(self, form: FormDefinition, code: str, condition: str, words: str) -> None:
        """A check written as a formula; a notice or a check that is off is not shown."""
        severity = form.checks.severity(code)
        if severity == "error":
            self.errors.append((condition, words))
        elif severity == "warning":
            self.warnings.append((condition, words))

    def leave(self, form: FormDefinition, codes: Iterable[str], condition: str = "TRUE") -> None:
        """Checks left to the program; shown where one of them is an error.

        Args:
            condition: when one of them may find something.
        """
        if any(form.checks.severity(code) == "error" for code in codes):
            self.warnings.append((condition, BY_PROGRAM))


def of_field(plan: WorkbookPlan, planned: InputCell) -> Found:
    """What is found at a basic field."""
    form, found = plan.form, Found()
    check, count = form.checks.scope_with_units, form.roles.unit_count
    if check.field == planned.item.id and check.is_on and check.single and count:
        units = read_name(InputPath.field(count))
        apart = f"{planned.coordinate}={excel.literal(check.single)},ISNUMBER({units}),N({units})>1"
        found.add(form, "scope_with_units", f"AND({apart})", "与单位数不符")
    if planned.item.id == form.roles.department:
        found.leave(form, ["scope_in_name"])
    return found


def of_amount(plan: WorkbookPlan, planned: InputCell) -> Found:
    """What is found at an amount of the budget or of 评分数据."""
    form, found, reference = plan.form, Found(), str(planned.path)
    if planned.path.group in (BUDGET, FUNDS) or planned.item.kind is ValueKind.AMOUNT:
        found.leave(form, ["maybe_yuan"], f"ISNUMBER({planned.read})")
    for code, limit in (
        ("spent_over_budget", form.checks.spent_over_budget),
        ("in_use_over_owned", form.checks.in_use_over_owned),
    ):
        if limit.amount == reference and limit.limit and _all_asked(plan, [limit.limit]):
            condition = f"{_known([limit.amount, limit.limit])},{_sum([limit.amount], [limit.limit])}>0"
            found.add(form, code, f"AND({condition})", f"大于{_label(plan, limit.limit)}")
    for code, balance in (
        ("carry_over_differs", form.checks.carry_over_differs),
        ("annual_budget_differs", form.checks.annual_budget_differs),
    ):
        others = [*balance.total, *balance.less]
        if balance.amount == reference and others and _all_asked(plan, others):
            apart = _sum([balance.amount, *balance.less], balance.total)
            condition = (
                f"{_known([balance.amount, *others])},{_sum(balance.total, balance.less)}>=0,{apart}<>0"
            )
            words = "＋".join(_label(plan, part) for part in balance.total)
            words += "".join(f"－{_label(plan, part)}" for part in balance.less)
            found.add(form, code, f"AND({condition})", f"与{words}不同")
    return found


def _all_asked(plan: WorkbookPlan, references: Iterable[str]) -> bool:
    asked = {str(cell.path) for cell in plan.cells}
    return all(reference in asked for reference in references)


def _known(references: Iterable[str]) -> str:
    return ",".join(f"ISNUMBER({read_name(InputPath(reference))})" for reference in references)


def _sum(added: Sequence[str], taken: Sequence[str]) -> str:
    """Some amounts less others, without the traces of binary numbers."""
    terms = "+".join(f"N({read_name(InputPath(reference))})" for reference in added)
    return f"ROUND({terms}{''.join(f'-N({read_name(InputPath(reference))})' for reference in taken)},6)"


def _label(plan: WorkbookPlan, reference: str) -> str:
    return next(cell.item.label for cell in plan.cells if str(cell.path) == reference)


def of_score(plan: WorkbookPlan, context: RowContext, cell: dict[str, str]) -> Found:
    """What is found at a scored row.

    Args:
        cell: its inputs by their part, and its ``counting`` score.
    """
    form, found, rule = plan.form, Found(), context.row.rule_for(plan.form.year)
    texts = [excel.filled(cell[part]) for part in ("reason", "improvement") if part in cell]
    if texts:
        found.leave(form, ["says_nothing"], f"OR({','.join(texts)})")
    if not isinstance(rule, Completion):
        return found
    if "evidence" in cell:
        found.leave(form, ["satisfaction_without_evidence"], excel.blank(cell["evidence"]))
    check = form.checks.full_outputs_low_execution
    if check.row in form.row_by_id and set(rule.groups) & set(check.outputs):
        spending, weight = (
            result_name(f"counting.{check.row}"),
            form.row_by_id[check.row].row.weight,
        )
        full = f"ISNUMBER({cell['counting']}),N({cell['counting']})>={plain(context.row.weight)}"
        low = f"ISNUMBER({spending}),N({spending})<{plain(weight * check.below / PERCENT)}"
        found.add(form, "full_outputs_low_execution", f"AND({full},{low})", "满分，而支出率低")
    return found


def of_table_row(form: FormDefinition, table: str, cells: dict[str, str]) -> Found:
    """What is found at a row of a growing table; ``cells`` are its inputs by their part."""
    found = Found()
    types = form.checks.cost_at_least.types
    if table == INDICATORS and types and {"type", "direction"} <= cells.keys():
        condition = f'AND({excel.one_of(cells["type"], types)},{cells["direction"]}="{AT_LEAST}")'
        found.add(form, "cost_at_least", condition, f"成本指标的目标方向为{AT_LEAST}")
    found.leave(form, _ONLY_BY_PROGRAM[table])
    return found


def all_full_marks(plan: WorkbookPlan, ranges: dict[str, str]) -> str:
    """An expression that is 1 when all scores are full and most of them stand for nothing but themselves.

    Args:
        ranges: the cells of all scored rows by part: weight, read, evidence, counting and computed.
    """
    rows, counting = len(plan.form.rows), ranges["counting"]
    full = f"SUMPRODUCT(ISNUMBER({counting})*({counting}>={ranges['weight']}))={rows}"
    bare = (
        f"ISNUMBER({ranges['read']})*NOT(ISNUMBER({ranges['computed']}))*(LEN(TRIM({ranges['evidence']}))=0)"
    )
    return f"N(AND({full},2*SUMPRODUCT({bare})>{rows}))"
