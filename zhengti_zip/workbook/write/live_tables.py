"""The live columns of the growing tables: 完成率 of an indicator, and each row's 检查."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from zhengti_zip.base.numbers import PERCENT, plain
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.money import Sum
from zhengti_zip.form.rules.completion import Completion
from zhengti_zip.form.rules.formulas import completion as rule_completion
from zhengti_zip.form.rules.formulas import group_mask
from zhengti_zip.form.rules.indicator import AT_LEAST, DIRECTIONS, QUALITATIVE
from zhengti_zip.submission.paths import EVIDENCE, GOALS, INDICATORS, InputPath
from zhengti_zip.workbook import excel
from zhengti_zip.workbook.areas import TableArea
from zhengti_zip.workbook.defined_names import name_of, read_name, result_name
from zhengti_zip.workbook.excel import Finding
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.write import live_switched
from zhengti_zip.workbook.write.live_own import UNKNOWN_TYPE, OwnRow


def table_status(plan: WorkbookPlan, area: TableArea, row: int) -> str:
    """The 检查 of one row of a growing table."""
    form = plan.form
    cells, first, last = _cells(area, row), *area.inputs
    empty = excel.blank_row(f"{first}{row}:{last}{row}")
    errors = [
        (excel.longer_than(cells[part.id], part.max_length), f"{part.label}超过{part.max_length}字")
        for part in (column.part for column in area.columns)
        if part.max_length
    ]
    switched = live_switched.of_table_row(form, area.table, cells)
    if area.table in (GOALS, EVIDENCE):
        needed = (column.part for column in area.columns if column.part.required)
        errors += [(excel.blank(cells[part.id]), f"缺{part.label}") for part in needed]
    elif area.is_scored:
        own = OwnRow(plan, area, row).findings()
        errors += own.errors
        switched.warnings[:0] = own.warnings
    elif area.table == INDICATORS:
        errors += _indicator(form, _Row(cells, _read(area, row)))
        _overshot(form, _Row(cells, _read(area, row)), switched)
    else:
        errors += _unit(form, area, cells, row)
    return excel.status([*errors, *switched.errors], switched.warnings, empty=empty)


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one row by part: the inputs, and the numbers read in them."""

    cells: dict[str, str]
    read: dict[str, str]

    def unreadable(self, part: str) -> str:
        """Whether a part is filled and no number is read in it."""
        return f"AND({excel.filled(self.cells[part])},NOT(ISNUMBER({self.read[part]})))"


def _cells(area: TableArea, row: int) -> dict[str, str]:
    return {c.part.id: f"{get_column_letter(c.column)}{row}" for c in area.columns}


def _read(area: TableArea, row: int) -> dict[str, str]:
    return {part: f"{get_column_letter(column)}{row}" for part, column in area.read_columns.items()}


def _unit(form: FormDefinition, area: TableArea, cells: dict[str, str], row: int) -> list[Finding]:
    first, last = (get_column_letter(area.columns[n].column) for n in (1, -1))
    by_part = _read(area, row)
    amounts, read = f"{first}{row}:{last}{row}", list(by_part.values())
    name = area.columns[0].part
    return [
        (excel.blank(cells[name.id]), f"缺{name.label}"),
        (f'SUMPRODUCT(--({read[0]}:{read[-1]}=""))>0', "缺金额（没有的填0）"),
        (f'COUNTIF({amounts},"<0")>0', "金额不能为负数"),
        (
            f'COUNTIF({amounts},"<0")+COUNT({read[0]}:{read[-1]})<SUMPRODUCT(--({read[0]}:{read[-1]}<>""))',
            f"金额{excel.NUMBER_WANTED}",
        ),
        *((_differs(rule, by_part), "合计不符") for rule in form.budget.sums),
    ]


def _differs(rule: Sum, read: dict[str, str]) -> str:
    """Whether a sum of the budget block does not hold in a row, as its amounts are printed."""
    known = ",".join(f"ISNUMBER({read[key]})" for key in (*rule.left, *rule.right))
    left, right = ("+".join(excel.cents(read[key]) for key in side) for side in (rule.left, rule.right))
    return f"AND({known},ROUND({left}-({right}),6)<>0)"


def row_number(area: TableArea, row: int) -> str:
    """The 序号 of a row as the program numbers rows: empty ones do not count."""
    first, last = area.inputs
    empty = excel.blank_row(f"{first}{row}:{last}{row}")
    return f'=IF({empty},"",N(MAX(A${area.header_row}:A{row - 1}))+1)'


def completion(form: FormDefinition, area: TableArea, row: int) -> str:
    """完成率 of one indicator as the engine works it out; "" while the row is incomplete."""
    cells, read, (first, last) = _cells(area, row), _read(area, row), area.inputs
    numbers = {part: read[part] for part in ("target", "actual", "degree_percent")}
    value = rule_completion(form.equal_means, [degree.name for degree in form.degrees], cells | numbers)
    known = excel.one_of(cells["type"], form.outcomes.by_name)
    empty = excel.blank_row(f"{first}{row}:{last}{row}")
    return f'=IFERROR(IF({known},{value},IF({empty},"","{UNKNOWN_TYPE}")),"")'


def weighted_groups(form: FormDefinition) -> list[tuple[str, ...]]:
    """Groups of indicators whose weights are given for all or for none: each type, and what a rule averages."""
    alone = [(group,) for group in dict.fromkeys(form.outcomes.by_name.values())]
    rules = [context.row.rule_for(form.year) for context in form.rows]
    averaged = [rule.groups for rule in rules if isinstance(rule, Completion) and len(rule.groups) > 1]
    return list(dict.fromkeys([*alone, *averaged]))


def weights_state(groups: tuple[str, ...]) -> str:
    """Whether the weights of some groups are all there or all empty (0), partly there (1) or sum up to 0 (2)."""
    types = name_of(InputPath.column(INDICATORS, "type"))
    weights = read_name(InputPath.column(INDICATORS, "weight"))
    mask = group_mask(types, groups)
    given, rows = f'SUMPRODUCT({mask}*({weights}<>""))', f"SUMPRODUCT(--{mask})"
    numbers = f"SUMPRODUCT({mask}*ISNUMBER({weights}))"
    is_nothing = f"AND({numbers}={rows},SUMPRODUCT(--{mask},{weights})<=0)"
    return f"=IF({given}=0,0,IF({given}<{rows},1,IF({is_nothing},2,0)))"


def weights_name(number: int) -> str:
    """The defined name of the state of the weights of one entry of :func:`weighted_groups`."""
    return f"weights.{number}"


def _indicator(form: FormDefinition, row: _Row) -> list[Finding]:
    cells = row.cells
    direction = cells["direction"]
    errors: list[Finding] = []
    for key, word, options in (
        ("type", "指标类型", tuple(form.outcomes.by_name)),
        ("direction", "目标方向", DIRECTIONS),
    ):
        known = excel.one_of(cells[key], options)
        errors.append((excel.blank(cells[key]), f"缺{word}"))
        errors.append((f"AND({excel.filled(cells[key])},NOT({known}))", f"{word}请从列表选择"))
    errors.insert(2, (excel.blank(cells["name"]), "缺指标名称"))
    errors += _measured(row, f'AND({excel.filled(direction)},{direction}<>"{QUALITATIVE}")')
    errors += _qualitative(form, row, f'{direction}="{QUALITATIVE}"')
    return errors + _weight(form, row)


def _overshot(form: FormDefinition, row: _Row, found: live_switched.Found) -> None:
    direction, target, actual = row.cells["direction"], row.read["target"], row.read["actual"]
    limit = plain(form.checks.target_overshot.percent / PERCENT)
    overshot = (
        f'AND({direction}="{AT_LEAST}",ISNUMBER({target}),ISNUMBER({actual}),'
        f"N({target})>0,N({actual})>=ROUND(N({target})*{limit},9),{excel.no_words(row.cells['reason'])})"
    )
    found.add(form, "target_overshot", overshot, "远超目标，请说明偏差原因")


def _measured(row: _Row, applies: str) -> list[Finding]:
    found = []
    for key, word in (("target", "目标值"), ("actual", "实际完成值")):
        found.append((f"AND({applies},{excel.blank(row.cells[key])})", f"缺{word}"))
        found.append((row.unreadable(key), f"{word}{excel.NUMBER_WANTED}"))
    return found


def _qualitative(form: FormDefinition, row: _Row, applies: str) -> list[Finding]:
    degree, percent = row.cells["degree"], f"N({row.read['degree_percent']})"
    within = "OR(" + ",".join(
        f'AND({degree}="{word}",{percent}>={low},{percent}{"<=" if high == "100" else "<"}{high})'
        for word, low, high in ((d.name, plain(d.low), plain(d.high)) for d in form.degrees)
    )
    known = excel.one_of(degree, [item.name for item in form.degrees])
    return [
        (f"AND({applies},{excel.blank(row.cells['target_text'])})", "缺定性目标"),
        (f"AND({applies},{excel.blank(degree)})", "缺达成程度"),
        (f"AND({excel.filled(degree)},NOT({known}))", "达成程度请从列表选择"),
        (f"AND({applies},{excel.blank(row.cells['degree_percent'])})", "缺定性完成率"),
        (row.unreadable("degree_percent"), f"定性完成率{excel.NUMBER_WANTED}"),
        (
            f"AND({applies},{known},ISNUMBER({row.read['degree_percent']}),NOT({within})))",
            "完成率与达成程度不符",
        ),
    ]


def _weight(form: FormDefinition, row: _Row) -> list[Finding]:
    """Weights are given for every row of a group or for none."""
    partly, nothing = [], []
    for number, groups in enumerate(weighted_groups(form)):
        state = result_name(weights_name(number))
        member = "OR(" + ",".join(
            f'LEFT({row.cells["type"]}&"-",{len(group) + 1})="{group}-"' for group in groups
        )
        partly.append(f"AND({state}=1,{member}))")
        nothing.append(f"AND({state}=2,{member}))")
    return [
        (f"AND({excel.blank(row.cells['weight'])},OR({','.join(partly)}))", "缺权重（全填或全空）"),
        (f"OR({','.join(nothing)})", "权重合计应大于0"),
        (row.unreadable("weight"), f"权重{excel.NUMBER_WANTED}"),
        (excel.below(row.read["weight"], "0"), "权重不能为负数"),
    ]


def rows_entered(area: TableArea, status: str = "") -> str:
    """How many rows of a table hold anything, also those that a user inserted.

    Args:
        status: the cells of the rows' 检查; then only the rows that have none are counted.
    """
    texts = "+".join(f"LEN(TRIM({column.name}))" for column in area.columns)
    without = f'*({status}="")' if status else ""
    return f"SUMPRODUCT(({texts}>0){without or '*1'})"
