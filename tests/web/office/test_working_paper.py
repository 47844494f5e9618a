"""复核底稿 as LibreOffice opens it: points, formulas with their results, remarks and opinions."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.web.office.support import OFFICER, Office, refused
from tests.workbook.tools import needs_libreoffice
from zhengti_zip.formtools.office import find_office, recalculated
from zhengti_zip.web.database.office_models import Department, Round
from zhengti_zip.web.office.opinions import add_opinion
from zhengti_zip.web.office.reviewed_scores import GivenScore, give_scores
from zhengti_zip.web.office.working_paper import paper_content, paper_name, working_paper


def paper(office: Office, work: Round, department: Department) -> bytes:
    with office.session() as session:
        kept = session.get_one(Department, department.id)
        return working_paper(paper_content(session, OFFICER, work, kept))


@pytest.fixture
def work(office: Office) -> Round:
    made = office.round()
    office.roster(made)
    first = office.departments(made)[0]
    office.hand_in(first, ("scores.spending_rate.score", "10"), ("scores.spending_rate.reason", ""))
    with office.session() as session:
        scores = [
            GivenScore("spending_rate", Decimal("9.4"), "=按数据计算，自评偏高"),
            GivenScore("performance_system", Decimal("4.5"), ""),
        ]
        give_scores(session, OFFICER, first, scores)
        add_opinion(session, OFFICER, first, "请核对支出率", "spending_rate")
    return made


def test_the_sheet_holds_points_formulas_and_their_results(office: Office, work: Round) -> None:
    content = paper(office, work, office.departments(work)[0])
    assert content == paper(office, work, office.departments(work)[0])
    sheet = load_workbook(BytesIO(content), data_only=True)["复核底稿"]
    lines = {row[1].value: [cell.value for cell in row[2:]] for row in sheet.iter_rows(min_row=5)}
    assert lines["部门预算资金支出率"] == [10, None, 10, 9.4, None, 9.4, -0.6, 0.06, "=按数据计算，自评偏高"]
    assert lines["绩效管理制度建设"] == [5, None, 4, 4, None, 4.5, 0.5, 0.1, None]
    assert lines["合计"] == [100, None, 95.15, None, None, 95.05, -0.1, None, None]
    assert str(sheet["A3"].value).startswith("自评总分 95.15 分　优；复核总分 95.05 分　优。")
    formulas = load_workbook(BytesIO(content))["复核底稿"]
    assert formulas["I7"].value == '=IF(ISNUMBER(H7),H7-E7,"")'
    assert formulas["J7"].value == '=IF(ISNUMBER(I7),ABS(I7)/C7,"")'
    opinions = load_workbook(BytesIO(content))["复核意见"]
    assert [cell.value for cell in opinions[5][:5]] == [
        1,
        "第 1 版",
        "部门预算资金支出率",
        "请核对支出率",
        "经办乙",
    ]
    assert opinions["G5"].value == "未退回"


@needs_libreoffice
@pytest.mark.slow
def test_libreoffice_reckons_the_same(office: Office, work: Round, tmp_path: Path) -> None:
    department = office.departments(work)[0]
    file = tmp_path / paper_name(department)
    file.write_bytes(paper(office, work, department))
    program = find_office()
    assert program
    (tmp_path / "work").mkdir()
    reckoned = load_workbook(recalculated(file, tmp_path / "work", program), data_only=True)["复核底稿"]
    written = load_workbook(file, data_only=True)["复核底稿"]
    for row in range(5, written.max_row + 1):
        for column in "CEFGHIJK":
            there, here = reckoned[f"{column}{row}"].value, written[f"{column}{row}"].value
            assert there == (pytest.approx(here) if isinstance(here, float) else here), f"{column}{row}"


def test_what_was_not_handed_in_has_no_paper(office: Office, work: Round) -> None:
    with refused(409, "“虚构区民政局”还没有报送"):
        paper(office, work, office.departments(work)[1])


def test_a_row_the_department_entered_shows_what_was_reached(office: Office) -> None:
    made = office.round(2025, form="department-general")
    office.roster(made, "单位名称\n云河市图书馆（虚构）\n")
    [department] = office.departments(made)
    version = office.upload(department, Path("samples/department-general.xlsx").read_bytes())
    office.examine(version, "department-general")
    with office.session() as session:
        kept = session.get_one(Department, department.id)
        kept.state, kept.handed_in_id = "handed_in", version.id
    sheet = load_workbook(BytesIO(paper(office, made, department)), data_only=True)["复核底稿"]
    reached = {row[1].value: row[3].value for row in sheet.iter_rows(min_row=5, max_row=15)}
    assert reached["预算执行率"] is None
    assert all(reached[name] for name in ("新增馆藏图书", "新书上架及时率", "推动全民阅读氛围"))
