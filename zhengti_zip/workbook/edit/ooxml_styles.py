"""Cell formats added to a workbook's style part."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from zhengti_zip.base.package import WORKBOOK, Element
from zhengti_zip.workbook.edit.ooxml import Package, main
from zhengti_zip.workbook.formats import format_code


class Styles:
    """Adds fills, fonts and cell formats; those that are there keep their numbers."""

    def __init__(self, package: Package) -> None:
        part = package.target(WORKBOOK, "styles")
        assert part, "every workbook has a style part"
        self.root = package.xml(part)
        self._fills: dict[str, str] = {}
        self._made: dict[tuple[str, ...], str] = {}
        self._items: dict[str, list[Element]] = {}

    def fill_colour(self, style: str) -> str:
        """The fill colour of a cell format as RRGGBB, "" when it has none."""
        number = int(self._listed("cellXfs")[int(style)].get("fillId", "0"))
        for colour in self._listed("fills")[number].iter(main("fgColor")):
            return (colour.get("rgb") or "")[-6:].upper()
        return ""

    def number_format(self, style: str) -> str:
        """The number format code of a cell format."""
        own = {
            int(item.get("numFmtId", "0")): item.get("formatCode", "")
            for item in self.root.iterfind(f"{main('numFmts')}/{main('numFmt')}")
        }
        return format_code(int(self._listed("cellXfs")[int(style)].get("numFmtId", "0")), own)

    def filled(self, style: str, colour: str, *, as_text: bool = False) -> str:
        """The number of a cell format like ``style`` with another fill colour.

        Args:
            as_text: keep what begins like a formula a text, also when the cell is edited later.
        """
        key = (style, colour, str(as_text))
        if key not in self._made:
            copy = deepcopy(self._listed("cellXfs")[int(style)])
            copy.set("fillId", self._fill(colour))
            copy.set("applyFill", "1")
            if as_text:
                copy.set("quotePrefix", "1")
            self._made[key] = self._add("cellXfs", copy)
        return self._made[key]

    def quoted(self, style: str) -> str:
        """The number of a cell format like ``style`` that keeps what begins like a formula a text."""
        key = (style, "quoted")
        if key not in self._made:
            copy = deepcopy(self._listed("cellXfs")[int(style)])
            copy.set("quotePrefix", "1")
            self._made[key] = self._add("cellXfs", copy)
        return self._made[key]

    def plain(
        self,
        *,
        size: str,
        bold: bool,
        ink: str,
        fill: str = "",
        boxed: bool = True,
        centre: bool = False,
        wrap: bool = False,
        as_text: bool = False,
    ) -> str:
        """The number of a new cell format; ``as_text`` as in :meth:`filled`."""
        key = (size, str(bold), ink, fill, str(boxed), str(centre), str(wrap), str(as_text))
        if key in self._made:
            return self._made[key]
        wanted = {"numFmtId": "0", "xfId": "0", "applyFont": "1", "applyAlignment": "1", "applyFill": "1"}
        wanted |= {"fontId": self._font(size, bold, ink), "fillId": self._fill(fill) if fill else "0"}
        wanted |= {"borderId": self._border() if boxed else "0", "applyBorder": "1"}
        if as_text:
            wanted["quotePrefix"] = "1"
        format_ = etree.Element(main("xf"), wanted)
        alignment = {"horizontal": "center" if centre else "left", "vertical": "center"}
        if boxed and not centre:
            alignment["indent"] = "1"
        etree.SubElement(format_, main("alignment"), alignment | {"wrapText": "1" if boxed or wrap else "0"})
        self._made[key] = self._add("cellXfs", format_)
        return self._made[key]

    def _list(self, tag: str) -> Element:
        found = self.root.find(main(tag))
        assert found is not None, f"a style part without {tag}"
        return found

    def _add(self, tag: str, item: Element) -> str:
        parent, items = self._list(tag), self._listed(tag)
        parent.append(item)
        items.append(item)
        parent.set("count", str(len(items)))
        return str(len(items) - 1)

    def _listed(self, tag: str) -> list[Element]:
        """The items of a list by number; lxml counts from the first each time it is asked for one."""
        if tag not in self._items:
            self._items[tag] = list(self._list(tag))
        return self._items[tag]

    def _fill(self, colour: str) -> str:
        if colour not in self._fills:
            fill = etree.Element(main("fill"))
            pattern = etree.SubElement(fill, main("patternFill"), {"patternType": "solid"})
            etree.SubElement(pattern, main("fgColor"), {"rgb": f"FF{colour}"})
            etree.SubElement(pattern, main("bgColor"), {"rgb": f"FF{colour}"})
            self._fills[colour] = self._add("fills", fill)
        return self._fills[colour]

    def _font(self, size: str, bold: bool, ink: str) -> str:
        font = etree.Element(main("font"))
        if bold:
            etree.SubElement(font, main("b"))
        etree.SubElement(font, main("sz"), {"val": size})
        etree.SubElement(font, main("color"), {"rgb": f"FF{ink}"})
        etree.SubElement(font, main("name"), {"val": "宋体"})
        return self._add("fonts", font)

    def _border(self) -> str:
        key = ("border",)
        if key not in self._made:
            border = etree.Element(main("border"))
            for side in ("left", "right", "top", "bottom"):
                edge = etree.SubElement(border, main(side), {"style": "thin"})
                etree.SubElement(edge, main("color"), {"rgb": "FFB8C2CC"})
            etree.SubElement(border, main("diagonal"))
            self._made[key] = self._add("borders", border)
        return self._made[key]
