"""From an examined input to the files a department submits; either all of them appear or none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from zhengti_zip.base.files import ensure_writable, write_all_atomically
from zhengti_zip.base.jsontext import json_text
from zhengti_zip.base.originals import EVALUATION_NAME, SUBMISSION_NAME, Attachment
from zhengti_zip.grid.examine import Examination
from zhengti_zip.grid.lay_out import lay_out
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.printing.options import PrintOptions
from zhengti_zip.scoring.evaluation import evaluate
from zhengti_zip.scoring.scorejson import score_data
from zhengti_zip.submission.problems import InputRefused

PRINT_ALL = PrintOptions()


def build(
    examined: Examination, folder: str | Path, stem: str, options: PrintOptions = PRINT_ALL
) -> list[Path]:
    """Print the form.

    Args:
        examined: what :func:`zhengti_zip.grid.examine.examine` gives.
        folder: where the files go; made when missing.
        stem: file name without suffix.
        options: which files to make, and how.

    Returns:
        The files written, PDF first.

    Raises:
        InputError: ``options.compare`` is of another form.
        InputRefused: there are errors and ``options.draft`` is off; nothing is written.
        OutputError: the folder or a file cannot be written.
        EnvironmentProblem, RenderError: the PDF cannot be made.
    """
    if options.compare:
        from zhengti_zip.comparing.comparison import require_same_form

        require_same_form(options.compare, examined.source)
    if examined.has_errors and not options.draft:
        raise InputRefused(
            "填报数据有错误，未生成文件",
            examined.problems,
            "请改正后重试；确需先看样子，可加 --draft 生成草稿",
        )
    target = Path(folder)
    ensure_writable(target)
    made = printed(examined, options)
    contents = {target / f"{stem}{suffix}": content for suffix, content in made.items()}
    write_all_atomically(contents)
    return list(contents)


def printed(examined: Examination, options: PrintOptions = PRINT_ALL) -> dict[str, bytes]:
    """The files of :func:`build` by suffix, PDF first; errors in the input are the caller's to see to.

    Raises:
        EnvironmentProblem, RenderError: the PDF cannot be made.
    """
    table = examined.table
    if options.page_numbers:
        table = replace(table, page_numbers=True)
    pages = paginate(table)
    made: dict[str, bytes] = {}
    if options.pdf:
        from zhengti_zip.pdf.render import render_pdf

        kept = attachments(examined)
        made[".pdf"] = render_pdf(table, draft=options.draft, attachments=kept, pages=pages)
    if options.docx:
        from zhengti_zip.word.document import render_docx

        before = options.compare
        made[".docx"] = render_docx(
            table,
            draft=options.draft,
            data=examined.source.submission.to_json(),
            unlocked=options.unlocked,
            previous=lay_out(before.form, before.submission, evaluate(before.form, before.submission))
            if before
            else None,
            pages=pages,
        )
    return made


def attachments(examined: Examination) -> list[Attachment]:
    """What the PDF keeps inside: the file it was made from, the data as JSON, the scores as JSON."""
    source = examined.source
    scores = json_text(score_data(source, examined.evaluation))
    kept = [
        Attachment(SUBMISSION_NAME, source.submission.to_json().encode("utf-8"), "填报数据", "Data"),
        Attachment(EVALUATION_NAME, scores.encode("utf-8"), "评分结果", "Supplement"),
    ]
    original = source.original
    if original is not None and original.name not in (SUBMISSION_NAME, EVALUATION_NAME):
        kept.insert(0, Attachment(original.name, original.content, "填报文件", "Source"))
    return kept
