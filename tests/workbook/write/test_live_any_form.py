"""What the live checks say of tables of money, entered rows, dates and one text for all reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.forms_support import EXAMPLES, ROOT, Example
from tests.workbook.test_any_form import FLAT, NATIONAL, cell, entered, template
from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip import load_form, read
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.paths import FUNDS, INDICATORS, InputPath
from zhengti_zip.workbook.areas import FIRST_ROW
from zhengti_zip.workbook.defined_names import name_of, result_name
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.write.writer import filled_workbook

pytestmark = pytest.mark.slow

NATIONAL_SAMPLE = Example("national", NATIONAL, ROOT / "samples" / "project-national.json")

FLAT_VALUES: dict[str, Any] = {
    "fields.department": "云上市图书馆",
    "fields.year": 2031,
    "fields.filled_on": datetime(2032, 1, 5),
    "fields.rate": 95,
    "fields.now": 110,
    "fields.before": 100,
    **{
        f"indicators.{number}.{part}": value
        for number, weight in enumerate((60, 40))
        for part, value in {
            "name": f"第{number}项",
            "direction": "≥",
            "target": 10,
            "actual": 10,
            "key": "是",
            "weight": weight,
        }.items()
    },
}

# Changes by input path, and what is said then: by "row N" of the entered rows, by line of money, by field, by result.
SAID: Mapping[str, tuple[Path, Mapping[str, Any], Mapping[str, str]]] = {
    "完好": (NATIONAL, {}, {"row 0": "完整", "total": "完整", "shares.0": "相符", "fund_sums.1": "相符"}),
    "分值不符": (NATIONAL, {"indicators.0.weight": 14}, {"row 0": "完整", "shares.0": "不符"}),
    "超过分值": (NATIONAL, {"indicators.0.score": 15.5}, {"row 0": "超过分值"}),
    "缺分值": (NATIONAL, {"indicators.0.weight": None}, {"row 0": "缺分值", "shares.0": "不符"}),
    "缺原因": (NATIONAL, {"indicators.1.reason": "无"}, {"row 1": "缺偏差原因分析及改进措施"}),
    "缺完成值": (NATIONAL, {"indicators.0.actual": None}, {"row 0": "缺实际完成值"}),
    "类型": (NATIONAL, {"indicators.0.type": "别的"}, {"row 0": "指标类型请从列表选择"}),
    "资金不符": (NATIONAL, {"funds.other.spent": 168.4}, {"fund_sums.1": "不符", "total": "完整"}),
    "资金未填": (NATIONAL, {"funds.total.budget": None}, {"total": "没有的填0", "fund_sums.1": "未填齐"}),
    "资金文字": (NATIONAL, {"funds.total.budget": "很多"}, {"total": "请填数字"}),
    "资金负数": (NATIONAL, {"funds.other.spent": -1}, {"other": "不能为负数"}),
    "平表完好": (FLAT, {}, {"filled_on": "完整", "why": "完整", "rate": "完整", "row 0": "完整"}),
    "文字日期": (FLAT, {"fields.filled_on": "2032年1月5日"}, {"filled_on": "完整"}),
    "斜线日期": (FLAT, {"fields.filled_on": "2032/1/5"}, {"filled_on": "完整"}),
    "不是日期": (FLAT, {"fields.filled_on": "年初"}, {"filled_on": "请填年月日"}),
    "没有日期": (FLAT, {"fields.filled_on": None}, {"filled_on": "待填"}),
    "行内日期": (FLAT, {"indicators.0.due": "月底"}, {"row 0": "完成期限请填年月日"}),
    "百分号": (FLAT, {"fields.rate": "九成"}, {"rate": "请填数字"}),
    "失分原因": (FLAT, {"indicators.0.actual": 9}, {"why": "有失分，请写明原因", "row 0": "完整"}),
    "写明原因": (FLAT, {"indicators.0.actual": 9, "fields.why": "下雨"}, {"why": "完整"}),
    "选项": (FLAT, {"indicators.0.key": "也许"}, {"row 0": "是否核心指标请从列表选择"}),
}


def changed(name: str, tmp_path: Path) -> Path:
    """The filled template of a case."""
    folder, changes, _ = SAID[name]
    values = (
        entered(NATIONAL_SAMPLE.source.submission, NATIONAL_SAMPLE) if folder == NATIONAL else FLAT_VALUES
    )
    _, book = template(folder, tmp_path)
    for path, value in {**values, **changes}.items():
        there = InputPath(path)
        of_table = there.number is not None
        cell(book, name_of(there.of_every_row if of_table else there), there.number or 0).value = value
    file = tmp_path / f"{name}.xlsx"
    book.save(file)
    return file


def said(file: Path, folder: Path, key: str) -> str | None:
    """What the live sheet says at a key of ``SAID``."""
    book, plan = load_workbook(file, data_only=True), WorkbookPlan(load_form(folder))
    if "." in key:
        found = cell(book, result_name(key)).value
    elif key.startswith("row "):
        area = plan.area(INDICATORS)
        found = book[area.sheet].cell(area.first_row + int(key[4:]), area.status_column).value
    elif key in plan.fund_rows:
        found = book[plan.titles[FUNDS]].cell(plan.fund_rows[key], plan.status_column(FUNDS)).value
    else:
        planned = next(c for c in plan.cells if c.path == f"fields.{key}")
        found = book[planned.sheet][f"{get_column_letter(4)}{planned.row}"].value
    return None if found is None else str(found)


@needs_libreoffice
def test_the_live_checks_say_what_is_wrong(tmp_path: Path) -> None:
    files = [changed(name, tmp_path) for name in SAID]
    wrong = []
    for file in convert(files, tmp_path / "out", "xlsx"):
        folder, _, wanted = SAID[file.stem]
        found = {key: said(file, folder, key) for key in wanted}
        if found != wanted:
            wrong.append((file.stem, found))
    assert wrong == []


@needs_libreoffice
def test_a_sheet_is_called_complete_only_where_the_program_finds_no_error(tmp_path: Path) -> None:
    """Of the samples no sheet is called incomplete; of broken ones none with an error is called complete."""
    files, folders = [], {}
    for example in EXAMPLES:
        file = tmp_path / f"{example.name}.xlsx"
        file.write_bytes(filled_workbook(example.form, example.source.submission))
        files.append(file)
        folders[file.stem] = example.folder
    for name, (folder, _, _) in SAID.items():
        files.append(changed(name, tmp_path))
        folders[name] = folder
    untrue: list[tuple[str, ...]] = []
    for file, saved in zip(files, convert(files, tmp_path / "out", "xlsx"), strict=True):
        form = load_form(folders[file.stem])
        sheet = load_workbook(saved, data_only=True)[form.sheets.check]
        states = {sheet[f"A{row}"].value: sheet[f"E{row}"].value for row in range(FIRST_ROW, FIRST_ROW + 9)}
        problems = [p for p in examine(read(file, folders[file.stem])).problems if p.is_error and p.place]
        wrong = {problem.place.sheet for problem in problems if problem.place}
        untrue += [
            (file.stem, str(title)) for title, state in states.items() if state == "完整" and title in wrong
        ]
        if file.stem not in SAID:
            untrue += [
                (file.stem, str(title), str(state))
                for title, state in states.items()
                if "待处理" in str(state)
            ]
    assert untrue == []
