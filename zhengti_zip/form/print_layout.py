"""How a form is printed, as data: page, type sizes, blocks and the lines outside of them."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from zhengti_zip.form.base import Label, Part
from zhengti_zip.form.print_blocks import AnyBlock, IndicatorBlock, MoneyBlock
from zhengti_zip.form.print_columns import IndicatorColumn, ValueRef


class PageSetup(Part):
    """Paper and margins.

    Attributes:
        size: paper size.
        orientation: portrait or landscape.
        margin_mm: top, right, bottom, left.
    """

    size: Literal["A4", "A3"] = "A4"
    orientation: Literal["portrait", "landscape"] = "portrait"
    margin_mm: tuple[
        Annotated[float, Field(ge=5, le=60)],
        Annotated[float, Field(ge=5, le=60)],
        Annotated[float, Field(ge=5, le=60)],
        Annotated[float, Field(ge=5, le=60)],
    ] = (15, 15, 15, 15)


class Type(Part):
    """Sizes of the type.

    Attributes:
        body_pt: size of the table text, in pt.
        title_pt: size of the title, in pt.
        line_height: distance of two lines as a multiple of the size.
        padding_chars: space at the left and right of a cell, in characters of the body size.
        padding_lines: space at the top and bottom of a cell, in lines.
    """

    body_pt: Annotated[float, Field(ge=5, le=16)]
    title_pt: Annotated[float, Field(ge=7, le=30)]
    line_height: Annotated[float, Field(ge=1, le=3)] = 1.3
    padding_chars: Annotated[float, Field(ge=0, le=2)] = 0.25
    padding_lines: Annotated[float, Field(ge=0, le=2)] = 0.2


class LineItem(Part):
    """A text on an unruled line, with or without a value.

    Attributes:
        text: fixed text, e.g. ``填表人：``.
        value: reference to the value printed behind it.
    """

    text: str = ""
    value: ValueRef | None = None


class LineAlign(StrEnum):
    """Where an unruled line stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class UnruledLine(Part):
    """A line above the title, without a border.

    Attributes:
        items: texts, printed as they are, and values.
        align: where the line stands.
    """

    items: Annotated[tuple[Label | LineItem, ...], Field(min_length=1)]
    align: LineAlign = LineAlign.RIGHT


class Cover(Part):
    """A page before the form: what it is, whose it is, and who signs it.

    Attributes:
        above: lines at the top, e.g. 附件.
        title: title lines, as those of the form, e.g. ``"{year}年度"``; empty for the form's own.
        items: one below the other, each with a ruled line: texts with values, and labels to sign behind.
        foot: lines at the foot, e.g. who made the form.
        title_pt, body_pt: sizes of the type, in pt.
    """

    above: tuple[UnruledLine, ...] = ()
    title: tuple[str, ...] = ()
    items: Annotated[tuple[Label | LineItem, ...], Field(min_length=1)]
    foot: tuple[UnruledLine, ...] = ()
    title_pt: Annotated[float, Field(ge=12, le=48)] = 26
    body_pt: Annotated[float, Field(ge=9, le=24)] = 16


class Layout(Part):
    """Everything printed.

    Attributes:
        columns: columns of the indicator tables that have none of their own, left to right.
        blocks: grids and tables, top to bottom; all of them are as wide as the widest.
        cover: the page before the form; None for none.
        above: lines above the title.
        signature: a line under the table: labels to sign behind, e.g. 填报人, and texts with values.
        page_numbers: whether pages are numbered 第 1 页 共 2 页.
    """

    page: PageSetup = PageSetup()
    type: Type
    columns: tuple[IndicatorColumn, ...] = ()
    blocks: Annotated[tuple[AnyBlock, ...], Field(min_length=1)]
    cover: Cover | None = None
    above: tuple[UnruledLine, ...] = ()
    signature: tuple[Label | LineItem, ...] = ()
    page_numbers: bool = False

    def columns_of(self, block: IndicatorBlock) -> tuple[IndicatorColumn, ...]:
        """The columns of an indicator table: its own, or those of the layout."""
        return block.columns or self.columns

    def tables_for(self, level_ids: Collection[str], row_id: str | None = None) -> list[IndicatorBlock]:
        """The indicator tables that print a row; one of them, in a form without mistakes.

        Args:
            level_ids: ids of the levels the row stands under.
            row_id: id of a fixed row; None for an entered one.
        """
        tables = [block for block in self.blocks if isinstance(block, IndicatorBlock)]
        named = [block for block in tables if not set(level_ids).isdisjoint(block.of)]
        in_money = row_id is not None and any(
            block.row == row_id for block in self.blocks if isinstance(block, MoneyBlock)
        )
        return named or ([] if in_money else [block for block in tables if block.takes_the_rest])


def paper_mm(page: PageSetup) -> tuple[Decimal, Decimal]:
    """Width and height of the paper in mm, orientation applied."""
    short, long = {"A4": (210, 297), "A3": (297, 420)}[page.size]
    width, height = (short, long) if page.orientation == "portrait" else (long, short)
    return Decimal(width), Decimal(height)
