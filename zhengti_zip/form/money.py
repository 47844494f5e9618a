"""Amounts a form asks for: the budget block and the table of money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StringConstraints

from zhengti_zip.form.base import WAN_YUAN, Ident, Input, Label, Part, ValueKind


class Sum(Part):
    """A sum that must hold among amounts: Σ left = Σ right.

    Attributes:
        text: the sum in words, shown when it does not hold.
    """

    left: Annotated[tuple[Ident, ...], Field(min_length=1)]
    right: Annotated[tuple[Ident, ...], Field(min_length=1)]
    text: Label


class Subtotal(Part):
    """A sum of budget columns the workbook shows for orientation; never entered."""

    id: Ident
    label: Label
    columns: Annotated[tuple[Ident, ...], Field(min_length=1)]


class Budget(Part):
    """The budget block: amounts in 万元 and the sums between them."""

    columns: Annotated[tuple[Input, ...], Field(min_length=1)]
    sums: tuple[Sum, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()

    def column(self, column_id: str) -> Input:
        """The column with that id; KeyError when there is none."""
        return {column.id: column for column in self.columns}[column_id]


NO_BUDGET = Budget.model_construct(columns=(), sums=(), subtotals=())
"""The budget of a form without budget block."""


class FundsEntry(Part):
    """A line or a column of the table of money."""

    id: Ident
    label: Label


FundsCell = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
"""A cell of the table of money: ``<line>.<column>``."""


class Funds(Part):
    """A table of amounts in 万元: fixed lines × columns.

    Attributes:
        title: what the table is called, e.g. 项目资金; also the title of its sheet.
        lines, columns: its lines and columns, in printed order.
        absent: cells that are not asked for.
        sums: sums among lines; they hold in every column.
        column_sums: sums among columns; they hold in every line.
        help: a hint for the clerk.
    """

    title: Annotated[str, StringConstraints(min_length=1, max_length=31)] = "资金情况"
    lines: Annotated[tuple[FundsEntry, ...], Field(min_length=1)]
    columns: Annotated[tuple[FundsEntry, ...], Field(min_length=1)]
    absent: tuple[FundsCell, ...] = ()
    sums: tuple[Sum, ...] = ()
    column_sums: tuple[Sum, ...] = ()
    help: str = ""

    def cells(self) -> Iterator[tuple[str, str, Input]]:
        """The amounts asked for: line id, column id and the input, line by line."""
        for line in self.lines:
            for column in self.columns:
                if f"{line.id}.{column.id}" not in self.absent:
                    label = f"{line.label} {column.label}"
                    yield (
                        line.id,
                        column.id,
                        Input.model_construct(
                            id=column.id, label=label, kind=ValueKind.AMOUNT, unit=WAN_YUAN
                        ),
                    )


NO_FUNDS = Funds.model_construct(title="", lines=(), columns=())
"""The table of money of a form that has none."""
