"""What the reader makes of a workbook a clerk sends, and of files that are none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell

from tests.workbook.tools import DEMO, HAIZHU, SAMPLES, convert, edit, needs_libreoffice
from zhengti_zip import read
from zhengti_zip.base.errors import InputError
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.paths import InputPath


@pytest.mark.parametrize("name", ["haizhu-2022", "demo-2022"])
def test_sample_workbook_and_json_hold_the_same(name: str) -> None:
    from_workbook, from_json = read(SAMPLES / f"{name}.xlsx"), read(SAMPLES / f"{name}.json")
    assert from_workbook.submission == from_json.submission
    assert from_workbook.submission.to_json() == (SAMPLES / f"{name}.json").read_text(encoding="utf-8")
    assert [problem for problem in examine(from_workbook).problems if problem.is_error] == []


def test_sample_scores_as_published() -> None:
    evaluation = examine(read(HAIZHU)).evaluation
    assert str(evaluation.total) == "99.00"
    assert evaluation.grade is not None
    assert evaluation.grade.name == "优"


@pytest.mark.parametrize(
    "typed", ["１，２９７．５９", "1,297.59", "1297.59万元", " 1297.59 ", "1297.59", "¥1,297.59", 1297.59]
)
def test_one_amount_however_it_is_typed(tmp_path: Path, typed: str | float) -> None:
    file = edit(HAIZHU, tmp_path, {("部门预算", "B5"): typed})
    source = read(file)
    assert str(source.submission.budget["total"]) == "1297.59"
    assert examine(source).problems == []


def test_yuan_are_converted_and_said(tmp_path: Path) -> None:
    source = read(edit(HAIZHU, tmp_path, {("部门预算", "B5"): "12975900元"}))
    assert str(source.submission.budget["total"]) == "1297.59"
    [notice] = examine(source).problems
    assert (notice.severity.value, notice.code, str(notice.place)) == ("notice", "understood", "部门预算!B5")


TEN_MISTAKES = {
    ("基本情况", "B6"): ("去年", "not_a_year", "基本情况!B6"),
    ("基本情况", "B7"): ("本机", "not_a_choice", "基本情况!B7"),
    ("年度目标", "C6"): (None, "missing", "年度目标!C6"),
    ("部门预算", "B6"): ("一千", "not_a_number", "部门预算!B6"),
    ("部门预算", "B8"): (-5, "negative", "部门预算!B8"),
    ("指标自评", "F5"): (25, "score_out_of_range", "指标自评!F5"),
    ("指标自评", "G7"): (None, "no_reason", "指标自评!G7"),
    ("指标自评", "H7"): ("-", "no_improvement", "指标自评!H7"),
    ("指标自评", "F8"): (None, "no_score", "指标自评!F8"),
    ("评分数据", "E9"): ("#DIV/0!", "error_value", "评分数据!E9"),
}


def test_ten_mistakes_are_ten_problems_each_at_its_cell(tmp_path: Path) -> None:
    file = edit(HAIZHU, tmp_path, {where: typed for where, (typed, _, _) in TEN_MISTAKES.items()})
    problems = examine(read(file)).problems
    assert [(problem.code, str(problem.place)) for problem in problems] == [
        (code, place) for _, code, place in TEN_MISTAKES.values()
    ]
    assert all(problem.is_error and problem.message and problem.remedy for problem in problems)


def test_problems_follow_the_form_from_top_to_bottom(tmp_path: Path) -> None:
    file = edit(
        HAIZHU, tmp_path, {("指标自评", "F30"): "x", ("基本情况", "B5"): None, ("部门预算", "B5"): "x"}
    )
    places = [str(problem.place) for problem in examine(read(file)).problems]
    assert places == ["基本情况!B5", "部门预算!B5", "指标自评!F30"]


def test_goal_beyond_the_offered_rows_and_blank_rows_between(tmp_path: Path) -> None:
    file = edit(
        HAIZHU,
        tmp_path,
        {("年度目标", "B40"): "第七个目标", ("年度目标", "C40"): "已完成", ("年度目标", "B12"): "  "},
    )
    source = read(file)
    assert [goal.goal for goal in source.submission.goals][-1] == "第七个目标"
    assert len(source.submission.goals) == 7
    assert str(source.places[InputPath("goals.6.goal")]) == "年度目标!B40"


def test_inserted_rows_columns_and_reordered_sheets(tmp_path: Path) -> None:
    """As an office program does it: cells move and the defined names move with them."""
    book = load_workbook(HAIZHU)
    sheet = book["基本情况"]
    before = {name: defined.attr_text for name, defined in book.defined_names.items()}
    for row in range(8, 4, -1):
        for column in (3, 2, 1):
            source_cell, target = sheet.cell(row, column), sheet.cell(row + 2, column + 1)
            if not isinstance(target, MergedCell):
                target.value = source_cell.value
            if not isinstance(source_cell, MergedCell):
                source_cell.value = None
    for name, text in before.items():
        if text and text.startswith("'基本情况'!$B$"):
            book.defined_names[name].attr_text = f"'基本情况'!$C${int(text.rpartition('$')[2]) + 2}"
    book.move_sheet("指标自评", offset=-3)
    file = tmp_path / "moved.xlsx"
    book.save(file)
    moved = read(file)
    assert moved.submission == read(HAIZHU).submission
    assert str(moved.places[InputPath("fields.department")]) == "基本情况!C7"


def test_renamed_sheet_is_still_found(tmp_path: Path) -> None:
    book = load_workbook(HAIZHU)
    book["部门预算"].title = "部门预算（新）"
    for name, defined in book.defined_names.items():
        if name.startswith("zt_budget"):
            defined.attr_text = (defined.attr_text or "").replace("'部门预算'", "'部门预算（新）'")
    file = tmp_path / "renamed.xlsx"
    book.save(file)
    assert read(file).submission == read(HAIZHU).submission


def test_deleted_input_is_named_once(tmp_path: Path) -> None:
    book = load_workbook(HAIZHU)
    book.defined_names["zt_budget_total"].attr_text = "'部门预算'!#REF!"
    file = tmp_path / "lost.xlsx"
    book.save(file)
    assert [(p.code, p.path) for p in examine(read(file)).problems] == [("lost_input", "budget.total")]


def test_formula_without_a_value_is_named_and_with_one_is_taken(tmp_path: Path) -> None:
    file = edit(HAIZHU, tmp_path, {("部门预算", "B5"): "=B6+B7"})
    [problem] = examine(read(file)).problems
    assert (problem.code, str(problem.place)) == ("formula_not_calculated", "部门预算!B5")


@pytest.mark.slow
@needs_libreoffice
def test_formula_that_an_office_program_worked_out_is_taken(tmp_path: Path) -> None:
    file = edit(HAIZHU, tmp_path, {("部门预算", "B5"): "=B6+B7"})
    source = read(convert([file], tmp_path / "out", "xlsx")[0])
    assert str(source.submission.budget["total"]) == "1297.59"
    assert examine(source).problems == []


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize("file", [HAIZHU, DEMO], ids=["haizhu", "demo"])
def test_round_trip_through_libreoffice_loses_nothing(tmp_path: Path, file: Path) -> None:
    assert read(convert([file], tmp_path, "xlsx")[0]).submission == read(file).submission


def _text(file: Path) -> None:
    file.write_text("这不是工作簿", encoding="utf-8")


def _empty(file: Path) -> None:
    file.touch()


def _folder(file: Path) -> None:
    file.mkdir()


def _missing(file: Path) -> None:
    pass


def _encrypted(file: Path) -> None:
    content = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(HAIZHU.read_bytes())).encrypt("密码", content)
    file.write_bytes(content.getvalue())


def _of_something_else(file: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["姓名", "电话"])
    book.save(file)


def _word(file: Path) -> None:
    import docx

    docx.Document().save(str(file))


def _truncated(file: Path) -> None:
    file.write_bytes(HAIZHU.read_bytes()[:5000])


def _broken_inside(file: Path) -> None:
    import zipfile

    with zipfile.ZipFile(HAIZHU) as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, b"<worksheet" if "sheet3" in entry else old.read(entry))


NO_WORKBOOKS: dict[str, tuple[Callable[[Path], None], str]] = {
    "文本文件": (_text, "不是 Excel 工作簿"),
    "空文件": (_empty, "是空文件"),
    "文件夹": (_folder, "是一个文件夹"),
    "不存在": (_missing, "找不到文件"),
    "有打开密码": (_encrypted, "设有打开密码"),
    "别的工作簿": (_of_something_else, "不是本程序的填报工作簿"),
    "Word 文件": (_word, "不是 Excel 工作簿"),
    "只下载了一半": (_truncated, "已损坏"),
    "内部损坏": (_broken_inside, "已损坏"),
}


@pytest.mark.parametrize("kind", NO_WORKBOOKS)
def test_what_is_no_workbook_is_told_in_one_sentence(tmp_path: Path, kind: str) -> None:
    make, words = NO_WORKBOOKS[kind]
    file = tmp_path / "部门.xlsx"
    make(file)
    with pytest.raises(InputError) as caught:
        read(file)
    assert words in caught.value.message
    assert caught.value.remedy
    assert "\n" not in caught.value.message


@needs_libreoffice
def test_old_xls_is_told_apart(tmp_path: Path) -> None:
    [old] = convert([HAIZHU], tmp_path, "xls")
    shutil.copy(old, tmp_path / "改名.xlsx")
    for file in (old, tmp_path / "改名.xlsx"):
        with pytest.raises(InputError, match="旧版 Excel"):
            read(file)


def test_workbook_of_another_form_or_a_newer_template(tmp_path: Path) -> None:
    unknown = edit(HAIZHU, tmp_path, {("_zhengti", "B1"): "other-form"})
    with pytest.raises(InputError, match="other-form"):
        read(unknown)
    newer = edit(HAIZHU, tmp_path, {("_zhengti", "B2"): 99})
    with pytest.raises(InputError, match="更新版本"):
        read(newer)
