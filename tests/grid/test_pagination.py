"""Pages: no row is lost or cut without need, labels and heads are on every page, nothing is below the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support import GONE, SAMPLE, form, table, time_limit
from zhengti_zip.base.errors import RenderError
from zhengti_zip.form.geometry import BORDER_PT
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.heights import MeasuredTable, title_height
from zhengti_zip.grid.pages import Page, PageCell
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import Cell, FormTable, Origin
from zhengti_zip.submission.jsonform import read_json

HEADS = [column.head for column in form().layout.columns]
ROWS = [context.row.id for context in form().rows]
LAST = ROWS[-1]
LEVELS = {context.row.id: (context.levels[0].name, context.levels[1].name) for context in form().rows}


@pytest.fixture(scope="module")
def sample_table() -> FormTable:
    read = read_json(SAMPLE)
    return examine(read).table


@pytest.fixture(scope="module")
def sample(sample_table: FormTable) -> Sequence[Page]:
    return paginate(sample_table)


def long_row(row: str, reason: int, improvement: int = 1) -> dict[str, Any]:
    """A row scored 0 with a reason and an improvement of the given lengths."""
    return {f"scores.{row}": {"score": "0", "reason": "由" * reason, "improvement": "改" * improvement}}


def pages_of(changes: dict[str, Any]) -> tuple[FormTable, Sequence[Page]]:
    printed = table(changes)
    with time_limit(20):
        return printed, paginate(printed)


def shown(page: Page) -> list[str]:
    return [cell.source.text for cell in page.cells]


def parts(pages: Sequence[Page], source: Cell) -> list[tuple[int, PageCell]]:
    """The parts of a cell with the number of their page."""
    return [
        (number, cell) for number, page in enumerate(pages) for cell in page.cells if cell.source is source
    ]


def rows_on(page: Page) -> list[str]:
    """Ids of the scored rows on a page, whole or in part."""
    paths = [cell.source.path.split(".") for cell in page.cells if cell.source.path.startswith("scores.")]
    return list(dict.fromkeys(path[1] for path in paths))


def assert_sound(printed: FormTable, pages: Sequence[Page]) -> None:
    """What must be true for any table divided into pages."""
    for number, page in enumerate(pages):
        assert page.has_title == (number == 0)
        title = title_height(printed) if page.has_title else 0
        assert page.height + title <= printed.geometry.content_height + 1e-6
        assert_filled(printed, page)
        assert_heads_and_labels(printed, page, number)
    for cell in printed.cells:
        assert_whole(cell, parts(pages, cell))
    assert_rows_once(printed, pages)


def assert_filled(printed: FormTable, page: Page) -> None:
    """The cells of a page cover it exactly once, and their lines fit into them."""
    spots = [
        (row, column)
        for cell in page.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.source.column, cell.source.column + cell.source.column_span)
    ]
    assert len(set(spots)) == len(spots) == len(page.rows) * (len(printed.edges) - 1)
    geometry = printed.geometry
    for cell in page.cells:
        height = sum(row.height for row in page.rows[cell.row : cell.row + cell.row_span])
        lines = len(cell.lines) * geometry.body * cell.source.scale * geometry.line_height
        assert not cell.lines or lines + 2 * geometry.padding_y + BORDER_PT <= height + 1e-6, cell.source.text


def assert_heads_and_labels(printed: FormTable, page: Page, number: int) -> None:
    rows = rows_on(page)
    heads = [row for row, part in enumerate(page.rows) if part.is_head]
    if rows:
        (head,) = heads
        assert [cell.source.text for cell in page.cells if cell.row == head] == HEADS
        assert min(cell.row for cell in page.cells if cell.source.path.startswith("scores.")) == head + 1
    elif number:
        assert heads == []
    printed_here = {cell.source.text for cell in page.cells if cell.lines}
    for row in rows:
        assert set(LEVELS[row]) <= printed_here
    for cell in page.cells:
        if cell.source.origin is not Origin.ENTERED:
            assert "".join(line.text for line in cell.lines) == cell.source.text.replace("\n", "")


def assert_whole(cell: Cell, found: list[tuple[int, PageCell]]) -> None:
    """A cell is on consecutive pages, and the parts of a cut cell together are its text."""
    numbers = [number for number, _ in found]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    texts = ["".join(line.text for line in part.lines) for _, part in found]
    text = cell.text.replace("\n", "")
    if cell.origin is Origin.ENTERED:
        assert "".join(texts) == text
    else:
        assert set(texts) == {text}
        assert not any(part.is_cut for _, part in found)


def assert_rows_once(printed: FormTable, pages: Sequence[Page]) -> None:
    """A row is on one page, unless one of its texts is cut."""
    for row in ROWS:
        on = [page for page in pages if row in rows_on(page)]
        cut = any(
            cell.is_cut for page in on for cell in page.cells if cell.source.path.startswith(f"scores.{row}.")
        )
        assert len(on) == 1 or cut, row


def assert_total_with_the_last_row(pages: Sequence[Page]) -> None:
    assert shown(pages[-1])[-2] == "评价等级"
    assert "总分" in shown(pages[-1])
    assert LAST in rows_on(pages[-1])
    assert all("总分" not in shown(page) and "评价等级" not in shown(page) for page in pages[:-1])


def test_the_sample_has_two_pages_and_the_second_starts_with_performance_management(
    sample: Sequence[Page],
) -> None:
    assert len(sample) == 2
    first = [cell for cell in sample[1].cells if cell.row == 1]
    assert [cell.source.text for cell in first[:5]] == [
        "管理效率",
        "50",
        "绩效管理",
        "15",
        "绩效管理制度建设",
    ]
    assert rows_on(sample[0])[-1] == "performance_disclosure"
    assert rows_on(sample[1])[0] == "performance_system"
    assert rows_on(sample[1])[-1] == LAST


def test_the_sample_is_sound(sample_table: FormTable, sample: Sequence[Page]) -> None:
    assert_sound(sample_table, sample)
    assert_total_with_the_last_row(sample)
    assert not any(cell.is_cut for page in sample for cell in page.cells)


def test_a_first_level_label_cut_by_a_page_is_printed_on_both(sample: Sequence[Page]) -> None:
    for page in sample:
        label = next(cell for cell in page.cells if cell.source.text == "管理效率")
        assert [line.text for line in label.lines] == ["管理效率"]
    spans = [cell.row_span for page in sample for cell in page.cells if cell.source.text == "管理效率"]
    assert sum(spans) == 23


def test_only_entered_texts_are_cut() -> None:
    printed, pages = pages_of(long_row("carry_over_rate", 3000, 3000))
    assert_sound(printed, pages)
    cut = {cell.source.path for page in pages for cell in page.cells if cell.is_cut}
    assert {"scores.carry_over_rate.reason", "scores.carry_over_rate.improvement"} <= cut
    assert all(path.startswith("scores.carry_over_rate.") for path in cut)


def test_goals_of_30_000_characters() -> None:
    goals = [{"goal": "目" * 30_000, "completion": "成" * 30_000, "reason": "因" * 30_000}]
    printed, pages = pages_of({"goals": goals})
    assert_sound(printed, pages)
    assert_total_with_the_last_row(pages)
    assert len(pages) > 15
    for page in pages[:10]:
        assert "年度整体绩效目标" in shown(page)


@pytest.mark.parametrize("row", ["output_indicators", "intent_completeness", "intent_timeliness", LAST])
def test_a_reason_of_30_000_characters(row: str) -> None:
    printed, pages = pages_of(long_row(row, 30_000, 10))
    assert_sound(printed, pages)
    assert len(pages) > 15
    if row != LAST:
        assert_total_with_the_last_row(pages)


def test_a_hundred_goals_of_a_line_each() -> None:
    printed, pages = pages_of({"goals": [{"goal": "甲", "completion": "乙"}] * 100})
    assert_sound(printed, pages)
    numbers = "".join(
        line.text
        for page in pages
        for cell in page.cells
        if cell.source.path == "goals.0.goal"
        for line in cell.lines
    )
    assert numbers == "".join(f"{number}.甲" for number in range(1, 101))


@pytest.mark.parametrize("lines", range(1, 60, 4))
def test_the_two_rows_of_one_indicator_stay_together(lines: int) -> None:
    goals = [{"goal": "目" * 24 * lines, "completion": "成"}]
    printed, pages = pages_of({"goals": goals})
    assert_sound(printed, pages)
    (page,) = [page for page in pages if "采购意向公开合规性" in shown(page)]
    assert {"intent_completeness", "intent_timeliness"} <= set(rows_on(page))
    assert_total_with_the_last_row(pages)


@pytest.mark.parametrize("lines", range(1, 60, 7))
def test_a_page_that_ends_early_is_still_more_than_half_full(lines: int) -> None:
    printed, pages = pages_of({"goals": [{"goal": "目" * 24 * lines, "completion": "成"}]})
    for page in pages[:-1]:
        title = title_height(printed) if page.has_title else 0
        assert page.height + title > 0.5 * printed.geometry.content_height


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(long_row("spending_rate", 3000), id="一行"),
        pytest.param(long_row(LAST, 3000, 2000), id="末行"),
        pytest.param({"goals": [{"goal": "目" * 9000, "completion": "成"}]}, id="目标"),
    ],
)
def test_a_short_text_beside_a_cut_one_is_printed_once(changes: dict[str, Any]) -> None:
    printed, pages = pages_of(changes)
    for cell in printed.cells:
        if cell.origin is Origin.ENTERED:
            text = "".join(line.text for _, part in parts(pages, cell) for line in part.lines)
            assert text == cell.text.replace("\n", "")


def test_the_total_is_on_the_page_with_the_end_of_a_last_row_of_any_length() -> None:
    for characters in range(15 * 100, 15 * 200, 15):
        _, pages = pages_of(long_row(LAST, characters))
        texts = [cell for cell in pages[-1].cells if cell.source.path == f"scores.{LAST}.reason"]
        assert any(cell.lines for cell in texts), characters


def test_a_head_is_on_the_page_of_the_text_under_it() -> None:
    for lines in range(40, 90):
        goals = [{"goal": "目", "completion": "完" * 33 * lines, "reason": "因" * 33 * 30}]
        _, pages = pages_of({"goals": goals})
        for page in pages[:-1]:
            last = {cell.source.text for cell in page.cells if cell.row + cell.row_span == len(page.rows)}
            assert "未能完成原因" not in last, lines


LENGTHS = st.sampled_from([0, 1, 20, 100, 400, 1500, 4000]) | st.integers(0, 2500)
GOALS = st.lists(
    st.builds(
        lambda goal, done, more, why: {
            "goal": "目" * goal,
            "completion": "成" * done + "\n（2）再成" * more,
            "reason": "因" * why,
        },
        LENGTHS,
        LENGTHS,
        st.sampled_from([0, 0, 1, 40]),
        st.sampled_from([0, 0, 0, 30, 1000]),
    ),
    max_size=5,
)
REASONS = st.dictionaries(st.sampled_from(ROWS), st.tuples(LENGTHS, LENGTHS), max_size=5)


@pytest.mark.slow
@settings(max_examples=60)
@example(goals=[], reasons={})
@given(goals=GOALS, reasons=REASONS)
def test_any_submission_has_sound_pages(
    goals: list[dict[str, str]], reasons: dict[str, tuple[int, int]]
) -> None:
    changes: dict[str, Any] = {"goals": goals}
    for row, (reason, improvement) in reasons.items():
        changes |= long_row(row, reason, improvement)
    printed, pages = pages_of(changes)
    assert_sound(printed, pages)
    assert "评价等级" in shown(pages[-1])


@pytest.mark.parametrize("height", [1200, 600, 400, 300, 220, 150])
def test_paper_of_any_height(height: float) -> None:
    printed = table(long_row("spending_rate", 500))
    lower = replace(printed, geometry=replace(printed.geometry, page_height=height))
    with time_limit(20):
        pages = paginate(lower)
    assert {row for page in pages for row in rows_on(page)} == set(ROWS)
    assert "评价等级" in shown(pages[-1])


@pytest.mark.parametrize("height", [110, 100, 90, 50, 10])
def test_on_paper_too_low_for_a_line_pagination_ends(height: float) -> None:
    printed = table(long_row("spending_rate", 500))
    lower = replace(printed, geometry=replace(printed.geometry, page_height=height))
    with time_limit(20):
        try:
            pages = paginate(lower)
        except RenderError:
            return
    assert {row for page in pages for row in rows_on(page)} == set(ROWS)


def test_a_form_without_any_entry_is_divided_too() -> None:
    printed, pages = pages_of({"goals": [], "fields": {}, "budget": {}, "scores": {}, "data": GONE})
    assert_sound(printed, pages)
    assert MeasuredTable(printed).heads


@pytest.mark.parametrize("lines", [60, 70, 80, 92, 100])
def test_the_page_with_the_title_is_never_nearly_empty(lines: int) -> None:
    printed, pages = pages_of({"goals": [{"goal": "目", "completion": "成" * 33 * lines}]})
    assert pages[0].height + title_height(printed) > 0.5 * printed.geometry.content_height
