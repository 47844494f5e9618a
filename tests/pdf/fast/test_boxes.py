"""Nothing overlaps or leaves its cell, on the pages as the engine laid them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms_support import ROOT
from tests.grid.stress import CASES, changed, goal, words
from zhengti_zip import load_form, read
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.lay_out import lay_out
from zhengti_zip.grid.pages import Page
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import FormTable
from zhengti_zip.pdf import engine
from zhengti_zip.pdf.html import page_html
from zhengti_zip.scoring.evaluation import evaluate
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.model import Goal, Submission

SLACK = 0.06
"""pt; Pango rounds positions to 1/1024 pt, a line of 40 characters adds that up."""


@dataclass(frozen=True)
class Laid:
    """A text box and the cell it belongs to, sides in pt: left, top, right, bottom."""

    text: str
    box: tuple[float, float, float, float]
    cell: tuple[float, float, float, float]

    @property
    def stays_inside(self) -> bool:
        left, top, right, bottom = self.box
        return (
            left >= self.cell[0] - SLACK
            and top >= self.cell[1] - SLACK
            and right <= self.cell[2] + SLACK
            and bottom <= self.cell[3] + SLACK
        )


def laid_out(table: FormTable, pages: Sequence[Page]) -> list[list[Laid]]:
    """Per page, every line of text with its cell."""
    return [list(_lines(box)) for box in page_boxes(table, pages)]


def page_boxes(table: FormTable, pages: Sequence[Page]) -> list[Any]:
    """The box of every page with all boxes inside; WeasyPrint documents no way to them."""
    import weasyprint

    document = weasyprint.HTML(string=page_html(table, pages)).render(
        font_config=engine._font_configuration()
    )
    return [page._page_box for page in document.pages]


def _lines(page: Any) -> Iterator[Laid]:
    from weasyprint.formatting_structure.boxes import LineBox, TableCellBox

    for cell in page.descendants():
        if isinstance(cell, TableCellBox):
            around = _sides(cell.position_x, cell.position_y, cell.border_width(), cell.border_height())
            for line in cell.descendants():
                if isinstance(line, LineBox):
                    text = "".join(str(getattr(box, "text", "")) for box in line.descendants())
                    yield Laid(
                        text, _sides(line.position_x, line.position_y, line.width, line.height), around
                    )


def _sides(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    return (x * 0.75, y * 0.75, (x + width) * 0.75, (y + height) * 0.75)


def assert_sound(table: FormTable) -> None:
    pages = paginate(table)
    laid = laid_out(table, pages)
    assert len(laid) == len(pages)
    bottom = table.geometry.page_height - table.geometry.margins[2]
    for page, lines in zip(pages, laid, strict=True):
        assert [line for line in lines if not line.stays_inside] == []
        assert all(line.cell[3] <= bottom + SLACK for line in lines)
        expected = sorted(line.text for cell in page.cells for line in cell.lines if line.text)
        assert sorted(line.text for line in lines if line.text) == expected


def symbols() -> FormTable:
    """A form of which many cells mix faces."""
    goals = (Goal(goal="☑一☐二✔三" * 40, completion="ABC 普通 xyz, 3.14 “引号”……——" * 30),)
    form, entered = load_form(), Submission(form="haizhu-2022", goals=goals)
    return lay_out(form, entered, evaluate(form, entered))


def sample(name: str) -> FormTable:
    source = read(ROOT / "samples" / f"{name}.json")
    return examine(source).table


@pytest.mark.parametrize("case", ["haizhu-2022", "demo-2022", "符号"])
def test_computed_row_heights_are_the_engines(case: str) -> None:
    from weasyprint.formatting_structure.boxes import TableRowBox

    table = symbols() if case == "符号" else sample(case)
    pages = paginate(table)
    for page, box in zip(pages, page_boxes(table, pages), strict=True):
        rows = [row.height * 0.75 for row in box.descendants() if isinstance(row, TableRowBox)]
        assert [round(height, 1) for height in rows] == [round(row.height, 1) for row in page.rows]


@pytest.mark.parametrize("case", CASES)
def test_every_line_stands_once_and_inside_its_cell(case: str) -> None:
    assert_sound(CASES[case]())


def test_large_amounts_long_names_and_words_fit() -> None:
    source = from_data(
        {
            "form": "haizhu-2022",
            "fields": {"department": "某" * 60, "year": 2022, "scope": "汇总", "unit_count": 120},
            "budget": dict.fromkeys(("total", "basic", "project", "special", "district"), "123456789.89"),
            "goals": [{"goal": "W" * 300, "completion": "https://example.org/" + "a1-" * 200}],
            "scores": {
                "spending_rate": {"score": "0.25", "reason": "1234567890" * 9, "improvement": "Ωπ≤" * 50}
            },
        },
        load_form(),
    )
    table = examine(source).table
    assert any(cell.text == "123,456,789.89" for cell in table.cells)
    assert_sound(table)


@pytest.mark.slow
@settings(max_examples=12)
@given(
    goals=st.lists(st.sampled_from([1, 60, 700, 2500]), min_size=1, max_size=4),
    reasons=st.dictionaries(
        st.sampled_from(["spending_rate", "contract_signing", "intent_timeliness", "three_public_control"]),
        st.sampled_from([5, 300, 1500]),
        max_size=3,
    ),
)
def test_labels_of_every_row_can_be_read_on_its_page(goals: list[int], reasons: dict[str, int]) -> None:
    table = changed([goal(count) for count in goals], reasons)
    assert_sound(table)
    pages = paginate(table)
    names = {"履职效能", "管理效率"}
    groups = {cell.text for cell in table.cells if cell.row_span > 1 and len(cell.text) == 4} - names
    for page, lines in zip(pages, laid_out(table, pages), strict=True):
        shown = {line.text for line in lines}
        for label in names | groups:
            rows = [c for c in page.cells if c.source.text == label]
            assert bool(rows) == (label in shown)
        indicator_rows = [cell for cell in page.cells if cell.source.path.endswith(".score")]
        assert not indicator_rows or shown & names


def test_words_are_as_long_as_asked() -> None:
    assert [len(words(count)) for count in (0, 1, 51, 3000)] == [0, 1, 51, 3000]
