"""From a source to the files a department submits; either all of them appear or none."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from zhengti_zip.errors import InputRefused
from zhengti_zip.files import ensure_writable, write_all_atomically
from zhengti_zip.layout import lay_out
from zhengti_zip.originals import EVALUATION_NAME, SUBMISSION_NAME, Attachment
from zhengti_zip.problems import Problem, has_errors
from zhengti_zip.scorejson import score_data
from zhengti_zip.scoring import Evaluation
from zhengti_zip.source import Source


class Checked(NamedTuple):
    """What was found out about a source.

    Attributes:
        evaluation: its scores.
        problems: everything wrong with it.
    """

    evaluation: Evaluation
    problems: list[Problem]

    @classmethod
    def of(cls, source: Source) -> Checked:
        """Score a source and check it."""
        evaluation = source.evaluate()
        return cls(evaluation, source.problems(evaluation))


def build(
    source: Source,
    folder: str | Path,
    stem: str,
    *,
    pdf: bool = True,
    docx: bool = True,
    draft: bool = False,
    page_numbers: bool = False,
    unlocked: bool = False,
    compare: Source | None = None,
    checked: Checked | None = None,
) -> list[Path]:
    """Print the form.

    Args:
        source: what was read.
        folder: where the files go; made when missing.
        stem: file name without suffix.
        pdf, docx: which files to make.
        draft: print in spite of errors, with a 草稿 watermark.
        page_numbers: number the pages even where the form definition does not ask for it.
        unlocked: let labels, weights and computed values of the Word file be edited too.
        compare: an earlier source; the Word file shows what moved since as tracked changes.
        checked: what was found out about ``source``, if it is known already.

    Returns:
        The files written, PDF first.

    Raises:
        InputError: ``compare`` is of another form.
        InputRefused: there are errors and ``draft`` is off; nothing is written.
        OutputError: the folder or a file cannot be written.
        EnvironmentProblem, RenderError: the PDF cannot be made.
    """
    if compare:
        from zhengti_zip.comparing import require_same_form

        require_same_form(compare, source)
    evaluation, problems = checked or Checked.of(source)
    if has_errors(problems) and not draft:
        raise InputRefused(
            "填报数据有错误，未生成文件", problems, "请改正后重试；确需先看样子，可加 --draft 生成草稿"
        )
    target = Path(folder)
    ensure_writable(target)
    made = printed(
        source,
        evaluation,
        pdf=pdf,
        docx=docx,
        draft=draft,
        page_numbers=page_numbers,
        unlocked=unlocked,
        compare=compare,
    )
    contents = {target / f"{stem}{suffix}": content for suffix, content in made.items()}
    write_all_atomically(contents)
    return list(contents)


def printed(
    source: Source,
    evaluation: Evaluation,
    *,
    pdf: bool = True,
    docx: bool = True,
    draft: bool = False,
    page_numbers: bool = False,
    unlocked: bool = False,
    compare: Source | None = None,
) -> dict[str, bytes]:
    """The files of :func:`build` by suffix, PDF first; errors in the input are the caller's to see to.

    Raises:
        EnvironmentProblem, RenderError: the PDF cannot be made.
    """
    table = replace(lay_out(source.form, source.submission, evaluation), fonts=source.fonts)
    if page_numbers:
        table = replace(table, page_numbers=True)
    made: dict[str, bytes] = {}
    if pdf:
        from zhengti_zip.pdf.render import render_pdf

        made[".pdf"] = render_pdf(table, draft=draft, attachments=attachments(source, evaluation))
    if docx:
        from zhengti_zip.word.document import render_docx

        previous = lay_out(compare.form, compare.submission, compare.evaluate()) if compare else None
        data = source.submission.to_json()
        made[".docx"] = render_docx(table, draft=draft, data=data, unlocked=unlocked, previous=previous)
    return made


def attachments(source: Source, evaluation: Evaluation) -> list[Attachment]:
    """What the PDF keeps inside: the file it was made from, the data as JSON, the scores as JSON."""
    scores = json.dumps(score_data(source, evaluation), ensure_ascii=False, indent=2) + "\n"
    kept = [
        Attachment(SUBMISSION_NAME, source.submission.to_json().encode("utf-8"), "填报数据", "Data"),
        Attachment(EVALUATION_NAME, scores.encode("utf-8"), "评分结果", "Supplement"),
    ]
    original = source.original
    if original is not None and original.name not in (SUBMISSION_NAME, EVALUATION_NAME):
        kept.insert(0, Attachment(original.name, original.content, "填报文件", "Source"))
    return kept
