"""How the runs of a Word file look, as far as it changes what they say: struck out, hidden, raised, marked."""

from __future__ import annotations

from dataclasses import dataclass

from zhengti_zip.review.reviewed_text import Revision
from zhengti_zip.review.wordfile import Element, word

MAX_BASES = 30
"""Styles that are based on one another, looked through for what a style says."""

COLOURFUL = 0x40
"""Difference of two channels from which on a colour is no shade of grey."""

_OFF = ("0", "false", "off")
_SWITCHES = ("strike", "dstrike", "vanish")
_VALUES = ("vertAlign", "highlight", "em", "position")
_DIRECT = ("color", "u")
"""What only counts when it was set by hand: styles colour and underline links and placeholders."""

Properties = dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks.

    Attributes:
        is_struck, is_hidden: whether it is crossed out, or not shown.
        is_marked: whether colour or lines stress it.
        vertical: superscript, subscript, or raised or lowered by hand ("up", "down"); "" on the line.
        font: its font for Latin letters, which is that of symbols; "" when a style decides.
        by: the tracked change that gave it this look.
    """

    is_struck: bool = False
    is_hidden: bool = False
    is_marked: bool = False
    vertical: str = ""
    font: str = ""
    by: Revision | None = None


PLAIN = Look()


class RunLooks:
    """Tells how runs look.

    Args:
        styles: the root element of the styles; None without any.
        accept: take tracked changes of the look as accepted; else as rejected.
    """

    def __init__(self, styles: Element | None = None, accept: bool = True) -> None:
        self._accept = accept
        self._styles: dict[str, Element] = {}
        self._known: dict[str, Properties] = {}
        self._default = ""
        for style in () if styles is None else styles.iter(word("style")):
            key = style.get(word("styleId"), "")
            self._styles[key] = style
            if style.get(word("type")) == "paragraph" and style.get(word("default")) in ("1", "true", "on"):
                self._default = key

    def of_paragraph(self, paragraph: Element) -> Properties:
        """What the style and the shading of a paragraph give all its runs."""
        properties = paragraph.find(word("pPr"))
        style = None if properties is None else properties.find(word("pStyle"))
        found = self._of_style(self._default if style is None else style.get(word("val"), ""))
        return {**found, "shd": "1"} if is_shaded(properties) else found

    def of_run(self, run: Element, paragraph: Properties) -> Look:
        """How a run looks in a paragraph that gives it some properties already."""
        own = run.find(word("rPr"))
        if own is None and not paragraph:
            return PLAIN
        by = None
        change = None if own is None else own.find(word("rPrChange"))
        if change is not None:
            if self._accept:
                by = Revision(change.get(word("author"), ""), change.get(word("date"), ""), False)
            else:
                own = change.find(word("rPr"))
        style = None if own is None else own.find(word("rStyle"))
        named = self._of_style(style.get(word("val"), "")) if style is not None else {}
        found = {**paragraph, **named, **_own(own, (*_SWITCHES, *_VALUES, *_DIRECT))}
        return _look(found, _font(own), by) if found or own is not None else PLAIN

    def _of_style(self, key: str) -> Properties:
        if key not in self._known:
            chain: list[Element] = []
            name = key
            while name in self._styles and len(chain) < MAX_BASES:
                chain.append(self._styles[name])
                base = self._styles[name].find(word("basedOn"))
                name = "" if base is None else base.get(word("val"), "")
            found: Properties = {}
            for style in reversed(chain):
                found |= _own(style.find(word("rPr")), (*_SWITCHES, *_VALUES))
            self._known[key] = found
        return self._known[key]


def is_shaded(properties: Element | None) -> bool:
    """Whether a run, a paragraph or a cell has a background that is neither white nor none."""
    shade = None if properties is None else properties.find(word("shd"))
    if shade is None:
        return False
    fill, pattern = shade.get(word("fill"), "auto").lower(), shade.get(word("val"), "clear")
    return fill not in ("auto", "ffffff", "") or pattern not in ("clear", "nil")


def _own(properties: Element | None, names: tuple[str, ...]) -> Properties:
    """Those of some properties that an element sets itself; a switch is 1 or 0."""
    found: Properties = {}
    for child in () if properties is None else properties:
        name = str(child.tag).rpartition("}")[2]
        if name in names and child.tag == word(name):
            value = child.get(word("val"), "")
            found[name] = ("0" if value in _OFF else "1") if name in _SWITCHES else value
    if is_shaded(properties):
        found["shd"] = "1"
    return found


def _look(found: Properties, font: str, by: Revision | None) -> Look:
    position = found.get("position", "0")
    vertical = found.get("vertAlign", "")
    if vertical not in ("superscript", "subscript"):
        vertical = "" if position in ("", "0") else "down" if position.startswith("-") else "up"
    is_marked = any(found.get(name, "none") not in ("none", "") for name in ("highlight", "em", "u"))
    return Look(
        is_struck="1" in (found.get("strike"), found.get("dstrike")),
        is_hidden=found.get("vanish") == "1",
        is_marked=is_marked or "shd" in found or _is_colourful(found.get("color", "")),
        vertical=vertical,
        font=font,
        by=by,
    )


def _is_colourful(code: str) -> bool:
    """Whether a colour such as FF0000 is none of black, grey and white."""
    try:
        channels = bytes.fromhex(code)
    except ValueError:
        return False
    return len(channels) == 3 and max(channels) - min(channels) > COLOURFUL


def _font(properties: Element | None) -> str:
    fonts = None if properties is None else properties.find(word("rFonts"))
    return "" if fonts is None else fonts.get(word("ascii")) or fonts.get(word("hAnsi")) or ""
