"""Working papers made of what departments handed in: one for each form without errors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.recheck.calls import Unread
from zhengti_zip.batch.recheck.model import Paper, PaperRow, PaperSubject
from zhengti_zip.batch.task import Task

if TYPE_CHECKING:
    from zhengti_zip.grid.examine import Examination
    from zhengti_zip.scoring.evaluation import RowResult
    from zhengti_zip.submission.model import Submission

HOW = (
    "浅黄色的格子供填写：同意自评的行，复核得分可以空着，按自评得分计；扣分的行须在备注中写明理由。"
    "填完请写上复核人。"
)


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A working paper of one file.

    Attributes:
        name: of the file.
        content: the paper as .xlsx.
    """

    name: str
    subject: PaperSubject
    content: bytes


def made_paper(task: Task) -> MadePaper | Unread:
    """The working paper of a file; runs in a worker. A form with errors has none: its points are not settled."""
    from zhengti_zip.batch.recheck.paper import paper_workbook
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.grid.examine import examine
    from zhengti_zip.workbook.read.anyinput import read_content

    form_name = task.settings.form
    file = Path(task.name.rpartition("/")[2])
    try:
        examined = examine(read_content(file, task.content, load_form(form_name) if form_name else None))
        if examined.has_errors:
            return Unread(
                task.name,
                f"填报内容有 {examined.error_count} 处错误，得分还不能确定",
                f"请用 zhengti-zip check 列出错误，部门改正后再生成底稿：{file.name}",
            )
        paper = paper_of(examined, file.name)
        return MadePaper(task.name, paper.subject, paper_workbook(paper))
    except ZhengtiError as error:
        return Unread(task.name, error.message, error.remedy)


def paper_of(examined: Examination, name: str) -> Paper:
    """The paper of a form that was read, nothing reviewed yet.

    Args:
        name: of the file.
    """
    from zhengti_zip.submission.identity import identity_of

    source, evaluation = examined.source, examined.evaluation
    form, submission = source.form, source.submission
    year = submission.fields.get(form.roles.year)
    subject = PaperSubject(
        form.id,
        submission.field_text(form.roles.department),
        identity_of(form, submission),
        year if isinstance(year, int) else form.year,
        evaluation.total,
        evaluation.grade.name if evaluation.grade else "",
        name,
    )
    total = "—" if evaluation.total is None else f"{plain(evaluation.total)} 分"
    parts = (subject.department, subject.scope, f"{subject.year} 年度", form.name)
    return Paper(
        subject,
        "　".join(filter(None, parts)),
        f"自评总分 {total}　{subject.grade}。{HOW}".replace("　。", "。"),
        tuple(_row(row, submission) for row in evaluation.rows),
    )


def _row(row: RowResult, submission: Submission) -> PaperRow:
    from zhengti_zip.submission.rows import row_title

    context = row.context
    return PaperRow(
        context.row.id,
        row_title(context),
        row.weight,
        _attained(submission, context.number),
        row.score,
        row.computed,
    )


def _attained(submission: Submission, number: int | None) -> str:
    """自评完成值 of an entered row: the number with its unit, or the degree."""
    if number is None:
        return ""
    entered = submission.indicators[number]
    if entered.actual is None:
        return entered.degree or ""
    return f"{plain(entered.actual)}{entered.unit}"
