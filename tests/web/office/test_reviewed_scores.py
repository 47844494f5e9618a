"""复核得分: bounds, reasons, totals, grades, and the limit some forms put on totals."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tests.web.conftest import BOTH
from tests.web.office.support import OFFICER, READER, Office, filled_by, refused
from zhengti_zip.form.cap import Cap, CapBand
from zhengti_zip.form.loader import load_form
from zhengti_zip.web.database.office_models import Department, ReviewedScore, Version
from zhengti_zip.web.office.examined import ExaminedRow
from zhengti_zip.web.office.reviewed_scores import (
    GivenScore,
    ReviewedForm,
    give_scores,
    reviewed_form,
    typed_score,
    with_given,
)
from zhengti_zip.web.office.transitions import pass_, return_


@pytest.fixture
def department(office: Office) -> Department:
    work = office.round()
    office.roster(work)
    found = office.departments(work)[0]
    office.hand_in(found)
    return found


def given(row: str, score: str | None, remark: str = "") -> GivenScore:
    return GivenScore(row, None if score is None else Decimal(score), remark)


def form_of(session: Session, department: Department) -> ReviewedForm:
    kept = session.get_one(Department, department.id)
    return reviewed_form(session, load_form("haizhu-2022"), session.get_one(Version, kept.handed_in_id))


def test_without_scores_of_an_officer_the_departments_count(office: Office, department: Department) -> None:
    with office.session() as session:
        form = form_of(session, department)
    assert (form.total, form.grade, form.own_total, form.is_changed) == (
        Decimal("94.55"),
        "优",
        Decimal("94.55"),
        False,
    )
    row = next(row for row in form.rows if row.row.id == "spending_rate")
    assert (row.given, row.reviewed) == (None, Decimal("9.4"))


def test_deductions_change_total_and_grade(office: Office, department: Department) -> None:
    with office.session() as session:
        # 94.55 - 4.55 is 90, the last total of 优; a cent less is 良.
        give_scores(session, OFFICER, department, [given("system_execution", "1.45", "三次逾期")])
        form = form_of(session, department)
        assert (form.total, form.grade) == (Decimal("90.00"), "优")
        give_scores(session, OFFICER, department, [given("system_execution", "1.44", "三次逾期")])
        form = form_of(session, department)
        assert (form.total, form.grade, form.own_total) == (Decimal("89.99"), "良", Decimal("94.55"))
        row = next(row for row in form.rows if row.row.id == "system_execution")
        assert (row.given, row.reviewed) == (Decimal("1.44"), Decimal("1.44"))
        give_scores(session, OFFICER, department, [given("system_execution", None)])
        assert form_of(session, department).total == Decimal("94.55")
    assert office.steps()[-3:] == ["scores_changed"] * 3


@pytest.mark.parametrize(
    ("row", "score", "remark", "words"),
    [
        ("spending_rate", "-0.01", "x", "不在 0 到 10 分之间"),
        ("spending_rate", "10.01", "", "不在 0 到 10 分之间"),
        ("spending_rate", "9.005", "x", "超过两位小数"),
        ("spending_rate", "9.39", " ", "扣了 0.01 分，没有写明理由"),
        ("spending_rate", "9", "x" * 501, "备注超过 500 个字"),
        ("nothing", "1", "x", "没有所选的行"),
    ],
)
def test_what_cannot_be_a_score(
    office: Office, department: Department, row: str, score: str, remark: str, words: str
) -> None:
    with office.session() as session:
        with refused(400, words):
            give_scores(
                session,
                OFFICER,
                department,
                [given("budget_disclosure", "1", "x"), given(row, score, remark)],
            )
        assert session.query(ReviewedScore).count() == 0  # all or none


@pytest.mark.parametrize("score", ["0", "9.39", "9.4", "9.41", "10"])
def test_scores_at_the_bounds_are_taken(office: Office, department: Department, score: str) -> None:
    remark = "核减" if Decimal(score) < Decimal("9.4") else ""
    with office.session() as session:
        give_scores(session, OFFICER, department, [given("spending_rate", score, remark)])
        assert form_of(session, department).total == Decimal("85.15") + Decimal(score)


def test_the_same_again_is_no_step(office: Office, department: Department) -> None:
    for _ in range(2):
        with office.session() as session:
            give_scores(session, OFFICER, department, [given("spending_rate", "9", "核减")])
    assert office.steps().count("scores_changed") == 1


@BOTH
def test_two_officers_score_the_same_row_at_once(office: Office, department: Department) -> None:
    def attempt(score: str) -> None:
        with office.session() as session:
            give_scores(session, OFFICER, department, [given("spending_rate", score, "核减")])

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(attempt, ("7", "8", "9")))
    with office.session() as session:
        assert session.query(ReviewedScore).count() == 1
    assert office.steps().count("scores_changed") == 3


def test_only_what_lies_with_the_bureau_is_scored_and_only_by_officers(
    office: Office, department: Department
) -> None:
    score = [given("spending_rate", "9", "核减")]
    with office.session() as session:
        with refused(403, "只能查看"):
            give_scores(session, READER, department, score)
        with refused(404, "没有这个页面"):
            give_scores(session, filled_by(department), department, score)
        pass_(session, OFFICER, department)
        with refused(409, "目前是“通过”"):
            give_scores(session, OFFICER, department, score)


def test_scores_stay_with_their_version(office: Office, department: Department) -> None:
    with office.session() as session:
        give_scores(session, OFFICER, department, [given("spending_rate", "9", "核减")])
        return_(session, OFFICER, department, "请改")
    office.hand_in(department)
    with office.session() as session:
        assert form_of(session, department).total == Decimal("94.55")
        assert session.query(ReviewedScore).count() == 1


@pytest.mark.parametrize(
    ("text", "score"),
    [("8.5", "8.5"), (" ８．５ 分", "8.5"), ("", None), ("  ", None), ("0", "0")],
)
def test_typed_scores(text: str, score: str | None) -> None:
    assert typed_score(text) == (None if score is None else Decimal(score))


@pytest.mark.parametrize("text", ["八分", "8,5", "NaN", "1e999999", "9" * 21, "--"])
def test_what_is_typed_and_no_score(text: str) -> None:
    with refused(400, "不是分数"):
        typed_score(text)


@pytest.mark.parametrize(
    ("own", "given_score", "total", "is_noted"),
    [
        ("69", "8", "69", True),  # the limit still holds: 78 is more than 69
        ("69", "0", "69", True),
        ("79", "8", "78", False),  # it did not hold, and a lower total cannot meet it
        ("79", "10", "80", True),  # higher: somebody has to look
    ],
)
def test_a_form_with_a_limit_on_its_total(own: str, given_score: str, total: str, is_noted: bool) -> None:
    limit = Cap.model_construct(
        by="derived.rate", bands=(CapBand.model_construct(below=Decimal(60), at_most=Decimal(69)),)
    )
    form = load_form("haizhu-2022").model_copy(update={"cap": limit})
    rows = [_examined("a", "70", "70"), _examined("b", "10", "9")]
    version = Version(total=Decimal(own), grade="中")
    score = ReviewedScore(row="b", score=Decimal(given_score), remark="x")
    reviewed = with_given(form, version, rows, {"b": score})
    assert (reviewed.total, bool(reviewed.note)) == (Decimal(total), is_noted)


def _examined(row: str, weight: str, score: str) -> ExaminedRow:
    return ExaminedRow(row, row, Decimal(weight), Decimal(score), None, Decimal(score))
