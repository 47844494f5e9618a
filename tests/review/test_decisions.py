"""Every decision on a review counts: what is taken over is in the new workbook, what is refused is not."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from tests.review.row_edits import copied_row, remove_row, row_of, swap_rows, typed_row
from tests.review.wordlike import DEMO, SAMPLES, Element, built, edited, put, retype
from zhengti_zip import read
from zhengti_zip.base.errors import UsageProblem
from zhengti_zip.review.review import ReviewResult, review_copies
from zhengti_zip.review.row_order import moved_numbers, placed
from zhengti_zip.review.wordfile import word
from zhengti_zip.review.workbook_changes import DECIDED
from zhengti_zip.workbook.write.writer import filled_workbook

NATIONAL = SAMPLES / "project-national.json"
FOUR = {
    "fields.department": "虚构市示例区公园事务中心",
    "goals.0.completion": "完成情况改过",
    "budget.basic": "12345.6",
    "scores.spending_rate.reason": "",
}


def decided(content: bytes, workbook: bytes, refused: tuple[str, ...] = ()) -> ReviewResult:
    return review_copies([("审阅.docx", content)], workbook, "填报.xlsx", refused=refused)


def declined(found: ReviewResult) -> list[str]:
    """The keys of the decisions that were refused, in the order of the form."""
    refused = {item.change.decision for item in found.merged.refused if item.code == DECIDED}
    return [item.key for item in found.decisions if item.key in refused]


def change_rows(root: Element) -> None:
    """Remove the second row, swap the fourth and fifth, type a row behind the seventh, copy the third."""
    gone, seventh = row_of(root, "indicators.1.name"), row_of(root, "indicators.6.name")
    fourth, fifth = row_of(root, "indicators.3.name"), row_of(root, "indicators.4.name")
    copied = copied_row(row_of(root, "indicators.2.name"))
    put(next(sdt for sdt in copied.iter(word("sdt")) if sdt.find(f".//{word('tag')}") is not None), "另一项")
    first = len(seventh.findall(word("tc"))) - 6
    typed_row(seventh, dict(enumerate(["新指标", "≤60台", "55台", "5", "4", "原因"], start=first)))
    swap_rows(fourth, fifth)
    remove_row(gone)


def test_every_combination_of_decisions_on_rows_gives_the_list_a_plain_model_gives() -> None:
    source = read(NATIONAL)
    workbook = filled_workbook(source.form, source.submission)
    content = edited(built(NATIONAL), change_rows)
    names = [row.name for row in source.submission.indicators]
    removed, copied, moved, typed = (item.key for item in decided(content, workbook).decisions)
    for refused in subsets((removed, copied, moved, typed)):
        model = list(names)
        if copied not in refused:
            model.insert(model.index(names[2]) + 1, "另一项")
        if typed not in refused:
            model.insert(model.index(names[6]) + 1, "新指标")
        if moved not in refused:
            model.remove(names[4])
            model.insert(model.index(names[3]), names[4])
        if removed not in refused:
            model.remove(names[1])
        found = decided(content, workbook, refused)
        assert [row.name for row in found.source.submission.indicators] == model
        assert set(declined(found)) == set(refused)
        if len(refused) == 4:
            assert found.source.submission == source.submission


def subsets(keys: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Every choice of some of the keys, none and all included."""
    choices = product((False, True), repeat=len(keys))
    return [tuple(key for key, is_in in zip(keys, chosen, strict=True) if is_in) for chosen in choices]


def test_any_list_with_any_decisions_refused_keeps_what_was_not_decided() -> None:
    """Rows 0 to 4 as they were; lists with rows removed, moved and added, each decision taken over or not."""
    random = Random(7)
    for _ in range(60):
        now = random.sample(range(8), random.randint(0, 7))  # 5, 6 and 7 are new
        gone, new = set(range(5)) - set(now), {number for number in now if number > 4}
        moved = moved_numbers(range(5), now)
        for choice in product((False, True), repeat=len(gone | new | moved)):
            refused = {number for number, no in zip(sorted(gone | new | moved), choice, strict=True) if no}
            wanted = [number for number in now if number not in refused]
            order = placed(range(5), wanted, gone - refused, moved - refused)
            assert set(order) == (set(range(5)) - (gone - refused)) | (new - refused)
            kept = [number for number in order if number < 5 and number not in moved - refused]
            assert kept == sorted(kept)  # what nobody moved is in its old order
            assert [
                number for number in order if number in wanted
            ] == wanted  # the rest as the reviewer saw it


def test_a_refused_edit_leaves_what_was_there() -> None:
    content, workbook = retype(built(DEMO), FOUR), DEMO.read_bytes()
    known = read(DEMO).submission
    for refused in FOUR:  # one decision each
        found = decided(content, workbook, (refused,))
        assert [change.path for change in found.merged.changes] == [p for p in FOUR if p != refused]
        [left] = found.merged.refused
        assert (left.change.path, left.code, left.reason) == (refused, "decided", "核对时选择不采用")
        assert found.source.submission.value(left.change.path) == known.value(left.change.path)
        assert [decision.key for decision in found.decisions] == list(FOUR)
        assert declined(found) == [refused]


def test_an_input_of_a_new_row_stands_for_the_whole_row() -> None:
    source = read(NATIONAL)
    workbook = filled_workbook(source.form, source.submission)
    content = edited(built(NATIONAL), change_rows)
    *_, typed = decided(content, workbook).decisions
    assert (typed.kind, typed.label, typed.before) == ("added", "第 8 项（新增）", "")
    assert {"三级指标：新指标", "年度指标值：60", "自评得分：4"} <= set(typed.after.split("\n"))
    name = typed.changes[0]
    found = decided(content, workbook, (name.key,))
    assert declined(found) == [typed.key]
    assert {left.change.path for left in found.merged.refused} == {change.path for change in typed.changes}
    assert {left.change.place for left in found.merged.refused} == {None}


def test_a_key_of_other_files_is_refused() -> None:
    with pytest.raises(UsageProblem, match=r"没有这些改动：goals\.3\.goal"):
        decided(retype(built(DEMO), FOUR), DEMO.read_bytes(), ("goals.3.goal",))
