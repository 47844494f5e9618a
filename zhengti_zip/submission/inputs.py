"""Every input a form asks for, by its path, with its label. Reader, writer and JSON all follow this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhengti_zip.base.marks import folded
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input
from zhengti_zip.form.columns import OUTCOME_COLUMNS
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.degrees import Degree, degrees_hint
from zhengti_zip.form.rules.attainment import Attainment
from zhengti_zip.form.rules.completion import DIRECTIONS, QUALITATIVE
from zhengti_zip.submission.paths import (
    BUDGET,
    DATA,
    EVIDENCE,
    FIELDS,
    FUNDS,
    GOALS,
    GROUPS,
    INDICATORS,
    SCORES,
    UNITS,
    InputPath,
)
from zhengti_zip.submission.raw import clean_text

UNIT_PART = "unit"
MEASURED_PARTS = ("target", "actual")
"""Parts of a performance indicator that are counted in its unit: 目标值 and 实际完成值."""

TOTALLED_TABLES = (INDICATORS, UNITS)
"""Tables under which people write a row of sums."""

_TOTALS = frozenset(("合计", "总计", "小计", "共计", "合计数", "总计数", "汇总"))
"""What the first text of a row of sums says."""

_PERCENT_UNITS = frozenset(("%", "百分比", "百分数", "百分点", "百分率"))


def measured_parts(form: FormDefinition) -> tuple[str, ...]:
    """Columns of 绩效指标 that are counted in the unit of their row."""
    return tuple(dict.fromkeys((*MEASURED_PARTS, *target_parts(form))))


def target_parts(form: FormDefinition) -> tuple[str, ...]:
    """Columns of 绩效指标 that may hold the target of a row; the first one filled in counts."""
    rules = [rule for rule in form.every_rule() if isinstance(rule, Attainment)]
    targets = [column for rule in rules for column in rule.target]
    return tuple(dict.fromkeys(targets or MEASURED_PARTS[:1]))


def goal_parts(form: FormDefinition) -> tuple[Input, ...]:
    """Columns of 年度目标; none for a form without goals."""
    return form.goal_columns


def score_parts(form: FormDefinition) -> tuple[Input, ...]:
    """What is asked beside each fixed row."""
    return form.score_columns


def indicator_parts(form: FormDefinition) -> tuple[Input, ...]:
    """Columns of 绩效指标; the types offered are the form's."""
    if form.own is not None:
        return tuple(_offered(form, item) for item in form.own_columns if item.id != "type" or form.asks_type)
    overshot = plain(form.checks.target_overshot.percent)
    reason = f"实际值达到目标的 {overshot}% 及以上时填写"
    return tuple(
        item.model_copy(update={"help": reason}) if item.id == "reason" else _offered(form, item)
        for item in OUTCOME_COLUMNS
    )


def _offered(form: FormDefinition, item: Input) -> Input:
    """A column with the choices that only the form knows."""
    if item.id == "type":
        return item.model_copy(update={"choices": tuple(form.indicator_types)})
    if item.id == "direction":
        words = f"越高越好选 ≥，越低越好选 ≤，{form.equal_means.prompt}"
        words += "，不能量化选“定性”" if QUALITATIVE in _directions(form) else ""
        return item.model_copy(
            update={"choices": item.choices or _directions(form), "help": item.help or words}
        )
    if item.id == "degree":
        return item.model_copy(
            update={"choices": item.choices or tuple(degree.name for degree in form.degrees)}
        )
    if item.id == "degree_percent":
        return item.model_copy(update={"help": degrees_hint(form.degrees)})
    return item


def _directions(form: FormDefinition) -> tuple[str, ...]:
    """The directions there are; without 定性 where no column asks how far such a row was met."""
    has_degree = form.own is None or any(item.id == "degree" for item in form.own_columns)
    return tuple(direction for direction in DIRECTIONS if has_degree or direction != QUALITATIVE)


def unit_parts(form: FormDefinition) -> tuple[Input, ...]:
    """Columns of 单位明细: the name and every budget column."""
    return (Input(id="name", label="单位名称"), *form.budget.columns)


def evidence_parts(form: FormDefinition) -> tuple[Input, ...]:
    """Columns of the list of evidence; none for a form without one."""
    return form.evidence_columns


def table_parts(form: FormDefinition, table: str) -> tuple[Input, ...]:
    """Columns of one of the growing tables; none for a table the form does not have."""
    if table not in tables_of(form):
        return ()
    parts = {GOALS: goal_parts, INDICATORS: indicator_parts, UNITS: unit_parts, EVIDENCE: evidence_parts}
    return parts[table](form)


def tables_of(form: FormDefinition) -> tuple[str, ...]:
    """The growing tables a form has, in the order of the form."""
    has = {GOALS: bool(form.goal_columns), INDICATORS: form.has_indicators, UNITS: form.has_units}
    has[EVIDENCE] = bool(form.evidence_columns)
    return tuple(table for table, is_there in has.items() if is_there)


def degree_of(form: FormDefinition, name: object) -> Degree | None:
    """The degree of a 定性 indicator by its name; None where the form has no such degree."""
    text = folded(str(name or ""))
    return next((degree for degree in form.degrees if folded(degree.name) == text), None)


def number_wanted(form: FormDefinition, part: Input, row: Mapping[str, object]) -> str:
    """What to enter in a part of a performance indicator that asks for a number; "" for any other part.

    Args:
        row: what stands in its row by part.
    """
    if part.id == "degree_percent":
        if degree := degree_of(form, row.get("degree")):
            return f"“{degree.name}”请填 {degree.interval}，只填数字"
        return "请填 0 至 100 之间的数：" + "，".join(f"{item.name} {item.interval}" for item in form.degrees)
    if part.id in measured_parts(form):
        unit = clean_text(str(row.get(UNIT_PART) or ""))
        return f"请填写{part.label}" + (f"（单位：{unit}）" if unit else "") + "，只填数字"
    if part.id == "weight" and form.own is None:
        return "请填写权重，只填数字，例如 20；各项权重相等的可以全部留空"
    return ""


def sheet_title(form: FormDefinition, group: str) -> str:
    """What the clerk knows a group of inputs by: the title of its sheet."""
    words = form.sheets
    own = words.indicators if form.own is None else form.own.title
    titles = {FIELDS: words.fields, GOALS: words.goals, BUDGET: words.budget, FUNDS: form.funds.title}
    titles |= {
        SCORES: words.scores,
        DATA: words.data,
        INDICATORS: own,
        UNITS: words.units,
        EVIDENCE: words.evidence,
    }
    return titles[group]


def holds_over_rows(part: Input) -> bool:
    """Whether a value in cells merged over several rows is meant for each of them, as a type or a unit is."""
    return bool(part.options) or part.id == UNIT_PART


def names_a_total(text: str) -> bool:
    """Whether a text says that the numbers beside it are sums."""
    return folded(text).rstrip(":：") in _TOTALS


def is_percent_unit(unit: str) -> bool:
    """Whether a unit typed by a clerk says that values are percentages."""
    return folded(unit) in _PERCENT_UNITS


def groups_of(form: FormDefinition) -> tuple[str, ...]:
    """The groups of inputs a form has, in the order of the form."""
    singles = {slot.path.group for slot in single_inputs(form)}
    return tuple(group for group in GROUPS if group in singles or group in tables_of(form))


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
    for line_id, column_id, amount in form.funds.cells():
        yield Slot(InputPath.money(line_id, column_id), amount, f"{form.funds.title} {amount.label}")
    for context in form.rows:
        for part in score_parts(form):
            yield Slot(InputPath.score(context.row.id, part.id), part, f"{context.name} {part.label}")
    for context, item in form.data_inputs():
        yield Slot(InputPath.datum(item.id), item, f"{context.name} {item.label}")


def row_label(table: str, number: int, part: Input) -> str:
    """The label of one cell of a growing table, e.g. ``第 2 条 完成情况``."""
    return f"{row_name(table, number)} {part.label}"


def row_name(table: str, number: int) -> str:
    """A row of a growing table, e.g. ``第 2 条``."""
    counter = {GOALS: "条", INDICATORS: "项", UNITS: "个单位", EVIDENCE: "份"}[table]
    return f"第 {number + 1} {counter}"


def label_of(form: FormDefinition, path: InputPath) -> str:
    """The label the user knows an input by; the path itself when the form has no such input."""
    if path.number is not None:
        for part in table_parts(form, path.group):
            if part.id == path.part:
                return row_label(path.group, path.number, part)
    return _single_labels(form).get(path, path)


def _single_labels(form: FormDefinition) -> dict[InputPath, str]:
    labels = {slot.path: slot.label for slot in single_inputs(form)}
    return labels | {InputPath.derived(item.id): item.label for item in form.derived}
