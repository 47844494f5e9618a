"""The workbook's own formulas against the engine, worked out by an office program."""

from __future__ import annotations

import os
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.forms_support import EVERY_FOLDER, HAIZHU
from tests.workbook.generated import submission
from tests.workbook.tools import DEMO, convert, needs_libreoffice, put_raw
from zhengti_zip import load_form
from zhengti_zip.base.numbers import round_exactly
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring.evaluation import Evaluation, evaluate
from zhengti_zip.workbook.defined_names import result_name
from zhengti_zip.workbook.write.writer import filled_workbook

pytestmark = pytest.mark.slow

IS_LONG = os.environ.get("ZHENGTI_LONG") == "1"
CHUNK = 25 if IS_LONG else 15
OTHERS = [folder for folder in EVERY_FOLDER if folder != HAIZHU]
CHUNKS = [(HAIZHU, n) for n in range(20 if IS_LONG else 3)]
CHUNKS += [(folder, n) for folder in OTHERS for n in range(4 if IS_LONG else 1)]

Live = Decimal | str | None


def expected(form: FormDefinition, evaluation: Evaluation) -> dict[str, Live]:
    """What the engine says, by the name of the live result; of entered rows with the number of the row."""
    found: dict[str, Live] = {result_name("total"): evaluation.total}
    if form.grade.bands:
        found[result_name("grade")] = evaluation.grade.name if evaluation.grade else None
    for item in form.derived:
        value = evaluation.derived[item.path]
        found[result_name(item.path)] = None if value is None else round_exactly(value * 100)
    for row in evaluation.rows:
        for name, score in (("computed", row.computed), ("counting", row.score if row.is_valid else None)):
            if row.context.number is None:
                found[result_name(f"{name}.{row.context.row.id}")] = score
            else:
                found[f"{result_name(f'indicators.{name}')}#{row.context.number}"] = score
    return found


def live(file: Path, names: list[str]) -> dict[str, Live]:
    """What the office program worked out, by name and number of the row."""
    book = load_workbook(file, data_only=True)
    found: dict[str, Live] = {}
    for key in names:
        name, _, number = key.partition("#")
        [(title, cells)] = book.defined_names[name].destinations
        area = book[title][cells]
        cell = area[int(number)][0] if number else area
        found[key] = _value(cell.value, is_rate=name.startswith(result_name("derived")))
    return found


def _value(value: Any, *, is_rate: bool) -> Live:
    if isinstance(value, int | float) and not isinstance(value, bool):
        if is_rate:
            return round_exactly(Fraction(format(value * 100, ".12g")))
        exact = Decimal(format(value, ".12g"))
        assert exact == exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        return exact
    return value or None


@needs_libreoffice
@pytest.mark.parametrize(("folder", "chunk"), CHUNKS, ids=lambda value: str(getattr(value, "name", value)))
def test_live_results_are_the_engines(tmp_path: Path, folder: Path, chunk: int) -> None:
    form = load_form(folder)
    files, wanted = [], {}
    for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        given = submission(form, seed)
        file = tmp_path / f"{seed}.xlsx"
        file.write_bytes(filled_workbook(form, given))
        files.append(file)
        wanted[file.stem] = expected(form, evaluate(form, given))
    differences = []
    for file in convert(files, tmp_path / "out", "xlsx"):
        engine = wanted[file.stem]
        found = live(file, list(engine))
        differences += [
            (file.stem, name, str(engine[name]), str(found[name]))
            for name in engine
            if engine[name] != found[name]
        ]
    assert differences == []


def test_the_generated_submissions_are_worth_comparing() -> None:
    """Every row is computed, missing, full and short of its weight; totals and most grades occur."""
    form = load_form(HAIZHU)
    seen: dict[str, set[str]] = {}
    grades = set()
    for seed in range(60):
        result = evaluate(form, submission(form, seed))
        grades.add(result.grade.name if result.grade else "")
        for row in result.rows:
            kinds = seen.setdefault(row.context.row.id, set())
            kinds.add("none" if row.computed is None else "full" if row.computed == row.weight else "short")
            kinds.add(f"self {row.entry.score is not None}")
    wanted = {"none", "full", "short", "self True", "self False"}
    assert {key: wanted - kinds for key, kinds in seen.items() if not wanted <= kinds} == {}
    assert len(grades) > 3


TYPED: dict[str, tuple[dict[tuple[str, str], str | int | float | None], dict[tuple[str, str], object]]] = {
    "全角数据": (
        {("评分数据", "E6"): "１７４１１．０６"},
        {("指标自评", "K7"): None, ("评分数据", "G6"): "请填数字"},
    ),
    "带单位的数据": ({("评分数据", "E10"): "1109.58万元"}, {("指标自评", "J9"): None}),
    "文字自评分": (
        {("指标自评", "F7"): "９．４"},
        {("指标自评", "E7"): "自评分请填数字", ("指标自评", "J7"): None},
    ),
    "空格自评分": ({("指标自评", "F7"): "  "}, {("指标自评", "E7"): "完整", ("指标自评", "J7"): 9.4}),
    "超过分值": ({("指标自评", "F7"): 10.01}, {("指标自评", "J7"): None, ("指标自评", "J31"): None}),
    "缺措施": ({("指标自评", "H7"): " — "}, {("指标自评", "E7"): "缺措施", ("检查", "E8"): "有 1 处待处理"}),
    "与计算不同": (
        {("指标自评", "F7"): 9.5},
        {("指标自评", "E7"): "注意：与计算不同", ("指标自评", "J7"): 9.5},
    ),
    "文字目标值": ({("绩效指标", "E5"): "３２０"}, {("绩效指标", "M5"): None, ("指标自评", "K5"): None}),
    "不认识的类型": (
        {("绩效指标", "B5"): "产出－数量"},
        {("绩效指标", "M5"): "类型？", ("指标自评", "K6"): None},
    ),
    "文字权重": (
        {("绩效指标", f"K{row}"): "１" for row in range(5, 11)},
        {("指标自评", "K5"): None, ("绩效指标", "N5"): "权重请填数字"},
    ),
    "一行没有权重": (
        {("绩效指标", f"K{row}"): 1 for row in range(5, 10)},
        {("指标自评", "K5"): None, ("绩效指标", "N10"): "缺权重（全填或全空）"},
    ),
    "预算文字": (
        {("部门预算", "B6"): "六千"},
        {("部门预算", "D6"): "请填数字", ("部门预算", "D15"): "未填齐", ("部门预算", "B13"): None},
    ),
    "合计不符": ({("部门预算", "B6"): 6120.44}, {("部门预算", "D15"): "不符", ("单位明细", "D6"): 0.01}),
    "元与万元": ({("部门预算", "B5"): 186523700}, {("部门预算", "D5"): "注意：是否误以元填写"}),
    "单位数不符": ({("基本情况", "B8"): 2}, {("基本情况", "D8"): "与单位明细的行数不符"}),
    "错误值": (
        {("指标自评", "F7"): "#DIV/0!"},
        {("指标自评", "E7"): "单元格有错误值", ("指标自评", "J7"): None},
    ),
}
"""What is typed into the filled sample, and what some live cells show then."""


@needs_libreoffice
def test_odd_input_never_shows_a_wrong_score(tmp_path: Path) -> None:
    files = []
    for name, (typed, _) in TYPED.items():
        content = DEMO.read_bytes()
        for (sheet, cell), raw in typed.items():
            content = put_raw(content, sheet, cell, raw)
        files.append(tmp_path / f"{name}.xlsx")
        files[-1].write_bytes(content)
    wrong = []
    for file in convert(files, tmp_path / "out", "xlsx"):
        book = load_workbook(file, data_only=True)
        for (sheet, cell), value in TYPED[file.stem][1].items():
            found = book[sheet][cell].value or None
            if found != value:
                wrong.append((file.stem, sheet, cell, found, value))
    assert wrong == []
