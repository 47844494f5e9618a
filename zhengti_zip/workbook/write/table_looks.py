"""Words and column widths of the growing tables."""

from __future__ import annotations

from dataclasses import dataclass

from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.submission.paths import BUDGET, EVIDENCE, GOALS, INDICATORS, UNITS
from zhengti_zip.workbook.areas import TableArea
from zhengti_zip.workbook.plan import WorkbookPlan

WIDTHS = {
    GOALS: {"goal": 52.0, "completion": 60.0, "reason": 28.0},
    INDICATORS: {
        "type": 14.0,
        "name": 28.0,
        "direction": 8.0,
        "target": 12.0,
        "target_text": 20.0,
        "unit": 10.0,
        "actual": 12.0,
        "degree": 11.0,
        "degree_percent": 11.0,
        "weight": 8.0,
        "score": 10.0,
        "reason": 24.0,
        "improvement": 24.0,
        "evidence": 24.0,
    },
    UNITS: {"name": 32.0},
    EVIDENCE: {"name": 44.0, "indicator": 32.0, "file": 36.0},
}
"""By column, in characters."""

AMOUNT_WIDTH, SHORT_WIDTH, DATE_WIDTH, TEXT_WIDTH = 15.0, 12.0, 14.0, 20.0
LONG_TYPE = 24.0
"""Width of a type whose words are long, in two lines."""


@dataclass(frozen=True, slots=True)
class TableLook:
    """Title, hint and column widths (characters) of a growing table."""

    title: str
    hint: str
    widths: tuple[float, ...]


def table_look(plan: WorkbookPlan, area: TableArea) -> TableLook:
    """The look of one table."""
    words = {GOALS: _goals, INDICATORS: _indicators, UNITS: _units, EVIDENCE: _evidence}
    title, hint = words[area.table](plan, area)
    widths = tuple(_width(area.table, column.part) for column in area.columns)
    return TableLook(title, hint, widths)


def _width(table: str, part: Input) -> float:
    known = WIDTHS[table].get(part.id)
    if known is not None:
        is_long = part.id == "type" and max(map(len, part.options), default=0) > MOST_IN_TYPE
        return LONG_TYPE if is_long else known
    if part.kind is ValueKind.AMOUNT:
        return AMOUNT_WIDTH
    if part.kind is ValueKind.DATE:
        return DATE_WIDTH
    return SHORT_WIDTH if part.kind.is_number or part.options else TEXT_WIDTH


MOST_IN_TYPE = 12
"""Characters of a type that stand in a narrow column in two lines."""


def _goals(plan: WorkbookPlan, area: TableArea) -> tuple[str, str]:
    hint = "每行一条目标"
    if area.has("completion"):
        hint += "，右边写它的完成情况"
    if area.has("reason"):
        hint += "；未完成的写明原因"
    hint += "。"
    if area.has("completion"):
        hint += f"{area.part('completion').label}可用 Alt+Enter 分段。"
    return plan.form.goals.title, f"{hint}不必自己编号。"


def _indicators(plan: WorkbookPlan, area: TableArea) -> tuple[str, str]:
    if not area.is_scored:
        return area.sheet, (
            "填写年初设定的产出、效益和满意度指标。能量化的填目标值和实际完成值；"
            "“定性”指标填定性目标、达成程度和完成率。权重可全部留空。"
        )
    hint = f"每行一项，填齐后自动算出得分；各类的{area.part('weight').label}合计在上方核对。"
    measured = "和".join(area.part(part).label for part in ("target", "actual") if area.has(part))
    if measured:
        hint += f"能量化的填{measured}，只填数字。"
    stated = [area.part(part).label for part in ("target_text", "degree", "degree_percent") if area.has(part)]
    if stated:
        hint += f"“定性”的填{'、'.join(stated)}。"
    if area.has("score"):
        hint += f"{area.part('score').label}不填的，按“计算得分”。"
    if area.has("reason"):
        hint += f"失分的必须填写{area.part('reason').label}。"
    return area.sheet, hint


def _units(plan: WorkbookPlan, area: TableArea) -> tuple[str, str]:
    when = f"{_count(plan)}多于 1 个时填写：" if _count(plan) else ""
    budget = plan.titles[BUDGET]
    hint = f"{when}每行一个单位，金额单位为万元，没有的填 0。各单位之和应等于“{budget}”。"
    return area.sheet, hint


def _evidence(plan: WorkbookPlan, area: TableArea) -> tuple[str, str]:
    hint = "随表报送的材料，每行一份，不必自己编号。"
    if area.has("indicator"):
        hint += f"{area.part('indicator').label}写指标的名称；一份材料证明几项的，用“、”隔开。"
    return plan.form.evidence.title, hint


def _count(plan: WorkbookPlan) -> str:
    """What the number of units is called; "" where the form does not ask for it."""
    role = plan.form.roles.unit_count
    return plan.form.field_by_id[role].label if role else ""
