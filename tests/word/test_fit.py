"""Characters of full cells are set closer in the Word file, so that no program needs one more line."""

from __future__ import annotations

import pytest

from tests.forms_support import EVERY_FORM, Example
from tests.support import table
from zhengti_zip.grid.pages import Page, PageCell
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import Origin
from zhengti_zip.word.fit import Fit
from zhengti_zip.word.styles import TIGHTER

PATH = "scores.spending_rate.reason"
LINE = 15
"""Characters a line of that column holds."""


def found(text: str, path: str = PATH) -> tuple[PageCell, Page, Fit]:
    made = table({PATH: text})
    fit = Fit(made)
    for page in paginate(made):
        for cell in page.cells:
            if cell.source.path == path:
                return cell, page, fit
    raise AssertionError(path)


def tightness(text: str, path: str = PATH) -> int:
    cell, page, fit = found(text, path)
    return fit.tightness(cell, page)


def test_a_text_of_chinese_only_is_not_tightened() -> None:
    assert tightness("全" * LINE * 6) == 0


def test_a_text_with_room_in_its_last_line_is_not_tightened() -> None:
    assert tightness("全年投入12.5万元。" + "全" * (LINE * 6 - 14)) == 0


def test_full_lines_with_numbers_are_set_tighter() -> None:
    cell, _, _ = found("投入12万元，" * 24)
    full = sum(len(line.text) for line in cell.lines[:-1]) // (len(cell.lines) - 1)
    assert full >= LINE
    text = "投入12万元，" * 24
    steps = [tightness(text[:end]) for end in range(LINE * 6, len(text))]
    assert set(steps) > {0}
    assert max(steps) < len(TIGHTER)


def test_more_numbers_need_closer_characters() -> None:
    few = max(tightness("全" * n + "3" + "全" * (LINE * 8 - n)) for n in (20, 40, 60))
    many = max(tightness("第3项" * n) for n in range(30, 50))
    assert few < many


def test_a_cell_beside_a_higher_one_has_room_for_one_more_line() -> None:
    text = "投入12万元，" * 24
    made = table({PATH: text, "scores.spending_rate.improvement": "改" * LINE * 20})
    fit = Fit(made)
    (place,) = [(c, p) for p in paginate(made) for c in p.cells if c.source.path == PATH]
    assert fit.tightness(*place) == 0


@EVERY_FORM
def test_labels_and_computed_values_are_never_tightened(example: Example) -> None:
    fit = Fit(example.table)
    for page in paginate(example.table):
        for cell in page.cells:
            if cell.source.origin is not Origin.ENTERED:
                assert fit.tightness(cell, page) == 0


@pytest.mark.parametrize("text", ["", "-", "9"])
def test_short_texts_are_not_tightened(text: str) -> None:
    assert tightness(text) == 0
