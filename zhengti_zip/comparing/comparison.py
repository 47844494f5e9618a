"""Compare the data of two sources of one form, in the order of the form."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from zhengti_zip.base.align import Pair, align
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.excerpts import MAX_SHOWN, shortened
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.inputs import label_of, row_label, row_name, single_inputs, table_parts
from zhengti_zip.submission.paths import GOALS, GROUPS, INDICATORS, TABLES, UNITS, InputPath
from zhengti_zip.submission.problems import InputRefused, Problem, Severity
from zhengti_zip.submission.source import Source
from zhengti_zip.workbook.write.filling import Filling, Written

TABLE_NAMES = {GOALS: "年度目标", INDICATORS: "绩效指标", UNITS: "单位明细"}
KEY_PARTS = {GOALS: ("goal",), INDICATORS: ("type", "name"), UNITS: ("name",)}
"""The inputs that identify a row."""

NOT_UNDERSTOOD = "（无法识别）"
EMPTY_ROW = "（空行）"

_LOST, _FOREIGN = "lost_input", ("unknown_key", "wrong_shape")

TextRow = dict[str, str]


class DifferenceKind(StrEnum):
    """What happened to an input or to a row of a growing table."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One input that differs, or one row that was added, removed or moved.

    Attributes:
        kind: CHANGED for an input, the others for a row.
        path: of the input or the row; a removed row has its number before, all others the number after.
        label: the name the user knows it by.
        before, after: the value as text; "" when empty. A value that could not be understood is as it was
            typed, with （无法识别）. For a row: its inputs in words; for a moved row: its numbers.
        unit: of the value, e.g. 万元; may be "".
    """

    kind: DifferenceKind
    path: InputPath
    label: str
    before: str
    after: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing two sources.

    Attributes:
        before, after: the sources.
        differences: in the order of the form.
        notes: problems of either file that leave no value in doubt, e.g. that its template lacks an input.
    """

    before: Source
    after: Source
    differences: tuple[Difference, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def is_equal(self) -> bool:
        """Whether both have the same data."""
        return not self.differences


def compare(before: Source, after: Source) -> Comparison:
    """Compare the data of two sources of one form.

    Raises:
        InputError: the sources are of different forms.
        InputRefused: a source has values that are not known well enough to compare them.
    """
    require_same_form(before, after)
    form = after.form
    old, new = (Filling(form, source.submission, _as_typed(source)) for source in (before, after))
    differences = tuple(_differences(form, old, new))
    notes = tuple(p for source in (before, after) for p in source.reading_problems if _is_note(form, p))
    return Comparison(before, after, differences, notes)


def require_same_form(before: Source, after: Source) -> None:
    """Refuse sources of different forms.

    Raises:
        InputError: the sources are of different forms.
    """
    if before.form.id != after.form.id:
        raise InputError(
            f"两个文件不是同一种表：一个是“{before.form.id}”，另一个是“{after.form.id}”，不能对比",
            "请换用同一种表的文件",
        )


def _is_note(form: FormDefinition, problem: Problem) -> bool:
    """Whether a problem is shown to the user although it leaves no value in doubt."""
    return problem.severity is not Severity.NOTICE and not _is_doubtful(form, problem)


def _is_doubtful(form: FormDefinition, problem: Problem) -> bool:
    """Whether a problem means that a value could not be understood; a lost value is compared as empty."""
    is_value = label_of(form, problem.path) != problem.path or problem.code in _FOREIGN
    return problem.is_error and is_value and problem.code != _LOST


def _as_typed(source: Source) -> dict[InputPath, str]:
    """The values that could not be understood, as they were typed.

    Raises:
        InputRefused: a value is not known as a whole, or belongs to no input.
    """
    typed, unknown = dict[InputPath, str](), []
    for problem in source.reading_problems:
        if not _is_doubtful(source.form, problem):
            continue
        is_cut = len(problem.value) == MAX_SHOWN and problem.value.endswith("…")
        if problem.code in _FOREIGN or is_cut or not problem.value:
            unknown.append(problem)
        else:
            typed[problem.path] = problem.value + NOT_UNDERSTOOD
    if unknown:
        raise InputRefused(
            f"{_name(source)} 有 {len(unknown)} 处内容无法识别，不能判断是否相同", unknown, "请改正后重试"
        )
    return typed


def _name(source: Source) -> str:
    return source.original.name if source.original else "填报文件"


def _differences(form: FormDefinition, old: Filling, new: Filling) -> Iterator[Difference]:
    """All differences, in the order of the form."""
    singles = list(single_inputs(form))
    for group in GROUPS:
        if group in TABLES:
            yield from _row_differences(group, table_parts(form, group), _rows(old, group), _rows(new, group))
            continue
        for slot in singles:
            if slot.path.group == group:
                texts = _text(old.single(slot.path)), _text(new.single(slot.path))
                if texts[0] != texts[1]:
                    yield Difference(DifferenceKind.CHANGED, slot.path, slot.label, *texts, slot.item.unit)


def _text(value: Written) -> str:
    return "" if value is None else plain(value) if isinstance(value, Decimal) else str(value)


def _rows(filling: Filling, table: str) -> list[TextRow]:
    return [{part: _text(value) for part, value in row.items()} for row in filling.rows(table)]


def _row_differences(
    table: str, parts: Sequence[Input], old: list[TextRow], new: list[TextRow]
) -> Iterator[Difference]:
    """Compare aligned rows input by input; the others were added, removed or moved."""
    keys = KEY_PARTS[table]
    pairs = align(old, new, (_content, lambda row: tuple(row.get(key, "") for key in keys)), _words)
    origins = _moved(old, new, pairs)
    for i, j in pairs:
        if i is not None and j is not None:
            for part in parts:
                before, after = old[i].get(part.id, ""), new[j].get(part.id, "")
                if before != after:
                    path, label = InputPath.cell(table, j, part.id), row_label(table, j, part)
                    yield Difference(DifferenceKind.CHANGED, path, label, before, after, part.unit)
        elif i is not None and i not in origins.values():
            yield _row(DifferenceKind.REMOVED, table, i, _described(parts, old[i]), "")
        elif j is not None and j in origins:
            yield _moved_row(table, origins[j], j, new[j])
        elif j is not None:
            yield _row(DifferenceKind.ADDED, table, j, "", _described(parts, new[j]))


def _moved(old: list[TextRow], new: list[TextRow], pairs: list[Pair]) -> dict[int, int]:
    """The rows that were only moved: index before by index after."""
    removed: dict[Hashable, list[int]] = {}
    for i, j in pairs:
        if i is not None and j is None:
            removed.setdefault(_content(old[i]), []).append(i)
    return {
        j: same.pop(0)
        for i, j in pairs
        if i is None and j is not None
        if (same := removed.get(_content(new[j])))
    }


def _row(kind: DifferenceKind, table: str, number: int, before: str, after: str) -> Difference:
    label = f"{TABLE_NAMES[table]} {row_name(table, number)}"
    return Difference(kind, InputPath.row(table, number), label, before, after)


def _moved_row(table: str, origin: int, number: int, row: TextRow) -> Difference:
    """A moved row; its label has its name, because numbers alone do not identify it."""
    moved = _row(DifferenceKind.MOVED, table, number, row_name(table, origin), row_name(table, number))
    return replace(moved, label=f"{moved.label}“{shortened(row.get(KEY_PARTS[table][-1], ''))}”")


def _content(row: TextRow) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(item for item in row.items() if item[1]))


def _words(row: TextRow) -> str:
    return "".join(row.values())


def _described(parts: Sequence[Input], row: TextRow) -> str:
    """A row as one line, e.g. ``绩效目标：…；完成情况：…``."""
    filled = [f"{part.label}：{row[part.id]}{part.unit}" for part in parts if row.get(part.id)]
    return "；".join(filled) or EMPTY_ROW
