"""The clerk's notes beside the rows of a table, which stay where they are when the rows move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from zhengti_zip.base.coordinates import position
from zhengti_zip.review.target_workbook import TargetWorkbook
from zhengti_zip.review.workbook_changes import MovedCell
from zhengti_zip.submission.problems import Place, Problem, Severity

NAMED = 5
"""Cells of a sheet that a message names."""


def notes_left(workbook: TargetWorkbook, moved: Sequence[MovedCell]) -> Iterator[Problem]:
    """A notice for each sheet with comments, or content beside the inputs, in rows that get other content.

    Args:
        moved: the cells that get the content of another row, or become empty.
    """
    rows: defaultdict[str, set[int]] = defaultdict(set)
    for cell in moved:
        rows[cell.place.sheet or ""].add(position(cell.place.cell)[0])
    notes = workbook.notes() if rows else {}
    for sheet, numbers in rows.items():
        places = {name: position(name) for name in notes.get(sheet, ())}
        left = sorted((place, name) for name, place in places.items() if place[0] in numbers)
        if left:
            names = "、".join(name for _, name in left[:NAMED])
            names += f"等 {len(left)} 处" if len(left) > NAMED else ""
            yield Problem(
                Severity.NOTICE,
                "notes_left",
                f"“{sheet}”的行移动了位置，填写位置旁边的内容和单元格批注没有跟着移动：{names}",
                "请核对这些内容说的是哪一行，必要时移到那一行",
                place=Place(sheet, left[0][1]),
            )
