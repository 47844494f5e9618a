"""A review writes the edits, and nothing else, into a new workbook."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from tests.review.comment_edits import comment_on
from tests.review.wordlike import (
    DEMO,
    HAIZHU,
    Element,
    built,
    edited,
    inner_controls,
    packed,
    parts_of,
    retype,
    track,
)
from tests.support import source, time_limit
from tests.workbook.tools import edit, needs_libreoffice, put_raw
from zhengti_zip import read
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.package import WORKBOOK
from zhengti_zip.review.change_sheet import CHANGE_SHEET, COLOUR
from zhengti_zip.review.review import ReviewResult, review, review_copies
from zhengti_zip.review.target_workbook import match_entered
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import GOALS, InputPath
from zhengti_zip.submission.problems import InputRefused
from zhengti_zip.workbook.edit.ooxml import Package, main
from zhengti_zip.workbook.write.writer import filled_workbook

REASON = "scores.spending_rate.reason"
TWENTY = {
    "fields.department": "虚构市示例区公园事务中心",
    "fields.year": "2023",
    "fields.scope": "本级",
    "fields.unit_count": "4",
    "goals.0.goal": "目标一改过",
    "goals.0.completion": "完成情况改为两段。\n第二段。",
    "goals.1.goal": "目标二改过",
    "goals.1.reason": "原因改过",
    "goals.4.completion": "第五条完成情况改过",
    "budget.total": "12,345.60",
    "budget.basic": "12345.6",
    "budget.district": "0",
    "scores.output_indicators.score": "19",
    "scores.output_indicators.reason": "=SUM(A1)不是公式",
    "scores.benefit_indicators.improvement": "-以减号开头",
    "scores.spending_rate.score": "9.05",
    "scores.spending_rate.reason": "<w:t>像标记</w:t>，😀，שלום",
    "scores.spending_rate.improvement": "改进措施" * 300,
    "scores.finance_compliance.reason": "",
    "scores.asset_data_quality.score": "1.4",
}


def outcome(folder: Path, content: bytes, workbook: Path = DEMO, accept: bool = True) -> ReviewResult:
    document = folder / "审阅.docx"
    document.write_bytes(content)
    return review(document, workbook, accept=accept)


def made(folder: Path, found: ReviewResult) -> Path:
    target = folder / "新.xlsx"
    target.write_bytes(found.content)
    return target


def codes(found: ReviewResult) -> list[str]:
    return [problem.code for problem in found.merged.problems]


def test_twenty_edits_are_twenty_changes(tmp_path: Path) -> None:
    found = outcome(tmp_path, retype(built(DEMO), TWENTY))
    assert {change.path: change.after for change in found.merged.changes} == TWENTY
    assert [change.path for change in found.merged.changes] == list(TWENTY)
    known = read(DEMO)
    assert {change.path: change.place for change in found.merged.changes} == {
        path: known.places[InputPath(path)] for path in TWENTY
    }


def test_the_new_workbook_differs_in_the_edited_inputs_only(tmp_path: Path) -> None:
    found = outcome(tmp_path, retype(built(DEMO), TWENTY))
    before, after = flat(read(DEMO).submission.as_data()), flat(found.source.submission.as_data())
    differing = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert differing == set(TWENTY)
    assert after["budget.total"] == "12345.6" and after["fields.unit_count"] == 4
    assert after["goals.0.completion"] == TWENTY["goals.0.completion"]
    assert after["scores.spending_rate.reason"] == TWENTY["scores.spending_rate.reason"]
    assert "scores.finance_compliance.reason" not in after


def flat(data: Any, path: str = "") -> dict[str, Any]:
    """The leaves of JSON data by path."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else None
    if pairs is None:
        return {path.removeprefix("."): data}
    return {key: leaf for name, item in pairs for key, leaf in flat(item, f"{path}.{name}").items()}


def test_changed_cells_are_coloured_and_listed_on_a_first_sheet(tmp_path: Path) -> None:
    book = load_workbook(made(tmp_path, outcome(tmp_path, retype(built(DEMO), TWENTY))))
    assert book.sheetnames[0] == CHANGE_SHEET and book.active is book[CHANGE_SHEET]
    green = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.start_color.rgb == f"FF{COLOUR}"
    }
    assert green == {str(place) for path, place in read(DEMO).places.items() if path in TWENTY}
    listed: list[list[Any]] = []
    for row in book[CHANGE_SHEET].iter_rows(min_row=5, values_only=True):
        if row[0]:
            listed.append(list(row))
        else:  # a text taller than a row goes on in the next
            listed[-1][6] += row[6]
    assert {row[1] for row in listed} == {"已采用"}
    assert [row[6] or "" for row in listed] == [text or "（空白）" for text in TWENTY.values()]
    assert listed[0][2:5] == ["基本情况", "B5", "部门名称"] and listed[0][5] == "虚构市示例区公园管理局"
    assert book[CHANGE_SHEET]["D5"].hyperlink.location == "'基本情况'!B5"


def test_numbers_are_numbers_and_text_stays_text(tmp_path: Path) -> None:
    book = load_workbook(made(tmp_path, outcome(tmp_path, retype(built(DEMO), TWENTY))))
    places = read(DEMO).places

    def cell(path: str) -> Any:
        place = places[InputPath(path)]
        return book[place.sheet or ""][place.cell]

    assert cell("budget.total").value == 12345.6 and cell("fields.year").value == 2023
    formula = cell("scores.output_indicators.reason")
    assert (formula.value, formula.data_type, formula.quotePrefix) == ("=SUM(A1)不是公式", "s", True)
    assert cell("scores.benefit_indicators.improvement").quotePrefix
    assert cell("scores.finance_compliance.reason").value is None


def test_scores_are_computed_again(tmp_path: Path) -> None:
    found = outcome(tmp_path, retype(built(DEMO), {"scores.spending_rate.score": "9"}))
    assert found.before.total == Decimal("94.55") and found.after.total == Decimal("94.15")
    assert [p.code for p in found.problems] == ["score_differs"]


def test_invalid_edits_are_problems_at_their_cells(tmp_path: Path) -> None:
    wrong = {"scores.spending_rate.score": "11", "budget.total": "12,5 abc", "total.score": "100"}
    found = outcome(tmp_path, retype(built(DEMO), wrong))
    places = {p.code: str(p.place) for p in found.problems if p.is_error}
    assert places == {
        "computed_edited": "Word 文件：总分",
        "not_a_number": "部门预算!B5",
        "score_out_of_range": "指标自评!F7",
    }
    book = load_workbook(made(tmp_path, found))
    assert book["部门预算"]["B5"].value == "12,5 abc"


def test_a_file_without_edits_changes_no_cell(tmp_path: Path) -> None:
    found = outcome(tmp_path, built(DEMO))
    assert (found.merged.changes, found.merged.remarks, found.problems) == ([], [], [])
    assert found.source.submission == read(DEMO).submission
    before, after = Package(DEMO.read_bytes()), Package(found.content)
    for title in before.sheets():
        assert cells_of(before, title) == cells_of(after, title)


def cells_of(package: Package, title: str) -> bytes:
    data = package.xml(package.sheets()[title]).find(main("sheetData"))
    assert data is not None
    return etree.tostring(data)


def test_author_date_and_comments_are_listed_with_the_change(tmp_path: Path) -> None:
    content = edited(built(DEMO), lambda root: track(inner_controls(root, REASON)[0], "新的原因"))
    remarks = {
        REASON: [("审阅人乙", "请写明金额"), ("经办人", "已补充")],
        "goals.2.goal": [("审阅人乙", "可以")],
    }
    found = outcome(tmp_path, comment_on(parts_of(content), remarks))
    [change] = found.merged.changes
    assert (change.author, change.date) == ("审阅人甲", "2023-02-03T09:30:00Z")
    assert [(r.author, r.text) for r in change.comments] == remarks[REASON]
    [loose] = found.merged.remarks
    assert (loose.label, loose.remark.text, str(loose.place)) == ("第 3 条 绩效目标", "可以", "年度目标!B7")
    sheet = load_workbook(made(tmp_path, found))[CHANGE_SHEET]
    assert sheet["I5"].value == "审阅人甲" and sheet["J5"].value == "2023-02-03 09:30"
    assert sheet["K5"].value == "审阅人乙：请写明金额\n经办人：已补充" and sheet["K6"].value == "可以"
    rejected = outcome(tmp_path, content, accept=False)
    assert rejected.merged.changes == []


def test_a_zero_goes_into_a_cell_that_was_emptied_since(tmp_path: Path) -> None:
    emptied = edit(DEMO, tmp_path, {("部门预算", "B6"): None})
    found = outcome(tmp_path, retype(built(DEMO), {"budget.basic": "0"}), emptied)
    assert [(change.path, change.after) for change in found.merged.changes] == [("budget.basic", "0")]
    assert "both_changed" in codes(found) and "already_made" not in codes(found)
    assert found.source.submission.budget["basic"] == 0
    again = outcome(tmp_path, retype(built(DEMO), {"budget.basic": ""}), emptied)
    assert again.merged.changes == [] and "already_made" in codes(again)


def test_conflicts_with_a_workbook_changed_since_are_reported(tmp_path: Path) -> None:
    content = retype(built(DEMO), {REASON: "审阅的原因", "goals.0.goal": "两边相同"})
    cells = {
        ("指标自评", "G7"): "经办人改的原因",
        ("年度目标", "B5"): "两边相同",
        ("指标自评", "H7"): "也改了",
    }
    found = outcome(tmp_path, content, edit(DEMO, tmp_path, cells))
    [change] = found.merged.changes
    assert (change.path, change.after) == (REASON, "审阅的原因")
    assert sorted(codes(found)) == ["already_made", "both_changed", "workbook_changed"]
    [conflict] = [p for p in found.merged.problems if p.code == "both_changed"]
    assert "经办人改的原因" in conflict.message and "审阅的原因" in conflict.message
    entry = found.source.submission.score_entry("spending_rate")
    assert (entry.reason, entry.improvement) == ("审阅的原因", "也改了")


def test_goals_are_matched_by_their_words_after_rows_were_inserted_or_deleted(tmp_path: Path) -> None:
    known = source(
        {"goals": [{"goal": g, "completion": f"{g}完成"} for g in ("甲类工作", "乙类任务", "丙类项目")]}
    )
    content = retype(built(known), {"goals.1.completion": "乙改过", "goals.2.goal": "丙改过"})
    now = [
        {"goal": "新添的目标在最前", "completion": "新"},
        {"goal": "甲类工作", "completion": "甲类工作完成"},
        {"goal": "丙类项目", "completion": "丙类项目完成"},
    ]
    workbook = tmp_path / "现在.xlsx"
    workbook.write_bytes(filled_workbook(known.form, source({"goals": now}).submission))
    found = outcome(tmp_path, content, workbook)
    assert [(c.path, str(c.place)) for c in found.merged.changes] == [("goals.2.goal", "年度目标!B7")]
    assert "row_gone" in codes(found)
    assert [goal.goal for goal in found.source.submission.goals] == ["新添的目标在最前", "甲类工作", "丙改过"]


def test_goals_are_matched_in_bounded_time(tmp_path: Path) -> None:
    def goals(words: str) -> Submission:
        return source({"goals": [{"goal": f"{words}{n}项" * 8} for n in range(1000)]}).submission

    with time_limit(10):
        assert match_entered(GOALS, goals("原来的第"), goals("重写的第")) == [None] * 1000


def test_the_first_goal_is_written_into_the_first_row(tmp_path: Path) -> None:
    known = source({"goals": []})
    workbook = tmp_path / "无目标.xlsx"
    workbook.write_bytes(filled_workbook(known.form, known.submission))
    content = retype(built(known), {"goals.0.goal": "第一条", "goals.0.completion": "完成了"})
    found = outcome(tmp_path, content, workbook)
    assert [str(change.place) for change in found.merged.changes] == ["年度目标!B5", "年度目标!C5"]
    assert [(g.goal, g.completion) for g in found.source.submission.goals] == [("第一条", "完成了")]


def test_a_file_without_data_inside_is_compared_with_the_workbook(tmp_path: Path) -> None:
    parts = parts_of(retype(built(DEMO), {REASON: "改了"}))
    bare = packed({name: part for name, part in parts.items() if "customXml" not in name})
    found = outcome(tmp_path, bare)
    assert [(c.path, c.after) for c in found.merged.changes] == [(REASON, "改了")]
    assert codes(found) == ["no_baseline"]


def test_json_data_are_reviewed_into_a_new_workbook(tmp_path: Path) -> None:
    data = tmp_path / "数据.json"
    data.write_text(read(DEMO).submission.to_json(), encoding="utf-8")
    found = outcome(tmp_path, retype(built(DEMO), {"budget.basic": "1"}), data)
    assert [str(change.place) for change in found.merged.changes] == ["部门预算!B6"]
    assert found.source.submission.budget["basic"] == 1
    data.write_text(json.dumps({"form": "haizhu-2022", "budget": {"total": "x"}}), encoding="utf-8")
    with pytest.raises(InputRefused):
        outcome(tmp_path, built(DEMO), data)


def test_a_second_review_replaces_the_list_and_colours_of_the_first(tmp_path: Path) -> None:
    first = made(tmp_path, outcome(tmp_path, retype(built(DEMO), {REASON: "第一次"})))
    again = outcome(tmp_path, retype(built(first), {"budget.basic": "2"}), first)
    assert [change.path for change in again.merged.changes] == ["budget.basic"]
    book = load_workbook(made(tmp_path, again))
    assert book.sheetnames.count(CHANGE_SHEET) == 1
    assert book["指标自评"]["G7"].fill.start_color.rgb != f"FF{COLOUR}"
    assert book["部门预算"]["B6"].fill.start_color.rgb == f"FF{COLOUR}"


def test_a_changed_cell_loses_its_shared_formula_and_the_other_cells_keep_it(tmp_path: Path) -> None:
    content = put_raw(DEMO.read_bytes(), "部门预算", "B6", "=1+1")
    package = Package(content)
    sheet = package.xml(package.sheets()["部门预算"])
    for place, text in (("B6", "C6*2"), ("B7", "")):
        cell = next(c for c in sheet.iter(main("c")) if c.get("r") == place)
        for child in list(cell):
            cell.remove(child)
        formula = etree.SubElement(cell, main("f"), {"t": "shared", "si": "0"})
        if text:
            formula.text = text
            formula.set("ref", "B6:B7")
        etree.SubElement(cell, main("v")).text = "5"
    chain = etree.fromstring(f'<calcChain xmlns="{main("x")[1:-2]}"><c r="B6" i="1"/></calcChain>')
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    package.add("xl/calcChain.xml", chain, kind)
    package.relate(WORKBOOK, "calcChain", "xl/calcChain.xml")
    workbook = tmp_path / "公式.xlsx"
    workbook.write_bytes(package.save())
    found = outcome(tmp_path, retype(built(workbook), {"budget.basic": "7"}), workbook)
    book = load_workbook(made(tmp_path, found))
    assert book["部门预算"]["B6"].value == 7 and book["部门预算"]["B7"].value == "=C7*2"
    assert "xl/calcChain.xml" not in parts_of(found.content)


def test_a_number_in_a_percentage_cell_keeps_its_value(tmp_path: Path) -> None:
    book = load_workbook(DEMO)
    book["部门预算"]["B6"].number_format = "0.00%"
    workbook = tmp_path / "百分比.xlsx"
    book.save(workbook)
    known = read(workbook)
    found = outcome(tmp_path, retype(built(known), {"budget.basic": "88"}), workbook)
    assert found.source.submission.budget["basic"] == 88


def test_cell_comments_in_the_workbook_stay(tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    book = load_workbook(DEMO)
    book["部门预算"]["B6"].comment = Comment("财务核对过", "经办人")
    workbook = tmp_path / "批注.xlsx"
    book.save(workbook)
    found = outcome(tmp_path, retype(built(DEMO), {"budget.basic": "3"}), workbook)
    saved = load_workbook(made(tmp_path, found))["部门预算"]["B6"].comment
    assert saved is not None and "财务核对过" in saved.text


def test_a_text_too_long_for_a_cell_is_reported_and_not_written(tmp_path: Path) -> None:
    found = outcome(tmp_path, retype(built(DEMO), {REASON: "长" * 32768}))
    assert found.merged.changes == [] and codes(found) == ["text_too_long"]
    assert found.source.submission == read(DEMO).submission


def test_files_of_different_forms_are_refused(tmp_path: Path) -> None:
    from tests.forms_support import FICTIONAL

    other = read(FICTIONAL / "sample.json", FICTIONAL)
    with pytest.raises(InputError, match="不是“haizhu-2022”表的"):
        outcome(tmp_path, built(other))


def test_a_file_of_another_department_or_year_is_refused_unless_forced() -> None:
    known = read(DEMO)
    content, name = retype(built(known), {"budget.basic": "1", "fields.department": "改名的部门"}), "甲.docx"
    copies = [(name, content)]
    assert review_copies(copies, DEMO.read_bytes(), "填报.xlsx").merged.changes  # renamed by the reviewer
    data = known.submission.as_data()
    for key, value, said in (
        ("department", "虚构市另一局", "“虚构市另一局”2022 年（汇总）的填报文件"),
        ("year", 2023, "“虚构市示例区公园管理局”2023 年（汇总）的填报文件"),
        ("scope", "本级", "“虚构市示例区公园管理局”2022 年（本级）的填报文件"),
        ("department", " 虚构市示例区公园 管理局", ""),
        ("department", "", ""),
    ):
        fields = {**data["fields"], key: value}
        entered = json.dumps({**data, "form": known.form.id, "fields": fields}, ensure_ascii=False).encode()
        if said:
            with pytest.raises(InputError) as refusal:
                review_copies(copies, entered, "乙.json")
            assert (
                "甲.docx 是“虚构市示例区公园管理局”2022 年（汇总）的审阅稿，乙.json 是"
                in refusal.value.message
            )
            assert said in refusal.value.message and "--force" in refusal.value.remedy
        assert review_copies(copies, entered, "乙.json", force=bool(said)).merged.changes


def test_a_text_tracked_by_two_people_names_both(tmp_path: Path) -> None:
    def change(root: Element) -> None:
        [sdt] = inner_controls(root, REASON)
        track(sdt, "甲的原因", author="甲", date="2023-01-01T00:00:00Z")
        track(sdt, "乙的原因", author="乙", date="2023-01-02T00:00:00Z")

    [found] = outcome(tmp_path, edited(built(DEMO), change)).merged.changes
    assert (found.after, found.author, found.date) == ("乙的原因", "甲、乙", "2023-01-02T00:00:00Z")


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_reads_the_new_workbook_and_sees_texts_not_formulas(tmp_path: Path) -> None:
    from tests.workbook.tools import convert

    found = outcome(tmp_path, retype(built(HAIZHU), {REASON: "=1+1", "budget.basic": "1155.13"}), HAIZHU)
    [saved] = convert([made(tmp_path, found)], tmp_path / "out", "xlsx")
    again = read(saved)
    assert again.submission == found.source.submission
    assert again.submission.score_entry("spending_rate").reason == "=1+1"
