"""What the live sheet says where a cell shows something else than it holds, beside what the program says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.workbook.tools import DEMO, convert, needs_libreoffice
from tests.workbook.write.test_live_results import expected, live
from zhengti_zip import read
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.submission.problems import Severity
from zhengti_zip.workbook.areas import FIRST_ROW, OFFERED_ROWS
from zhengti_zip.workbook.defined_names import result_name

pytestmark = pytest.mark.slow

Typed = tuple[Any, str]
"""A value and the number format of its cell; "" leaves the format as it is."""

PERCENT, DATE = "0%", "yyyy-mm-dd"
DAY = datetime(2022, 8, 1)


def weights(*values: Any) -> dict[str, Typed]:
    """Weights of the ten indicators of the sample, from the first on."""
    return {f"indicators.{number}.weight": (value, "") for number, value in enumerate(values)}


def ratio(spent: str, adjusted: str) -> dict[str, Typed]:
    """The two amounts of the proportional rule 预算执行率, 10 points."""
    return {"data.spent": (Decimal(spent), ""), "data.adjusted_budget": (Decimal(adjusted), "")}


CASES: dict[str, Mapping[str, Typed]] = {
    "实际96%目标95": {"indicators.9.target": (95, ""), "indicators.9.actual": (0.96, PERCENT)},
    "实际94%目标95": {"indicators.9.target": (95, ""), "indicators.9.actual": (0.94, PERCENT)},
    "实际96目标95%": {"indicators.9.target": (0.95, PERCENT), "indicators.9.actual": (96, "")},
    "实际94目标95%": {"indicators.9.target": (0.95, "0.0%"), "indicators.9.actual": (94, "")},
    "实际0.96目标95": {"indicators.9.target": (95, ""), "indicators.9.actual": (0.96, "0.00")},
    "定性完成率79%": {"indicators.8.degree_percent": (0.79, PERCENT)},
    "定性完成率0.79": {"indicators.8.degree_percent": (0.79, "")},
    "权重百分数": {f"indicators.{n}.weight": (0.6 if n == 0 else 0.08, PERCENT) for n in range(6)},
    "日期作实际值": {"indicators.0.actual": (DAY, DATE)},
    "天数作实际值": {"indicators.0.actual": (44774, "")},
    "日期作金额": {"data.spent": (DAY, "yyyy/m/d")},
    "时间作个数": {"data.finance_violations": (datetime(1900, 1, 1, 6, 0), "h:mm")},
    "年度写成日期": {"fields.year": (DAY, 'yyyy"年"m"月"')},
    "年度带年字": {"fields.year": ("2022年度", "")},
    "去年": {"fields.year": (2021, "")},
    "负的个数": {"data.finance_violations": (-3, "")},
    "个数为零": {"data.finance_violations": (0, "")},
    "个数不是整数": {"data.finance_violations": (0.5, "")},
    "负的金额": {"data.spent": (Decimal("-0.01"), "")},
    "金额为零": {"data.spent": (0, "")},
    "负的实际值": {"indicators.0.actual": (-5, "")},
    "负的目标值": {"indicators.0.target": (-5, ""), "indicators.0.actual": (-6, "")},
    "负数之上": {"indicators.0.target": (-5, ""), "indicators.0.actual": (-4, "")},
    "成本为目标两倍": {"indicators.5.actual": (24, "")},
    "成本近目标两倍": {"indicators.5.actual": (23.99, "")},
    "负的权重": weights(3, -1, 1, 1, 1, 1),
    "权重之和为零": weights(1, -1, 0, 0, 0, 0),
    "权重全填": weights(5, 1, 1, 1, 1, 1),
    "权重缺一": weights(5, 1, 1, 1, 1),
    "权重只填效益": {f"indicators.{n}.weight": (1, "") for n in (6, 7, 8)},
    "权重也填满意度": {f"indicators.{n}.weight": (n, "") for n in (6, 7, 8, 9)},
    "权重全零": weights(0, 0, 0, 0, 0, 0),
    "略低于半分": ratio("100050.01", "300000.03"),
    "正好半分": ratio("100050.010005", "300000.03"),
    "小数正好半分": ratio("66.7", "200"),
    "小数略低": ratio("66.69999", "200"),
    "大数正好": ratio("333500000.01", "1000000000.03"),
    "大数略低": ratio("333500000", "1000000000.01"),
    "大数略高": ratio("333500000.01", "1000000000"),
    "超过预算": ratio("300000.04", "300000.03"),
    "指标略低于半分": {"indicators.0.target": (300000.03, ""), "indicators.0.actual": (100050.01, "")},
    "结转正好百分之十": {"data.annual_budget": (129759.1, ""), "data.carried_over": (12975.91, "")},
    "结转略过百分之十": {"data.annual_budget": (129759.1, ""), "data.carried_over": (12975.92, "")},
    "大额正好百分之十": {"data.annual_budget": (800000000.3, ""), "data.carried_over": (80000000.03, "")},
    "大额略过百分之十": {"data.annual_budget": (800000000.3, ""), "data.carried_over": (80000000.04, "")},
    "自评分三位小数": {"scores.spending_rate.score": (9.405, "")},
    "自评分超过分值": {"scores.spending_rate.score": (10.01, "")},
    "自评分等于分值": {"scores.spending_rate.score": (10, "")},
    "多于全部": {"data.new_projects_evaluated": (8, "")},
    "等于全部": {"data.new_projects_evaluated": (7, "")},
    "分母为零": {"data.new_projects": (0, "")},
    "都为零": {"data.new_projects": (0, ""), "data.new_projects_evaluated": (0, "")},
    "没有类型": {"indicators.0.type": (None, "")},
    "全角空格作名称": {"indicators.0.name": ("\u3000", "")},
    "全角空格作目标": {"goals.0.completion": ("\u3000\u00a0", "")},
    "单位少一行": {"units.3.name": ("第四单位", "")},
    "空格不是单位": {"units.3.name": ("  ", "")},
}
"""What is typed into the filled sample, by input path."""

INCOMPLETE = {"没有类型"}
"""Here the sheet shows no score of the group although the program has one: a merged type could not be seen."""


@cache
def places() -> dict[InputPath, Any]:
    """Where the inputs of the sample are; of the rows of a table also the next one."""
    return dict(read(DEMO).places)


def cell_of(path: str) -> tuple[str, str]:
    """Sheet and cell of an input path; rows behind the last filled one follow it."""
    wanted = InputPath(path)
    if wanted not in places() and path == "units.3.name":
        return "单位明细", "B11"
    place = places()[wanted]
    return place.sheet, place.cell


def typed(folder: Path, name: str, changes: Mapping[str, Typed]) -> Path:
    """A copy of the sample with some cells changed."""
    book = load_workbook(DEMO)
    for path, (value, code) in changes.items():
        sheet, place = cell_of(path)
        book[sheet][place].value = value
        if code:
            book[sheet][place].number_format = code
    file = folder / f"{name}.xlsx"
    book.save(file)
    return file


@needs_libreoffice
def test_the_sheet_says_what_the_program_says(tmp_path: Path) -> None:
    files = [typed(tmp_path, name, changes) for name, changes in CASES.items()]
    differences, untrue = [], []
    for file, saved in zip(files, convert(files, tmp_path / "out", "xlsx"), strict=True):
        source = read(file)
        examined = examine(source)
        engine = expected(source.form, examined.evaluation)
        found = live(saved, list(engine))
        differences += [
            (file.stem, name, str(engine[name]), str(found[name]))
            for name in engine
            if engine[name] != found[name] and not (file.stem in INCOMPLETE and found[name] is None)
        ]
        states = load_workbook(saved, data_only=True)["检查"]
        said = {states[f"A{row}"].value: states[f"E{row}"].value for row in range(FIRST_ROW, FIRST_ROW + 7)}
        untrue += [
            (file.stem, problem.place.sheet, problem.code)
            for problem in examined.problems
            if problem.severity is Severity.ERROR
            and problem.place
            and problem.place.sheet
            and said[problem.place.sheet] == "完整"
        ]
    assert differences == []
    assert untrue == []


def test_the_cases_lie_on_both_sides(tmp_path: Path) -> None:
    """Scores of the proportional rule beside a half, and of the percentages, as the engine has them."""

    def computed(name: str, row: str) -> Decimal | str | None:
        source = read(typed(tmp_path, name, CASES[name]))
        form, evaluation = source.form, examine(source).evaluation
        return expected(form, evaluation)[result_name(f"computed.{row}")]

    halves = {
        name: computed(name, "spending_rate")
        for name in ("略低于半分", "正好半分", "小数正好半分", "小数略低", "大数略低", "大数略高")
    }
    assert halves == {
        "略低于半分": Decimal("3.33"),
        "正好半分": Decimal("3.34"),
        "小数正好半分": Decimal("3.34"),
        "小数略低": Decimal("3.33"),
        "大数略低": Decimal("3.33"),
        "大数略高": Decimal("3.34"),
    }
    assert computed("实际96%目标95", "benefit_indicators") == computed("实际96目标95%", "benefit_indicators")
    assert computed("实际96%目标95", "benefit_indicators") != computed("实际94%目标95", "benefit_indicators")
    assert computed("权重缺一", "output_indicators") is None
    assert computed("权重只填效益", "benefit_indicators") is None
    assert computed("权重也填满意度", "benefit_indicators") is not None


REFUSED: Mapping[str, tuple[Mapping[str, tuple[Any, str]], str]] = {
    "个数是百分数": ({"data.finance_violations": (1, PERCENT)}, "finance_compliance"),
    "金额是百分数": ({"data.spent": (0.96, PERCENT)}, "spending_rate"),
    "单位不是百分数": (
        {"indicators.4.actual": (0.02, PERCENT), "indicators.4.unit": ("天", "")},
        "output_indicators",
    ),
}
"""Percentages where none is asked for, and the row that has no score then."""


@needs_libreoffice
def test_a_percentage_where_none_is_asked_for_gives_no_score(tmp_path: Path) -> None:
    files = [typed(tmp_path, name, changes) for name, (changes, _) in REFUSED.items()]
    for file, saved in zip(files, convert(files, tmp_path / "out", "xlsx"), strict=True):
        name = result_name(f"computed.{REFUSED[file.stem][1]}")
        assert live(saved, [name]) == {name: None}, file.stem
        places_typed = [cell_of(path) for path in REFUSED[file.stem][0]]
        states = load_workbook(saved, data_only=True)["检查"]
        said = {states[f"A{row}"].value: states[f"E{row}"].value for row in range(FIRST_ROW, FIRST_ROW + 7)}
        assert said[places_typed[0][0]] != "完整", file.stem


@needs_libreoffice
def test_hidden_rows_have_their_formulas_and_inserted_rows_are_named(tmp_path: Path) -> None:
    """The last offered row counts like the first one; a row without formulas is never called complete."""
    entered = {"B": "产出-数量", "C": "末行", "D": "≥", "E": 10, "G": "个", "H": 5}
    for name, row in (("末行", FIRST_ROW + OFFERED_ROWS[INDICATORS] - 1), ("插入", 15)):
        book = load_workbook(DEMO)
        sheet = book["绩效指标"]
        for cell in sheet[row] if name == "插入" else ():
            cell.value = None
        for column, value in entered.items():
            sheet[f"{column}{row}"].value = value
        book.save(tmp_path / f"{name}.xlsx")
    files = [tmp_path / "末行.xlsx", tmp_path / "插入.xlsx"]
    hidden, inserted = convert(files, tmp_path / "out", "xlsx")
    last = read(files[0])
    engine = expected(last.form, examine(last).evaluation)
    assert live(hidden, list(engine)) == engine
    assert len(last.submission.indicators) == len(read(DEMO).submission.indicators) + 1
    states = load_workbook(inserted, data_only=True)["检查"]
    assert states["E10"].value == "注意：1 处请核对"
    name = result_name("computed.output_indicators")
    assert live(inserted, [name]) == {name: None}
