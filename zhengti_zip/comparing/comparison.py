"""Compare: what two departments' data, or one's at two times, differ in, in the order of the form."""

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
"""The inputs by which a person recognises a row."""

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
    """One input that differs, or one row that is there only once or in another place.

    Attributes:
        kind: CHANGED for an input, the others for a row.
        path: of the input or the row; a row that was removed has its earlier number, all others
            the present one.
        label: what the user knows it by.
        before, after: the value as text; "" when empty. What could not be understood is given as it
            was typed, with （无法识别）. For a row its inputs in words, for a moved one its numbers.
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
    """What two sources differ in.

    Attributes:
        before, after: the sources.
        differences: in the order of the form.
        notes: what else to say of either file, e.g. that its template has no such input.
    """

    before: Source
    after: Source
    differences: tuple[Difference, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def is_equal(self) -> bool:
        """Whether the same was entered in both."""
        return not self.differences


def compare(before: Source, after: Source) -> Comparison:
    """Compare what was entered in two sources of one form.

    Raises:
        InputError: they are of different forms.
        InputRefused: one has values that could not be read so far that they can be compared.
    """
    require_same_form(before, after)
    form = after.form
    old, new = (Filling(form, source.submission, _as_typed(source)) for source in (before, after))
    differences = tuple(_differences(form, old, new))
    notes = tuple(p for source in (before, after) for p in source.reading_problems if _is_note(form, p))
    return Comparison(before, after, differences, notes)


def require_same_form(before: Source, after: Source) -> None:
    """Refuse to compare what has different inputs.

    Raises:
        InputError: the sources are of different forms.
    """
    if before.form.id != after.form.id:
        raise InputError(
            f"两个文件不是同一种表：一个是“{before.form.id}”，另一个是“{after.form.id}”，不能对比",
            "请换用同一种表的文件",
        )


def _is_note(form: FormDefinition, problem: Problem) -> bool:
    """Whether a problem has to be said, though it leaves no value in doubt."""
    return problem.severity is not Severity.NOTICE and not _is_doubtful(form, problem)


def _is_doubtful(form: FormDefinition, problem: Problem) -> bool:
    """Whether a problem stands for a value that was not understood; one that is lost is none."""
    is_value = label_of(form, problem.path) != problem.path or problem.code in _FOREIGN
    return problem.is_error and is_value and problem.code != _LOST


def _as_typed(source: Source) -> dict[InputPath, str]:
    """The values that could not be understood, as they were typed.

    Raises:
        InputRefused: for some that is not known, or they belong to no input.
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
    """In the order in which the readers go through a form."""
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
    """Rows that belong together input by input; the others as rows added, removed or moved."""
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
    """Rows that are only in another place: their index before by their index after."""
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
    """Its label has its name too: numbers alone would not say which row it is."""
    moved = _row(DifferenceKind.MOVED, table, number, row_name(table, origin), row_name(table, number))
    return replace(moved, label=f"{moved.label}“{shortened(row.get(KEY_PARTS[table][-1], ''))}”")


def _content(row: TextRow) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(item for item in row.items() if item[1]))


def _words(row: TextRow) -> str:
    return "".join(row.values())


def _described(parts: Sequence[Input], row: TextRow) -> str:
    """A row in one line, e.g. ``绩效目标：…；完成情况：…``."""
    filled = [f"{part.label}：{row[part.id]}{part.unit}" for part in parts if row.get(part.id)]
    return "；".join(filled) or EMPTY_ROW
