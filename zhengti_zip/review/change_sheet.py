"""The sheet 审阅改动, first in the new workbook: every change with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterable

from zhengti_zip.base.excerpts import shortened
from zhengti_zip.review.document import Remark
from zhengti_zip.review.workbook_changes import MergeResult
from zhengti_zip.submission.values import MAX_TEXT
from zhengti_zip.workbook.edit.list_sheet import Column, ListRow, ListSheet
from zhengti_zip.workbook.edit.ooxml import Element
from zhengti_zip.workbook.edit.ooxml_styles import Styles

CHANGE_SHEET = "审阅改动"
COLOUR = "B7E1A1"
"""Fill colour of a changed cell, used for nothing else: the next review removes it again."""

MARK_NAME = "zt_review"
"""The defined name that finds the sheet again even when a user renamed it."""

NOTHING = "（空白）"
COLUMNS = (
    Column("序号", 6, is_centred=True),
    Column("工作表", 14, is_centred=True),
    Column("单元格", 10, is_centred=True),
    Column("项目", 30),
    Column("原来", 44),
    Column("改为", 44),
    Column("审阅人", 14, is_centred=True),
    Column("时间", 18, is_centred=True),
    Column("批注", 44),
)
CELL_COLUMN = 2


def change_sheet(merged: MergeResult, styles: Styles) -> Element:
    """The sheet as XML: the changes, then the other comments."""
    lines = []
    for number, change in enumerate(merged.changes, start=1):
        place = change.place
        words = (
            str(number),
            place.sheet or "" if place else "",
            place.cell if place else "",
            change.label,
            change.before or NOTHING,
            change.after or NOTHING,
            change.author,
            shown_time(change.date),
            remarks_text(change.comments),
        )
        lines.append(ListRow(_fitting(words), place, {}))
    for remark in merged.remarks:
        place = remark.place
        where = (place.sheet or "", place.cell) if place else ("", "")
        said = remark.remark
        words = ("", *where, remark.label, "", "（只有批注）", said.author, shown_time(said.date), said.text)
        lines.append(ListRow(_fitting(words), place, {}))
    return ListSheet(CHANGE_SHEET, summary(merged), COLUMNS, lines, CELL_COLUMN).element(styles)


def summary(merged: MergeResult) -> str:
    """The line above the list: how many changes and comments there are."""
    count, remarks = len(merged.changes), len(merged.remarks)
    said = f"另有 {remarks} 条批注。" if remarks else ""
    if not count:
        return f"审阅稿没有改动填写的内容。{said}"
    return f"按审阅稿改了 {count} 处，改过的单元格为绿色。{said}点“单元格”可跳到该处。"


def shown_time(date: str) -> str:
    """A date of a Word file as shown to the user: ``2022-05-01T09:30:00Z`` → ``2022-05-01 09:30``."""
    return date.replace("T", " ").removesuffix("Z")[:16]


def remarks_text(remarks: Iterable[Remark]) -> str:
    """Comments with their authors, one on each line."""
    return "\n".join(
        f"{remark.author}：{remark.text}" if remark.author else remark.text for remark in remarks
    )


def _fitting(words: Iterable[str]) -> tuple[str, ...]:
    """Texts cut to the length a cell can hold."""
    return tuple(shortened(word, MAX_TEXT) for word in words)
