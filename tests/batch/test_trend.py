"""Several years beside each other: the figures are those of pandas, and nothing is compared that cannot be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from shutil import copyfile
from typing import Any
from zipfile import ZipFile

import pandas
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.batch.offices import office, saved_at
from tests.cli.calling import ROOT, call, sample
from zhengti_zip.batch.result import ListedProblem, Result, Status
from zhengti_zip.batch.trend.drawing import BOTTOM, TOP, chart
from zhengti_zip.batch.trend.figures import TrendFigures
from zhengti_zip.batch.trend.notes import notes_on
from zhengti_zip.batch.trend.report import MAX_LISTED, trend_pdf
from zhengti_zip.batch.trend.series import sorted_out
from zhengti_zip.batch.trend.trend_json import trend_data
from zhengti_zip.batch.trend.workbook import trend_workbook
from zhengti_zip.form.loader import load_form
from zhengti_zip.scoring.evaluation import evaluate
from zhengti_zip.submission.jsonform import from_data

DEPARTMENTS = ("虚构教育局", "虚构水务局", "虚构档案局")
YEARS = (2021, 2022, 2023)
HAIZHU, GENERAL, FIXED, PROJECT = "haizhu-2022", "department-general", "fixed-standards", "project-national"


def of_year(department: str, year: int, place: int) -> dict[str, Any]:
    """A sound fictional submission whose amounts and scores differ from year to year."""
    data = sample()
    data["fields"] |= {"department": department, "year": year}
    more = Decimal(10 * (year - 2020) * (place + 1))
    for key in ("total", "basic"):
        data["budget"][key] = str(Decimal(data["budget"][key]) + more)
    lost = Decimal(year - 2020 + place)
    texts = {"reason": "管线迁改推迟。", "improvement": "提前做好物探。", "evidence": "台账"}
    data["scores"]["spending_rate"] = {"score": str(10 - lost), **texts}
    return data


def hand_in(folder: Path, without: Sequence[tuple[str, int]] = ()) -> pandas.DataFrame:
    """A folder a year; returns what pandas knows of the files."""
    known = []
    for year in YEARS:
        (folder / str(year)).mkdir(parents=True)
        for place, department in enumerate(DEPARTMENTS):
            if (department, year) in without:
                continue
            data = of_year(department, year, place)
            (folder / str(year) / f"{department}.json").write_text(
                json.dumps(data, ensure_ascii=False), encoding="utf-8"
            )
            source = from_data(data, load_form(HAIZHU))
            evaluation = evaluate(source.form, source.submission)
            score = data["scores"]["spending_rate"]["score"]
            row = {"department": department, "year": year, "basic": float(data["budget"]["basic"])}
            known.append({**row, "total": float(evaluation.total or 0), "spending": float(score) / 10})
    return pandas.DataFrame(known)


def row_of(sheet: Any, *names: str | None) -> list[Any]:
    """The cells behind the names of a row."""
    for row in sheet.iter_rows(min_row=5, values_only=True):
        if tuple(row[: len(names)]) == names:
            return list(row[len(names) :])
    raise AssertionError(f"{names} is not in {sheet.title}")


def same(found: Sequence[Any], expected: Sequence[Any]) -> bool:
    return [None if value is None else float(value) for value in found] == pytest.approx(
        [None if pandas.isna(value) else float(value) for value in expected], abs=1e-5
    )


def test_totals_amounts_and_rates_are_those_of_pandas(tmp_path: Path) -> None:
    known = hand_in(tmp_path / "报送", without=[("虚构水务局", 2022)])
    output = tmp_path / "趋势.xlsx"
    outcome = call("trend", tmp_path / "报送", "-o", output)
    assert (outcome.code, outcome.out) == (0, f"{output}\n")
    book = load_workbook(output)
    by_year = known.groupby("year")
    overview = book["总体趋势"]
    assert same(row_of(overview, "计入的部门（项目）")[:3], by_year["total"].count())
    assert same(row_of(overview, "平均得分率")[:3], by_year["total"].mean() / 100)
    totals = known.pivot_table(index="department", columns="year", values="total")
    basics = known.pivot_table(index="department", columns="year", values="basic")
    spending = known.pivot_table(index="department", columns="year", values="spending")
    sums = row_of(overview, "基本支出（合计）")
    assert same(sums[:3], by_year["basic"].sum())
    both = [basics[[before, now]].dropna() for before, now in ((2021, 2022), (2022, 2023))]
    assert same(sums[3:5], [pair.iloc[:, 1].sum() / pair.iloc[:, 0].sum() - 1 for pair in both])
    for department in DEPARTMENTS:
        cells = row_of(book["各部门总分"], department, "本级")
        assert same(cells[:3], totals.loc[department] / 100)
        assert same(cells[3:6], totals.loc[department])
        amounts = row_of(book["各部门金额"], department, "本级", "基本支出")
        assert same(amounts[:3], basics.loc[department])
        assert same(amounts[3:5], basics.loc[department].pct_change(fill_method=None)[1:])
        rates = row_of(book["各部门指标"], department, "本级", "部门预算资金支出率")
        assert same(rates[:3], spending.loc[department])
        assert same(rates[3:5], spending.loc[department].diff()[1:] * 100)
    means = row_of(book["指标平均"], "部门预算资金支出率")
    assert same(means[:3], spending.mean())
    with ZipFile(output) as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3  # mean rate, one amount, the three departments
    assert "各年度计入的部门（项目）不全相同" in outcome.err


def test_two_files_of_a_department_and_year_are_told_and_none_is_counted(tmp_path: Path) -> None:
    folder, output = tmp_path / "报送", tmp_path / "报送" / "趋势.xlsx"
    hand_in(folder)
    again = of_year("虚构教育局", 2022, 2)
    (folder / "2022" / "再报.json").write_text(json.dumps(again, ensure_ascii=False), encoding="utf-8")
    copyfile(folder / "2021" / "虚构水务局.json", folder / "2021" / "同一份.json")
    (folder / "说明.txt").write_text("不是填报文件", encoding="utf-8")
    (folder / "2023" / "坏.xlsx").write_bytes(b"no workbook")
    output.write_bytes(b"an earlier one is no input")
    outcome = call("trend", folder, "-o", output, "--pdf", "--force")
    assert outcome.code == 5
    assert outcome.out.splitlines() == [str(output), str(output.with_suffix(".pdf"))]
    book = load_workbook(output)
    assert row_of(book["总体趋势"], "计入的部门（项目）")[:3] == [3, 2, 3]
    assert row_of(book["各部门总分"], "虚构教育局", "本级")[1] is None
    assert row_of(book["各部门总分"], "虚构水务局", "本级")[0] is not None
    told = {str(row[0]): str(row[3]) for row in book["说明"].iter_rows(values_only=True) if row[3]}
    assert "另见 2022/虚构教育局.json" in told["2022/再报.json"]
    assert "另见 2022/再报.json" in told["2022/虚构教育局.json"]
    assert "完全相同，只计一份" in told.get("2021/虚构水务局.json", "") + told.get("2021/同一份.json", "")
    assert {"2023/坏.xlsx", "说明.txt"} <= set(told)
    assert all(name in outcome.err for name in told if name != "没有计入的文件")
    pages = "".join(p.extract_text() for p in PdfReader(output.with_suffix(".pdf")).pages)
    assert "没有计入的文件" in pages
    assert "虚构水务局" in pages


def with_versions(folder: Path) -> Path:
    """A department's file of 2021 and two versions of its workbook of 2022, saved one second apart."""
    folder.mkdir()
    (folder / "甲.xlsx").write_bytes(saved_at(1, "项目延期（虚构）。", "2026-02-03T08:00:00Z"))
    (folder / "甲-改.xlsx").write_bytes(saved_at(1, "两个项目延期（虚构）。", "2026-02-03T08:00:01Z"))
    earlier = office(1)
    earlier["fields"]["year"] = 2021
    (folder / "去年.json").write_text(json.dumps(earlier, ensure_ascii=False), encoding="utf-8")
    return folder


def test_of_several_versions_the_newest_counts_when_asked_for(tmp_path: Path) -> None:
    output = tmp_path / "趋势.xlsx"
    outcome = call("trend", with_versions(tmp_path / "报送"), "-o", output, "--newest", "--json")
    assert (outcome.code, outcome.json["ok"], outcome.json["years"]) == (0, True, [2021, 2022])
    (department,) = outcome.json["departments"]
    assert [each["file"] for each in department["results"]] == ["去年.json", "甲-改.xlsx"]
    (older,) = outcome.json["left_out"]
    assert (older["file"], older["is_fault"]) == ("甲.xlsx", False)
    assert older["why"].startswith("旧版本：文件内记录的保存时间是 2026-02-0")
    assert "以 甲-改.xlsx 为准" in older["why"] and older["why"] in outcome.err
    told = {row[0]: row[3] for row in load_workbook(output)["说明"].iter_rows(values_only=True)}
    assert told["甲.xlsx"] == older["why"]


def test_of_several_versions_none_counts_when_not_asked_for(tmp_path: Path) -> None:
    output = tmp_path / "趋势.xlsx"
    outcome = call("trend", with_versions(tmp_path / "报送"), "-o", output, "--json", "-q")
    assert (outcome.code, outcome.json["ok"], outcome.json["years"]) == (5, False, [2021])
    assert [(each["file"], each["is_fault"]) for each in outcome.json["left_out"]] == [
        ("甲-改.xlsx", True),
        ("甲.xlsx", True),
    ]
    assert outcome.json["outputs"] == [str(output)] and output.exists()
    assert "有 2 份内容不同的填报文件，另见 甲.xlsx" in outcome.err, (
        "-q leaves out no file that does not count"
    )
    remedy = outcome.json["left_out"][0]["remedy"]
    assert "加上 --newest 以最后修改的为准" in remedy
    assert "处理办法" in outcome.err and remedy in outcome.err
    assert {row[4] for row in load_workbook(output)["说明"].iter_rows(values_only=True)} >= {
        "处理办法",
        remedy,
    }
    assert "只有 2021 一个年度" in "".join(outcome.json["notes"])
    assert "只有 2021 一个年度" not in outcome.err


def test_the_figures_as_json() -> None:
    """Totals, amounts in 万元, rates and growth as shares; a third is cut after six places."""
    bad = Result(
        "坏.xlsx", Status.FAILED, problems=(ListedProblem("error", "missing", "总预算没有填写", "请填写"),)
    )
    made = figures(
        bad,
        result("甲局", 2021, "91", grade="优", budget={"total": Decimal("300.00")}),
        result("甲局", 2022, None, budget={"total": Decimal("400")}, scores={"spending_rate": Decimal(3)}),
        result("乙局", 2022, "80", scope="", form=FIXED),
    )
    data = trend_data(made, [Path("趋势.xlsx")])
    second, first = data["departments"]
    assert (first["department"], first["scope"]) == ("甲局", "本级")
    assert first["results"] == [
        {"year": 2021, "file": "甲局2021.xlsx", "form": HAIZHU, "total": "91", "rate": "0.91", "grade": "优"},
        {"year": 2022, "file": "甲局2022.xlsx", "form": HAIZHU, "total": None, "rate": None, "grade": None},
    ]
    (amount,) = first["amounts"]
    assert (amount["id"], amount["values"], amount["growth"]) == ("total", ["300", "400"], [None, "0.333333"])
    (item,) = first["items"]
    assert item == {"id": "spending_rate", "name": "部门预算资金支出率", "rates": [None, "0.3"]}
    assert (second["scope"], second["amounts"], second["items"]) == (None, [], [])
    assert "grade" not in second["results"][0], "the form has no grades"
    together = data["all"]
    assert together["counts"] == [1, 2]
    assert together["mean_rate"] == ["0.91", "0.8"]
    assert together["grades"]["优"] == [1, 0]
    assert together["amounts"] == [
        {**amount, "values": ["300", "400"], "growth": [None, "0.333333"], "counts": [1, 1]}
    ]
    assert together["items"] == [item]
    assert data["left_out"] == [
        {
            "file": "坏.xlsx",
            "department": None,
            "year": None,
            "why": "总预算没有填写",
            "remedy": "请填写",
            "is_fault": True,
        }
    ]
    assert (data["ok"], data["outputs"]) == (False, ["趋势.xlsx"])


def test_a_second_copy_and_files_that_are_no_inputs_are_listed_and_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "报送" / "甲.json"
    file.parent.mkdir()
    file.write_text(json.dumps(of_year("虚构教育局", 2021, 0), ensure_ascii=False), encoding="utf-8")
    copyfile(file, file.with_name("乙.json"))
    file.with_name("说明.txt").write_text("不是填报文件", encoding="utf-8")
    outcome = call("trend", file.parent, "-o", tmp_path / "趋势.xlsx")
    assert outcome.code == 0
    assert "甲.json" in outcome.err
    assert "说明.txt" in outcome.err


def test_nothing_is_written_when_nothing_counts(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"no workbook")
    outcome = call("trend", tmp_path / "坏.xlsx", "-o", tmp_path / "趋势.xlsx")
    assert (outcome.code, outcome.out) == (1, "")
    assert "没有可以比较的文件" in outcome.err
    assert not (tmp_path / "趋势.xlsx").exists()


def test_real_workbooks_of_two_forms_are_compared_by_what_they_share(tmp_path: Path) -> None:
    data = json.loads((ROOT / "samples" / f"{GENERAL}.json").read_text(encoding="utf-8"))
    later = json.loads((ROOT / "samples" / f"{FIXED}.json").read_text(encoding="utf-8"))
    later["fields"] |= {"department": data["fields"]["department"], "year": 2026}
    (tmp_path / "今年.json").write_text(json.dumps(later, ensure_ascii=False), encoding="utf-8")
    output = tmp_path / "趋势.xlsx"
    outcome = call("trend", ROOT / "samples" / f"{GENERAL}.xlsx", tmp_path / "今年.json", "-o", output)
    assert outcome.code == 0
    for words in ("各文件不是同一张表", "以下的表不填写金额", "以下指标不是每张表都有"):
        assert words in outcome.err
    book = load_workbook(output)
    rates = row_of(book["各部门总分"], data["fields"]["department"], None)
    assert tuple(rates[:4]) == (0.9874, 0.9187, 98.74, 91.87)
    shared = row_of(book["各部门指标"], data["fields"]["department"], None, "预算执行率")
    assert None not in shared[:3]
    lone = row_of(book["各部门指标"], data["fields"]["department"], None, "产出指标")
    assert lone[1] is None


def result(department: str, year: int, total: str | None = "90", **more: Any) -> Result:
    facts = {"form": HAIZHU, "scope": "本级", "name": f"{department}{year}.xlsx", **more}
    score = None if total is None else Decimal(total)
    return Result(status=Status.DONE, department=department, year=year, total=score, **facts)


def figures(*results: Result) -> TrendFigures:
    forms = {name: load_form(name) for name in {found.form for found in results if found.form}}
    return TrendFigures(sorted_out(results, forms), forms)


def lines(made: TrendFigures) -> list[tuple[str, list[int]]]:
    return [(series.name, sorted(series.by_year)) for series in made.series]


def test_a_form_without_scope_goes_on_with_the_only_scope_there_is() -> None:
    joined = figures(result("甲局", 2022), result("甲 局", 2025, form=GENERAL, scope=""))
    assert lines(joined) == [("甲 局（本级）", [2022, 2025])]
    assert "接在“本级”之后比较" in "".join(notes_on(joined))
    apart = figures(
        result("甲局", 2022),
        result("甲局", 2022, scope="汇总", name="汇总.xlsx"),
        result("甲局", 2025, form=GENERAL, scope=""),
    )
    assert lines(apart) == [("甲局", [2025]), ("甲局（本级）", [2022]), ("甲局（汇总）", [2022])]
    assert "金额会重复计算：甲局" in "".join(notes_on(apart))


def test_projects_of_a_unit_are_lines_of_their_own() -> None:
    made = figures(
        result("甲局", 2025, form=GENERAL, scope=""),
        result("甲局", 2025, form=PROJECT, scope="甲项目", name="甲.xlsx"),
        result("甲局", 2025, form=PROJECT, scope="乙项目", name="乙.xlsx"),
    )
    assert [name for name, _ in lines(made)] == ["甲局", "甲局（乙项目）", "甲局（甲项目）"]
    assert made.left_out == []
    assert "重复计算" not in "".join(notes_on(made))


def test_what_failed_or_says_not_whose_it_is_is_left_out_with_its_reason() -> None:
    problem = ListedProblem("error", "missing", "总预算没有填写", place="部门预算!B5")
    bad = Result("坏.xlsx", Status.FAILED, problems=(ListedProblem("notice", "x", "提示"), problem))
    made = figures(bad, result("甲局", 0, name="无年度.xlsx"), result("乙局", 2022))
    assert [(item.name, item.why) for item in made.left_out] == [
        ("坏.xlsx", "部门预算!B5：总预算没有填写"),
        ("无年度.xlsx", "没有填写部门或年度"),
    ]


def test_growth_needs_two_years_and_something_to_grow_from() -> None:
    amounts = ("0", "50", None, "75")
    made = figures(
        *(
            result("甲局", 2020 + place, budget={"total": None if amount is None else Decimal(amount)})
            for place, amount in enumerate(amounts)
        )
    )
    [line] = made.amounts
    assert list(line.values) == [0, 50, None, 75]
    assert list(line.growth) == [None] * 4
    assert list(line.difference) == [None, 50, None, None]


def test_years_without_files_and_single_years_are_said() -> None:
    made = figures(result("甲局", 2020), result("甲局", 2023), result("乙局", 2023, None))
    notes = "".join(notes_on(made))
    assert "没有 2020 与 2023 年度之间的文件，2023 年度与 2020 年度相比" in notes
    assert "以下 1 个部门（项目）只有一个年度，没有增减：乙局（本级） 2023 年度" in notes
    assert made.mean_rate.values == (Decimal("0.9"), Decimal("0.9"))
    assert "只有 2020 一个年度的文件" in notes_on(figures(result("甲局", 2020)))[0]


@pytest.mark.parametrize("count", [MAX_LISTED, MAX_LISTED + 1])
def test_a_long_list_in_the_pdf_is_cut_and_says_so(count: int) -> None:
    results = [
        result(f"第{number:02}局", year, str(90 if year == 2022 else 60 + Decimal(number) / 2))
        for number in range(count)
        for year in (2022, 2023)
    ]
    made = figures(*results)
    content = trend_pdf(made)
    assert content == trend_pdf(made)
    pages = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    shown = sum(f"第{number:02}局" in pages for number in range(count))
    assert shown == MAX_LISTED
    assert ("下降和上升最多的各" in pages) == (count > MAX_LISTED)


def test_the_workbook_comes_out_the_same_again() -> None:
    made = figures(result("=甲局", 2022), result("=甲局", 2023, "80"))
    content = trend_workbook(made)
    assert content == trend_workbook(figures(result("=甲局", 2022), result("=甲局", 2023, "80")))
    cell = load_workbook(BytesIO(content))["各部门总分"]["A5"]
    assert (cell.value, cell.data_type) == ("=甲局", "s")


def test_a_chart_puts_the_highest_value_on_top_and_interrupts_the_line_at_a_gap() -> None:
    values = [Decimal(1), Decimal(3), None, Decimal(2), Decimal(2)]
    drawn = chart("甲", [2020, 2021, 2022, 2023, 2024], values, str)
    assert [mark.y for mark in drawn.marks] == [BOTTOM, TOP, None, (BOTTOM + TOP) / 2, (BOTTOM + TOP) / 2]
    assert len(drawn.runs) == 2
    bars = chart("甲", [2020, 2021], [Decimal(2), Decimal(4)], str, has_bars=True)
    assert [mark.y for mark in bars.marks] == [(BOTTOM + TOP) / 2, TOP]
    flat = chart("甲", [2020], [Decimal(5)], str)
    assert [mark.y for mark in flat.marks] == [(BOTTOM + TOP) / 2]
