"""Forms whose rows are the department's own, divided into pages: nothing is lost and nothing is below the foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.grid.own_rows import PROJECT, PROVINCE, own_form, own_table, row
from tests.support import time_limit
from zhengti_zip.form.geometry import BORDER_PT
from zhengti_zip.grid.heights import title_height
from zhengti_zip.grid.pages import Page
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import FormTable, Origin

KINDS = {name: tuple(own_form(name).leaf_groups) for name in (PROJECT, PROVINCE)}
LENGTHS = st.sampled_from([0, 1, 20, 100, 400, 1500, 4000])


def assert_sound(printed: FormTable, pages: Sequence[Page]) -> None:
    """Every page is covered once, fits the paper, and holds its labels whole; every text is printed once."""
    geometry = printed.geometry
    texts: dict[tuple[int, int], str] = {}
    for page in pages:
        title = title_height(printed) if page.has_title else 0
        assert page.height + title <= geometry.content_height + 1e-6
        spots = []
        for cell in page.cells:
            source = cell.source
            columns = range(source.column, source.column + source.column_span)
            spots += [(r, c) for r in range(cell.row, cell.row + cell.row_span) for c in columns]
            height = sum(part.height for part in page.rows[cell.row : cell.row + cell.row_span])
            need = len(cell.lines) * geometry.body * source.scale * geometry.line_height
            assert not cell.lines or need + 2 * geometry.padding_y + BORDER_PT <= height + 1e-6, source.text
            here = "".join(line.text for line in cell.lines)
            if source.origin is Origin.ENTERED:
                key = (source.row, source.column)
                texts[key] = texts.get(key, "") + here
            else:
                assert here == source.text.replace("\n", "")
        assert len(set(spots)) == len(spots) == len(page.rows) * (len(printed.edges) - 1)
    for whole in printed.cells:
        if whole.origin is Origin.ENTERED:
            assert texts[whole.row, whole.column] == whole.text.replace("\n", "")


def rows(name: str, sizes: Sequence[tuple[int, int, int]]) -> list[dict[str, str]]:
    """Rows of some groups with names and reasons of some lengths."""
    kinds = KINDS[name]
    return [row(kinds[k % len(kinds)], "指" * (n + 1), "1", reason="由" * r) for k, n, r in sizes]


@pytest.mark.slow
@settings(max_examples=60)
@example(PROJECT, [], [], 0)
@example(PROVINCE, [(0, 0, 4000), (1, 0, 0)], [(4000, 4000)], 4000)
@given(
    st.sampled_from([PROJECT, PROVINCE]),
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from([0, 10, 60]), LENGTHS), max_size=60),
    st.lists(st.tuples(LENGTHS, LENGTHS), max_size=8),
    LENGTHS,
)
def test_any_submission_has_sound_pages(
    name: str, sizes: list[tuple[int, int, int]], goals: list[tuple[int, int]], reason: int
) -> None:
    changes: dict[str, Any] = {
        "indicators": rows(name, sizes),
        "goals": [{"goal": "目" * g, "completion": "成" * c} for g, c in goals],
        "scores": {"execution_rate": {"reason": "因" * reason}},
    }
    printed = own_table(name, **changes)
    with time_limit(20):
        pages = paginate(printed)
    assert_sound(printed, pages)
