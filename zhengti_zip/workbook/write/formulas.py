"""Taking a formula out of a cell without harm to the cells that depend on how it was written."""

from __future__ import annotations

from zhengti_zip.base.limits import MAX_CHARACTERS, too_much
from zhengti_zip.base.package import WORKBOOK, Element
from zhengti_zip.workbook.edit.ooxml import Package, main


def drop_formula(package: Package, sheet: Element, cell: Element) -> None:
    """Remove the formula of a cell, if it has one.

    The first cell of a shared formula holds its text for all others; they get it written out first. The
    list of formulas in the order of calculation goes as well: office programs make it anew, and call a
    file damaged whose list names a cell without formula.
    """
    formula = cell.find(main("f"))
    if formula is None:
        return
    if formula.get("t") == "shared" and formula.text:
        _write_out(sheet, cell.get("r", "A1"), formula)
    cell.remove(formula)
    chain = package.target(WORKBOOK, "calcChain")
    if chain:
        for key, (_, target) in package.targets(WORKBOOK).items():
            if target == chain:
                package.unrelate(WORKBOOK, key)
        package.remove(chain)


def _write_out(sheet: Element, origin: str, formula: Element) -> None:
    from openpyxl.formula.translate import Translator

    text, number = f"={formula.text}", formula.get("si")
    sharing = [
        other
        for other in sheet.iter(main("f"))
        if other is not formula and other.get("t") == "shared" and other.get("si") == number
    ]
    if len(sharing) * len(text) > MAX_CHARACTERS:
        raise too_much("工作簿", "共用一个公式的单元格", MAX_CHARACTERS // len(text))
    for other in sharing:
        holder = other.getparent()
        place = "A1" if holder is None else holder.get("r", "A1")
        other.text = Translator(text, origin).translate_formula(place)[1:]
        for name in ("t", "si", "ref"):
            other.attrib.pop(name, "")
