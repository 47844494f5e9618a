"""The annotated copy: every problem at its cell, everything else as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from tests.workbook.tools import DEMO, HAIZHU, convert, edit, needs_libreoffice
from zhengti_zip import read
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.originals import Original
from zhengti_zip.base.package import SPREADSHEET
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.problems import Place, Problem, Severity
from zhengti_zip.workbook.edit.annotate import annotate
from zhengti_zip.workbook.edit.ooxml import Package, cell_elements, main
from zhengti_zip.workbook.edit.problem_sheet import COLOURS, PROBLEM_SHEET

MISTAKES = {
    ("基本情况", "B6"): "去年",
    ("部门预算", "B6"): "一千",
    ("部门预算", "B7"): "１４２．４７万元，约",
    ("指标自评", "F5"): 25,
    ("指标自评", "G7"): None,
    ("年度目标", "C6"): None,
}


def annotated(file: Path, folder: Path, name: str = "标注.xlsx") -> Path:
    source = read(file)
    target = folder / name
    target.write_bytes(annotate(file, source, examine(source).problems))
    return target


def shown(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.place)) for problem in problems]


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    return edit(HAIZHU, tmp_path, MISTAKES)


def test_every_problem_is_at_its_cell_and_in_the_list(wrong: Path, tmp_path: Path) -> None:
    problems = examine(read(wrong)).problems
    book = load_workbook(annotated(wrong, tmp_path))
    assert book.sheetnames[0] == PROBLEM_SHEET
    assert book.active is book[PROBLEM_SHEET]
    listed = book[PROBLEM_SHEET]
    for row, problem in enumerate(problems, start=5):
        assert problem.place and problem.place.sheet
        cell = book[problem.place.sheet][problem.place.cell]
        assert cell.comment and problem.message in cell.comment.text
        assert cell.fill.start_color.rgb == f"FF{COLOURS[problem.severity]}"
        values = [item.value or "" for item in listed[row]]
        assert values[1:5] == [problem.severity.label, problem.place.sheet, problem.place.cell, problem.field]
        assert values[6:] == [problem.message, problem.remedy]
        link = listed.cell(row, 4).hyperlink
        assert link and link.location == f"'{problem.place.sheet}'!{problem.place.cell}"
    assert listed.max_row == 4 + len(problems)
    assert "错误 6 处" in str(listed["A2"].value)


def test_everything_else_is_as_it_was(wrong: Path, tmp_path: Path) -> None:
    before, after = load_workbook(wrong), load_workbook(annotated(wrong, tmp_path))
    assert after.sheetnames[1:] == before.sheetnames
    assert {n: d.attr_text for n, d in after.defined_names.items() if n != "zt_problems"} == {
        n: d.attr_text for n, d in before.defined_names.items()
    }
    for sheet in before:
        other = after[sheet.title]
        assert [
            (rule.type, rule.formula1, rule.prompt, str(rule.sqref))
            for rule in sheet.data_validations.dataValidation
        ] == [
            (rule.type, rule.formula1, rule.prompt, str(rule.sqref))
            for rule in other.data_validations.dataValidation
        ]
        assert sheet.protection.sheet == other.protection.sheet
        assert sheet.print_title_rows == other.print_title_rows
        assert sheet.freeze_panes == other.freeze_panes
        assert sheet.sheet_state == other.sheet_state
        assert str(sheet.merged_cells) == str(other.merged_cells)
        assert len(sheet.conditional_formatting) == len(other.conditional_formatting)
        for row in sheet.iter_rows():
            for cell in row:
                same = other[cell.coordinate]
                assert (cell.value, cell.protection.locked) == (same.value, same.protection.locked)
                assert cell.number_format == same.number_format


def test_it_reads_to_the_same_submission_and_problems(wrong: Path, tmp_path: Path) -> None:
    before, after = read(wrong), read(annotated(wrong, tmp_path))
    assert after.submission == before.submission
    assert shown(examine(after).problems) == shown(examine(before).problems)


def test_mended_there_and_annotated_again_only_what_is_left_is_shown(wrong: Path, tmp_path: Path) -> None:
    first = annotated(wrong, tmp_path)
    book = load_workbook(first)
    book["基本情况"]["B6"].value = 2022
    book["指标自评"]["F5"].value = 20
    book.save(first)
    second = annotated(first, tmp_path, "再次.xlsx")
    book = load_workbook(second)
    assert book.sheetnames.count(PROBLEM_SHEET) == 1
    assert len(book.sheetnames) == len(load_workbook(wrong).sheetnames) + 1
    commented = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert commented == {str(problem.place) for problem in examine(read(second)).problems}
    assert len(commented) == 4
    fills = [file["基本情况"]["B6"].fill.start_color.rgb[-6:] for file in (book, load_workbook(wrong))]
    assert fills[0] == fills[1]
    again = annotated(second, tmp_path, "三次.xlsx")
    assert read(again).submission == read(second).submission
    text = load_workbook(again)["部门预算"]["B6"].comment
    assert text and text.text.count("【检查】") == 1


def test_without_problems_the_list_says_so(tmp_path: Path) -> None:
    book = load_workbook(annotated(HAIZHU, tmp_path))
    assert "没有发现问题" in str(book[PROBLEM_SHEET]["A2"].value)
    assert all(not cell.comment for sheet in book for row in sheet.iter_rows() for cell in row)


def test_comments_of_people_and_rich_text_stay(tmp_path: Path) -> None:
    file = edit(HAIZHU, tmp_path, MISTAKES)
    book = load_workbook(file)
    book["部门预算"]["B6"].comment = Comment("请张科长核对", "李四")
    book["部门预算"]["B5"].comment = Comment("已核对", "李四")
    book["年度目标"]["B5"].value = CellRichText("完成", TextBlock(InlineFont(b=True), "全部"))
    book.save(file)
    marked = annotated(file, tmp_path)
    after = load_workbook(marked, rich_text=True)
    assert isinstance(after["年度目标"]["B5"].value, CellRichText)
    both = after["部门预算"]["B6"].comment
    assert both and both.text.startswith("请张科长核对\n【检查】错误")
    mended = edit(marked, tmp_path, {("部门预算", "B6"): 1155.12})
    left = load_workbook(annotated(mended, tmp_path, "再次.xlsx"))["部门预算"]
    assert [left[cell].comment.text for cell in ("B5", "B6")] == ["已核对", "请张科长核对"]


def test_a_conversation_is_left_alone_and_the_list_says_where(tmp_path: Path) -> None:
    """Excel 365 shows the conversation and hides the comment that stands in for it (SheetJS issue 2542)."""
    file = edit(HAIZHU, tmp_path, MISTAKES)
    book = load_workbook(file)
    standing_in = "[线程批注]\n你的Excel版本可读取此线程批注。\n批注：请张科长核对"
    book["部门预算"]["B6"].comment = Comment(standing_in, "tc={5F1B2C3D-0000-4000-8000-000000000001}")
    book["部门预算"]["B7"].comment = Comment("请张科长核对", "tc 李四")
    book.save(file)
    after = load_workbook(annotated(file, tmp_path))
    assert after["部门预算"]["B6"].comment.text == standing_in
    assert after["部门预算"]["B6"].fill.start_color.rgb == f"FF{COLOURS[Severity.ERROR]}"
    assert "请张科长核对\n" in after["部门预算"]["B7"].comment.text
    words = str(after[PROBLEM_SHEET]["A2"].value)
    assert "部门预算!B6 已有会话批注，问题没有写进批注，请看下表。" in words
    assert "B7 已有会话批注" not in words


def test_a_problem_in_merged_cells_is_shown_where_it_is_seen(tmp_path: Path) -> None:
    book = load_workbook(DEMO)
    book["绩效指标"].merge_cells("B5:B7")
    book["绩效指标"]["B5"].value = "产出-数目"
    file = tmp_path / "合并.xlsx"
    book.save(file)
    comment = load_workbook(annotated(file, tmp_path))["绩效指标"]["B5"].comment
    assert comment and comment.text.count("不在可选范围内") == 3


def test_several_problems_of_one_cell_share_a_comment_and_the_worst_colour(tmp_path: Path) -> None:
    place = Place("指标自评", "F5")
    problems = [Problem(s, "x", f"说明{s}", "", place=place) for s in (Severity.NOTICE, Severity.ERROR)]
    target = tmp_path / "标注.xlsx"
    target.write_bytes(annotate(HAIZHU, read(HAIZHU), problems))
    cell = load_workbook(target)["指标自评"]["F5"]
    assert cell.comment and "说明notice" in cell.comment.text and "说明error" in cell.comment.text
    assert cell.fill.start_color.rgb == f"FF{COLOURS[Severity.ERROR]}"


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "文本.xlsx"
    file.write_text("不是工作簿", encoding="utf-8")
    with pytest.raises(InputError):
        annotate(file, replace(read(HAIZHU), original=None), [])


@pytest.mark.slow
@needs_libreoffice
def test_an_office_program_opens_it_shows_the_comments_and_keeps_them(wrong: Path, tmp_path: Path) -> None:
    before = read(wrong)
    [saved] = convert([annotated(wrong, tmp_path)], tmp_path / "out", "xlsx")
    assert read(saved).submission == before.submission
    assert shown(examine(read(saved)).problems) == shown(examine(before).problems)
    book = load_workbook(saved)
    for problem in examine(before).problems:
        assert problem.place and problem.place.sheet
        comment = book[problem.place.sheet][problem.place.cell].comment
        assert comment and problem.message in comment.text


@pytest.mark.slow
@needs_libreoffice
def test_an_input_worked_out_by_a_formula_keeps_its_value(tmp_path: Path) -> None:
    file = edit(HAIZHU, tmp_path, {("部门预算", "B5"): "=B6+B7", ("指标自评", "G7"): None})
    [saved] = convert([file], tmp_path / "out", "xlsx")
    marked = annotated(saved, tmp_path)
    assert shown(examine(read(marked)).problems) == [("no_reason", "指标自评!G7")]
    again = read(annotated(marked, tmp_path, "再次.xlsx"))
    assert str(again.submission.budget["total"]) == "1297.59"


def test_a_value_that_begins_like_a_formula_stays_a_text_in_the_list(tmp_path: Path) -> None:
    file = edit(HAIZHU, tmp_path, {("部门预算", "B6"): "+约一千"})
    listed = load_workbook(annotated(file, tmp_path))[PROBLEM_SHEET]
    cells = [cell for row in listed.iter_rows(min_row=5) for cell in row if cell.value == "+约一千"]
    assert cells and all(cell.quotePrefix and cell.data_type == "s" for cell in cells)
    assert not any(cell.quotePrefix for cell in listed[5] if str(cell.value or "")[:1] not in "=+-@")


def test_cells_made_in_rows_that_are_there_stand_in_order() -> None:
    sheet = etree.fromstring(
        f'<worksheet xmlns="{SPREADSHEET}"><sheetData><row r="2"><c r="B2"/><c r="E2"/></row><row r="9"/>'
        "</sheetData></worksheet>"
    )
    cell_elements(sheet, ["C2", "A2", "B2", "A5", "Z9", "F2", "A99"])
    found = [(row.get("r"), [cell.get("r") for cell in row]) for row in sheet[0]]
    assert found == [
        ("2", ["A2", "B2", "C2", "E2", "F2"]),
        ("5", ["A5"]),
        ("9", ["Z9"]),
        ("99", ["A99"]),
    ]


@pytest.mark.parametrize(("reference", "is_taken"), [("A1:T24900", True), ("A1:T25100", False)])
def test_more_merged_cells_than_any_form_has_are_refused(
    reference: str, is_taken: bool, tmp_path: Path
) -> None:
    source = read(DEMO)
    package = Package(DEMO.read_bytes())
    sheet = package.xml(package.sheets()["绩效指标"])
    data = sheet.find(main("sheetData"))
    assert data is not None
    merged = etree.Element(main("mergeCells"))
    data.addnext(merged)
    etree.SubElement(merged, main("mergeCell"), {"ref": reference})
    problem = Problem(Severity.ERROR, "x", "有误", "请改", place=Place("绩效指标", "C7"))
    changed = replace(source, original=Original("部门.xlsx", package.save()))
    if is_taken:
        assert annotate(DEMO, changed, [problem])
        return
    with pytest.raises(InputError, match=r"绩效指标.*合并"):
        annotate(DEMO, changed, [problem])
