"""The copies of several reviewers are merged: every change with who made it, contradictions told and not adopted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.review.comment_edits import comment_on
from tests.review.row_edits import remove_row, row_of, swap_rows, typed_row
from tests.review.wordlike import (
    DEMO,
    SAMPLES,
    Element,
    built,
    edited,
    inner_controls,
    parts_of,
    put,
    retype,
    track,
)
from zhengti_zip import read
from zhengti_zip.review.change_sheet import entries
from zhengti_zip.review.review import ReviewResult, review_copies
from zhengti_zip.review.wordfile import word
from zhengti_zip.workbook.write.writer import filled_workbook

NATIONAL = SAMPLES / "project-national.json"
REASON, BASIC = "scores.spending_rate.reason", "budget.basic"
Change = Callable[[Element], None]


def merged(*copies: bytes, workbook: bytes | None = None, refused: tuple[str, ...] = ()) -> ReviewResult:
    names = [f"审阅{letter}.docx" for letter in "甲乙丙"]
    content = DEMO.read_bytes() if workbook is None else workbook
    return review_copies(list(zip(names, copies, strict=False)), content, "填报.xlsx", refused=refused)


def typed(changes: Mapping[str, str]) -> bytes:
    return retype(built(DEMO), changes)


def codes(found: ReviewResult) -> list[str]:
    return [problem.code for problem in found.merged.problems]


def test_changes_of_all_copies_are_made_and_name_author_and_file() -> None:
    tracked = edited(built(DEMO), lambda root: track(inner_controls(root, REASON)[0], "改过的原因"))
    found = merged(tracked, typed({BASIC: "7", "goals.0.goal": "第一条目标"}))
    assert [(c.path, c.after, c.author) for c in found.merged.changes] == [
        ("goals.0.goal", "第一条目标", "审阅乙.docx"),
        (BASIC, "7", "审阅乙.docx"),
        (REASON, "改过的原因", "审阅人甲（审阅甲.docx）"),
    ]
    assert found.merged.refused == [] and codes(found) == []
    submission = found.source.submission
    assert submission.budget["basic"] == 7 and submission.score_entry("spending_rate").reason == "改过的原因"


def test_the_same_edit_in_two_copies_is_one_change_with_both() -> None:
    found = merged(typed({BASIC: "1,234.50"}), typed({BASIC: "1234.5"}))
    [change] = found.merged.changes
    assert (change.after, change.author) == ("1,234.50", "审阅甲.docx、审阅乙.docx")
    assert found.merged.refused == []


def test_two_different_values_are_told_and_neither_is_adopted() -> None:
    found = merged(typed({BASIC: "7", REASON: "甲的原因"}), typed({BASIC: "8"}), typed({BASIC: "7.0"}))
    assert [change.path for change in found.merged.changes] == [REASON]
    assert found.source.submission.budget == read(DEMO).submission.budget
    reason = "冲突：审阅甲.docx、审阅乙.docx、审阅丙.docx 改得不一样"
    assert [(r.change.after, r.change.author, r.code, r.reason) for r in found.merged.refused] == [
        ("7", "审阅甲.docx、审阅丙.docx", "conflict", reason),
        ("8", "审阅乙.docx", "conflict", reason),
    ]
    assert len({item.change.key for item in found.merged.refused}) == 2
    assert codes(found) == ["conflict", "conflict"]
    lines = [(e.fate, e.label, e.before, e.after) for e in entries(found.merged)]
    assert lines[1:] == [("未采用", "基本支出", "6,120.45", "7"), ("未采用", "基本支出", "6,120.45", "8")]


def test_a_zero_and_an_emptied_input_are_two_values() -> None:
    found = merged(typed({BASIC: ""}), typed({BASIC: "0"}))
    assert found.merged.changes == []
    assert [(r.change.after, r.change.author, r.code) for r in found.merged.refused] == [
        ("", "审阅甲.docx", "conflict"),
        ("0", "审阅乙.docx", "conflict"),
    ]
    assert found.source.submission.budget == read(DEMO).submission.budget


def test_a_comment_on_what_another_edited_stands_with_the_change() -> None:
    remarked = comment_on(parts_of(built(DEMO)), {BASIC: [("审阅人乙", "与决算不符")]})
    found = merged(typed({BASIC: "7"}), remarked, remarked)
    [change] = found.merged.changes
    assert [(r.author, r.text) for r in change.comments] == [("审阅人乙", "与决算不符")]
    assert found.merged.remarks == []


def test_what_was_not_taken_in_two_copies_is_told_once() -> None:
    def change(root: Element) -> None:
        put(inner_controls(root, "total.score")[0], "99")

    found = merged(edited(built(DEMO), change), edited(built(DEMO), change))
    [refused] = found.merged.refused
    assert (refused.code, refused.change.author) == ("computed_edited", "审阅甲.docx、审阅乙.docx")
    assert [str(p.place) for p in found.problems] == ["审阅甲.docx：总分", "审阅乙.docx：总分"]


# Rows.


def rows_of(*changes: Change) -> tuple[list[bytes], bytes, list[str]]:
    """Copies with rows changed, the workbook, and the names of its rows."""
    source = read(NATIONAL)
    copies = [edited(built(NATIONAL), change) for change in changes]
    return (
        copies,
        filled_workbook(source.form, source.submission),
        [r.name for r in source.submission.indicators],
    )


def add(name: str, below: int) -> Change:
    def change(root: Element) -> None:
        old = row_of(root, f"indicators.{below}.name")
        first = len(old.findall(word("tc"))) - 6
        typed_row(old, dict(enumerate([name, "≤60台", "55台", "5", "4", "原因"], start=first)))

    return change


def remove(number: int) -> Change:
    return lambda root: remove_row(row_of(root, f"indicators.{number}.name"))


def swap(one: int, other: int) -> Change:
    return lambda root: swap_rows(
        row_of(root, f"indicators.{one}.name"), row_of(root, f"indicators.{other}.name")
    )


def rename(number: int, name: str) -> Change:
    return lambda root: put(inner_controls(root, f"indicators.{number}.name")[0], name)


def result(found: ReviewResult) -> list[str]:
    return [row.name for row in found.source.submission.indicators]


def test_rows_added_behind_the_same_row_stand_in_the_order_of_the_copies() -> None:
    copies, workbook, names = rows_of(add("甲的指标", 2), add("乙的指标", 2))
    found = merged(*copies, workbook=workbook)
    assert result(found) == [*names[:3], "甲的指标", "乙的指标", *names[3:]]
    keys = [item.key for item in found.decisions]
    assert result(merged(*copies, workbook=workbook, refused=(keys[0],))) == [
        *names[:3],
        "乙的指标",
        *names[3:],
    ]


def test_the_same_row_added_in_two_copies_is_one_row() -> None:
    copies, workbook, names = rows_of(add("新指标", 2), add("新指标", 2))
    found = merged(*copies, workbook=workbook)
    assert result(found) == [*names[:3], "新指标", *names[3:]]
    assert {change.author for change in found.merged.changes} == {"审阅甲.docx、审阅乙.docx"}


def test_rows_removed_moved_and_added_in_different_copies_come_together() -> None:
    copies, workbook, names = rows_of(remove(1), swap(3, 4), add("新指标", 6))
    found = merged(*copies, workbook=workbook)
    assert result(found) == [names[0], names[2], names[4], names[3], *names[5:7], "新指标", *names[7:]]
    assert found.merged.refused == []
    both = merged(copies[0], copies[0], workbook=workbook)
    [change] = both.merged.changes
    assert (change.kind, change.author) == ("removed", "审阅甲.docx、审阅乙.docx")


def test_a_row_edited_in_one_and_removed_in_another_stays_as_it_was() -> None:
    copies, workbook, names = rows_of(remove(1), rename(1, "改名"))
    found = merged(*copies, workbook=workbook)
    assert result(found) == names and found.merged.changes == []
    reason = "冲突：审阅甲.docx 删去了这一行，审阅乙.docx 改了这一行"
    assert [(r.change.kind, r.change.author, r.reason) for r in found.merged.refused] == [
        ("removed", "审阅甲.docx", reason),
        ("edited", "审阅乙.docx", reason),
    ]


def test_a_row_moved_to_two_places_stays_where_it_was() -> None:
    def move(below: int) -> Change:
        def change(root: Element) -> None:
            row_of(root, f"indicators.{below}.name").addnext(row_of(root, "indicators.4.name"))

        return change

    copies, workbook, names = rows_of(move(6), move(7))
    found = merged(*copies, workbook=workbook)
    assert result(found) == names
    assert {r.code for r in found.merged.refused if r.change.kind == "moved"} == {"conflict"}
