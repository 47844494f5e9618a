"""What an officer sees of a round at once: ranking, warnings, self-scores, two years, and the files made of them."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.web.conftest import BOTH
from tests.web.office.support import OFFICER, READER, ROSTER, Office, filled_by, refused, workbook
from tests.web.working import finished
from zhengti_zip.web.database.office_models import Department, Round
from zhengti_zip.web.office.ranking import REPORT, ranking_of, ranking_workbook
from zhengti_zip.web.office.reviewed_scores import GivenScore, give_scores
from zhengti_zip.web.office.roster_import import roster_in_worker
from zhengti_zip.web.office.self_scores import higher_self_scores
from zhengti_zip.web.office.standing import Standing, standing_of
from zhengti_zip.web.office.states import State
from zhengti_zip.web.office.transitions import pass_, return_
from zhengti_zip.web.office.warnings_list import warnings_of
from zhengti_zip.web.office.workbooks import workbook_for
from zhengti_zip.web.office.years import two_years
from zhengti_zip.web.work.calls import WorkFailed
from zhengti_zip.workbook.read.anyinput import read_content

HIGHER = (("scores.spending_rate.score", "10"), ("scores.spending_rate.reason", ""))


@pytest.fixture
def work(office: Office) -> Round:
    """Three departments: the first handed in 94.55, the second 95.15 by a higher self-score, the third nothing."""
    made = office.round()
    office.roster(made)
    first, second, _ = office.departments(made)
    office.hand_in(first)
    office.hand_in(second, *HIGHER, name="虚构区民政和社会局")
    return made


def standing(office: Office, work: Round, *states: State) -> Standing:
    with office.session() as session:
        return standing_of(session, work, *states)


@BOTH
def test_the_ranking_shows_own_and_reviewed_totals(office: Office, work: Round) -> None:
    _, second, _ = office.departments(work)
    with office.session() as session:
        deduction = GivenScore("spending_rate", Decimal("9.4"), "按数据计算")
        give_scores(session, OFFICER, second, [deduction])
    table = ranking_of(standing(office, work))
    assert [
        (line.rank, line.department.name, line.total, line.grade, line.reviewed_total, line.is_changed)
        for line in table.lines
    ] == [
        (1, "虚构区民政局", Decimal("95.15"), "优", Decimal("94.55"), True),
        (2, "虚构区教育局", Decimal("94.55"), "优", Decimal("94.55"), False),
    ]
    assert (table.figures.average, table.without_total) == (Decimal("94.85"), ())


def test_what_was_returned_is_in_no_ranking_and_passed_can_be_seen_alone(office: Office, work: Round) -> None:
    first, second, _ = office.departments(work)
    with office.session() as session:
        return_(session, OFFICER, first, "请改")
        pass_(session, OFFICER, second)
    assert [each.department.id for each in standing(office, work).handed_in] == [second.id]
    assert [each.department.id for each in standing(office, work, State.PASSED).handed_in] == [second.id]
    assert standing(office, work, State.HANDED_IN).handed_in == ()


def test_equal_totals_share_a_rank(office: Office) -> None:
    made = office.round()
    office.roster(made)
    for department in office.departments(made):
        office.hand_in(department)
    assert [line.rank for line in ranking_of(standing(office, made)).lines] == [1, 1, 1]


def test_the_summary_workbook_is_that_of_a_batch(office: Office, work: Round) -> None:
    book = load_workbook(BytesIO(ranking_workbook(office.server, standing(office, work))))
    sheet = book["部门排名"]
    assert [[cell.value for cell in row[:6]] for row in sheet.iter_rows(min_row=5, max_row=6)] == [
        [1, "虚构区民政局", "汇总", 2022, 95.15, "优"],
        [2, "虚构区教育局", "汇总", 2022, 94.55, "优"],
    ]
    assert sheet["I5"].value == "虚构区民政局（第 1 版）"


def test_the_report_is_made_in_a_job(office: Office, work: Round) -> None:
    with office.session() as session:
        job = office.server.jobs.submit(session, OFFICER.owner, REPORT, work.id)
    done = finished(office.server, job.id)
    assert done.state == "done", done.message
    assert done.result is not None
    assert done.result["name"].endswith("-汇总报告.pdf")
    text = "".join(
        page.extract_text()
        for page in PdfReader(BytesIO(office.server.store.get(done.result["digest"]))).pages
    )
    assert "虚构区民政局" in text
    assert "95.15" in text


def test_warnings_and_what_does_not_fit_the_roster(office: Office, work: Round) -> None:
    [found] = warnings_of(standing(office, work))
    assert found.department.name == "虚构区民政局"
    assert found.misfits == ("表中的部门名称是“虚构区民政和社会局”，应报名单中是“虚构区民政局”",)
    [warning] = found.warnings
    assert "支出率" in warning.label + warning.message
    assert warning.place
    assert found.unlisted == 0


def test_self_scores_above_the_computed_ones(office: Office, work: Round) -> None:
    [found] = higher_self_scores(standing(office, work))
    assert (found.department.name, found.excess) == ("虚构区民政局", Decimal("0.6"))
    assert [(r.row.name, r.row.self_score, r.row.computed, r.excess) for r in found.rows] == [
        ("部门预算资金支出率", Decimal(10), Decimal("9.4"), Decimal("0.6"))
    ]


@BOTH
def test_two_years_beside_each_other(office: Office, work: Round) -> None:
    with office.session() as session:
        assert two_years(session, work) is None
    later = office.round(2023, previous=work.id)
    office.roster(
        later, "单位名称,代码\n虚构区教育体育局,001\n虚构区 民政局,\n虚构区新设局,004\n虚构区水务局,999\n"
    )
    renamed, same, *_ = office.departments(later)
    for department, spent in ((renamed, "18520.64"), (same, "16668.58")):
        version = office.upload(
            department, workbook(department.name, ("fields.year", "2023"), ("data.spent", spent))
        )
        office.examine(version)
        with office.session() as session:
            kept = session.get_one(Department, department.id)
            kept.state, kept.handed_in_id = "passed", version.id
    with office.session() as session:
        years = two_years(session, later)
    assert years is not None
    assert years.same_form
    assert [
        (line.name, line.before.name if line.before else "", line.old_total, line.total, line.growth)
        for line in years.lines
    ] == [
        ("虚构区教育体育局", "虚构区教育局", Decimal("94.55"), Decimal("95.15"), Decimal("0.60")),  # by code
        ("虚构区 民政局", "虚构区民政局", Decimal("95.15"), Decimal("94.15"), Decimal("-1.00")),  # by name
        ("虚构区新设局", "", None, None, None),
        ("虚构区水务局", "", None, None, None),  # another code: another department
        ("虚构区水务局", "虚构区水务局", None, None, None),  # only the year before
    ]


def test_the_workbook_of_a_department_holds_what_is_known(office: Office, work: Round) -> None:
    later = office.round(2023, previous=work.id)
    office.roster(later)
    first, _, third = office.departments(later)
    name, filled = workbook_for(office.server, filled_by(first), first.id)
    assert name == "虚构区教育局-2023年度.xlsx"
    kept = read_content(Path(name), filled.content).submission
    assert (kept.fields["department"], kept.fields["year"]) == ("虚构区教育局", 2023)
    assert kept.goals[0].goal  # what was planned stays
    assert not kept.goals[0].completion  # what was reached does not
    assert kept.data == {}
    assert kept.scores == {}
    assert filled.taken > 20
    assert filled.note == ""
    _, blank = workbook_for(office.server, READER, third.id)
    empty = read_content(Path(name), blank.content).submission
    assert (empty.fields["department"], empty.fields["year"], blank.taken) == ("虚构区水务局", 2023, 0)
    with refused(404, "没有这个页面"):
        workbook_for(office.server, filled_by(first), third.id)


def test_a_roster_is_read_in_a_worker(office: Office) -> None:
    roster = roster_in_worker(office.server, ROSTER.encode(), "名单.csv")
    assert [entry.code for entry in roster.entries] == ["001", "002", "003"]
    with pytest.raises(WorkFailed, match="没有“单位名称”"):
        roster_in_worker(office.server, "甲,乙\n".encode(), "名单.csv")
