"""The sheet 审阅改动, first in the new workbook: all that a review found, with links to the cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from zhengti_zip.base.excerpts import shortened
from zhengti_zip.review.document import Remark
from zhengti_zip.review.unread_problems import told
from zhengti_zip.review.workbook_changes import MADE, MergeResult, WorkbookChange
from zhengti_zip.submission.problems import Place
from zhengti_zip.submission.values import MAX_TEXT
from zhengti_zip.workbook.edit.list_sheet import Column, ListRow, ListSheet
from zhengti_zip.workbook.edit.ooxml import Element
from zhengti_zip.workbook.edit.ooxml_styles import Styles

CHANGE_SHEET = "审阅改动"
COLOUR = "B7E1A1"
"""Fill colour of a changed cell, used for nothing else: the next review removes it again."""

MARK_NAME = "zt_review"
"""The defined name that finds the sheet again even when a user renamed it."""

NOT_READ = ("lost_value",)
"""Problems of inputs that were not read at all."""

NOTHING = "（空白）"
MADE_WORDS, REFUSED_WORDS, UNREAD_WORDS, REMARK_WORDS = "已采用", "未采用", "未读取", "批注"
FATES = {MADE_WORDS: "E2F0D9", REFUSED_WORDS: "FCE4D6", UNREAD_WORDS: "FFF2CC", REMARK_WORDS: "EDEDED"}
"""What became of an entry, and the colour of the word."""

COLUMNS = (
    Column("序号", 6, is_centred=True),
    Column("处理", 8, is_centred=True),
    Column("工作表", 11, is_centred=True),
    Column("单元格", 9, is_centred=True),
    Column("项目", 20),
    Column("原来", 28),
    Column("改为", 28),
    Column("原因", 22),
    Column("审阅人", 12, is_centred=True),
    Column("时间", 12, is_centred=True),
    Column("批注", 22),
)
FATE_COLUMN, CELL_COLUMN = 1, 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list.

    Attributes:
        fate: what became of it: one of FATES.
        label: what it is about.
        before, after: what stood there, and what stands there in the Word file.
        reason: why it was not taken over, or what has to be known.
        author, date: as the file has them.
        comments: the comments on it.
        place: the cell it leads to; None without one.
    """

    fate: str
    label: str
    before: str = ""
    after: str = ""
    reason: str = ""
    author: str = ""
    date: str = ""
    comments: tuple[Remark, ...] = ()
    place: Place | None = None


def entries(merged: MergeResult) -> list[Entry]:
    """Everything a review found: what was adopted, refused and not read, then the other comments."""
    found = [_entry(change, MADE_WORDS, change.note) for change in merged.changes]
    for item in merged.refused:
        fate = MADE_WORDS if item.code == MADE else REFUSED_WORDS
        found.append(_entry(item.change, fate, item.reason))
    found += [
        Entry(UNREAD_WORDS, item.place, "", item.text, told(item), item.author, item.date)
        for item in merged.unread
    ]
    found += [
        Entry(UNREAD_WORDS, problem.field or "填写项以外", after=problem.value, reason=problem.message)
        for problem in merged.problems
        if problem.code in NOT_READ
    ]
    for remark in merged.remarks:
        said = remark.remark
        found.append(
            Entry(
                REMARK_WORDS,
                remark.label,
                author=said.author,
                date=said.date,
                comments=(replace(said, author=""),),
                place=remark.place,
            )
        )
    return found


def change_sheet(merged: MergeResult, styles: Styles) -> Element:
    """The sheet as XML."""
    lines, found = [], entries(merged)
    for number, entry in enumerate(found, start=1):
        place = entry.place
        is_change = entry.fate in (MADE_WORDS, REFUSED_WORDS)
        words = (
            str(number),
            entry.fate,
            place.sheet or "" if place else "",
            place.cell if place else "",
            entry.label,
            entry.before or (NOTHING if is_change else ""),
            entry.after or (NOTHING if is_change else ""),
            entry.reason,
            entry.author,
            shown_time(entry.date),
            remarks_text(entry.comments),
        )
        lines.append(ListRow(_fitting(words), place, {FATE_COLUMN: FATES[entry.fate]}))
    return ListSheet(CHANGE_SHEET, _summary(merged, found), COLUMNS, lines, CELL_COLUMN).element(styles)


def _summary(merged: MergeResult, found: Iterable[Entry]) -> str:
    """The line above the list: how many entries of each kind there are."""
    fates = Counter(entry.fate for entry in found)
    made = len(merged.changes)
    others = [
        f"{fates[fate]} {counter}{word}"
        for fate, counter, word in (
            (REFUSED_WORDS, "处", "未采用"),
            (UNREAD_WORDS, "处", "未读取"),
            (REMARK_WORDS, "条", "批注"),
        )
        if fates[fate]
    ]
    said = f"另有 {'、'.join(others)}。" if others else ""
    if not made:
        is_same = (
            "没有采用改动，填写的内容与原来的工作簿一样。" if merged.refused else "审阅稿没有改动填写的内容。"
        )
        return is_same + said
    return f"按审阅稿改了 {made} 处，改过的单元格为绿色。{said}点“单元格”可跳到该处。"


def _entry(change: WorkbookChange, fate: str, reason: str) -> Entry:
    return Entry(
        fate,
        change.label,
        change.before,
        change.after,
        reason,
        change.author,
        change.date,
        change.comments,
        change.place,
    )


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
