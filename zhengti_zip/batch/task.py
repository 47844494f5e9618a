"""The work on one file, done in a worker: bytes in, a result and bytes out. Nothing is written here."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zhengti_zip.base.errors import EnvironmentProblem, InputError, ZhengtiError
from zhengti_zip.base.excerpts import shortened
from zhengti_zip.base.originals import EPOCH_VARIABLE
from zhengti_zip.batch.amounts import amounts_entered
from zhengti_zip.batch.carriers import Foreign
from zhengti_zip.batch.result import MAX_TEXT, ListedProblem, Result, Status
from zhengti_zip.batch.settings import BatchSettings

if TYPE_CHECKING:  # the process that submits tasks does not import what works on them
    from zhengti_zip.grid.examine import Examination
    from zhengti_zip.submission.problems import Problem

ANNOTATED = "-标注.xlsx"
"""Ending of the annotated copy of a workbook with errors."""

ENDINGS = (".pdf", ".docx", ANNOTATED)
"""Endings of all files a batch may write for an input."""

SAME_EVERYWHERE = "请在每台机器上安装相同版本的 zhengti-zip，--form、--font 所用的文件也须相同且位置一致"


@dataclass(frozen=True, slots=True)
class Task:
    """One file to work on.

    Attributes:
        name: the input as the user knows it.
        content: its bytes.
        settings: what to make of it.
        is_candidate: whether it may be no input at all; then it is skipped.
        defers: whether a PDF or Word file is only read: the same data may come as a workbook, too.
    """

    name: str
    content: bytes
    settings: BatchSettings
    is_candidate: bool = False
    defers: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a task.

    Attributes:
        result: without ``outputs``, which are set when the files are written.
        files: contents by ending, e.g. ``.pdf`` or ``-标注.xlsx``.
        is_final: whether the same input always gives the same answer. False when the machine was the cause.
    """

    result: Result
    files: dict[str, bytes] = field(default_factory=dict)
    is_final: bool = True


def get_ready(settings: BatchSettings) -> None:
    """Import what :func:`process` needs, before the first task. Errors are ignored here: the first task meets them."""
    with suppress(Exception):
        from zhengti_zip.form.loader import DEFAULT_FORM, load_form
        from zhengti_zip.printing.build import printed  # noqa: F401
        from zhengti_zip.workbook.read.reader import read_workbook  # noqa: F401

        load_form(settings.form or DEFAULT_FORM)
        if settings.prints.docx:
            from zhengti_zip.word.document import render_docx  # noqa: F401
        if settings.prints.pdf:
            from zhengti_zip.pdf.engine import start_engine
            from zhengti_zip.pdf.render import render_pdf  # noqa: F401

            start_engine()


def process(task: Task) -> Answer:
    """Check, score and print one file. Every error becomes a problem of the result."""
    start = time.perf_counter()
    try:
        answer = _worked(task)
    except Foreign as error:
        answer = skipped(task.name, error.why)
    except InputError as error:
        answer = failed(task.name, "unreadable", error.message, error.remedy)
    except EnvironmentProblem as error:
        answer = failed(task.name, "environment", error.message, error.remedy, is_final=False)
    except ZhengtiError as error:
        answer = failed(task.name, "not_printed", error.message, error.remedy)
    return replace(answer, result=replace(answer.result, seconds=round(time.perf_counter() - start, 3)))


def failed(name: str, code: str, message: str, remedy: str, *, is_final: bool = True) -> Answer:
    """The answer for a file of which nothing could be read."""
    problem = ListedProblem("error", code, shortened(message, MAX_TEXT), remedy)
    return Answer(Result(name, Status.FAILED, problems=(problem,)), is_final=is_final)


def skipped(name: str, why: str, *, is_final: bool = True) -> Answer:
    """The answer for a file that does not count."""
    return Answer(Result(name, Status.SKIPPED, fate=shortened(why, MAX_TEXT)), is_final=is_final)


def _worked(task: Task) -> Answer:
    from zhengti_zip.base.filekinds import FileKind
    from zhengti_zip.batch.carriers import PRINTS, read_carrier
    from zhengti_zip.batch.details import last_saved
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.grid.examine import examine
    from zhengti_zip.printing.build import printed

    settings = task.settings
    _prepare(settings)
    file = Path(task.name.rpartition("/")[2])
    form = load_form(settings.form) if settings.form else None
    kind, source = read_carrier(file, task.content, form, settings.fonts, is_candidate=task.is_candidate)
    examined = examine(source)
    is_bad = examined.has_errors
    result = replace(
        result_of(task.name, examined),
        kind=kind.name.lower(),
        saved=last_saved(kind, task.content, settings.epoch),
        is_deferred=task.defers and kind in PRINTS,
    )
    files: dict[str, bytes] = {}
    if result.is_deferred:
        return Answer(result)
    if not is_bad or settings.prints.draft:
        files = printed(examined, replace(settings.prints, draft=is_bad))
    if is_bad and kind is FileKind.WORKBOOK:
        from zhengti_zip.workbook.edit.annotate import annotate

        try:
            files[ANNOTATED] = annotate(file, source, examined.problems)
        except InputError as error:  # the result with its problems counts more than the annotated copy
            problem = ListedProblem("warning", "not_annotated", error.message, error.remedy)
            result = replace(result, problems=(*result.problems, problem))
    return Answer(result, files)


def _prepare(settings: BatchSettings) -> None:
    """Make this process print the same bytes as every other.

    Raises:
        EnvironmentProblem: the program, the form or a font differs on this machine.
    """
    from zhengti_zip.batch.digests import program_digest, resource_digest

    if settings.epoch:
        os.environ[EPOCH_VARIABLE] = str(settings.epoch)
    if settings.program and settings.program != program_digest():
        raise EnvironmentProblem("这台机器上的 zhengti-zip 与发出任务的不是同一版本", SAME_EVERYWHERE)
    try:
        same = not settings.resources or settings.resources == resource_digest(settings.form, settings.fonts)
    except ZhengtiError:
        same = False
    if not same:
        raise EnvironmentProblem("这台机器上没有相同的表文件夹或字体文件", SAME_EVERYWHERE)


def result_of(name: str, examined: Examination) -> Result:
    """The result of an input that was read; it lists what is wrong with it."""
    from zhengti_zip.batch.details import data_digest, long_texts, row_scores
    from zhengti_zip.scoring.items import item_scores
    from zhengti_zip.submission.identity import identity_of

    source, evaluation = examined.source, examined.evaluation
    form, submission = source.form, source.submission
    year = submission.fields.get(form.roles.year)
    texts = long_texts(source)
    return Result(
        name=name,
        status=Status.FAILED if examined.has_errors else Status.DONE,
        form=form.id,
        department=shortened(submission.field_text(form.roles.department), MAX_TEXT),
        scope=shortened(identity_of(form, submission), MAX_TEXT),
        year=year if isinstance(year, int) else 0,
        total=evaluation.total,
        grade=evaluation.grade.name if evaluation.grade else "",
        scores=item_scores(evaluation),
        budget=amounts_entered(form, submission),
        problems=tuple(map(_flat, examined.problems)),
        rows=row_scores(evaluation),
        texts=texts.kept,
        texts_left=texts.left,
        texts_cut=texts.cut,
        data=data_digest(source),
    ).listing()


def _flat(problem: Problem) -> ListedProblem:
    return ListedProblem(
        severity=problem.severity.value,
        code=problem.code,
        message=shortened(problem.message, MAX_TEXT),
        remedy=shortened(problem.remedy, MAX_TEXT),
        place=shortened(str(problem.place), MAX_TEXT) if problem.place else "",
        label=shortened(problem.field, MAX_TEXT),
        value=shortened(problem.value, MAX_TEXT),
    )
