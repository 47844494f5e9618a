"""The values of a row that a reviewer added to a printed table, and of measured values with sign and unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from zhengti_zip.base.answers import comparison
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.print_columns import ROW_NUMBER, TableColumn
from zhengti_zip.form.rules.indicator import QUALITATIVE
from zhengti_zip.review.baseline import Baseline, PrintedCell
from zhengti_zip.review.cell_values import FoundValue, PathOf, own_text
from zhengti_zip.review.document_problems import document_problem
from zhengti_zip.review.measures import Measure, is_same_unit, measure_of
from zhengti_zip.review.normalize import without_space
from zhengti_zip.review.reviewed_text import ReviewedCell
from zhengti_zip.review.row_following import AddedRow
from zhengti_zip.submission.inputs import MEASURED_PARTS, UNIT_PART, label_of, table_parts
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.submission.problems import Problem, Severity

DIRECTION, TARGET = "direction", "target"

IN_WORDS = dict(zip(MEASURED_PARTS, ("target_text", "degree"), strict=True))
"""For a measured part, the part that takes its place where the aim is in words."""


@dataclass
class NewRow:
    """What stands in a new row: its values by path, and the texts that belong to no part of it."""

    values: dict[InputPath, FoundValue] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)


def is_measured(column: TableColumn, part: str) -> bool:
    """Whether a column prints a number together with its sign or its unit."""
    return part in MEASURED_PARTS and (column.unit or (column.sign and part == TARGET))


def new_row(added: AddedRow, baseline: Baseline) -> NewRow:
    """Read a new row cell by cell."""
    block, made = added.block, NewRow()
    texts: dict[str, str] = {}
    cells: dict[str, ReviewedCell] = {}
    for printed, now in zip(added.printed, added.row, strict=True):
        place = printed.key[1]
        text = now.text.strip()
        part = block.parts.get(place)
        if part is not None:
            texts[part], cells[part] = text, now
        elif text and not _is_expected(added, printed, text):
            made.unplaced.append(text)
    _drop_computed(added, texts, baseline)
    for part, text in _understood(added, texts).items():
        path = InputPath.cell(*added.key, part)
        value = made.values[path] = FoundValue(path, text)
        if part in cells:
            value.note(cells[part].runs)
    known = {item.id for item in table_parts(baseline.form, block.table)}
    made.values = {path: value for path, value in made.values.items() if path.part in known and value.text}
    return made


def _is_expected(added: AddedRow, printed: PrintedCell, text: str) -> bool:
    """Whether a text outside the parts of a row needs no word: a label, a number, or what was copied."""
    column = added.block.columns.get(printed.key[1])
    if column is None:
        return without_space(text) == without_space(printed.text)
    is_label = printed.key[1] in added.block.levels
    return is_label or column.show.rpartition(".")[2] == ROW_NUMBER or added.copied is not None


def _drop_computed(added: AddedRow, texts: dict[str, str], baseline: Baseline) -> None:
    """Leave out the score that came with a copy of a row and was computed for that row."""
    if added.copied is None or "score" not in texts:
        return
    path = InputPath.cell(added.block.table, added.copied, "score")
    printed = {part.text for row in baseline.rows for cell in row for part in cell.parts if part.path == path}
    if baseline.submission.value(path) is None and texts["score"] in printed:
        del texts["score"]


def _understood(added: AddedRow, texts: dict[str, str]) -> dict[str, str]:
    """The values by part: measured values are divided into sign, number and unit."""
    values = dict(texts)
    if added.block.table != INDICATORS:
        return values
    columns = {part: added.block.columns[place] for place, part in added.block.parts.items()}
    for part in MEASURED_PARTS:
        if part not in texts or not is_measured(columns[part], part):
            continue
        found = measure_of(texts[part])
        values[part] = found.value
        if found.unit and columns[part].unit:
            values.setdefault(UNIT_PART, found.unit)
        elif found.unit:
            values[part] += found.unit
        if found.sign:
            values.setdefault(DIRECTION, found.sign)
    target = texts.get(TARGET, "")
    is_in_words = values.get(DIRECTION) == QUALITATIVE
    if DIRECTION not in texts and target and not measure_of(target).is_number:
        values[DIRECTION], is_in_words = QUALITATIVE, True
    if is_in_words:
        for part, other in IN_WORDS.items():
            if part in texts:
                values[other] = texts[part]
                values.pop(part, None)
    return values


def measured(
    printed: PrintedCell, now: ReviewedCell, baseline: Baseline, path_of: PathOf
) -> Iterator[tuple[FoundValue, str]]:
    """The number, and where they were changed the sign and the unit, of a measured value that was printed.

    Returns:
        Each value with the text it was printed as.
    """
    part = printed.parts[0]
    number = part.path.number or 0
    text, row = now.text, baseline.submission.indicators[number]
    found = _typed_measure(now, part.path, path_of)
    is_unchanged = without_space(text) == without_space(printed.text)
    changed = {part.path: (part.text if is_unchanged else found.value, part.text)}
    if not is_unchanged and found.sign and found.sign != row.direction:
        changed[InputPath.cell(INDICATORS, number, DIRECTION)] = found.sign, row.direction
    if not is_unchanged and found.unit and not is_same_unit(found.unit, row.unit):
        changed[InputPath.cell(INDICATORS, number, UNIT_PART)] = found.unit, row.unit
    for path, (after, before) in changed.items():
        value = FoundValue(path, after)
        value.note(now.runs)
        yield value, before


def _typed_measure(cell: ReviewedCell, path: InputPath, path_of: PathOf) -> Measure:
    """A measured value; what was typed into its control counts before the sign and the unit around it."""
    runs = cell.runs
    inside = [number for number, run in enumerate(runs) if path_of(run) == path and own_text(run)]
    whole = measure_of("".join(map(own_text, runs)))
    if not inside:
        return whole
    front, typed, back = (
        "".join(map(own_text, part)).strip()
        for part in (runs[: inside[0]], runs[inside[0] : inside[-1] + 1], runs[inside[-1] + 1 :])
    )
    found = measure_of(typed)
    is_around = (not front or comparison(front) is not None) and not any(map(str.isdigit, back))
    if not is_around or not (found.sign or found.unit or not whole.is_number):
        return whole
    return Measure(found.sign or (comparison(front) or "" if front else ""), found.value, found.unit or back)


def dropped_marks(printed: PrintedCell, now: ReviewedCell, label: str) -> Problem | None:
    """A notice where a number was typed without the sign or the unit that was printed with it."""
    part, found = printed.parts[0], measure_of(now.text)
    if not found.is_number:
        return None
    lost = "".join(
        mark for mark, kept in ((part.lead, found.sign), (part.tail, found.unit)) if mark and not kept
    )
    if not lost:
        return None
    message = f"“{label}”改写时没有写原来的“{lost}”，仍按原来的读"
    remedy = "如要改变符号或单位，请直接在工作簿中改"
    return document_problem(Severity.NOTICE, "kept_mark", message, remedy, part.path, label, now.text)


def guessed_group(form: FormDefinition, path: InputPath, found: str) -> Problem:
    """A notice that the labels beside a new row do not say which group it belongs to."""
    label = label_of(form, path)
    read = f"按位置读作“{found}”" if found else "按位置没有读出类型"
    message = f"审阅稿中新增的一行没有写明所在的类别，{read}"
    return document_problem(
        Severity.NOTICE if found else Severity.WARNING,
        "guessed_group",
        message,
        "请核对这一行的类型",
        path,
        label,
        found,
    )
