"""评分底稿: the working of every score as tables, fit to be filed with the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhengti_zip.scoring.explanation import (
    LOSS_HEADS,
    WORKSHEET_HEADS,
    Explanation,
    loss_row,
    summary,
    worksheet_row,
)

DERIVED_HEADS = ("名称", "怎样得出", "数值")
LOSS_NOTE = (
    "每一行按“只改变这一项、其余不变”重新评分得出，有自评分的须同时改正自评分；各行的分数不能简单相加。"
)


@dataclass(frozen=True, slots=True)
class WorkingTable:
    """One table of the worksheet.

    Attributes:
        widths: column widths in % of the page.
        centred: whether a column is centred.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    centred: Sequence[bool]
    note: str = ""


def sections(explanation: Explanation) -> list[WorkingTable]:
    """The tables of the worksheet: the working, the points lost, and the values worked out from what was entered."""
    found = [
        WorkingTable(
            "一、评分过程",
            WORKSHEET_HEADS,
            [worksheet_row(row) for row in explanation.rows],
            (3, 9, 4, 17, 15, 17, 5, 5, 5, 6, 9, 5),
            (True, False, True, False, False, False, True, True, True, True, False, False),
            explanation.method,
        )
    ]
    if losses := explanation.losses:
        rows = [loss_row(row) for row in losses]
        widths, centred = (22, 6, 6, 6, 60), (False, True, True, True, False)
        found.append(
            WorkingTable("二、失分分析（失分多的在前）", LOSS_HEADS, rows, widths, centred, LOSS_NOTE)
        )
    if explanation.derived:
        number = "三" if losses else "二"
        found.append(
            WorkingTable(
                f"{number}、比率和合计",
                DERIVED_HEADS,
                explanation.derived,
                (25, 55, 20),
                (False, False, True),
            )
        )
    return found


def subtitle(explanation: Explanation) -> str:
    """Whose worksheet it is, with total and grade."""
    return f"{explanation.department}　{explanation.year} 年度　{summary(explanation)}"
