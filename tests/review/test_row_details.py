"""Rows in unusual circumstances: very many, beside notes of the clerk, numbered by a style, without controls."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from tests.review.auto_numbers import add_numbering, numbered_by_word
from tests.review.row_edits import (
    copied_row,
    entries_of,
    put_entries,
    remove_row,
    row_of,
    track_row,
    typed_entry,
)
from tests.review.wordlike import (
    AUTHOR,
    DOCUMENT,
    HAIZHU,
    SAMPLES,
    Element,
    built,
    edited,
    inner_controls,
    packed,
    parts_of,
    unwrap,
)
from tests.support import time_limit
from zhengti_zip import read
from zhengti_zip.review.review import ReviewResult, review
from zhengti_zip.review.row_order import placed
from zhengti_zip.review.word_source import read_word_source
from zhengti_zip.review.wordfile import word
from zhengti_zip.submission.source import Source
from zhengti_zip.workbook.write.writer import filled_workbook

NATIONAL = SAMPLES / "project-national.json"


@pytest.mark.parametrize(
    ("now", "gone", "moved", "order"),
    [
        ([0, 1, 2], set(), set(), [0, 1, 2]),
        ([0, 7, 8, 1, 2], set(), set(), [0, 7, 8, 1, 2]),
        ([7, 0, 1, 2, 8], set(), set(), [7, 0, 1, 2, 8]),
        ([2, 0, 7], {1}, {2}, [2, 0, 7]),
        ([7, 8], {0, 1, 2}, set(), [7, 8]),
    ],
)
def test_new_and_moved_rows_stand_behind_the_row_above_them(
    now: list[int], gone: set[int], moved: set[int], order: list[int]
) -> None:
    assert placed(range(3), now, gone, moved) == order


def test_a_hundred_thousand_new_rows_are_placed_at_once() -> None:
    with time_limit(2):
        assert len(placed(range(10), range(100_000), set(), set())) == 100_000


def into_workbook(folder: Path, notes: dict[str, str], comments: dict[str, str], place: str) -> ReviewResult:
    """The sample's file with one row removed, into a workbook with notes of the clerk."""
    source = read(NATIONAL)
    document, workbook = folder / "审阅.docx", folder / "填报.xlsx"
    document.write_bytes(edited(built(NATIONAL), lambda root: remove_row(row_of(root, place))))
    workbook.write_bytes(filled_workbook(source.form, source.submission))
    book = load_workbook(workbook)
    for cell, text in notes.items():
        book["绩效指标"][cell] = text
    for cell, text in comments.items():
        book["绩效指标"][cell].comment = Comment(text, "经办人")
    book.save(workbook)
    return review(document, workbook)


def test_notes_beside_rows_that_move_are_told_and_stay(tmp_path: Path) -> None:
    places = read(SAMPLES / "project-national.xlsx").places
    first, last = (int(places[f"indicators.{n}.name"].cell[1:]) for n in (0, 8))  # type: ignore[index]
    notes = {f"AZ{first}": "不动的一行", f"AZ{last}": "待核对"}
    found = into_workbook(tmp_path, notes, {f"B{last}": "财务已核"}, "indicators.4.name")
    [told] = [problem for problem in found.problems if problem.code == "notes_left"]
    assert f"B{last}、AZ{last}" in told.message and f"AZ{first}" not in told.message
    saved = tmp_path / "新.xlsx"
    saved.write_bytes(found.content)
    assert load_workbook(saved)["绩效指标"][f"AZ{last}"].value == "待核对"


def test_notes_beside_rows_that_stay_are_not_told(tmp_path: Path) -> None:
    places = read(SAMPLES / "project-national.xlsx").places
    first = int(places["indicators.0.name"].cell[1:])  # type: ignore[index]
    found = into_workbook(tmp_path, {f"AZ{first}": "不动的一行"}, {f"B{first}": "已核"}, "indicators.4.name")
    assert [problem for problem in found.problems if problem.code == "notes_left"] == []


def haizhu(*edits: str, by_style: bool = True, without: bool = False) -> Source:
    """The list of goals, numbered by Word, and with an entry typed or removed; without controls if wanted."""
    parts = parts_of(built(HAIZHU))

    def change(root: Element) -> None:
        for part in ("goal", "completion"):
            entries = entries_of(root, "goals", part)
            cell = entries[0][0].getparent()
            assert cell is not None
            if "removed" in edits:
                entries.pop(2)
            if "typed" in edits:
                entries.insert(1, typed_entry(entries[0], f"新的{part}"))
            put_entries(cell, list(enumerate(entries, start=1)))
            if "numbered" in edits:
                number = add_numbering(parts, by_style)
                for entry in entries:
                    numbered_by_word(entry[0], number, by_style)
        for sdt in reversed(list(root.iter(word("sdt")))) if without else ():
            unwrap(sdt)

    content = edited(packed(parts), change)
    return read_word_source(packed({**parts, DOCUMENT: parts_of(content)[DOCUMENT]}), "审阅.docx")


@pytest.mark.parametrize("without", [False, True])
@pytest.mark.parametrize("by_style", [False, True])
def test_a_list_numbered_by_word_is_the_same_list(by_style: bool, without: bool) -> None:
    found = haizhu("numbered", by_style=by_style, without=without)
    assert (found.submission, found.reading_problems) == (read(HAIZHU).submission, [])


@pytest.mark.parametrize("edit", ["removed", "typed"])
@pytest.mark.parametrize("numbered", ["", "numbered"])
def test_a_list_without_controls_is_read_by_its_numbers_and_words(edit: str, numbered: str) -> None:
    found, known = haizhu(edit, numbered, without=True), haizhu(edit)
    assert found.submission == known.submission
    assert len(known.submission.goals) == len(read(HAIZHU).submission.goals) + (1 if edit == "typed" else -1)
    assert found.reading_problems == []


def test_an_empty_control_is_an_emptied_input() -> None:
    def change(root: Element) -> None:
        for sdt in inner_controls(root, "scores.spending_rate.reason"):
            content = sdt.find(word("sdtContent"))
            assert content is not None
            for child in list(content):
                content.remove(child)

    found = read_word_source(edited(built(HAIZHU), change), "审阅.docx")
    assert read(HAIZHU).submission.scores["spending_rate"].reason
    assert found.submission.scores["spending_rate"].reason == "" and found.reading_problems == []


def test_rows_below_a_first_row_deleted_with_tracked_changes_keep_and_give_their_type() -> None:
    def change(root: Element) -> None:
        first = row_of(root, "indicators.6.name")
        copied_row(row_of(root, "indicators.8.name"))
        track_row(first, "del", AUTHOR)

    found = read_word_source(edited(built(SAMPLES / "department-general.json"), change), "审阅.docx")
    rows = found.submission.indicators
    known = read(SAMPLES / "department-general.json").submission.indicators
    assert [row.type for row in rows] == [
        row.type for row in (*known[:6], known[7], known[8], known[8], known[9])
    ]


def test_of_two_equal_rows_the_upper_is_the_old_one_also_where_a_program_left_a_placeholder() -> None:
    """What is not printed, as the share of a goal in words, stays with the row it was entered for."""
    source = read(SAMPLES / "sichuan-project-2023.json")

    def change(root: Element) -> None:
        old = row_of(root, "indicators.6.name")
        copied_row(old)
        unwrap(inner_controls(root, "indicators.6.unit")[0])

    found = read_word_source(edited(built(source), change), "审阅.docx").submission.indicators
    assert [row.degree_percent for row in found[6:8]] == [Decimal(90), None]
    assert found[:7] == source.submission.indicators[:7]
    assert found[7].with_part("degree_percent", Decimal(90)) == source.submission.indicators[6]


def test_a_list_of_more_than_a_thousand_entries_is_read_to_its_end() -> None:
    source = read(HAIZHU)
    first = source.submission.goals[0]
    goals = tuple(
        first.with_part("goal", f"目标{n}").with_part("completion", f"完成{n}") for n in range(1001)
    )

    def change(root: Element) -> None:
        for part in ("goal", "completion"):
            last = inner_controls(root, f"goals.1000.{part}")[0].getparent()
            assert last is not None
            [new] = typed_entry([last], f"新的{part}")
            next(new.iter(word("t"))).text = "1002."
            last.addnext(new)

    long = replace(source, submission=source.submission.model_copy(update={"goals": goals}))
    found = read_word_source(edited(built(long), change), "审阅.docx")
    assert found.submission.goals[:-1] == goals
    assert (found.submission.goals[-1].goal, found.submission.goals[-1].completion) == (
        "新的goal",
        "新的completion",
    )
    assert found.reading_problems == []
