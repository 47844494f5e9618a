"""What stands visibly in a reviewed Word file and is not read into the data, told one by one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnreadContent:
    """A content of a reviewed file that goes into no input.

    Attributes:
        kind: what it is, as the user calls it, e.g. 文本框.
        place: where it stands, in words: the page and the label or input beside it.
        text: the words in it; "" where it has none, such as a picture without a description.
        author, date: of the tracked change that put it there, the date as the file has it; "" without one.
    """

    kind: str
    place: str
    text: str
    author: str = ""
    date: str = ""

    def as_json(self) -> dict[str, str]:
        """The stable shape of ``review --json`` (docs/json-output.md)."""
        return {
            "kind": self.kind,
            "place": self.place,
            "text": self.text,
            "author": self.author,
            "date": self.date,
        }
