"""The data inside a Word file that it was built from."""

from __future__ import annotations

from zhengti_zip.base.errors import InputError, UsageProblem
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import known_form
from zhengti_zip.review.document import ReviewedDocument
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.model import Submission


def embedded_submission(
    reviewed: ReviewedDocument, form: FormDefinition | None = None
) -> tuple[FormDefinition, Submission] | None:
    """The form a file is of and the data it was built from; None when no data are inside.

    Raises:
        InputError: the data are of another or an unknown form, of a later program, or damaged.
    """
    embedded, name = reviewed.embedded, reviewed.name
    if embedded is None:
        return None
    if form is None:
        try:
            form = known_form(embedded.form)
        except UsageProblem as problem:
            raise InputError(
                f"{name} 是“{embedded.form}”表的审阅稿，本程序没有这种表", problem.remedy
            ) from problem
    elif form.id != embedded.form:
        raise InputError(f"{name} 是“{embedded.form}”表的审阅稿，不是“{form.id}”表的", "请换用同一张表的文件")
    if embedded.version > form.version:
        raise InputError(
            f"{name} 由更新版本的程序生成（表版本 {embedded.version}）", "请升级 zhengti-zip 后重试"
        )
    source = from_data(embedded.data, form)
    if any(problem.is_error for problem in source.reading_problems):
        raise InputError(f"{name} 中随附的填报数据已损坏", "请使用原始的审阅稿重新审阅")
    return form, source.submission
