"""Submission + Evaluation → FormTable: fill the cells of the form definition."""

from __future__ import annotations

from collections.abc import Callable
from string import Formatter

from zhengti_zip.base.answers import is_dash
from zhengti_zip.base.numbers import money, plain
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.geometry import geometry_of, united_edges
from zhengti_zip.form.print_layout import Align, CellSpec, GridBlock, IndicatorBlock, IndicatorColumn
from zhengti_zip.form.tree import RowContext
from zhengti_zip.grid.prompts import prompts_of
from zhengti_zip.grid.table import Break, Cell, FormTable, Origin, Paragraph, Row, Span
from zhengti_zip.scoring.evaluation import Evaluation, RowResult, year_of
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import BUDGET, FIELDS, GOALS, GRADE, NO_PATH, TOTAL, InputPath

TICKED, EMPTY_BOX = "☑", "☐"


def lay_out(form: FormDefinition, submission: Submission, evaluation: Evaluation) -> FormTable:
    """Build the printed grid of one department's form."""
    edges, positions = united_edges(form)
    builder = _Builder(form, submission, evaluation)
    for block, columns in zip(form.layout.blocks, positions, strict=True):
        if isinstance(block, GridBlock):
            builder.add_grid(block, columns)
        elif isinstance(block, IndicatorBlock):
            builder.add_indicators(columns)
    title = [_title_line(line, submission) for line in form.title]
    return FormTable(
        form_id=form.id,
        form_version=form.version,
        year=year_of(form, submission),
        department=submission.field_text(form.roles.department),
        title=tuple(text for text, _ in title),
        title_inputs=tuple(spans for _, spans in title),
        edges=tuple(edges),
        rows=tuple(builder.rows),
        cells=tuple(sorted(builder.cells, key=lambda cell: (cell.row, cell.column))),
        geometry=geometry_of(form.layout),
        signature=tuple(item for item in form.layout.signature if isinstance(item, str)),
        page_numbers=form.layout.page_numbers,
        prompts=prompts_of(form, submission),
    )


def _title_line(line: str, submission: Submission) -> tuple[str, tuple[Span, ...]]:
    """A title line with its fields filled in, and their places; line breaks in a field are left out."""
    text, spans = "", []
    for fixed, name, _, _ in Formatter().parse(line):
        text += fixed
        if name is not None:
            start = len(text)
            text += submission.field_text(name).replace("\n", "")
            spans.append(Span(start, len(text), InputPath.field(name)))
    return text, tuple(spans)


class _Builder:
    """Collects rows and cells block by block."""

    def __init__(self, form: FormDefinition, submission: Submission, evaluation: Evaluation) -> None:
        self.form, self.submission, self.evaluation = form, submission, evaluation
        self.rows: list[Row] = []
        self.cells: list[Cell] = []

    def add_grid(self, block: GridBlock, columns: list[int]) -> None:
        first = len(self.rows)
        for number in range(len(block.areas)):
            allowed = number == 0 and not block.keep_with_previous and first > 0
            self.rows.append(Row(break_before=Break.ALLOWED if allowed else Break.NEVER))
        for name, spec in block.cells.items():
            spots = [
                (i, j) for i, row in enumerate(block.areas) for j, area in enumerate(row) if area == name
            ]
            (top, left), (bottom, right) = spots[0], spots[-1]
            paragraphs = self._content(spec)
            self.cells.append(
                Cell(
                    row=first + top,
                    column=columns[left],
                    row_span=bottom - top + 1,
                    column_span=columns[right + 1] - columns[left],
                    paragraphs=paragraphs,
                    origin=_origin(spec),
                    align=_alignment(spec.align, "".join(p.text for p in paragraphs)),
                    scale=spec.scale,
                    bold=spec.bold,
                )
            )

    def _content(self, spec: CellSpec) -> tuple[Paragraph, ...]:
        path = _path_of(spec)
        if path is None:
            return (Paragraph(spec.text),) if spec.text else ()
        found = _VALUES[path.group](self, path, spec)
        if not any(paragraph.text for paragraph in found):
            found = (Paragraph(spec.empty, found[0].path if found else NO_PATH),)
        if spec.prefix:
            first = found[0]
            lead = len(spec.prefix) + first.lead
            found = (Paragraph(spec.prefix + first.text, first.path, lead), *found[1:])
        return found

    def field(self, path: InputPath, spec: CellSpec) -> tuple[Paragraph, ...]:
        lines = self.submission.field_text(path.item).split("\n")
        return tuple(Paragraph(line, path) for line in lines)

    def amount(self, path: InputPath, spec: CellSpec) -> tuple[Paragraph, ...]:
        amount = self.submission.budget.get(path.item)
        return (Paragraph("" if amount is None else money(amount), path),)

    def goal_list(self, path: InputPath, spec: CellSpec) -> tuple[Paragraph, ...]:
        name, paragraphs = path.part, []
        for number, goal in enumerate(self.submission.goals):
            text = getattr(goal, name)
            mark = f"{number + 1}." if spec.numbered else ""
            if text and not (name == "reason" and is_dash(text)):
                for line in text.split("\n"):
                    paragraphs.append(Paragraph(mark + line, path.at(number), len(mark)))
                    mark = ""
        return tuple(paragraphs) or (Paragraph("", path.at(0)),)

    def total(self, path: InputPath, spec: CellSpec) -> tuple[Paragraph, ...]:
        value = self.form.full_score if path.item == "weight" else self.evaluation.total
        return (Paragraph("" if value is None else plain(value), path),)

    def grade(self, path: InputPath, spec: CellSpec) -> tuple[Paragraph, ...]:
        reached = self.evaluation.grade
        paragraphs = []
        for line in self.form.grade.lines:
            text, boxes = "", []
            for number, band in enumerate(line):
                text += " " if number else ""
                boxes.append(Span(len(text), len(text) + 1, InputPath.grade(band.name)))
                text += (TICKED if band == reached else EMPTY_BOX) + band.text
            paragraphs.append(Paragraph(text, InputPath.grade("bands"), boxes=tuple(boxes)))
        return tuple(paragraphs)

    def add_indicators(self, columns: list[int]) -> None:
        self._heads(columns)
        first = len(self.rows)
        results = self.evaluation.rows
        for number, result in enumerate(results):
            self.rows.append(Row(break_before=self._break_before(number), head=first - 1))
            for index, column in enumerate(self.form.layout.columns):
                scope = _scope_key(column.scope)
                if number and scope(result.context) == scope(results[number - 1].context):
                    continue
                span = sum(1 for other in results[number:] if scope(other.context) == scope(result.context))
                self.cells.append(
                    self._indicator_cell(
                        column, result, first + number, span, (columns[index], columns[index + 1])
                    )
                )

    def _heads(self, columns: list[int]) -> None:
        row = len(self.rows)
        self.rows.append(Row(is_head=True))
        for index, column in enumerate(self.form.layout.columns):
            width = columns[index + 1] - columns[index]
            self.cells.append(Cell(row, columns[index], 1, width, (Paragraph(column.head),), bold=True))

    def _break_before(self, number: int) -> Break:
        if number == 0:
            return Break.NEVER
        this, before = (self.evaluation.rows[index].context for index in (number, number - 1))
        if this.indicator is before.indicator:
            return Break.NEVER
        return Break.ALLOWED if this.levels[-1] is before.levels[-1] else Break.PREFERRED

    def _indicator_cell(
        self, column: IndicatorColumn, result: RowResult, row: int, span: int, columns: tuple[int, int]
    ) -> Cell:
        text, path, origin = _shown(column, result)
        return Cell(
            row=row,
            column=columns[0],
            row_span=span,
            column_span=columns[1] - columns[0],
            paragraphs=tuple(Paragraph(line, path) for line in text.split("\n")),
            origin=origin,
            align=_alignment(column.align, text),
        )


_VALUES: dict[str, Callable[[_Builder, InputPath, CellSpec], tuple[Paragraph, ...]]] = {
    FIELDS: _Builder.field,
    BUDGET: _Builder.amount,
    GOALS: _Builder.goal_list,
    TOTAL: _Builder.total,
    GRADE: _Builder.grade,
}


def _alignment(align: Align, text: str) -> Align:
    """The alignment of a cell; a single character such as "-" is centred in any cell."""
    return align if len(text) > 1 else Align.CENTER


def _path_of(spec: CellSpec) -> InputPath | None:
    """The input a cell shows; None for a fixed text. For goals it is the path of their column."""
    return InputPath.parse(spec.value or "")


def _origin(spec: CellSpec) -> Origin:
    path = _path_of(spec)
    if path is None:
        return Origin.LABEL
    return Origin.COMPUTED if path.is_result else Origin.ENTERED


def _scope_key(scope: str) -> Callable[[RowContext], str]:
    keys: dict[str, Callable[[RowContext], str]] = {
        "level1": lambda context: context.levels[0].id,
        "level2": lambda context: context.levels[1].id,
        "indicator": lambda context: context.indicator.id,
        "row": lambda context: context.row.id,
    }
    return keys[scope]


def _shown(column: IndicatorColumn, result: RowResult) -> tuple[str, InputPath, Origin]:
    """Text, input path and origin of one cell of the indicator table."""
    context = result.context
    labels = {
        "level1.name": context.levels[0].name,
        "level1.weight": plain(context.levels[0].points),
        "level2.name": context.levels[1].name,
        "level2.weight": plain(context.levels[1].points),
        "indicator.name": context.indicator.name,
        "indicator.explanation": context.indicator.explanation,
        "row.weight": plain(context.row.weight),
    }
    if column.show in labels:
        return labels[column.show], NO_PATH, Origin.LABEL
    if column.show == "row.score":
        score = "" if result.score is None else plain(result.score)
        return score, InputPath.score(context.row.id), Origin.ENTERED
    part = column.part
    text = getattr(result.entry, part)
    is_owed = result.is_below_weight and column.show in ("row.reason", "row.improvement")
    if is_dash(text) and not is_owed:
        text = column.empty
    return text, InputPath.score(context.row.id, part), Origin.ENTERED
