"""What stands visibly in a reviewed Word file and is not read into the data, told one by one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zhengti_zip.review.reviewed_text import Revision


class UnreadKind(StrEnum):
    """What is not read, as the user calls it."""

    TEXT_BOX = "文本框"
    PICTURE = "图片"
    SHAPE = "图形"
    CHART = "图表"
    DIAGRAM = "SmartArt 图形"
    WORD_ART = "艺术字"
    INK = "墨迹"
    OBJECT = "嵌入的对象"
    FOOTNOTE = "脚注"
    ENDNOTE = "尾注"
    HEADER = "页眉"
    FOOTER = "页脚"
    FIELD = "域"
    SYMBOL = "符号"
    PHONETIC = "拼音"
    STRUCK = "删除线"
    HIDDEN = "隐藏文字"
    LOOSE = "填写项以外的文字"
    EQUATION = "公式"
    """Read as one line of text, which may mean something else."""

    FRAMED = "带框的字符"
    """Read without its frame."""

    RAISED = "上标"
    LOWERED = "下标"
    """Read as ordinary text where no character is raised or lowered like that."""

    MARKED = "突出显示"
    """Read as text; only what the colour is to say is not read."""


READ_AS_TEXT = frozenset(
    (UnreadKind.EQUATION, UnreadKind.FRAMED, UnreadKind.RAISED, UnreadKind.LOWERED, UnreadKind.MARKED)
)
"""Kinds whose words are read."""


@dataclass(slots=True)
class UnreadMark:
    """What the reader of a file came across, before it is known beside which input it stands.

    Attributes:
        kind: what it is.
        text: the words in it.
        anchor: the id that runs have among their comments where it stands; "" outside of the text.
        by: the tracked change that put it there.
        place: where it stands, in words, when it is outside of the text.
    """

    kind: UnreadKind
    text: str
    anchor: str = ""
    by: Revision | None = None
    place: str = ""

    @property
    def is_told_inside(self) -> bool:
        """Whether it is told also within what is not read itself, such as a comment: its text is told there."""
        return self.kind not in READ_AS_TEXT


@dataclass(frozen=True, slots=True)
class UnreadContent:
    """A content of a reviewed file that goes into no input.

    Attributes:
        kind: what it is, as the user calls it, e.g. 文本框.
        place: where it stands, in words: the page and the label or input beside it.
        text: the words in it; "" where it has none, such as a picture without a description.
        author, date: of the tracked change that put it there, the date as the file has it; "" without one.
    """

    kind: UnreadKind
    place: str
    text: str
    author: str = ""
    date: str = ""

    def as_json(self) -> dict[str, str]:
        """The stable shape of ``review --json`` (docs/json-output.md)."""
        return {
            "kind": str(self.kind),
            "place": self.place,
            "text": self.text,
            "author": self.author,
            "date": self.date,
        }
