"""Every input a form asks for, by its path, with its label. Reader, writer and JSON all follow this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhengti_zip.base.marks import folded
from zhengti_zip.base.numbers import PERCENT, plain
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.rules.completion import DIRECTIONS
from zhengti_zip.submission.paths import GOALS, INDICATORS, UNITS, InputPath
from zhengti_zip.submission.raw import clean_text

UNIT_PART = "unit"
MEASURED_PARTS = ("target", "actual")
"""Parts of a performance indicator that are counted in its unit: 目标值 and 实际完成值."""

_MEASURED_LABELS = dict(zip(MEASURED_PARTS, ("目标值", "实际完成值"), strict=True))

TOTALLED_TABLES = (INDICATORS, UNITS)
"""Tables under which people write a row of sums."""

_TOTALS = frozenset(("合计", "总计", "小计", "共计", "合计数", "总计数", "汇总"))
"""What the first text of a row of sums says."""

_PERCENT_UNITS = frozenset(("%", "百分比", "百分数", "百分点", "百分率"))

REACHED, PARTLY, NOT_REACHED = "达成", "部分达成", "未达成"
DEGREES = (REACHED, PARTLY, NOT_REACHED)
DEGREE_PERCENT = {REACHED: (80, 100), PARTLY: (60, 80), NOT_REACHED: (0, 60)}
"""Interval of completion in % per degree; the lower end belongs to it, the upper only for 100."""

SCORE_PARTS = (
    Input(id="score", label="自评分", kind=ValueKind.POINTS, unit="分", required=False),
    Input(id="reason", label="未达标原因", required=False),
    Input(id="improvement", label="改进措施", required=False),
    Input(id="evidence", label="佐证材料", required=False),
)

_GOAL_PARTS = (
    Input(id="goal", label="绩效目标", help="一行一条，不必编号"),
    Input(id="completion", label="完成情况", help="与左边的目标对应；可用 Alt+Enter 分段"),
    Input(id="reason", label="未能完成原因", required=False, help="已完成的留空"),
)


def goal_parts() -> tuple[Input, ...]:
    """Columns of 年度目标."""
    return _GOAL_PARTS


def indicator_parts(form: FormDefinition) -> tuple[Input, ...]:
    """Columns of 绩效指标; the types offered are the form's."""
    overshot = plain(form.checks.target_overshot.percent)
    return (
        Input(id="type", label="指标类型", kind=ValueKind.CHOICE, choices=tuple(form.outcomes.by_name)),
        Input(id="name", label="指标名称"),
        Input(
            id="direction",
            label="目标方向",
            kind=ValueKind.CHOICE,
            choices=DIRECTIONS,
            help=f"越高越好选 ≥，越低越好选 ≤，{form.equal_means.prompt}，不能量化选“定性”",
        ),
        Input(
            id="target",
            label=_MEASURED_LABELS["target"],
            kind=ValueKind.NUMBER,
            required=False,
            help="只填数字，单位填在右边",
        ),
        Input(id="target_text", label="定性目标", required=False, help="目标方向为“定性”时填写"),
        Input(id="unit", label="计量单位", required=False, help="例如 个、%、天"),
        Input(
            id="actual",
            label=_MEASURED_LABELS["actual"],
            kind=ValueKind.NUMBER,
            required=False,
            help="只填数字",
        ),
        Input(
            id="degree",
            label="达成程度",
            kind=ValueKind.CHOICE,
            choices=DEGREES,
            required=False,
            help="目标方向为“定性”时选择",
        ),
        Input(
            id="degree_percent",
            label="定性完成率",
            kind=ValueKind.NUMBER,
            unit="%",
            required=False,
            help="达成 80–100，部分达成 60–80，未达成 0–60",
        ),
        Input(
            id="weight",
            label="权重",
            kind=ValueKind.NUMBER,
            required=False,
            help="全部留空表示各指标权重相等",
        ),
        Input(
            id="reason", label="偏差原因", required=False, help=f"实际值达到目标的 {overshot}% 及以上时填写"
        ),
    )


def unit_parts(form: FormDefinition) -> tuple[Input, ...]:
    """Columns of 单位明细: the name and every budget column."""
    return (Input(id="name", label="单位名称"), *form.budget.columns)


def table_parts(form: FormDefinition, table: str) -> tuple[Input, ...]:
    """Columns of one of the growing tables."""
    return {GOALS: goal_parts(), INDICATORS: indicator_parts(form), UNITS: unit_parts(form)}[table]


def degree_interval(degree: str) -> str:
    """The interval of a degree in words: ``60 至 80（不含 80）``."""
    low, high = DEGREE_PERCENT[degree]
    return f"{low} 至 {high}" if high == PERCENT else f"{low} 至 {high}（不含 {high}）"


def number_wanted(part: Input, row: Mapping[str, object]) -> str:
    """What to enter in a part of a performance indicator that asks for a number; "" for any other part.

    Args:
        row: what stands in its row by part.
    """
    if part.id == "degree_percent":
        degree = folded(str(row.get("degree") or ""))
        if degree in DEGREES:
            return f"“{degree}”请填 {degree_interval(degree)}，只填数字"
        return "请填 0 至 100 之间的数：" + "，".join(f"{word} {degree_interval(word)}" for word in DEGREES)
    if part.id in MEASURED_PARTS:
        unit = clean_text(str(row.get(UNIT_PART) or ""))
        return f"请填写{part.label}" + (f"（单位：{unit}）" if unit else "") + "，只填数字"
    if part.id == "weight":
        return "请填写权重，只填数字，例如 20；各项权重相等的可以全部留空"
    return ""


def holds_over_rows(part: Input) -> bool:
    """Whether a value in cells merged over several rows is meant for each of them, as a type or a unit is."""
    return bool(part.options) or part.id == UNIT_PART


def names_a_total(text: str) -> bool:
    """Whether a text says that the numbers beside it are sums."""
    return folded(text).rstrip(":：") in _TOTALS


def is_percent_unit(unit: str) -> bool:
    """Whether a unit typed by a clerk says that values are percentages."""
    return folded(unit) in _PERCENT_UNITS


@dataclass(frozen=True, slots=True)
class Slot:
    """One input that exists once: its path, what it asks for, and its label with its context."""

    path: InputPath
    item: Input
    label: str


def single_inputs(form: FormDefinition) -> Iterator[Slot]:
    """The inputs outside the growing tables, in the order of the form."""
    for field in form.fields:
        yield Slot(InputPath.field(field.id), field, field.label)
    for column in form.budget.columns:
        yield Slot(InputPath.amount(column.id), column, column.label)
    for context in form.rows:
        for part in SCORE_PARTS:
            yield Slot(InputPath.score(context.row.id, part.id), part, f"{context.name} {part.label}")
    for context, item in form.data_inputs():
        yield Slot(InputPath.datum(item.id), item, f"{context.name} {item.label}")


def row_label(table: str, number: int, part: Input) -> str:
    """The label of one cell of a growing table, e.g. ``第 2 条 完成情况``."""
    return f"{row_name(table, number)} {part.label}"


def indicator_label(number: int, part_id: str) -> str:
    """The label of a measured part of a performance indicator."""
    return f"{row_name(INDICATORS, number)} {_MEASURED_LABELS[part_id]}"


def row_name(table: str, number: int) -> str:
    """A row of a growing table, e.g. ``第 2 条``."""
    counter = {GOALS: "条", INDICATORS: "项", UNITS: "个单位"}[table]
    return f"第 {number + 1} {counter}"


def label_of(form: FormDefinition, path: InputPath) -> str:
    """The label the user knows an input by; the path itself when the form has no such input."""
    if path.number is not None:
        for part in table_parts(form, path.group):
            if part.id == path.part:
                return row_label(path.group, path.number, part)
    return _single_labels(form).get(path, path)


def _single_labels(form: FormDefinition) -> dict[InputPath, str]:
    return {slot.path: slot.label for slot in single_inputs(form)}
