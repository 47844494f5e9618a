"""The sheet 审阅改动 tells everything a review found: what was adopted, what was not and why."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tests.review.comment_edits import comment_on
from tests.review.wordlike import (
    AUTHOR,
    DEMO,
    Element,
    built,
    controls,
    edited,
    inner_controls,
    parts_of,
    put,
    revision,
    run,
    texts,
    track,
)
from zhengti_zip import read
from zhengti_zip.review.change_sheet import CHANGE_SHEET
from zhengti_zip.review.review import ReviewResult, review_copies
from zhengti_zip.review.wordfile import word

REASON, BASIC = "scores.spending_rate.reason", "budget.basic"
TIME = "2023-02-03 09:30"


def reviewed(content: bytes, accept: bool = True, refused: tuple[str, ...] = ()) -> ReviewResult:
    return review_copies([("审阅.docx", content)], DEMO.read_bytes(), "填报.xlsx", None, accept, refused)


def listed(found: ReviewResult) -> list[dict[str, Any]]:
    """The lines of the sheet by their heads."""
    sheet = load_workbook(BytesIO(found.content))[CHANGE_SHEET]
    heads, *lines = sheet.iter_rows(min_row=4, values_only=True)
    return [dict(zip(map(str, heads), line, strict=True)) for line in lines]


def change_everything(root: Element) -> None:
    """A tracked reason, two names of the department, a tracked total, a tracked label, a score deleted."""
    track(inner_controls(root, REASON)[0], "改过的原因")
    for sdt, text in zip(controls(root, "fields.department"), ("甲局", "乙局"), strict=True):
        put(sdt, text)
    track(inner_controls(root, "total.score")[0], "99")
    label = next(piece for piece in root.iter(word("t")) if piece.text == "基本支出")
    holder = label.getparent()
    assert holder is not None
    label.text = "基本"
    holder.addnext(revision("ins", run("开支")))
    put(inner_controls(root, "scores.spending_rate.score")[0], "")


def test_what_is_not_adopted_is_listed_with_its_reason_author_date_and_comment() -> None:
    content = edited(built(DEMO), change_everything)
    content = comment_on(parts_of(content), {"total.score": [("审阅人乙", "总分应为 99")]})
    lines = listed(reviewed(content))
    told = {line["项目"]: (line["处理"], line["原来"], line["改为"], line["原因"]) for line in lines}
    known = read(DEMO).submission
    assert told == {
        "部门预算资金支出率 未达标原因": (
            "已采用",
            known.score_entry("spending_rate").reason,
            "改过的原因",
            "",
        ),
        "部门名称": ("未采用", known.field_text("department"), "甲局\n乙局", "同一项印在几处，改得不一样"),
        "部门预算资金支出率 自评分": ("未采用", "9.4", "（空白）", "按评分数据计算，不能删去"),
        "总分": ("未采用", "94.55", "99", "由程序计算，结果是“94.55”"),
        "表中固定的文字": ("未采用", "基本支出", "基本开支", "固定的文字由表的定义决定"),
    }
    total, label = lines[3], lines[4]
    assert (total["审阅人"], total["时间"], total["批注"]) == (AUTHOR, TIME, "审阅人乙：总分应为 99")
    assert (label["审阅人"], label["时间"], label["批注"]) == (AUTHOR, TIME, "")
    assert len(lines) == 5


def test_a_total_that_follows_from_the_adopted_changes_is_not_refused() -> None:
    def change(root: Element) -> None:
        put(inner_controls(root, "scores.spending_rate.score")[0], "9")
        put(inner_controls(root, "total.score")[0], "94.15")

    [line] = listed(reviewed(edited(built(DEMO), change)))
    assert (line["处理"], line["项目"]) == ("已采用", "部门预算资金支出率 自评分")


def test_rejected_tracked_changes_and_refused_decisions_are_listed_with_what_was_there() -> None:
    def change(root: Element) -> None:
        track(inner_controls(root, REASON)[0], "改过的原因")
        put(inner_controls(root, BASIC)[0], "1")

    content = edited(built(DEMO), change)
    known = read(DEMO).submission
    kept, lost = listed(reviewed(content, accept=False))
    assert (kept["处理"], kept["项目"]) == ("已采用", "基本支出")
    assert (lost["处理"], lost["原因"], lost["审阅人"], lost["时间"]) == (
        "未采用",
        "选择了不接受修订",
        AUTHOR,
        TIME,
    )
    assert (lost["原来"], lost["改为"]) == (known.score_entry("spending_rate").reason, "改过的原因")
    assert (lost["工作表"], lost["单元格"]) == ("指标自评", "G7")
    _, refused = listed(reviewed(content, refused=(BASIC,)))
    assert (refused["处理"], refused["原因"], refused["单元格"]) == ("未采用", "核对时选择不采用", "B6")
    assert (refused["原来"], refused["改为"]) == ("6,120.45", "1")


def test_a_value_that_is_lost_is_listed_as_not_read() -> None:
    def change(root: Element) -> None:
        for sdt in inner_controls(root, REASON):
            for piece in texts(sdt):
                piece.text = ""
            parent = sdt.getparent()
            assert parent is not None
            parent.remove(sdt)

    found = reviewed(edited(built(DEMO), change))
    [line] = listed(found)
    assert (line["处理"], line["项目"]) == ("未读取", "部门预算资金支出率 未达标原因")
    assert "不知道它是否改过" in line["原因"]
