"""A trial run of a definition: everything the program does with a form, done once with fictional data.

Whatever stops the program stops it here, while the form is being written, and is told as a mistake.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from functools import partial
from pathlib import Path
from typing import Any

from zhengti_zip.base.errors import EnvironmentProblem, ZhengtiError
from zhengti_zip.base.excerpts import shortened
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Level as Severity
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.tree import Level, LevelPath
from zhengti_zip.grid.examine import Examination, examine
from zhengti_zip.reporting.template import ReportTemplateError
from zhengti_zip.submission.entry import RawEntry, assemble
from zhengti_zip.submission.inputs import UNIT_PART, single_inputs, table_parts
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import INDICATORS, SCORES, TABLES, InputPath
from zhengti_zip.submission.raw import Raw
from zhengti_zip.submission.source import Source

ROWS = 3
"""Rows a fictional submission has in each table, or one per option of its first drop-down if that is more."""

_NUMBERS: dict[ValueKind, Any] = {
    ValueKind.COUNT: 7,
    ValueKind.AMOUNT: Decimal("1297.59"),
    ValueKind.NUMBER: Decimal(85),
    ValueKind.POINTS: Decimal(1),
}


def trial_submission(form: FormDefinition) -> Submission:
    """A submission with something in every input; its numbers need not agree with each other."""
    raw = RawEntry()
    for number, slot in enumerate(single_inputs(form)):
        raw.singles[slot.path] = _score(form, slot.path) or _value(form, slot.item, number)
    for table in TABLES:
        parts = table_parts(form, table)
        rows = max([ROWS, *(len(part.options) for part in parts[:1])]) if parts else 0
        raw.tables[table] = [{part.id: _value(form, part, row) for part in parts} for row in range(rows)]
    for row in raw.tables[INDICATORS]:
        row.update({UNIT_PART: "个"} if UNIT_PART in row else {})
    for row, points in zip(raw.tables[INDICATORS], _shares(form, len(raw.tables[INDICATORS])), strict=False):
        row.update({key: points for key in ("weight", "score") if key in row})
    return assemble(form, raw)[0]


def _shares(form: FormDefinition, rows: int) -> list[Decimal]:
    """Points of the entered rows, which add up to those of the levels; empty for a form without such rows.

    The rows go through the types, or all belong to the only one.
    """
    leaves = list(form.leaf_groups.values())
    if not leaves:
        return []
    weighed = [_weighed(leaves[row % len(leaves)]) for row in range(rows)]
    shares = []
    for number, level in enumerate(weighed):
        share = (level.points / weighed.count(level)).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
        is_last = level not in weighed[number + 1 :]
        shares.append(level.points - share * (weighed.count(level) - 1) if is_last else share)
    return shares


def _weighed(path: LevelPath) -> Level:
    """The nearest level of a path that has points."""
    return next((level for level in reversed(path) if level.weight is not None), path[0])


def blank_source(form: FormDefinition) -> Source:
    """An input in which nothing is entered but the form's year."""
    return Source(form, Submission(form=form.id, fields={form.roles.year: form.year}), {})


def trial_source(form: FormDefinition) -> Source:
    """:func:`trial_submission` as if it had been read from a file."""
    return Source(form, trial_submission(form), {})


def preview_pictures(form: FormDefinition, dpi: int, *, filled: bool = False) -> list[bytes]:
    """The pages of the blank form, or of a fictional submission, as PNG.

    Args:
        dpi: dots per inch.
        filled: whether the fictional submission is shown.

    Raises:
        EnvironmentProblem, RenderError: they cannot be printed.
    """
    from zhengti_zip.pdf.preview import page_pictures
    from zhengti_zip.pdf.render import render_pdf

    source = trial_source(form) if filled else blank_source(form)
    return page_pictures(render_pdf(examine(source).table), dpi)


def _score(form: FormDefinition, path: InputPath) -> Raw:
    """Half the weight as the score of a row; None for other inputs."""
    if path.group != SCORES or path.part != "score":
        return None
    return (form.row_by_id[path.item].row.weight / 2).quantize(Decimal("0.01"))


def _value(form: FormDefinition, item: Input, number: int) -> Raw:
    """Something that may be entered for ``item``; ``number`` varies it from row to row."""
    if item.options:
        return item.options[number % len(item.options)]
    if item.kind is ValueKind.YEAR:
        return form.year
    if item.kind in _NUMBERS:
        value: Raw = _NUMBERS[item.kind]
        return value
    if item.kind is not ValueKind.TEXT:
        return date(form.year, 12, 31) if item.kind.value == "date" else Decimal(85)
    return f"试填的{item.label}"[: item.max_length]


@dataclass
class _Trial:
    """The steps of the trial, each using what an earlier one made."""

    form: FormDefinition
    book: bytes = b""
    examined: dict[str, Examination] = field(default_factory=dict)

    def steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """What is done, in words, and the function that does it."""
        yield "生成空白工作簿", self.blank_book
        yield "生成填好的工作簿", self.filled_book
        yield "读回填好的工作簿", self.read_back
        for name, source in (("空白", blank_source), ("填好的", trial_source)):
            yield f"评分、检查{name}表并排版", partial(self.lay_out, name, source)
            yield f"生成{name} PDF", partial(self.pdf, name)
            yield f"生成{name} Word 文件", partial(self.word, name)
            yield f"生成{name}自评报告", partial(self.report, name)

    def blank_book(self) -> None:
        from zhengti_zip.workbook.write.writer import blank_workbook

        blank_workbook(self.form)

    def filled_book(self) -> None:
        from zhengti_zip.workbook.write.writer import filled_workbook

        self.book = filled_workbook(self.form, trial_submission(self.form))

    def read_back(self) -> None:
        from zhengti_zip.workbook.read.anyinput import read_content

        if not self.book:
            return
        source = read_content(Path("试填.xlsx"), self.book, self.form)
        if source.submission != trial_submission(self.form):
            problems = [problem.message for problem in source.reading_problems if problem.is_error]
            raise ValueError(f"读回的内容与填入的不同{'：' if problems else ''}{'；'.join(problems[:3])}")

    def lay_out(self, name: str, source: Callable[[FormDefinition], Source]) -> None:
        self.examined[name] = examine(source(self.form))

    def pdf(self, name: str) -> None:
        from zhengti_zip.pdf.render import render_pdf

        if name in self.examined:
            render_pdf(self.examined[name].table)

    def word(self, name: str) -> None:
        from zhengti_zip.word.document import render_docx

        if name in self.examined:
            render_docx(self.examined[name].table)

    def report(self, name: str) -> None:
        from zhengti_zip.reporting.report import report_files

        if name in self.examined:
            report_files(self.examined[name], draft=True)


def trial_mistakes(form: FormDefinition) -> list[Mistake]:
    """What stops the program when it uses a form; empty when nothing does.

    File and line are set in those of the report template only.
    """
    found: dict[str, Mistake] = {}  # by what stopped the program: one cause is told once
    for what, step in _Trial(form).steps():
        try:
            step()
        except EnvironmentProblem as problem:
            words = f"没有试着{what}：{problem.message}"
            found.setdefault(problem.message, Mistake("", words, problem.remedy, Severity.REMARK))
        except ReportTemplateError as error:
            found.setdefault(error.message, _of_template(error, what))
        except ZhengtiError as error:
            found.setdefault(error.message, Mistake("", f"不能{what}：{error.message}", error.remedy))
        except Exception as error:
            words = f"试着{what}时程序出错：{type(error).__name__}：{error}{_where(error)}"
            remedy = (
                "程序没有预料到这种写法：撤回最近的改动后可以继续，请把 form.yaml 和本信息交给程序维护人员"
            )
            found.setdefault(repr(error), Mistake("", words, remedy))
    return list(found.values())


def _of_template(error: ReportTemplateError, what: str) -> Mistake:
    """A mistake of the report template, with the text of its line in place of a key path."""
    lines = error.file.read_text(encoding="utf-8").split("\n") if error.line else []
    line = "".join(lines[error.line - 1 : error.line]).strip()
    words = f"不能{what}：{error.words}"
    return Mistake(shortened(line), words, error.remedy, file=error.name, line=error.line or 1)


def _where(error: Exception) -> str:
    """Where in this program an error was raised, for whoever mends it."""
    root = Path(__file__).parents[1]
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(root)
    ]
    return f"（{Path(frames[-1].filename).relative_to(root)} 第 {frames[-1].lineno} 行）" if frames else ""
