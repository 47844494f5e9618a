"""汇总表.xlsx: the figures of a batch as a workbook whose statistics are live formulas.

Formulas rather than values, so that an officer sees where a number comes from and may strike a
department; each with the value it comes to beside it, so that previews show numbers too.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context
from io import BytesIO

from lxml import etree
from openpyxl.xml.constants import DCTERMS_NS

from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.batch.summary.listing_sheets import notes_sheet, problems_sheet
from zhengti_zip.batch.summary.ranking_sheet import ranking_sheet
from zhengti_zip.batch.summary.sheet import SummaryWorkbook, Value
from zhengti_zip.batch.summary.statistics_sheets import budget_sheet, grades_sheet, rows_sheet
from zhengti_zip.workbook.edit.ooxml import Element, Package, main

_EXCEL_DIGITS = Context(prec=15)
"""Digits a number has in a cell."""


def summary_workbook(figures: Figures) -> bytes:
    """The summary as an .xlsx file; the same figures give the same bytes."""
    book = SummaryWorkbook()
    if form := figures.form:
        ranking_sheet(book, figures, form)
        rows_sheet(book, figures, form)
        grades_sheet(book, figures, form)
        budget_sheet(book, figures, form)
    problems_sheet(book, figures)
    notes_sheet(book, figures)
    return _saved(book)


def _saved(book: SummaryWorkbook) -> bytes:
    book.workbook.properties.creator = "zhengti-zip"
    stream = BytesIO()
    book.workbook.save(stream)
    package = Package(stream.getvalue())
    parts = package.sheets()
    for title, worked in book.worked.items():
        if worked:
            _put_worked(package.xml(parts[title]), worked)
    core = package.xml("docProps/core.xml")
    for item in list(core):
        if item.tag in (f"{{{DCTERMS_NS}}}created", f"{{{DCTERMS_NS}}}modified"):
            core.remove(item)  # the time of writing would make every file of the same data another one
    return package.save()


def _put_worked(sheet: Element, worked: Mapping[str, Value]) -> None:
    """Put the worked-out values beside their formulas; openpyxl can write the one or the other only."""
    for cell in sheet.iter(main("c")):
        value = worked.get(cell.get("r", ""))
        if value is None or cell.find(main("f")) is None:
            continue
        shown = cell.find(main("v"))
        if shown is None:
            shown = etree.SubElement(cell, main("v"))
        if isinstance(value, str):
            cell.set("t", "str")
            shown.text = value
        else:
            cell.attrib.pop("t", "")
            shown.text = str(_EXCEL_DIGITS.create_decimal(value))
