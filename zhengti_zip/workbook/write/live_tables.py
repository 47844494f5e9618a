"""The live columns of the growing tables: 完成率 of an indicator, and each row's 检查."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from zhengti_zip.base.numbers import PERCENT, plain
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.rules.completion import AT_LEAST, AT_MOST, DIRECTIONS, QUALITATIVE
from zhengti_zip.scoring.checks.outcomes import DEGREE_PERCENT
from zhengti_zip.submission.inputs import DEGREES, goal_parts
from zhengti_zip.submission.paths import GOALS, INDICATORS, InputPath
from zhengti_zip.workbook import excel
from zhengti_zip.workbook.excel import Finding
from zhengti_zip.workbook.plan import TableArea, name_of

UNKNOWN_TYPE = "类型？"
"""Shown instead of a 完成率 whose row cannot be assigned to a group; no score is shown then."""


def table_status(form: FormDefinition, area: TableArea, row: int) -> str:
    """The 检查 of one row of a growing table."""
    cells = {c.part.id: f"{get_column_letter(c.column)}{row}" for c in area.columns}
    first, last = (get_column_letter(area.columns[n].column) for n in (0, -1))
    empty = f"COUNTA({first}{row}:{last}{row})=0"
    if area.table == GOALS:
        errors = [(excel.blank(cells[p.id]), f"缺{p.label}") for p in goal_parts() if p.required]
        return excel.status(errors, empty=empty)
    if area.table == INDICATORS:
        return excel.status(*_indicator(form, cells), empty=empty)
    return excel.status(_unit(area, cells, row), empty=empty)


def _unit(area: TableArea, cells: dict[str, str], row: int) -> list[Finding]:
    first, last = (get_column_letter(area.columns[n].column) for n in (1, -1))
    amounts = f"{first}{row}:{last}{row}"
    name = area.columns[0].part
    return [
        (excel.blank(cells[name.id]), f"缺{name.label}"),
        (f"COUNTA({amounts})<{len(area.columns) - 1}", "缺金额（没有的填0）"),
        (f"COUNT({amounts})<COUNTA({amounts})", f"金额{excel.NUMBER_WANTED}"),
        (f'COUNTIF({amounts},"<0")>0', "金额不能为负数"),
    ]


def completion(form: FormDefinition, area: TableArea, row: int) -> str:
    """完成率 of one indicator as the engine works it out; "" while the row is incomplete."""
    cells = {c.part.id: f"{get_column_letter(c.column)}{row}" for c in area.columns}
    target, actual, percent = cells["target"], cells["actual"], cells["degree_percent"]
    # Somebody who types 95% means 95; the program reads the cell's format, so must the formula.
    share = f'{percent}*IF(LEFT(CELL("format",{percent}),1)="P",100,1)/100'
    degree = excel.one_of(cells["degree"], DEGREES)
    chosen = f'IF(AND({degree},ISNUMBER({percent})),MIN(MAX({share},0),1),"")'
    fewer = f"IF({actual}<={target},1,IF({target}>0,MAX(1-({actual}-{target})/{target},0),0))"
    more = f"IF({actual}>={target},1,IF({target}>0,MAX({actual}/{target},0),0))"
    measured = [direction for direction in DIRECTIONS if direction != QUALITATIVE]
    direction = cells["direction"]
    reached = (
        f"IF(AND({excel.one_of(direction, measured)},ISNUMBER({target}),ISNUMBER({actual})),"
        f'IF({direction}="{AT_MOST}",{fewer},{more}),"")'
    )
    known = excel.one_of(cells["type"], form.outcomes.by_name)
    value = f'IF({direction}="{QUALITATIVE}",{chosen},{reached})'
    return f'=IFERROR(IF({excel.blank(cells["type"])},"",IF({known},{value},"{UNKNOWN_TYPE}")),"")'


def _indicator(form: FormDefinition, cells: dict[str, str]) -> tuple[list[Finding], list[Finding]]:
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
    errors += _measured(cells, f'AND({excel.filled(direction)},{direction}<>"{QUALITATIVE}")')
    errors += _qualitative(cells, f'{direction}="{QUALITATIVE}"')
    errors += _weight(cells)
    check = form.checks.target_overshot
    limit = plain(check.percent / PERCENT)
    overshot = (
        f'AND({direction}="{AT_LEAST}",ISNUMBER({cells["target"]}),ISNUMBER({cells["actual"]}),'
        f"N({cells['target']})>0,N({cells['actual']})>=ROUND(N({cells['target']})*{limit},9),"
        f"{excel.blank(cells['reason'])})"
    )
    return errors, [(overshot, "远超目标，请说明偏差原因")] if check.is_on else []


def _measured(cells: dict[str, str], applies: str) -> list[Finding]:
    found = []
    for key, word in (("target", "目标值"), ("actual", "实际完成值")):
        found.append((f"AND({applies},{excel.blank(cells[key])})", f"缺{word}"))
        found.append((f"AND({applies},{excel.not_a_number(cells[key])})", f"{word}{excel.NUMBER_WANTED}"))
    return found


def _qualitative(cells: dict[str, str], applies: str) -> list[Finding]:
    degree, percent = cells["degree"], cells["degree_percent"]
    value = f'ROUND(N({percent})*IF(LEFT(CELL("format",{percent}),1)="P",100,1),9)'
    within = "OR(" + ",".join(
        f'AND({degree}="{word}",{value}>={low},{value}{"<=" if high == 100 else "<"}{high})'
        for word, (low, high) in DEGREE_PERCENT.items()
    )
    known = excel.one_of(degree, DEGREES)
    return [
        (f"AND({applies},{excel.blank(cells['target_text'])})", "缺定性目标"),
        (f"AND({applies},{excel.blank(degree)})", "缺达成程度"),
        (f"AND({applies},{excel.filled(degree)},NOT({known}))", "达成程度请从列表选择"),
        (f"AND({applies},{excel.blank(percent)})", "缺定性完成率"),
        (f"AND({applies},{excel.not_a_number(percent)})", f"定性完成率{excel.NUMBER_WANTED}"),
        (f"AND({applies},{known},ISNUMBER({percent}),NOT({within})))", "完成率与达成程度不符"),
    ]


def _weight(cells: dict[str, str]) -> list[Finding]:
    """Weights are given for every row of a group or for none."""
    weight = cells["weight"]
    types, weights = (name_of(InputPath.column(INDICATORS, part)) for part in ("type", "weight"))
    group = f'LEFT({cells["type"]}&"-",FIND("-",{cells["type"]}&"-"))'
    given = f'SUMPRODUCT((LEFT({types}&"-",LEN({group}))={group})*({weights}<>""))'
    return [
        (f"AND({excel.filled(cells['type'])},{excel.blank(weight)},{given}>0)", "缺权重（全填或全空）"),
        (excel.not_a_number(weight), f"权重{excel.NUMBER_WANTED}"),
        (excel.below(weight, "0"), "权重不能为负数"),
    ]
