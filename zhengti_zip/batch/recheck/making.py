"""Working papers made of what departments handed in: one for each form without errors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.base.numbers import plain
from zhengti_zip.base.originals import fixed_time
from zhengti_zip.batch.recheck.model import Paper, PaperRow, PaperSubject
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.task import Task, failed, result_of, skipped

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
    """What became of one file.

    Attributes:
        result: as in a batch, nothing printed.
        content: the paper as .xlsx; empty without one.
    """

    result: Result
    content: bytes = b""


def made_paper(task: Task) -> MadePaper:
    """The working paper of a file; runs in a worker. A form with errors has none: its points are not settled."""
    from zhengti_zip.batch.recheck.paper import paper_workbook

    result, examined = examined_file(task)
    if examined is None or not result.is_done:
        return MadePaper(result)
    return MadePaper(result, paper_workbook(paper_of(examined, task.name.rpartition("/")[2])))


def examined_file(task: Task) -> tuple[Result, Examination | None]:
    """The result of a file as in a batch, and its examination where it could be read."""
    from zhengti_zip.batch.carriers import Foreign, read_carrier
    from zhengti_zip.batch.details import last_saved
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.grid.examine import examine

    form = load_form(task.settings.form) if task.settings.form else None
    file = Path(task.name.rpartition("/")[2])
    try:
        kind, source = read_carrier(file, task.content, form, (), is_candidate=task.is_candidate)
        examined = examine(source)
    except Foreign as error:
        return skipped(task.name, error.why).result, None
    except ZhengtiError as error:
        return failed(task.name, "unreadable", error.message, error.remedy).result, None
    saved = last_saved(kind, task.content, fixed_time())
    return replace(result_of(task.name, examined), kind=kind.name.lower(), saved=saved), examined


def subject_of(result: Result) -> PaperSubject:
    """Whose form a result is of."""
    return PaperSubject(
        result.form, result.department, result.scope, result.year, result.total, result.grade, result.name
    )


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
