"""What drawings and embedded objects of a Word file show: pictures, shapes, and boxes with text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhengti_zip.review.alternatives import children_of
from zhengti_zip.review.unread import UnreadKind
from zhengti_zip.review.wordfile import Element, word

_KINDS = {
    "pic": UnreadKind.PICTURE,
    "imagedata": UnreadKind.PICTURE,
    "chart": UnreadKind.CHART,
    "relIds": UnreadKind.DIAGRAM,
    "contentPart": UnreadKind.INK,
}
"""By the name of an element, what it draws."""

_CONTENTS = {
    "picture": UnreadKind.PICTURE,
    "chart": UnreadKind.CHART,
    "diagram": UnreadKind.DIAGRAM,
    "ink": UnreadKind.INK,
}
"""By the end of the URI of a drawing, what is in it, where the drawing does not show it."""

_NAMES = ("descr", "title", "alt")
"""Attributes in which a drawing is described in words."""

WATERMARK, DRAFT = "PowerPlusWaterMarkObject", "草稿"
"""In the name of every watermark, and the word in ours, which is told to nobody."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One thing in a drawing.

    Attributes:
        kind: what it is.
        text: its description, or the words drawn.
        content: the element that holds the paragraphs of a text box.
    """

    kind: UnreadKind
    text: str = ""
    content: Element | None = None


def drawn_in(element: Element) -> list[Drawn]:
    """Everything a drawing, a picture of the older kind, an embedded object or document shows."""
    found = list(_inside(element))
    if element.tag in (word("object"), word("subDoc")):
        boxes = [part for part in found if part.content is not None]
        return [Drawn(UnreadKind.OBJECT, _program(element)), *boxes]
    if _is_watermark(element):
        return [part for part in found if part.text != DRAFT]
    return found or [Drawn(_by_uri(element), description(element))]


def _is_watermark(element: Element) -> bool:
    names = (part.get("id", "") + part.get("name", "") for part in element.iter("{*}shape", "{*}docPr"))
    return any(WATERMARK in name for name in names)


def description(element: Element) -> str:
    """The words that describe a drawing to those who cannot see it; "" without any."""
    for part in element.iter("{*}docPr", "{*}shape", "{*}rect", "{*}oval", "{*}roundrect", "{*}imagedata"):
        for name in _NAMES:
            if words := part.get(name, "").strip():
                return words
    return ""


def _inside(element: Element) -> Iterator[Drawn]:
    """What is in a drawing, also in a group of drawings; of alternatives one."""
    waiting, words = [element], description(element)
    while waiting:
        part = waiting.pop()
        name = str(part.tag).rpartition("}")[2]
        if name == "txbxContent":
            yield Drawn(UnreadKind.TEXT_BOX, content=part)
        elif name == "textpath":
            if written := part.get("string", "").strip():
                yield Drawn(UnreadKind.WORD_ART, written)
        elif name in _KINDS:
            yield Drawn(_KINDS[name], words)
        else:
            waiting += reversed(list(children_of(part)))


def _by_uri(element: Element) -> UnreadKind:
    for part in element.iter("{*}graphicData"):
        return _CONTENTS.get(part.get("uri", "").rpartition("/")[2], UnreadKind.SHAPE)
    return UnreadKind.SHAPE


def _program(element: Element) -> str:
    """The program an embedded object was made with, e.g. Excel.Sheet.12."""
    part = next(element.iter("{*}OLEObject"), None)
    return "" if part is None else part.get("ProgID", "")
