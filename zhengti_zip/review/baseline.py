"""What a Word file printed when it was made: every text with its place and its input path.

It is laid out and paginated again from the same data. So the rows are the same, and a value is found by
its place even when a program dropped the control around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.print_blocks import GridBlock, IndicatorBlock, MoneyBlock, RowsBlock
from zhengti_zip.grid.lay_out import lay_out
from zhengti_zip.grid.pages import Page, PageCell
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import FormTable, Origin, Prompt, Span
from zhengti_zip.review.printed_tables import PrintedTables
from zhengti_zip.scoring.evaluation import Evaluation, evaluate
from zhengti_zip.submission.inputs import label_of
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import INDICATORS, SCORES, TABLES, InputPath
from zhengti_zip.word.controls import tag_of


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """What a cell prints of one input on one page: its value, and the fixed text in front of it and behind it."""

    path: InputPath
    text: str
    lead: str
    tail: str = ""


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell of one page.

    Attributes:
        key: row and column of the cell in the form, the same on every page when page breaks divide it.
        text: everything it prints.
        parts: its inputs, in order.
        is_continued: whether the cell began in a row above.
    """

    key: tuple[int, int]
    text: str
    parts: tuple[PrintedPart, ...]
    is_continued: bool = False

    @property
    def is_label(self) -> bool:
        """Whether it prints nothing that was entered or computed."""
        return not self.parts


PrintedRow = tuple[PrintedCell, ...]


@dataclass(frozen=True)
class Baseline:
    """The data a Word file was built from, and what it printed of them."""

    form: FormDefinition
    submission: Submission

    @cached_property
    def evaluation(self) -> Evaluation:
        """The scores as printed."""
        return evaluate(self.form, self.submission)

    @cached_property
    def table(self) -> FormTable:
        """The printed grid."""
        return lay_out(self.form, self.submission, self.evaluation)

    @cached_property
    def pages(self) -> list[list[PrintedRow]]:
        """The rows of each page."""
        return [list(_rows(page)) for page in paginate(self.table)]

    @cached_property
    def rows(self) -> list[PrintedRow]:
        """The rows of all pages."""
        return [row for page in self.pages for row in page]

    @cached_property
    def page_of(self) -> Mapping[InputPath, int]:
        """By input the page on which its printing begins, from 1; empty for a form of one page."""
        found: dict[InputPath, int] = {}
        for number, rows in enumerate(
            self.pages if len(self.pages) > 1 else (), start=1 + self.table.cover_pages
        ):
            for part in (part for row in rows for cell in row for part in cell.parts):
                found.setdefault(part.path, number)
        return found

    @cached_property
    def tables(self) -> PrintedTables:
        """The tables of entered rows in the printed grid."""
        return PrintedTables(self.form, self.table)

    @cached_property
    def next_numbers(self) -> dict[str, int]:
        """By growing table the number of the first row that is neither entered nor printed."""
        printed = [path for path in self.table.prompts if path.number is not None]
        return {
            table: max(
                [
                    len(self.submission.rows(table)),
                    *(1 + (p.number or 0) for p in printed if p.group == table),
                ]
            )
            for table in TABLES
        }

    @cached_property
    def title(self) -> list[tuple[str, tuple[Span, ...]]]:
        """The lines above the table, those of the cover too, each with the inputs in it."""
        lines = (*(self.table.cover.lines if self.table.cover else ()), *self.table.above)
        return [(line.text, line.inputs) for line in lines] + list(
            zip(self.table.title, self.table.title_inputs, strict=True)
        )

    @cached_property
    def signature(self) -> tuple[str, tuple[Span, ...]]:
        """The signature line with the inputs in it; "" if there is none."""
        text, spans = "", []
        for item in self.table.signature:
            spans += [Span(len(text) + s.start, len(text) + s.end, s.path) for s in item.inputs]
            text += item.text
        return text, tuple(spans)

    @cached_property
    def labels(self) -> Mapping[tuple[int, int], str]:
        """The printed labels by cell."""
        cells = (cell for row in self.rows for cell in row if cell.is_label and not cell.is_continued)
        return {cell.key: cell.text for cell in cells}

    @cached_property
    def texts(self) -> Mapping[tuple[InputPath, tuple[int, int]], str]:
        """The whole printed text by input and cell, before page breaks divide it."""
        return {
            (path, (cell.row, cell.column)): "\n".join(
                paragraph.value for paragraph in cell.paragraphs if paragraph.path == path
            )
            for cell in self.table.cells
            for path in {paragraph.path for paragraph in cell.paragraphs if paragraph.path}
        }

    @cached_property
    def paths(self) -> Mapping[str, InputPath]:
        """Input path by tag."""
        return {tag_of(path): path for path in self.table.prompts}

    @cached_property
    def titles(self) -> Mapping[str, InputPath]:
        """Input path by control title, without titles of several inputs."""
        found: dict[str, list[InputPath]] = {}
        for path, prompt in self.table.prompts.items():
            found.setdefault(_title(prompt), []).append(path)
        return {title: paths[0] for title, paths in found.items() if len(paths) == 1}

    def label(self, path: InputPath) -> str:
        """The name the user knows an input by."""
        prompt = self.table.prompts.get(path)
        return prompt.label if prompt else label_of(self.form, path)

    def none_word(self, path: InputPath) -> str:
        """What is printed where an input is empty."""
        return self._none_words.get(path.of_every_row, "")

    @cached_property
    def _none_words(self) -> Mapping[str, str]:
        """By the path without a row number, as the definition of a form names inputs."""
        layout = self.form.layout
        words: dict[str, str] = {
            spec.value: spec.empty
            for block in layout.blocks
            if isinstance(block, GridBlock)
            for spec in block.cells.values()
            if spec.value and spec.empty
        }
        for block in layout.blocks:
            if isinstance(block, IndicatorBlock):
                shown = [column for column in layout.columns_of(block) if column.scope == "row"]
                words |= {
                    InputPath.column(group, c.part): c.empty
                    for c in shown
                    if c.empty
                    for group in (SCORES, INDICATORS)
                }
            elif isinstance(block, RowsBlock):
                words |= {InputPath.column(block.table, c.show): c.empty for c in block.columns if c.empty}
            elif isinstance(block, MoneyBlock):
                words |= {InputPath.column(SCORES, c.show): c.empty for c in block.columns if c.empty}
        return words


class Baselines:
    """The baselines of files of one form, one for files that were built from the same data.

    Args:
        form: the form.
    """

    def __init__(self, form: FormDefinition) -> None:
        self._form = form
        self._made: dict[str, Baseline] = {}

    def of(self, submission: Submission) -> Baseline:
        """The baseline of a file that was built from this data."""
        key = submission.model_dump_json()
        if key not in self._made:
            self._made[key] = Baseline(self._form, submission)
        return self._made[key]


def _title(prompt: Prompt) -> str:
    return prompt.label[:64]


def _rows(page: Page) -> Iterator[PrintedRow]:
    for number, cells in enumerate(page.covering()):
        yield tuple(_cell(cell, is_first=cell.row == number) for cell in cells)


def _cell(cell: PageCell, is_first: bool) -> PrintedCell:
    source = cell.source
    key = (source.row, source.column)
    if not is_first:
        return PrintedCell(key, "", (), is_continued=True)
    found = list(cell.paragraphs())
    parts: dict[InputPath, list[str]] = {}
    leads: dict[InputPath, str] = {}
    tails: dict[InputPath, str] = {}
    if source.origin is not Origin.LABEL:
        for piece in found:
            path = piece.source.path
            parts.setdefault(path, []).append(piece.value)
            leads.setdefault(path, piece.text[: piece.lead])
            tails[path] = piece.text[len(piece.text) - piece.tail :]
    made = tuple(
        PrintedPart(path, "\n".join(texts), leads[path], tails[path]) for path, texts in parts.items() if path
    )
    return PrintedCell(key, "\n".join(piece.text for piece in found), made)
