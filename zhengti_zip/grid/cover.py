"""Where the lines of the cover stand, computed before any engine runs, so that PDF and Word file agree."""

from __future__ import annotations

from dataclasses import dataclass

from zhengti_zip.grid.metrics import metrics_for
from zhengti_zip.grid.printed_lines import lines_of
from zhengti_zip.grid.table import Cover, FormTable, LineText

LINE_HEIGHT = 1.3
"""Distance of two lines of one text, as a multiple of the size."""

ITEM_GAP = 0.9
"""Space above an item, as a multiple of its size: room for a signature and a seal."""

ITEMS_CHARS, ITEMS_SHARE = 30.0, 0.85
"""Width of the items, in characters, and the share of the page's width that they take at most."""

LABEL_SHARE = 0.6
"""What the labels take at most of the width of the items."""

LABEL_GAP = 0.3
"""Space between a label and its value, as a multiple of the size."""

ABOVE_TITLE, ABOVE_ITEMS, ABOVE_FOOT = 0.3, 0.35, 0.3
"""How the height that is left is shared out; the rest stays empty below the foot."""


SMALLER, LEAST_PT = 0.9, 9.0
"""A cover that does not fit on the page is set smaller in these steps; below this size in pt nobody can read it."""

BrokenLine = tuple[LineText, tuple[str, ...]]
"""A line and the printed lines it is broken into."""


@dataclass(frozen=True, slots=True)
class CoverItem:
    """An item as printed: the lines of its label and, beside them, of its value."""

    label: tuple[str, ...]
    value: tuple[str, ...]

    @property
    def line_count(self) -> int:
        """Lines it takes."""
        return max(len(self.label), len(self.value))


@dataclass(frozen=True, slots=True)
class CoverPlan:
    """The cover with all line breaks and spaces; sizes in pt.

    Attributes:
        title_pt, body_pt: sizes of the type; smaller than the form has them where much is entered.
        above, title, foot: the lines outside of the items.
        items: the items.
        width, label_width: of an item and of its label.
        room: height that is left on the page.
        line: height of a line at the top, of an item and at the foot.
        item_gap: space above an item.
    """

    title_pt: float
    body_pt: float
    above: tuple[BrokenLine, ...]
    title: tuple[BrokenLine, ...]
    items: tuple[CoverItem, ...]
    foot: tuple[BrokenLine, ...]
    width: float
    label_width: float
    room: float
    line: float
    item_gap: float

    @property
    def is_too_full(self) -> bool:
        """Whether it fits on its page only when it is set too small to read."""
        return self.body_pt < LEAST_PT

    @property
    def title_gap(self) -> float:
        """Space above the title."""
        return ABOVE_TITLE * self.room

    @property
    def items_gap(self) -> float:
        """Space above the items."""
        return ABOVE_ITEMS * self.room

    @property
    def foot_gap(self) -> float:
        """Space above the foot."""
        return ABOVE_FOOT * self.room


def label_and_value(item: LineText) -> tuple[str, str]:
    """The text of an item before its first input, and the rest."""
    start = item.inputs[0].start if item.inputs else len(item.text)
    return item.text[:start], item.text[start:]


def plan_cover(table: FormTable, cover: Cover) -> CoverPlan:
    """Break the lines of a cover and share out the height of the page."""
    title_pt, body_pt = cover.title_pt, cover.body_pt
    plan = _plan(table, cover, title_pt, body_pt)
    while plan.room < 0:
        title_pt, body_pt = title_pt * SMALLER, body_pt * SMALLER
        plan = _plan(table, cover, title_pt, body_pt)
    return plan


def _plan(table: FormTable, cover: Cover, title_pt: float, size: float) -> CoverPlan:
    metrics, geometry = metrics_for(table.fonts), table.geometry
    width = min(ITEMS_CHARS * cover.body_pt, ITEMS_SHARE * geometry.content_width)
    parts = [label_and_value(item) for item in cover.items]
    wanted = max(metrics.width(label, size) for label, _ in parts) + LABEL_GAP * size
    label_width = min(wanted, LABEL_SHARE * width)

    def broken(lines: tuple[LineText, ...], size_pt: float, bold: bool = False) -> tuple[BrokenLine, ...]:
        page = geometry.content_width
        return tuple((line, lines_of(line.text, page, size_pt, bold, metrics)) for line in lines)

    def item(label: str, value: str) -> CoverItem:
        beside = width - label_width
        return CoverItem(
            lines_of(label, label_width, size, metrics=metrics),
            lines_of(value, beside, size, metrics=metrics),
        )

    items = tuple(item(label, value) for label, value in parts)
    above, foot = broken(cover.above, size), broken(cover.foot, size)
    title = broken(cover.title, title_pt, bold=True)
    line, gap = size * LINE_HEIGHT, size * ITEM_GAP
    count = sum(len(lines) for _, lines in (*above, *foot)) + sum(item.line_count for item in items)
    title_height = sum(len(lines) for _, lines in title) * title_pt * LINE_HEIGHT
    room = geometry.content_height - title_height - count * line - len(items) * gap
    return CoverPlan(title_pt, size, above, title, items, foot, width, label_width, room, line, gap)
