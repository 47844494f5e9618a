"""Make 自评报告 of an examined input: the same narrative as a Word file and as a PDF."""

from __future__ import annotations

from collections.abc import Collection

from zhengti_zip.grid.examine import Examination
from zhengti_zip.reporting.material import Material
from zhengti_zip.reporting.template import report_blocks
from zhengti_zip.submission.problems import InputRefused

SUFFIXES = (".docx", ".pdf")


def report_files(
    examined: Examination, suffixes: Collection[str] = SUFFIXES, *, draft: bool = False
) -> dict[str, bytes]:
    """The contents of the report by suffix.

    Args:
        examined: what :func:`zhengti_zip.grid.examine.examine` gives.
        suffixes: which files to make, of :data:`SUFFIXES`.
        draft: make them of an input with errors too, with a watermark.

    Raises:
        InputRefused: there are errors and ``draft`` is off.
        FormDefinitionError: the form's template has a mistake.
        EnvironmentProblem, RenderError: the PDF cannot be made.
    """
    if examined.has_errors and not draft:
        raise InputRefused(
            "填报数据有错误，未生成报告",
            examined.problems,
            "请改正后重试；确需先看样子，可加 --draft 生成草稿",
        )
    material = Material(examined)
    blocks = report_blocks(material, examined.source.form.folder)
    title, is_draft = "".join(material.title), draft and examined.has_errors
    made: dict[str, bytes] = {}
    if ".docx" in suffixes:
        from zhengti_zip.word.narrative import narrative_docx

        made[".docx"] = narrative_docx(blocks, title, material.department, draft=is_draft)
    if ".pdf" in suffixes:
        from zhengti_zip.pdf.narrative import narrative_pdf

        made[".pdf"] = narrative_pdf(blocks, title, examined.source.fonts, draft=is_draft)
    return made
