"""Row heights: a merged label takes no more room than its rows have together."""

from __future__ import annotations

import pytest

from zhengti_zip.form.geometry import BORDER_PT, Geometry
from zhengti_zip.grid.heights import TITLE_GAP_LINES, MeasuredTable
from zhengti_zip.grid.pages import Page
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import Break, Cell, FormTable, Origin, Paragraph, Row

BODY = 10.0
LINE = 13.0
PADDING = 2.0
ONE_LINE = LINE + 2 * PADDING + BORDER_PT
TITLE_GAP = TITLE_GAP_LINES * 12.0 * LINE / BODY


def listed(label: str, rows: int, page_height: float = 842.0) -> FormTable:
    """Column heads and one-line rows, with a narrow label at the left over all of them."""
    cells = [Cell(0, 0, rows + 1, 1, (Paragraph(label),)), Cell(0, 1, 1, 1, (Paragraph("名称"),))]
    cells += [Cell(row, 1, 1, 1, (Paragraph("甲"),), Origin.ENTERED) for row in range(1, rows + 1)]
    return FormTable(
        form_id="test",
        year=2031,
        department="",
        title=(),
        edges=(0.0, 15.0, 200.0),
        rows=(
            Row(is_head=True),
            Row(break_before=Break.NEVER, head=0),
            *(Row(head=0) for _ in range(rows - 1)),
        ),
        cells=tuple(cells),
        geometry=Geometry(595.0, page_height, (0.0,) * 4, BODY, 12.0, LINE / BODY, 1.0, PADDING),
    )


def heights(page: Page) -> list[float]:
    return [round(row.height, 6) for row in page.rows]


def label_lines(page: Page) -> str:
    (label,) = [cell for cell in page.cells if cell.source.column == 0]
    assert (label.row, label.row_span) == (0, len(page.rows))
    return "".join(line.text for line in label.lines)


def test_rows_do_not_grow_to_the_height_of_a_label_beside_all_of_them() -> None:
    (page,) = paginate(listed("年度绩效指标完成情况", 10))
    assert heights(page) == [ONE_LINE] * 11


def test_rows_grow_by_what_the_label_needs_beyond_them() -> None:
    (page,) = paginate(listed("年度绩效指标完成情况", 2))
    need = 10 * LINE + 2 * PADDING + BORDER_PT
    assert heights(page)[0] == ONE_LINE
    assert sum(heights(page)) == pytest.approx(need)


def test_a_label_that_is_repeated_has_its_room_on_every_page() -> None:
    table = listed("年度绩效指标", 12, page_height=8 * ONE_LINE + BORDER_PT + TITLE_GAP)
    pages = paginate(table)
    assert [len(page.rows) for page in pages] == [8, 6]
    assert [label_lines(page) for page in pages] == ["年度绩效指标"] * 2
    assert heights(pages[0]) == [ONE_LINE] * 8
    # Six lines need more than the heads and five rows of a line, but less than six rows of a line.
    assert heights(pages[1]) == [ONE_LINE] * 6


def test_the_last_page_grows_where_too_few_rows_are_left_for_the_label() -> None:
    pages = paginate(listed("年度绩效指标", 8, page_height=8 * ONE_LINE + BORDER_PT + TITLE_GAP))
    assert [len(page.rows) for page in pages] == [8, 2]
    assert sum(heights(pages[1])) == pytest.approx(6 * LINE + 2 * PADDING + BORDER_PT)


def test_no_page_is_higher_than_the_paper() -> None:
    for rows in range(1, 60):
        table = listed("年度绩效指标完成情况", rows, page_height=12 * ONE_LINE)
        pages = paginate(table)
        assert all(page.height <= table.geometry.content_height + 1e-6 for page in pages)
        entered = [cell for page in pages for cell in page.cells if cell.source.origin is Origin.ENTERED]
        assert len(entered) == rows


def test_the_heads_of_a_table_are_not_repeated_under_it() -> None:
    table = listed("指标", 3)
    measured = MeasuredTable(table)
    assert list(measured.heads) == [0]
    assert [row.head for row in table.rows] == [None, 0, 0, 0]
