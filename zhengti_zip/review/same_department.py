"""Whether a reviewed Word file and a workbook are of the same department, year and scope."""

from __future__ import annotations

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.marks import folded
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.identity import identity_fields, identity_of
from zhengti_zip.submission.model import Submission


class OtherDepartment(InputError):
    """A Word file is of another department, year or scope than the workbook."""


def require_same_department(
    form: FormDefinition, document: str, printed: Submission, workbook: str, entered: Submission
) -> None:
    """Refuse a Word file of another department, year or scope. What one of them leaves empty does not count.

    Args:
        form: the form both are of.
        document, workbook: the names of the two files, for the message.
        printed: what the Word file was made from, without the reviewer's edits.
        entered: what the workbook holds.

    Raises:
        OtherDepartment: they are of different ones.
    """
    keys = (form.roles.department, form.roles.year, *(item.id for item in identity_fields(form)))
    pairs = ((folded(printed.field_text(key)), folded(entered.field_text(key))) for key in keys if key)
    if all(one == other for one, other in pairs if one and other):
        return
    raise OtherDepartment(
        f"{document} 是{_named(form, printed)}的审阅稿，{workbook} 是{_named(form, entered)}的填报文件",
        "请换用同一部门、同一年度的文件；确实要写入，请加 --force",
    )


def _named(form: FormDefinition, submission: Submission) -> str:
    """Department, year and scope in words, e.g. ``“甲局”2022 年（本级）``."""
    department, year = (
        submission.field_text(key) if key else "" for key in (form.roles.department, form.roles.year)
    )
    scope = identity_of(form, submission)
    said = (
        f"“{department}”" if department else "",
        f"{year} 年" if year else "",
        f"（{scope}）" if scope else "",
    )
    return "".join(said)
