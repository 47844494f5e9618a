"""What cells and columns show: every value they name exists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhengti_zip.form.columns import ENTERED_COLUMNS, OUTCOME_COLUMNS, resolved
from zhengti_zip.form.consistency.tree import duplicates
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.print_blocks import MoneyBlock, RowsBlock
from zhengti_zip.form.print_columns import ROW_NUMBER, IndicatorColumn, MoneyColumn, TableColumn
from zhengti_zip.form.tree import level_paths

TOTAL_PARTS = ("weight", "score")
GRADE_PARTS = ("bands",)
COMPUTED_PARTS = ("completion", ROW_NUMBER)
"""What an entered row shows beside what was entered."""

SCORED_LINE = ("weight", "score", "reason")
"""What a money table shows of its scored row."""

TARGET, ACTUAL, COMPLETION = "target", "actual", "completion"


def reference_mistakes(value: str, path: str, form: FormDefinition) -> Iterator[Mistake]:
    """A value that the form does not have.

    Args:
        value: what a cell shows, e.g. ``fields.department``.
        path: its key path.
        form: the form.
    """
    group, _, name = value.partition(".")
    known: dict[str, Sequence[str]] = {
        "fields": tuple(form.field_by_id),
        "budget": tuple(column.id for column in form.budget.columns),
        "funds": tuple(f"{line}.{column}" for line, column, _ in form.funds.cells()),
        "data": tuple(form.data_by_id),
        "goals": tuple(column.id for column in form.goal_columns),
        "derived": tuple(item.id for item in form.derived),
        "total": TOTAL_PARTS,
        "grade": GRADE_PARTS if form.grade.lines else (),
        "scores": tuple(f"{row}.{part}" for row in form.row_by_id for part in fixed_parts(form)),
    }
    if name in known.get(group, ()):
        return
    listed = "、".join(f"{group}.{key}" for key in known.get(group, ())[:40])
    remedy = f"改为其中之一：{listed}" if listed else f"本表没有 {group} 这一部分，删除这一格或改用别的值"
    yield Mistake(path, f"没有 {value} 这个值", remedy)


def fixed_parts(form: FormDefinition) -> tuple[str, ...]:
    """What can be shown of a fixed row."""
    return ("weight", *dict.fromkeys(["score", *(column.id for column in form.score_columns)]))


def row_parts(form: FormDefinition) -> tuple[str, ...]:
    """What a column of the indicator table can show of a row, fixed or entered."""
    own = (*(column.id for column in form.own.columns), *COMPUTED_PARTS) if form.own else ()
    return tuple(dict.fromkeys((*fixed_parts(form), *own, ROW_NUMBER)))


def column_mistakes(form: FormDefinition, columns: Sequence[IndicatorColumn], path: str) -> Iterator[Mistake]:
    """Columns of an indicator table that show the same, or what no row has."""
    yield from duplicates([(column.show, f"{path}.{i}.show") for i, column in enumerate(columns)], "栏目")
    depth = max(len(levels) for levels in level_paths(form.indicators))
    scopes = {*(f"level{number + 1}" for number in range(depth)), "indicator", "row"}
    known = row_parts(form)
    for i, column in enumerate(columns):
        if column.scope not in scopes:
            words = f"指标只有 {depth} 级，没有 {column.show} 这一栏"
            yield Mistake(f"{path}.{i}.show", words, f"最多写到 level{depth}")
        elif column.scope == "row" and column.part not in known:
            listed = "、".join(f"row.{part}" for part in known)
            yield Mistake(f"{path}.{i}.show", f"没有 {column.show} 这一栏", f"改为其中之一：{listed}")
        yield from _option_mistakes(column, column.part if column.scope == "row" else "", f"{path}.{i}")


def _option_mistakes(column: TableColumn, part: str, path: str) -> Iterator[Mistake]:
    """Options that a column has no use for."""
    uses = {
        "sign": (column.sign, (TARGET,)),
        "unit": (column.unit, (TARGET, ACTUAL)),
        "format": ("format" in column.model_fields_set, (COMPLETION,)),
    }
    for option, (is_set, parts) in uses.items():
        if is_set and part not in parts:
            words = f"{option} 只用于 {'、'.join(parts)} 这一栏"
            yield Mistake(f"{path}.{option}", words, f"删除 {option}")


def row_column_mistakes(form: FormDefinition, block: RowsBlock, path: str) -> Iterator[Mistake]:
    """Columns of a table of entered rows that show the same, or what its rows do not have."""
    known = {
        "goals": [column.id for column in form.goal_columns],
        "indicators": _indicator_columns(form),
        "units": ["name", *(column.id for column in form.budget.columns)] if form.has_units else [],
        "evidence": [column.id for column in form.evidence_columns],
    }[block.table]
    if not known:
        words = f"本表没有 {block.table} 这一部分，无从打印"
        yield Mistake(f"{path}.table", words, "改为本表有的部分，或删除这个块")
        return
    shown = [(column.show, f"{path}.columns.{i}.show") for i, column in enumerate(block.columns)]
    yield from duplicates(shown, "栏目")
    for i, column in enumerate(block.columns):
        if column.show not in (*known, ROW_NUMBER):
            listed = "、".join((*known, ROW_NUMBER))
            words = f"没有 {column.show} 这一栏"
            yield Mistake(f"{path}.columns.{i}.show", words, f"改为其中之一：{listed}")
        part = column.show if block.table == "indicators" else ""
        yield from _option_mistakes(column, part, f"{path}.columns.{i}")


def _indicator_columns(form: FormDefinition) -> list[str]:
    if form.own is not None:
        return [column.id for column in resolved(form.own.columns, ENTERED_COLUMNS)]
    return [column.id for column in OUTCOME_COLUMNS] if form.has_indicators else []


def money_mistakes(form: FormDefinition, block: MoneyBlock, path: str) -> Iterator[Mistake]:
    """Columns of the money table that show the same, or what the form does not have."""
    if not form.funds.columns:
        yield Mistake(path, "本表没有 funds，无从打印资金表", "写上 funds，或删除这个块")
        return
    lines = [line.id for line in form.funds.lines]
    if block.line is not None and block.line not in lines:
        words = f"没有 {block.line} 这一行"
        yield Mistake(f"{path}.line", words, f"改为其中之一：{'、'.join(lines)}")
    if block.row is not None and block.row not in form.row_by_id:
        remedy = f"改为其中之一：{'、'.join(form.row_by_id)}"
        yield Mistake(f"{path}.row", f"没有 id 为 {block.row} 的评分行", remedy)
    shown = [(column.show, f"{path}.columns.{i}.show") for i, column in enumerate(block.columns)]
    yield from duplicates(shown, "栏目")
    for i, column in enumerate(block.columns):
        yield from _money_column(form, block, column, f"{path}.columns.{i}")


def _money_column(
    form: FormDefinition, block: MoneyBlock, column: MoneyColumn, path: str
) -> Iterator[Mistake]:
    yield from _option_mistakes(column, "", path)
    amounts = [entry.id for entry in form.funds.columns]
    if column.show in amounts:
        return
    if column.show.startswith("derived."):
        yield from reference_mistakes(column.show, f"{path}.show", form)
        if block.line is None:
            yield Mistake(f"{path}.show", f"没有写明 {column.show} 印在哪一行", "在这个块中写上 line")
        return
    known = [part for part in SCORED_LINE if part == "weight" or part in fixed_parts(form)]
    if column.show not in known:
        listed = "、".join((*amounts, *known))
        yield Mistake(f"{path}.show", f"没有 {column.show} 这一栏", f"改为其中之一：{listed}、derived.计算值")
    elif block.row is None or (block.line is None and column.show != "reason"):
        words = f"没有写明 {column.show} 是哪个评分行的、印在哪一行"
        yield Mistake(f"{path}.show", words, "在这个块中写上 row（评分行的 id）和 line（资金行的 id）")
