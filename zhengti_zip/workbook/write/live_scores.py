"""The live results of 指标自评: generated from the same rule objects as the engine's scores."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from openpyxl.utils import get_column_letter

from zhengti_zip.base.coordinates import cell_name
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.rules import Rule
from zhengti_zip.form.rules.ratio import RatioRule
from zhengti_zip.form.tree import RowContext
from zhengti_zip.submission.paths import DERIVED, InputPath
from zhengti_zip.workbook import excel
from zhengti_zip.workbook.defined_names import name_of, result_name
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.write import live_switched
from zhengti_zip.workbook.write.cell_names import asks_for_all, in_force, names_of, operands_of
from zhengti_zip.workbook.write.live_reasons import reason_due

NO_SCORE, NO_REASON, NO_IMPROVEMENT = "缺自评分或数据", "缺原因", "缺措施"
NO_EVIDENCE = "缺佐证材料"
ABOVE_WEIGHT, BELOW_ZERO, DIFFERS = "超过分值", "低于0分", "与计算不同"
DATA_INCOMPLETE, ROUNDED = "数据不全", "超过两位小数"


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The formulas of one scored row."""

    computed: str
    counting: str
    working: str
    status: str


def score_row(plan: WorkbookPlan, context: RowContext) -> ScoreRow:
    """The formulas beside the inputs of one scored row."""
    row, columns = plan.score_rows[context.row.id], plan.scores
    cell = {part: cell_name(row, column) for part, column in columns.inputs.items()}
    counting, computed = cell_name(row, columns.counting), cell_name(row, columns.computed)
    weight = plain(context.row.weight)
    read = cell_name(row, columns.read)
    typed = f'IF(ISNUMBER({read}),IF(AND({read}>=0,{read}<={weight}),ROUND({read},2),""),"")'
    rule = context.row.rule_for(plan.form.year)
    return ScoreRow(
        computed=f'=IFERROR({in_force(plan, context.row.rules, partial(_formula, plan, context))},"")',
        counting=f'=IFERROR(IF({excel.blank(cell["score"])},{computed},{typed}),"")',
        working=_working(plan, context, rule, computed),
        status=_status(plan, context, cell | {"read": read, "counting": counting, "computed": computed}),
    )


def _formula(plan: WorkbookPlan, context: RowContext, rule: Rule) -> str:
    """A rule's formula; "" where the workbook does not ask for all its data."""
    return rule.formula(context.row.weight, names_of(plan)) if asks_for_all(plan, rule) else '""'


def _cell(path: InputPath) -> str:
    """The input itself, or the cell of a derived value."""
    return result_name(path) if path.group == DERIVED else name_of(path)


def _started(plan: WorkbookPlan, rule: Rule) -> str:
    """Whether any value the rule looks at is entered; "" when it looks at none."""
    found = operands_of(plan, rule)
    return "OR(" + ",".join(excel.filled(_cell(path)) for path, _ in found) + ")" if found else ""


def _working(plan: WorkbookPlan, context: RowContext, rule: Rule, computed: str) -> str:
    """The data put in and the score they give, in words."""
    score = f'IF(ISNUMBER({computed}),"，得 "&{computed}&" 分","")'
    data, started = operands_of(plan, rule), _started(plan, rule)
    if not data:
        words = excel.literal(rule.describe(context.row.weight))
        return f'=IF(ISNUMBER({computed}),{words}&{score},"")' if rule.uses() else f"={words}"
    listed = '&"；"&'.join(_datum(plan, path, item) for path, item in data)
    return f'=IFERROR(IF({started},{listed}&{score},""),"")'


def _datum(plan: WorkbookPlan, path: InputPath, item: Input) -> str:
    label, unit = excel.literal(f"{item.label} "), excel.literal(f" {item.measure}" if item.measure else "")
    name = _cell(path)
    if item.kind.is_number:
        read = names_of(plan)(path)
        number = excel.shown_number(read, money=item.kind is ValueKind.AMOUNT)
        value = f'IF(ISNUMBER({read}),{number}&{unit},{name}&"（{excel.NUMBER_WANTED}）")'
    else:
        value = name
    return f'{label}&IF({excel.blank(name)},"未填",{value})'


def _status(plan: WorkbookPlan, context: RowContext, cell: dict[str, str]) -> str:
    """The 检查 of a scored row; ``cell`` holds its inputs, and its results by their names."""
    rule, weight = context.row.rule_for(plan.form.year), plain(context.row.weight)
    read, counting, computed = (cell[key] for key in ("read", "counting", "computed"))
    started = _started(plan, rule) or "FALSE"
    lost = f"AND(ISNUMBER({counting}),N({counting})<{weight},{{}})"
    no_computed = f"NOT(ISNUMBER({computed}))"
    score = cell["score"]
    errors = [
        (f"AND({excel.blank(score)},{no_computed},NOT({started}))", NO_SCORE),
        (f"AND({excel.blank(score)},{no_computed},{started})", f"{DATA_INCOMPLETE}或有误"),
        (f"AND({excel.filled(score)},NOT(ISNUMBER({read})))", f"自评分{excel.NUMBER_WANTED}"),
        (excel.above(read, weight), ABOVE_WEIGHT),
        (excel.below(read, "0"), BELOW_ZERO),
    ]
    warnings = [
        (f"AND(ISNUMBER({read}),ISNUMBER({computed}),N({counting})<>N({computed}))", DIFFERS),
        (f"AND(ISNUMBER({read}),{no_computed},{started})", DATA_INCOMPLETE),
        (f"AND(ISNUMBER({read}),N({read})<>ROUND(N({read}),2))", ROUNDED),
    ]
    if "reason" in cell:
        errors.append(_reason(plan, context, lost, cell))
    if "improvement" in cell:
        errors.append((lost.format(excel.no_words(cell["improvement"])), NO_IMPROVEMENT))
    if rule.wants_evidence and "evidence" in cell:
        filled = excel.filled(cell["score"])
        warnings.append((f"AND({filled},{excel.no_words(cell['evidence'])})", NO_EVIDENCE))
    switched = live_switched.of_score(plan, context, cell)
    return excel.status([*errors, *switched.errors], [*warnings, *switched.warnings])


def _reason(plan: WorkbookPlan, context: RowContext, lost: str, cell: dict[str, str]) -> excel.Finding:
    """A reason that is due and not given."""
    rules, silent = context.row.rules, excel.no_words(cell["reason"])
    if not any(isinstance(rule, RatioRule) and rule.reason_below is not None for rule in rules):
        return lost.format(silent), NO_REASON
    is_lost = lost.format("TRUE")
    due = in_force(plan, rules, lambda rule: reason_due(rule, names_of(plan), is_lost))
    return f"AND(ISNUMBER({cell['counting']}),{due},{silent})", NO_REASON


def fixed_sum(plan: WorkbookPlan) -> str:
    """The sum of the counting scores of all fixed rows; "" while one is missing."""
    scores = column_range(plan, plan.scores.counting)
    return f'=IF(COUNT({scores})={len(plan.form.rows)},ROUND(SUM({scores}),2),"")'


def grade(form: FormDefinition, total_cell: str) -> str:
    """The name of the band a total reaches; "" without a total."""
    *better, last = form.grade.bands
    expression = excel.literal(last.name)
    for band in reversed(better):
        expression = f"IF({total_cell}>={plain(band.at_least)},{excel.literal(band.name)},{expression})"
    return f'=IF(ISNUMBER({total_cell}),{expression},"")'


def column_range(plan: WorkbookPlan, column: int, *, absolute: bool = False) -> str:
    """The cells of one column beside all scored rows."""
    rows = plan.score_rows.values()
    letter, mark = get_column_letter(column), "$" if absolute else ""
    return f"{mark}{letter}{mark}{min(rows)}:{mark}{letter}{mark}{max(rows)}"
