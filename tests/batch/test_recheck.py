"""``zhengti-zip recheck``: papers made, filled in as reviewers do, read back, summed up, and a sample drawn."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.batch.offices import workbook, write, write_faulty
from tests.cli.calling import call
from tests.workbook.tools import needs_libreoffice
from zhengti_zip.batch.recheck.calls import Unread
from zhengti_zip.batch.recheck.model import ReadPaper
from zhengti_zip.batch.recheck.reading import read_paper
from zhengti_zip.batch.recheck.sampling import drawn, lot
from zhengti_zip.batch.result import Result, Status
from zhengti_zip.batch.settings import BatchSettings
from zhengti_zip.batch.task import Task
from zhengti_zip.formtools.office import find_office, recalculated

pytestmark = pytest.mark.slow

SHEET = "复核底稿"
FIRST = 5


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six departments' papers, as made; one more department has an error and gets none."""
    folder = tmp_path_factory.mktemp("recheck")
    for number in range(1, 6):
        write(folder / "填报", number)
    (folder / "填报" / "六局.xlsx").write_bytes(workbook(6))
    write_faulty(folder / "填报", 8)
    outcome = call("recheck", "paper", folder / "填报", "-o", folder / "底稿")
    assert outcome.code == 5, outcome.err
    assert "局0008.json" in outcome.err and "“总预算”没有填写" in outcome.err
    assert len(outcome.out.splitlines()) == 6
    return folder / "底稿"


def paper_of(folder: Path, number: int) -> Path:
    return folder / f"虚构市第{number}局（本级）-复核底稿.xlsx"


def filled(file: Path, edit: Callable[[Worksheet], None], target: Path | None = None) -> Path:
    """A paper in which a reviewer has typed something."""
    book = load_workbook(file)
    edit(book[SHEET])
    target = target or file
    book.save(target)
    return target


def read(file: Path) -> ReadPaper:
    answer = read_paper(Task(file.name, file.read_bytes(), BatchSettings()))
    assert isinstance(answer, ReadPaper), answer
    return answer


def said(paper: ReadPaper) -> list[tuple[str, str, str]]:
    return [(problem.severity.value, problem.place, problem.message) for problem in paper.problems]


def typed(**cells: Any) -> Callable[[Worksheet], None]:
    def edit(sheet: Worksheet) -> None:
        for place, value in cells.items():
            sheet[place] = value

    return edit


def test_an_untouched_paper_is_not_reviewed_and_has_no_problem(papers: Path) -> None:
    paper = read(paper_of(papers, 1))
    assert (paper.is_reviewed, said(paper), paper.subject.total) == (False, [], Decimal("98.9"))
    assert sum((row.score or Decimal(0) for row in paper.rows), Decimal(0)) == paper.subject.total


def test_a_signature_alone_means_everything_was_agreed_to(papers: Path, tmp_path: Path) -> None:
    def sign(sheet: Worksheet) -> None:
        row = next(cell.row for cell in sheet["B"] if cell.value == "复核人：")
        sheet[f"D{row}"], sheet[f"G{row}"] = "张三", "2023-04-01"

    paper = read(filled(paper_of(papers, 1), sign, tmp_path / "甲.xlsx"))
    assert (paper.is_reviewed, paper.reviewer, paper.day, said(paper)) == (True, "张三", "2023-04-01", [])


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"H7": "8.9"}, []),
        ({"H7": 10}, []),  # more than the department gave itself needs no reason
        ({"H7": 0, "K7": "无"}, []),
        ({"H7": 8.89}, [("error", "复核底稿!K7", "扣了 0.01 分，没有写明理由")]),
        ({"H7": 8.89, "K7": " \u200b"}, [("error", "复核底稿!K7", "扣了 0.01 分，没有写明理由")]),
        ({"H7": 10.01}, [("error", "复核底稿!H7", "复核得分 10.01 不在 0 到 10 分之间")]),
        ({"H7": -0.01, "K7": "x"}, [("error", "复核底稿!H7", "复核得分 -0.01 不在 0 到 10 分之间")]),
        ({"H7": 9.005, "K7": "x"}, [("error", "复核底稿!H7", "复核得分 9.005 超过两位小数")]),
        ({"H7": "九分", "K7": "x"}, [("error", "复核底稿!H7", "“九分”不是数值")]),
        ({"G7": "94%"}, [("warning", "复核底稿!H7", "填了复核完成值“94%”，没有复核得分，按自评得分计")]),
        (
            {"E7": 8, "H7": 8},
            [
                ("warning", "复核底稿!E7", "自评得分由“8.9”改成了“8”，汇总仍按原来的计"),
                ("error", "复核底稿!K7", "扣了 0.9 分，没有写明理由"),
            ],
        ),
        ({"C7": 12}, [("warning", "复核底稿!C7", "分值由“10”改成了“12”，汇总仍按原来的计")]),
        ({"I7": -2}, [("warning", "复核底稿!I7", "差异写的是“-2”，与复核得分减自评得分（0）不符，没有读取")]),
        (
            {"B7": "=B8"},
            [
                ("error", "复核底稿!B7", "公式没有计算结果"),
                (
                    "error",
                    "复核底稿!B7",
                    "指标名称由“部门预算资金支出率”改成了空的，按序号仍计入原来的指标",
                ),
            ],
        ),
        ({"M7": "另见附件"}, [("warning", "复核底稿", "表格以外的内容没有读取：M7")]),
    ],
)
def test_every_doubtful_cell_is_named(
    papers: Path, tmp_path: Path, cells: dict[str, Any], found: list[tuple[str, str, str]]
) -> None:
    assert load_workbook(paper_of(papers, 1))[SHEET]["E7"].value == 8.9
    paper = read(filled(paper_of(papers, 1), typed(**cells), tmp_path / "甲.xlsx"))
    assert said(paper) == found


def test_rows_are_known_by_their_number_wherever_they_stand(papers: Path, tmp_path: Path) -> None:
    def sort(sheet: Worksheet) -> None:
        sheet.insert_cols(2)
        lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST, max_row=7)]
        for row, line in zip((7, 6, 5), lines, strict=True):
            for column, value in enumerate(line, start=1):
                sheet.cell(row, column, None if str(value).startswith("=") else value)
        sheet["I5"], sheet["L5"] = 8, "核减（虚构）"

    paper = read(filled(paper_of(papers, 1), sort, tmp_path / "甲.xlsx"))
    third = paper.rows[2]
    assert (third.key, third.given, third.difference, third.remark) == (
        "spending_rate",
        Decimal(8),
        Decimal("-0.9"),
        "核减（虚构）",
    )
    assert said(paper) == []


def test_a_row_that_is_lost_doubled_or_added_is_told(papers: Path, tmp_path: Path) -> None:
    def spoil(sheet: Worksheet) -> None:
        sheet["A6"], sheet["A8"], sheet["B8"] = 1, 99, "自己加的"

    found = said(read(filled(paper_of(papers, 1), spoil, tmp_path / "甲.xlsx")))
    assert ("error", "复核底稿!A6", "序号 1 已在第 5 行用过，这一行没有计入") in found
    assert ("warning", "复核底稿!B8", "多出的一行“自己加的”没有读取") in found
    assert [words.partition("“")[0] for _, _, words in found if words.startswith("缺少第")] == [
        "缺少第 2 行",
        "缺少第 4 行",
    ]


@pytest.mark.parametrize("name", ["空.xlsx", "坏.xlsx", "别的.xlsx"])
def test_what_is_no_paper_is_refused_with_a_remedy(tmp_path: Path, name: str) -> None:
    content = {"空.xlsx": b"", "坏.xlsx": b"PK\x03\x04", "别的.xlsx": workbook(1)}[name]
    answer = read_paper(Task(name, content, BatchSettings()))
    assert isinstance(answer, Unread)
    assert answer.message and answer.remedy


def test_papers_are_never_replaced_without_being_told_to(papers: Path, tmp_path: Path) -> None:
    shutil.copytree(papers, tmp_path / "底稿")
    inputs, folder = papers.parent / "填报", tmp_path / "底稿"
    mine = filled(paper_of(folder, 1), typed(H7=9, K7="核减")).read_bytes()
    again = call("recheck", "paper", inputs, "-o", folder)
    assert (again.code, again.out) == (5, "")
    assert "5 份底稿已有，内容相同" in again.err
    assert "1 份底稿已有，内容不同" in again.err and paper_of(folder, 1).name in again.err
    assert paper_of(folder, 1).read_bytes() == mine
    assert call("recheck", "paper", inputs, "-o", folder, "--force").code == 5
    assert paper_of(folder, 1).read_bytes() == paper_of(papers, 1).read_bytes()


@pytest.fixture(scope="module")
def summed(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it comes back: two reviewed, one with an error, one not begun, one twice, one that is no paper."""
    folder = tmp_path_factory.mktemp("sum")
    back = folder / "底稿"
    shutil.copytree(papers, back)
    filled(paper_of(back, 1), typed(H7=8.5, K7="支出率按决算数核减", H5=19, K5="产出未全完成"))
    filled(paper_of(back, 2), typed(H7=10))
    filled(paper_of(back, 3), typed(H7=1))
    shutil.copy(paper_of(back, 5), back / "又一份.xlsx")
    (back / "备查.xlsx").write_bytes(workbook(7))
    outcome = call("recheck", "sum", back, "-o", back / "复核汇总.xlsx", "--json")
    assert outcome.code == 5
    (folder / "out.json").write_text(outcome.out, encoding="utf-8")
    (folder / "err").write_text(outcome.err, encoding="utf-8")
    return folder


def table(file: Path, sheet: str) -> pandas.DataFrame:
    return pandas.read_excel(file, sheet_name=sheet, header=3)


def test_the_sums_are_those_pandas_works_out(summed: Path) -> None:
    file = summed / "底稿" / "复核汇总.xlsx"
    sums, rows = table(file, "汇总"), table(file, "逐项")
    counted = sums[sums["序号"].notna()]
    assert list(counted["部门"]) == ["虚构市第1局", "虚构市第2局"]
    total = sums[sums["部门"] == "合计"].iloc[0]
    for there, here in (("自评总分", "自评得分"), ("复核总分", "复核得分"), ("差异", "差异")):
        assert rows[here].sum() == pytest.approx(total[there]) == pytest.approx(counted[there].sum())
        for _, line in counted.iterrows():
            mine = rows[rows["部门"] == line["部门"]]
            assert mine[here].sum() == pytest.approx(line[there])
    assert rows["差异"][rows["差异"] < 0].sum() == pytest.approx(total["核减"])
    assert rows["差异"][rows["差异"] > 0].sum() == pytest.approx(total["核增"])
    assert counted["复核总分"].mean() == pytest.approx(sums[sums["部门"] == "平均"].iloc[0]["复核总分"])
    assert (rows["差异"].abs() / rows["分值"]).to_list() == pytest.approx(rows["偏离度"].to_list())


def test_what_is_not_counted_is_listed_with_the_reason(summed: Path) -> None:
    file = summed / "底稿" / "复核汇总.xlsx"
    sums, problems = table(file, "汇总"), table(file, "问题")
    left = {
        line["部门"]: line["主要原因"] for _, line in sums.iterrows() if "见“问题”" in str(line["主要原因"])
    }
    assert left == {
        "虚构市第3局": "有 1 处错误，见“问题”",
        "虚构市第4局": "还没有复核，见“问题”",
        "虚构市第5局": "底稿重复，见“问题”",
        "虚构市第6局": "还没有复核，见“问题”",
    }
    found = {(line["底稿文件"], line["问题"]) for _, line in problems.iterrows()}
    assert ("备查.xlsx", "备查.xlsx 不是本程序生成的复核底稿") in found
    assert (paper_of(Path(), 3).name, "扣了 7.7 分，没有写明理由") in found
    assert sum("有 2 份复核底稿" in words for _, words in found) == 2
    reasons = dict(zip(sums["部门"], sums["主要原因"], strict=True))
    assert reasons["虚构市第1局"] == (
        "部门整体绩效目标产出指标完成情况（-1）：产出未全完成；部门预算资金支出率（-0.4）：支出率按决算数核减"
    )
    assert reasons["虚构市第2局"] == "部门预算资金支出率（+1.2）：没有写明"


@needs_libreoffice
def test_libreoffice_reckons_the_same(summed: Path, papers: Path, tmp_path: Path) -> None:
    """The summary, and a paper in which a reviewer typed a score: its own sums follow."""
    program = find_office()
    assert program
    (tmp_path / "work").mkdir()
    file = summed / "底稿" / "复核汇总.xlsx"
    reckoned = load_workbook(recalculated(file, tmp_path / "work", program), data_only=True)
    written = load_workbook(file, data_only=True)
    for title in ("汇总", "逐项"):
        for row in written[title].iter_rows(min_row=FIRST):
            for cell in row:
                there = reckoned[title][cell.coordinate].value
                assert there == (pytest.approx(cell.value) if isinstance(cell.value, float) else cell.value)
    paper = summed / "底稿" / paper_of(Path(), 1).name
    sheet = load_workbook(recalculated(paper, tmp_path / "work", program), data_only=True)[SHEET]
    line = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "合计")
    assert (line[4], line[7], line[8]) == pytest.approx((98.9, 97.5, -1.4))
    assert (sheet["I7"].value, sheet["J7"].value) == pytest.approx((-0.4, 0.04))


def result(number: int) -> Result:
    return Result(f"{number}.xlsx", Status.DONE, "haizhu-2022", f"虚构市第{number}局", "本级", 2022)


def test_a_sample_depends_on_seed_and_departments_only() -> None:
    everybody = [result(number) for number in range(40)]
    first = drawn(everybody, Decimal("0.2"), 7)
    assert len(first) == 8
    assert drawn(everybody[::-1], Decimal("0.2"), 7) == first
    assert drawn(everybody, Decimal("0.2"), 8) != first
    assert drawn(everybody, Decimal("0.201"), 7)[:8] == first  # rounded up: nine
    assert len(drawn(everybody, Decimal("0.201"), 7)) == 9
    assert drawn(everybody, Decimal(1), 7)[:8] == first
    known = sha256("7\n虚构市第1局\n本级\n2022\nhaizhu-2022".encode()).hexdigest()
    assert lot(result(1), 7) == known
    more = drawn([*everybody, result(99)], Decimal("0.2"), 7)  # nine: the new one, or one that was next
    assert len([each for each in more if each not in first]) in (1, 2)
    assert len(drawn(everybody[:1], Decimal("0.01"), 7)) == 1


def test_the_sample_of_a_folder(papers: Path, tmp_path: Path) -> None:
    inputs = papers.parent / "填报"
    out = tmp_path / "抽查.xlsx"
    of_inputs = call("recheck", "sample", inputs, "--share", "50%", "--seed", "7", "-o", out, "--json")
    assert of_inputs.code == 5 and "局0008.json" in of_inputs.err  # it has an error
    names = [each["department"] for each in of_inputs.json["drawn"]]
    assert len(names) == 3 and of_inputs.json["candidates"] == 6
    sheet = load_workbook(BytesIO(out.read_bytes()))["抽查名单"]
    assert [row[1] for row in sheet.iter_rows(min_row=FIRST, values_only=True)] == names
    of_papers = call("recheck", "sample", papers, "--share", "100%", "--seed", "7", "--json").json["drawn"]
    assert [each["department"] for each in of_papers][:3] == names  # papers give the same lots


@pytest.mark.parametrize("share", ["0%", "101%", "20", "1", "x", "-5%", "1e999", "nan"])
def test_a_share_that_is_none(tmp_path: Path, share: str) -> None:
    outcome = call("recheck", "sample", tmp_path, "--share", share, "--seed", "1")
    assert outcome.code == 2
    assert "例如 20%" in outcome.err
