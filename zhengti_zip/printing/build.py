"""Make the PDF and Word file of an examined input, and write them, both or none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from zhengti_zip.base.files import ensure_writable, is_same, write_all_atomically
from zhengti_zip.base.jsontext import json_text
from zhengti_zip.base.originals import EVALUATION_NAME, SUBMISSION_NAME, Attachment
from zhengti_zip.grid.examine import Examination
from zhengti_zip.grid.lay_out import lay_out
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.printing.options import PrintOptions
from zhengti_zip.printing.word_target import SUFFIX, word_target
from zhengti_zip.scoring.evaluation import evaluate
from zhengti_zip.scoring.scorejson import score_data
from zhengti_zip.submission.problems import InputRefused

PRINT_ALL = PrintOptions()


def build(
    examined: Examination,
    folder: str | Path,
    stem: str,
    options: PrintOptions = PRINT_ALL,
    force: bool = False,
    kept: Collection[Path] = (),
) -> list[Path]:
    """Print the form.

    A Word file that somebody has edited since it was made is not replaced: the new one gets a numbered name.

    Args:
        examined: what :func:`zhengti_zip.grid.examine.examine` gives.
        folder: where the files go; made when missing.
        stem: file name without suffix.
        options: which files to make, and how.
        force: replace a Word file also when somebody has edited it.
        kept: files that are not replaced, even if nobody has edited them.

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
    if SUFFIX in made and not force:
        word = target / f"{stem}{SUFFIX}"
        free = word_target(word, is_taken=lambda path: any(is_same(path, file) for file in kept))
        contents[free] = contents.pop(word)
    write_all_atomically(contents)
    return list(contents)


def printed(examined: Examination, options: PrintOptions = PRINT_ALL) -> dict[str, bytes]:
    """The contents of the files by suffix, PDF first. Does not look at the input's errors.

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
    """The attachments of the PDF: the input file, the data as JSON, the scores as JSON."""
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
