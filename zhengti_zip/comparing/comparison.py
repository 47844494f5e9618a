"""Compare the data of two sources of one form, in the order of the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.excerpts import MAX_SHOWN
from zhengti_zip.base.numbers import plain
from zhengti_zip.comparing.difference import Difference, DifferenceKind
from zhengti_zip.comparing.rows import TextRow, row_differences
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring.evaluation import evaluate
from zhengti_zip.submission.inputs import (
    label_of,
    single_inputs,
)
from zhengti_zip.submission.paths import GROUPS, TABLES, InputPath
from zhengti_zip.submission.problems import InputRefused, Problem, Severity
from zhengti_zip.submission.source import Source
from zhengti_zip.workbook.write.filling import Filling, Written

NOT_UNDERSTOOD = "（无法识别）"

_LOST, _FOREIGN = "lost_input", ("unknown_key", "wrong_shape")


@dataclass(frozen=True, slots=True)
class DerivedChange:
    """A value worked out from the data that differs.

    Attributes:
        value_id, label: which one.
        before, after: as printed; "" where something is missing.
    """

    value_id: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing two sources.

    Attributes:
        before, after: the sources.
        differences: in the order of the form.
        notes: problems of either file that leave no value in doubt, e.g. that its template lacks an input.
        derived: the values worked out from the data that changed, in the order of the form.
    """

    before: Source
    after: Source
    differences: tuple[Difference, ...]
    notes: tuple[Problem, ...] = ()
    derived: tuple[DerivedChange, ...] = ()

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
    return Comparison(before, after, differences, notes, tuple(_derived(before, after)))


def _derived(before: Source, after: Source) -> Iterator[DerivedChange]:
    """The derived values that differ as printed or, where that looks the same, exactly."""
    old, new = (evaluate(each.form, each.submission).derived for each in (before, after))
    for item in after.form.derived:
        values = old.get(item.path), new.get(item.path)
        if values[0] != values[1]:
            yield DerivedChange(item.id, item.label, *map(item.text, values))


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
            yield from row_differences(form, group, _rows(old, group), _rows(new, group))
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
