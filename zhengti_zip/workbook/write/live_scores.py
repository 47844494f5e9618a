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
from zhengti_zip.form.tree import RowContext
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.workbook import excel
from zhengti_zip.workbook.plan import (
    COMPUTED_COLUMN,
    COUNTING_COLUMN,
    READ_COLUMNS,
    SCORE_COLUMNS,
    SCORES_SHEET,
    WorkbookPlan,
    name_of,
    read_name,
)
from zhengti_zip.workbook.write import live_switched

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
    row = plan.score_rows[context.row.id]
    cell = {part: f"{get_column_letter(column)}{row}" for part, column in SCORE_COLUMNS.items()}
    counting, computed = (
        f"{get_column_letter(column)}{row}" for column in (COUNTING_COLUMN, COMPUTED_COLUMN)
    )
    weight = plain(context.row.weight)
    read = cell_name(row, READ_COLUMNS[SCORES_SHEET])
    typed = f'IF(ISNUMBER({read}),IF(AND({read}>=0,{read}<={weight}),ROUND({read},2),""),"")'
    rule = context.row.rule_for(plan.form.year)
    return ScoreRow(
        computed=f'=IFERROR({_in_force(plan, context)},"")',
        counting=f'=IFERROR(IF({excel.blank(cell["score"])},{computed},{typed}),"")',
        working=_working(plan, context, rule, computed),
        status=_status(plan, context, cell | {"read": read, "counting": counting, "computed": computed}),
    )


def _in_force(plan: WorkbookPlan, context: RowContext) -> str:
    """The score by the version of the rule in force for the year entered, as the engine picks it."""
    expression = _formula(plan, context, context.row.rules[0])
    year = read_name(InputPath.field(plan.form.roles.year))
    for rule in context.row.rules:
        own = _formula(plan, context, rule)
        if rule.since is None:
            expression = own
        elif own != expression:
            expression = f"IF(IF(ISNUMBER({year}),{year},{plan.form.year})>={rule.since},{own},{expression})"
    return expression


def _formula(plan: WorkbookPlan, context: RowContext, rule: Rule) -> str:
    """A rule's formula; "" where the workbook does not ask for all its data."""
    asked = {cell.path for cell in plan.cells}
    if any(InputPath.datum(item.id) not in asked for item in rule.inputs()):
        return '""'
    return rule.formula(context.row.weight, partial(_named, plan))


def _named(plan: WorkbookPlan, written: str) -> str:
    """The name of what a rule asks for, by its path as plain text: the number read, or the input itself."""
    path = InputPath(written)
    if path.group == INDICATORS:
        is_number = path.part in plan.area(INDICATORS).read_columns
    else:
        is_number = plan.form.data_by_id[path.item].kind.is_number
    return read_name(path) if is_number else name_of(path)


def _data(plan: WorkbookPlan, rule: Rule) -> list[tuple[str, Input]]:
    asked = {cell.path for cell in plan.cells}
    paths = [(InputPath.datum(item.id), item) for item in rule.inputs()]
    return [(name_of(path), item) for path, item in paths if path in asked]


def _started(plan: WorkbookPlan, rule: Rule) -> str:
    """Whether any datum of the rule is entered; "" when it asks for none."""
    found = _data(plan, rule)
    return "OR(" + ",".join(excel.filled(name) for name, _ in found) + ")" if found else ""


def _working(plan: WorkbookPlan, context: RowContext, rule: Rule, computed: str) -> str:
    """The data put in and the score they give, in words."""
    score = f'IF(ISNUMBER({computed}),"，得 "&{computed}&" 分","")'
    data, started = _data(plan, rule), _started(plan, rule)
    if not data:
        words = excel.literal(rule.describe(context.row.weight))
        return f'=IF(ISNUMBER({computed}),{words}&{score},"")' if rule.uses() else f"={words}"
    listed = '&"；"&'.join(_datum(name, item) for name, item in data)
    return f'=IFERROR(IF({started},{listed}&{score},""),"")'


def _datum(name: str, item: Input) -> str:
    label, unit = excel.literal(f"{item.label} "), excel.literal(f" {item.unit}" if item.unit else "")
    if item.kind.is_number:
        read = read_name(InputPath.datum(item.id))
        number = excel.shown_number(read, money=item.kind is ValueKind.AMOUNT)
        value = f'IF(ISNUMBER({read}),{number}&{unit},{name}&"（{excel.NUMBER_WANTED}）")'
    else:
        value = name
    return f'{label}&IF({excel.blank(name)},"未填",{value})'


def _status(plan: WorkbookPlan, context: RowContext, cell: dict[str, str]) -> str:
    """The 检查 of a scored row; ``cell`` holds its inputs, and its results by their names."""
    rule, weight = context.row.rule_for(plan.form.year), plain(context.row.weight)
    score, read, counting, computed = (cell[key] for key in ("score", "read", "counting", "computed"))
    started = _started(plan, rule) or "FALSE"
    lost = f"AND(ISNUMBER({counting}),N({counting})<{weight},{{}})"
    no_computed = f"NOT(ISNUMBER({computed}))"
    errors = [
        (f"AND({excel.blank(score)},{no_computed},NOT({started}))", NO_SCORE),
        (f"AND({excel.blank(score)},{no_computed},{started})", f"{DATA_INCOMPLETE}或有误"),
        (f"AND({excel.filled(score)},NOT(ISNUMBER({read})))", f"自评分{excel.NUMBER_WANTED}"),
        (excel.above(read, weight), ABOVE_WEIGHT),
        (excel.below(read, "0"), BELOW_ZERO),
        (lost.format(excel.no_words(cell["reason"])), NO_REASON),
        (lost.format(excel.no_words(cell["improvement"])), NO_IMPROVEMENT),
    ]
    warnings = [
        (f"AND(ISNUMBER({read}),ISNUMBER({computed}),N({counting})<>N({computed}))", DIFFERS),
        (f"AND(ISNUMBER({read}),{no_computed},{started})", DATA_INCOMPLETE),
        (f"AND(ISNUMBER({read}),N({read})<>ROUND(N({read}),2))", ROUNDED),
    ]
    if rule.wants_evidence:
        warnings.append((f"AND({excel.filled(score)},{excel.no_words(cell['evidence'])})", NO_EVIDENCE))
    switched = live_switched.of_score(plan, context, cell)
    return excel.status([*errors, *switched.errors], [*warnings, *switched.warnings])


def total(plan: WorkbookPlan) -> str:
    """The sum of all counting scores; "" while one is missing."""
    scores = column_range(plan, COUNTING_COLUMN)
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
