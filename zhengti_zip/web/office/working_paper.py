"""复核底稿.xlsx of a department in a round: what stands in the office as a paper that can be filled in and read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from zhengti_zip.base.numbers import plain
from zhengti_zip.base.safenames import named_after
from zhengti_zip.batch.recheck.model import Paper, PaperOpinion, PaperRow, PaperSubject
from zhengti_zip.batch.recheck.paper import ENDING, EXPLAINED, paper_workbook
from zhengti_zip.web.database.office_models import Department, Opinion, Round, Version
from zhengti_zip.web.office.opinions import opinions_of
from zhengti_zip.web.office.reviewed_scores import ReviewedForm, reviewed_form
from zhengti_zip.web.office.rounds import form_of
from zhengti_zip.web.office.versions import handed_in_version
from zhengti_zip.web.refusals import Refusal
from zhengti_zip.web.times import china_time
from zhengti_zip.web.visitor import Visitor


@dataclass(frozen=True, slots=True)
class PaperContent:
    """What a working paper is made of."""

    work: Round
    department: Department
    version: Version
    form: ReviewedForm
    opinions: Sequence[Opinion]
    numbers: dict[str, int]


def paper_content(
    session: Session,
    visitor: Visitor,
    work: Round,
    department: Department,
    reviewed: ReviewedForm | None = None,
) -> PaperContent:
    """What the working paper of a department is made of: the version handed in last, all opinions.

    Args:
        reviewed: the rows of that version as reviewed, where they are at hand.

    Raises:
        Refusal: nothing was handed in yet.
    """
    version = handed_in_version(session, department)
    if version is None:
        raise Refusal(
            409, f"“{department.name}”还没有报送，没有可以复核的内容", "请等部门报送后再下载复核底稿"
        )
    numbers = {
        found.id: found.number for found in session.query(Version).filter_by(department_id=department.id)
    }
    opinions = opinions_of(session, visitor, department)
    form = reviewed or reviewed_form(session, form_of(work), version)
    return PaperContent(work, department, version, form, opinions, numbers)


def paper_name(department: Department) -> str:
    """What the file of a department's working paper is called."""
    return named_after(department.name + ENDING)


def working_paper(content: PaperContent) -> bytes:
    """复核底稿.xlsx; the same content gives the same bytes."""
    return paper_workbook(_paper(content))


def _paper(content: PaperContent) -> Paper:
    form, version = content.form, content.version
    subject = PaperSubject(
        content.work.form,
        content.department.name,
        "",
        content.work.year,
        form.own_total,
        form.own_grade,
        f"第 {version.number} 版",
    )
    rows = tuple(
        PaperRow(
            row.row.id,
            row.row.name,
            row.row.weight,
            row.row.attained,
            row.row.score,
            row.row.computed,
            row.given,
            remark=row.remark,
        )
        for row in form.rows
    )
    hint = f"{content.department.name}　{content.work.title}　第 {version.number} 版"
    opinions = tuple(_opinion(content, opinion) for opinion in content.opinions)
    return Paper(subject, hint, _results(form), rows, opinions, is_begun=form.is_changed, prefilled=True)


def _opinion(content: PaperContent, opinion: Opinion) -> PaperOpinion:
    return PaperOpinion(
        f"第 {content.numbers.get(opinion.version_id)} 版",
        opinion.label,
        opinion.text,
        opinion.by_name,
        china_time(opinion.at),
        china_time(opinion.returned_at) or "未退回",
    )


def _results(form: ReviewedForm) -> str:
    own = "—" if form.own_total is None else f"{plain(form.own_total)} 分　{form.own_grade}"
    reviewed = "—" if form.total is None else f"{plain(form.total)} 分　{form.grade}"
    words = f"自评总分 {own}；复核总分 {reviewed}。{EXPLAINED}"
    return f"{words}{form.note}。" if form.note else words
