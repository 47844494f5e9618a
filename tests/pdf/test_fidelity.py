"""Line for line: the cells of the sample break where the published form's did."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from zhengti_zip import read
from zhengti_zip.base.line_breaking import NO_START
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.printed_lines import lines_of
from zhengti_zip.grid.table import Cell, FormTable

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = (ROOT / "tests" / "data" / "haizhu-2022-form.txt").read_text(encoding="utf-8")
TYPED_BREAK = "反映部门政府采购内部控制管理制度建设情况。"
"""The one cell in which the published form has a line break somebody typed."""


@dataclass(frozen=True)
class Breaks:
    """Where a cell's text breaks, as numbers of characters before each break."""

    text: str
    ours: tuple[int, ...]
    published: tuple[int, ...]

    @property
    def moved(self) -> set[int]:
        """Breaks of the published form that are not ours."""
        return set(self.published) - set(self.ours)


def offsets(lines: list[str]) -> tuple[int, ...]:
    ends: list[int] = []
    for line in lines[:-1]:
        ends.append((ends[-1] if ends else 0) + len(line))
    return tuple(ends)


def published_breaks(text: str, start: int) -> tuple[tuple[int, ...], int]:
    """The breaks of ``text`` in the published form after position ``start``, and where it ends there."""
    match = re.compile(r"\s*".join(map(re.escape, text))).search(PUBLISHED, start)
    assert match, f"{text} 不在公开的表中"
    return offsets([line for line in match.group().replace(" ", "").split("\n") if line]), match.end()


def column_cells(table: FormTable, number: int) -> list[Cell]:
    heads = [cell for cell in table.cells if table.rows[cell.row].is_head]
    column = heads[number].column
    first = heads[0].row
    return [
        cell
        for cell in table.cells
        if cell.column == column and cell.row > first and cell.text not in ("", "-")
    ]


@pytest.fixture(scope="module")
def compared() -> list[Breaks]:
    source = read(ROOT / "samples" / "haizhu-2022.json")
    table = examine(source).table
    found = []
    for number in (4, 6, 9):  # 三级指标, 指标解释, 改进措施
        position = PUBLISHED.index("一级指标")
        for cell in column_cells(table, number)[: 26 if number != 4 else None]:
            if cell.text == table_total(table):
                continue
            published, position = published_breaks(cell.text, position)
            lines = lines_of(cell.text, table.text_width(cell), table.geometry.body * cell.scale, cell.bold)
            found.append(Breaks(cell.text, offsets(list(lines)), published))
    return found


def table_total(table: FormTable) -> str:
    return next(cell.text for cell in table.cells if cell.path == "total.score")


def test_breaks_are_the_published_ones_but_for_the_rules_of_line_breaking(
    compared: list[Breaks], capsys: pytest.CaptureFixture[str]
) -> None:
    same = sum(1 for cell in compared if cell.ours == cell.published)
    breaks = sum(len(cell.published) for cell in compared)
    kept = sum(len(set(cell.published) & set(cell.ours)) for cell in compared)
    with capsys.disabled():
        print(f"\n断行：{same}/{len(compared)} 个单元格、{kept}/{breaks} 处断行与公开的表相同")
    assert len(compared) == 25 + 25 + 1
    for cell in compared:
        if cell.text != TYPED_BREAK:
            assert all(cell.text[offset] in NO_START for offset in cell.moved), cell
    assert kept >= breaks * 0.9


def test_no_line_starts_with_a_mark_that_must_not(compared: list[Breaks]) -> None:
    assert all(cell.text[offset] not in NO_START for cell in compared for offset in cell.ours)
