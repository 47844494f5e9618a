"""复核得分: what an officer gives each row beside the self-score, with totals and grade."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.base.numbers import bounded_decimal, plain
from zhengti_zip.batch.recheck.points import why_no_points, why_unexplained
from zhengti_zip.batch.recheck.totals import reviewed_total
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring.evaluation import grade_of
from zhengti_zip.submission.raw import clean_text
from zhengti_zip.web.database.models import now
from zhengti_zip.web.database.office_models import Department, ReviewedScore, Version
from zhengti_zip.web.log import record
from zhengti_zip.web.office.examined import ExaminedRow, examination_of, examined_rows
from zhengti_zip.web.office.opinions import version_in_hand
from zhengti_zip.web.refusals import wrong_input
from zhengti_zip.web.visitor import Visitor

MAX_REMARK = 500
MAX_TYPED = 20
"""Characters of a score."""


@dataclass(frozen=True, slots=True)
class GivenScore:
    """What an officer typed for a row: points, None to take the department's own, and why."""

    row: str
    score: Decimal | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A scored row with what an officer gave.

    Attributes:
        row: as it was examined.
        given: what the officer gave; None takes the department's score.
        remark: why.
    """

    row: ExaminedRow
    given: Decimal | None
    remark: str

    @property
    def reviewed(self) -> Decimal | None:
        """复核得分: the officer's, or else the department's."""
        return self.row.score if self.given is None else self.given


@dataclass(frozen=True, slots=True)
class ReviewedForm:
    """All rows of a version as reviewed.

    Attributes:
        own_total, own_grade: of the department.
        total, grade: as reviewed; None and "" without a total.
        is_changed: whether an officer gave any row points.
        note: what of the total has to be looked at by a person, in Chinese; mostly "".
    """

    rows: tuple[ReviewedRow, ...]
    own_total: Decimal | None
    own_grade: str
    total: Decimal | None
    grade: str
    is_changed: bool
    note: str = ""


def typed_score(text: str) -> Decimal | None:
    """The points somebody typed; None for nothing.

    Raises:
        Refusal: it is no number.
    """
    plain_text = unicodedata.normalize("NFKC", clean_text(text)).removesuffix("分").strip()
    if not plain_text:
        return None
    try:
        found = bounded_decimal(plain_text) if len(plain_text) <= MAX_TYPED else None
    except ValueError:
        found = None
    if found is None or not found.is_finite():
        raise wrong_input(f"“{text[:MAX_TYPED]}”不是分数", "请填写数字，例如 8.5")
    return found


def give_scores(
    session: Session, visitor: Visitor, department: Department, given: Sequence[GivenScore]
) -> None:
    """Set 复核得分 of rows of the version that lies with the bureau; all of them or none.

    Raises:
        Refusal: the visitor may not, not now, or a score cannot be, with the rows that are wrong.
    """
    version = version_in_hand(session, visitor, department)
    rows = {row.id: row for row in examined_rows(examination_of(session, version))}
    wrong = [words for each in given if (words := _why_wrong(rows.get(each.row), each))]
    if wrong:
        more = f"（共 {len(wrong)} 处）" if len(wrong) > 1 else ""
        raise wrong_input(f"没有保存复核得分{more}：{wrong[0]}", "请改正后再保存；扣分的行须在备注中写明理由")
    changed = [each for each in given if _put(session, visitor, version, each)]
    session.flush()
    if changed:
        record(
            session,
            visitor,
            "scores_changed",
            round_id=department.round_id,
            department_id=department.id,
            number=version.number,
            rows=[f"{rows[each.row].name}：{_words(each)}" for each in changed],
        )


def reviewed_form(session: Session, form: FormDefinition, version: Version) -> ReviewedForm:
    """The rows of a version with what an officer gave, and the totals."""
    query = select(ReviewedScore).where(ReviewedScore.version_id == version.id)
    given = {score.row: score for score in session.scalars(query)}
    return with_given(form, version, examined_rows(examination_of(session, version)), given)


def with_given(
    form: FormDefinition,
    version: Version,
    examined: Sequence[ExaminedRow],
    given: Mapping[str, ReviewedScore],
) -> ReviewedForm:
    """The same from rows and scores that are at hand."""
    rows = tuple(_row(row, given.get(row.id)) for row in examined)
    is_changed = any(row.given is not None for row in rows)
    own, note = version.total, ""
    total = own
    if is_changed:
        before, after = [row.row.score for row in rows], [row.reviewed for row in rows]
        total, note = reviewed_total(form.cap, own, before, after)
    band = grade_of(form, total) if total is not None else None
    grade = (band.name if band else "") if is_changed else version.grade
    return ReviewedForm(rows, own, version.grade, total, grade, is_changed, note)


def _row(row: ExaminedRow, given: ReviewedScore | None) -> ReviewedRow:
    return ReviewedRow(row, given.score if given else None, given.remark if given else "")


def _why_wrong(row: ExaminedRow | None, given: GivenScore) -> str:
    """What is wrong with a score; "" when nothing is."""
    if row is None:
        return "表中没有所选的行"
    if len(given.remark) > MAX_REMARK:
        return f"“{row.name}”的备注超过 {MAX_REMARK} 个字"
    if given.score is None:
        return ""
    if why := why_no_points(given.score, row.weight):
        return f"“{row.name}”的{why}"
    why = why_unexplained(given.score, row.score, clean_text(given.remark))
    return f"“{row.name}”{why}" if why else ""


def _put(session: Session, visitor: Visitor, version: Version, given: GivenScore) -> bool:
    """Keep a score; False when it was so already."""
    remark = clean_text(given.remark)
    kept = session.get(ReviewedScore, (version.id, given.row))
    before = (kept.score, kept.remark) if kept else (None, "")
    if before == (given.score, remark):
        return False
    if kept is None:
        kept = ReviewedScore(version_id=version.id, row=given.row)
        session.add(kept)
    kept.score, kept.remark = given.score, remark
    kept.by, kept.by_name, kept.at = visitor.owner, visitor.name, now()
    return True


def _words(given: GivenScore) -> str:
    points = "按自评得分" if given.score is None else f"{plain(given.score)} 分"
    return f"{points}（{clean_text(given.remark)}）" if given.remark.strip() else points
