"""The texts of the cells and lines of a form: what ``value: …`` shows, as paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from zhengti_zip.base.answers import is_dash
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.print_columns import CellSpec
from zhengti_zip.grid.formats import Shown, number, shown
from zhengti_zip.grid.table import Origin, Paragraph, Span
from zhengti_zip.scoring.evaluation import Evaluation, RowResult
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import (
    BUDGET,
    DATA,
    DERIVED,
    FIELDS,
    FUNDS,
    GOALS,
    GRADE,
    NO_PATH,
    SCORES,
    TOTAL,
    InputPath,
)

TICKED, EMPTY_BOX = "☑", "☐"

Paragraphs = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One department's form: what is printed."""

    form: FormDefinition
    submission: Submission
    evaluation: Evaluation

    def result(self, row_id: str) -> RowResult | None:
        """The result of a fixed row, by its id."""
        return next((row for row in self.evaluation.rows if row.context.row.id == row_id), None)


def content_of(spec: CellSpec, entry: Entry) -> Paragraphs:
    """The paragraphs of a cell of a grid."""
    path = path_of(spec.value)
    if path is None:
        return (Paragraph(spec.text),) if spec.text else ()
    found = _VALUES[path.group](entry, path, spec)
    if any(paragraph.text for paragraph in found):
        found = (*found[:-1], _followed(found[-1], spec.suffix)) if spec.suffix else found
    else:
        found = (Paragraph(spec.empty, found[0].path if found else NO_PATH),)
    if spec.prefix:
        first = found[0]
        lead = len(spec.prefix) + first.lead
        found = (replace(first, text=spec.prefix + first.text, lead=lead), *found[1:])
    return found


def path_of(value: str | None) -> InputPath | None:
    """The path of what a cell shows; None for a fixed text. For goals it is the path of their column."""
    return InputPath.parse(value or "")


def origin_of(value: str | None) -> Origin:
    """Where the text of a cell comes from."""
    path = path_of(value)
    if path is None or (path.group == SCORES and path.part == "weight"):
        return Origin.LABEL
    return Origin.COMPUTED if path.is_result else Origin.ENTERED


def paragraphs_of(value: Shown, path: InputPath) -> Paragraphs:
    """A value as paragraphs, one for each of its lines."""
    if not value.text:
        return (Paragraph("", path),)
    first, *others = value.text.split("\n")
    made = [Paragraph(value.before + first, path, len(value.before))]
    made += [Paragraph(line, path) for line in others]
    made[-1] = _followed(made[-1], value.behind)
    return tuple(made)


def _followed(paragraph: Paragraph, text: str) -> Paragraph:
    return replace(paragraph, text=paragraph.text + text, tail=paragraph.tail + len(text))


def _field(entry: Entry, path: InputPath, spec: CellSpec) -> Paragraphs:
    item, value = entry.form.field_by_id[path.item], entry.submission.fields.get(path.item)
    return paragraphs_of(shown(value, item, spec.places), path)


def _datum(entry: Entry, path: InputPath, spec: CellSpec) -> Paragraphs:
    item, value = entry.form.data_by_id[path.item], entry.submission.data.get(path.item)
    return paragraphs_of(shown(value, item, spec.places), path)


def _budget(entry: Entry, path: InputPath, spec: CellSpec) -> Paragraphs:
    value = entry.submission.budget.get(path.item)
    return paragraphs_of(Shown("" if value is None else number(value, spec.places, is_amount=True)), path)


def _funds(entry: Entry, path: InputPath, spec: CellSpec) -> Paragraphs:
    value = entry.submission.funds.get(path.item, {}).get(path.part)
    return paragraphs_of(Shown("" if value is None else number(value, spec.places, is_amount=True)), path)


def _goals(entry: Entry, path: InputPath, spec: CellSpec) -> Paragraphs:
    name, paragraphs = path.part, []
    for row, goal in enumerate(entry.submission.goals):
        text = str(goal.part(name) or "")
        mark = f"{row + 1}." if spec.numbered else ""
        if text and not (name == "reason" and is_dash(text)):
            for line in text.split("\n"):
                paragraphs.append(Paragraph(mark + line, path.at(row), len(mark)))
                mark = ""
    return tuple(paragraphs) or (Paragraph("", path.at(0)),)


def _score(entry: Entry, path: InputPath, spec: CellSpec) -> Paragraphs:
    result = entry.result(path.item)
    if result is None:
        return ()
    if path.part == "weight":
        return (Paragraph(number(result.weight, spec.places)),)
    return score_part(result, path.part, spec.empty, spec.places)


def score_part(result: RowResult, part: str, empty: str, places: int | None = None) -> Paragraphs:
    """The score of a row, or one of the texts entered beside it.

    Args:
        result: the row.
        part: score, reason, improvement or evidence.
        empty: what is printed where nothing was entered and nothing is owed.
        places: decimals of the score.
    """
    path = InputPath.of_row(result.context, part)
    if part == "score":
        return paragraphs_of(Shown("" if result.score is None else number(result.score, places)), path)
    text = getattr(result.entry, part)
    is_owed = result.is_below_weight and part in ("reason", "improvement")
    return paragraphs_of(Shown(empty if is_dash(text) and not is_owed else text), path)


def _total(entry: Entry, path: InputPath, spec: CellSpec) -> Paragraphs:
    value = entry.form.full_score if path.item == "weight" else entry.evaluation.total
    return (Paragraph("" if value is None else number(value, spec.places), path),)


def _derived(entry: Entry, path: InputPath, spec: CellSpec) -> Paragraphs:
    item = next(item for item in entry.form.derived if item.path == path)
    if spec.places is not None:
        item = item.model_copy(update={"places": spec.places})
    return (Paragraph(item.text(entry.evaluation.derived.get(path)), path),)


def _grade(entry: Entry, path: InputPath, spec: CellSpec) -> Paragraphs:
    reached = entry.evaluation.grade
    paragraphs = []
    for line in entry.form.grade.lines:
        text, boxes = "", []
        for place, band in enumerate(line):
            text += " " if place else ""
            boxes.append(Span(len(text), len(text) + 1, InputPath.grade(band.name)))
            text += (TICKED if band == reached else EMPTY_BOX) + band.text
        paragraphs.append(Paragraph(text, InputPath.grade("bands"), boxes=tuple(boxes)))
    return tuple(paragraphs)


_VALUES: dict[str, Callable[[Entry, InputPath, CellSpec], Paragraphs]] = {
    FIELDS: _field,
    BUDGET: _budget,
    FUNDS: _funds,
    DATA: _datum,
    GOALS: _goals,
    DERIVED: _derived,
    SCORES: _score,
    TOTAL: _total,
    GRADE: _grade,
}
