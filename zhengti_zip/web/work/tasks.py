"""What worker processes do for the server: files in, plain data and files out; a refusal comes back as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengti_zip.base.errors import InputError
from zhengti_zip.batch.task import ANNOTATED
from zhengti_zip.web.work.refused import refusing

if TYPE_CHECKING:  # the server itself does not import what works on files
    from zhengti_zip.web.work.reading import ReadFile

PICTURE_DPI = 96
MAX_PICTURES = 20

PAPER = "-评分底稿.xlsx"


@dataclass(frozen=True, slots=True)
class FileRequest:
    """A file to work on.

    Attributes:
        name: its file name, as its owner knows it.
        content: its bytes.
        form: id of the form it must be of; None takes the one it names.
    """

    name: str
    content: bytes = field(repr=False)
    form: str | None = None


@dataclass(frozen=True, slots=True)
class MendRequest:
    """A workbook whose cells are to be changed.

    Attributes:
        file: the workbook.
        edits: what was typed, by cell, e.g. ``{"部门预算!B5": "1297.59"}``.
    """

    file: FileRequest
    edits: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """Two files to compare."""

    before: FileRequest
    after: FileRequest


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """A reviewed Word file, or the copies of several reviewers, beside the workbook.

    Attributes:
        refused: keys of decisions that are not taken over.
        is_forced: whether Word files of another department or year are taken as well.
    """

    documents: tuple[FileRequest, ...]
    workbook: FileRequest
    refused: tuple[str, ...] = ()
    is_forced: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made: the ending of its name, and its bytes."""

    ending: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that was examined.

    Attributes:
        examination: the value of ``StoredFile.examination``.
        files: what was made of it, by kind of artifact.
    """

    examination: dict[str, Any]
    files: Mapping[str, Made]


def unreadable_data(message: str, remedy: str) -> dict[str, Any]:
    """The value of ``StoredFile.examination`` for a file that could not be read."""
    counts = {"error": 1, "warning": 0, "notice": 0}
    return {"counts": counts, "unreadable": {"message": message, "remedy": remedy}}


def get_ready(_: None) -> None:
    """Import what the other functions need, before the first of them is called."""
    from zhengti_zip.batch.settings import BatchSettings
    from zhengti_zip.batch.task import get_ready as get_batch_ready
    from zhengti_zip.pdf.preview import page_pictures  # noqa: F401
    from zhengti_zip.web.work import examination, reading  # noqa: F401
    from zhengti_zip.workbook.edit.annotate import annotate  # noqa: F401
    from zhengti_zip.workbook.write.worksheet import worksheet_workbook  # noqa: F401

    get_batch_ready(BatchSettings())


@refusing
def examine_file(request: FileRequest) -> Examined:
    """Read, check and score a file.

    Returns:
        Its examination, and the files ``workbook`` (which can be mended), ``json``, ``paper`` (评分底稿) and, where a
        workbook has problems, ``annotated``.
    """
    from zhengti_zip.scoring.explanation import explain
    from zhengti_zip.web.work.examination import examination_data
    from zhengti_zip.web.work.reading import read_file
    from zhengti_zip.workbook.write.worksheet import worksheet_workbook

    read = read_file(request.name, request.content, request.form)
    examined = read.examined
    explanation = explain(examined.source, examined.evaluation)
    data = examination_data(request.name, read, explanation)
    files = {
        "workbook": Made(".xlsx", read.workbook),
        "json": Made(".json", examined.source.submission.to_json().encode("utf-8")),
        "paper": Made(PAPER, worksheet_workbook(explanation)),
    }
    if read.is_workbook and examined.problems:
        files |= _annotated(request, read, data)
    return Examined(data, files)


@refusing
def print_file(request: FileRequest) -> dict[str, Made]:
    """The printed form of a file, ``pdf`` and ``docx``; with a watermark while the file has errors."""
    from zhengti_zip.printing.build import printed
    from zhengti_zip.printing.options import PrintOptions
    from zhengti_zip.web.work.reading import read_file

    examined = read_file(request.name, request.content, request.form).examined
    made = printed(examined, PrintOptions(draft=examined.has_errors))
    return {ending.removeprefix("."): Made(ending, content) for ending, content in made.items()}


def page_pictures(pdf: bytes) -> dict[str, Made]:
    """The pages of a printed form as pictures, ``page-1`` …; at most :data:`MAX_PICTURES`."""
    from zhengti_zip.pdf.preview import page_pictures as drawn

    pictures = drawn(pdf, PICTURE_DPI)[:MAX_PICTURES]
    return {f"page-{n}": Made(f"-{n}.png", content) for n, content in enumerate(pictures, start=1)}


@refusing
def mend_workbook(request: MendRequest) -> bytes:
    """The workbook with the cells changed."""
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.workbook.edit.mend import mended

    file = request.file
    form = load_form(file.form) if file.form else None
    return mended(Path(file.name), file.content, request.edits, form)


@refusing
def compare_files(request: CompareRequest) -> dict[str, Any]:
    """What ``diff --json`` prints of two files of any kind."""
    from zhengti_zip.comparing.comparison import compare
    from zhengti_zip.comparing.comparisonjson import comparison_data
    from zhengti_zip.review.anyfile import read_any_content

    before, after = (
        read_any_content(Path(each.name), each.content) for each in (request.before, request.after)
    )
    return comparison_data(compare(before, after))


@refusing
def review_document(request: ReviewRequest) -> dict[str, Any]:
    """The value of ``WordReview.result``: what there is to decide, as if all of it were taken over."""
    from zhengti_zip.review.same_department import OtherDepartment
    from zhengti_zip.web.work.reviewed import other_department_data, review_data, reviewed

    try:
        return review_data(reviewed(request))
    except OtherDepartment as error:
        return other_department_data(error)


@refusing
def accepted_changes(request: ReviewRequest) -> bytes:
    """The workbook with the changes that were not refused."""
    from zhengti_zip.web.work.reviewed import reviewed

    return reviewed(request).content


@refusing
def draw_blank_form(form: str) -> bytes:
    """The first page of a form behind its cover, with nothing filled in, as a picture."""
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.grid.lay_out import lay_out
    from zhengti_zip.pdf.preview import page_pictures as drawn
    from zhengti_zip.pdf.render import render_pdf
    from zhengti_zip.scoring.evaluation import evaluate
    from zhengti_zip.submission.model import Submission

    definition = load_form(form)
    empty = Submission(form=definition.id)
    table = lay_out(definition, empty, evaluate(definition, empty))
    return drawn(render_pdf(table), PICTURE_DPI)[table.cover_pages]


def _annotated(request: FileRequest, read: ReadFile, data: dict[str, Any]) -> dict[str, Made]:
    """The workbook with its problems at their cells; where that cannot be made, the examination says so."""
    from zhengti_zip.workbook.edit.annotate import annotate

    try:
        content = annotate(Path(request.name), read.examined.source, read.examined.problems)
    except InputError as error:  # the examination counts more than the annotated copy
        unplaced = dict.fromkeys(("field", "value", "path"), "") | dict.fromkeys(("sheet", "cell"))
        told = {"severity": "warning", "code": "not_annotated", "message": error.message}
        data["problems"].append({**told, "remedy": error.remedy, **unplaced})
        data["counts"]["warning"] += 1
        return {}
    return {"annotated": Made(ANNOTATED, content)}
