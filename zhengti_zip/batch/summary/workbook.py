"""汇总表.xlsx: the figures of a batch as a workbook whose statistics are formulas.

Formulas show an officer where a number comes from, and follow when a department is deleted. Their results
are stored as well, because previews do not calculate formulas.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context

from lxml import etree

from zhengti_zip.batch.summary.arrivals_sheet import arrivals_sheet, roster_sheet
from zhengti_zip.batch.summary.doubts_sheet import doubts_sheet
from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.batch.summary.listing_sheets import notes_sheet, problems_sheet
from zhengti_zip.batch.summary.ranking_sheet import ranking_sheet
from zhengti_zip.batch.summary.self_scores_sheet import self_scores_sheet
from zhengti_zip.batch.summary.sheet import SummaryWorkbook, Value
from zhengti_zip.batch.summary.statistics_sheets import budget_sheet, grades_sheet, rows_sheet
from zhengti_zip.batch.summary.warnings_sheet import warnings_sheet
from zhengti_zip.workbook.edit.ooxml import Element, main
from zhengti_zip.workbook.write.saving import saved_package

_EXCEL_DIGITS = Context(prec=15)
"""Significant digits of a number in Excel."""


def summary_workbook(figures: Figures) -> bytes:
    """The summary as an .xlsx file; the same figures give the same bytes."""
    book = SummaryWorkbook()
    if form := figures.form:
        ranking_sheet(book, figures, form)
        rows_sheet(book, figures, form)
        grades_sheet(book, figures, form)
        if figures.budgets:
            budget_sheet(book, figures, form)
        warnings_sheet(book, figures)
        self_scores_sheet(book, figures)
        doubts_sheet(book, figures)
    problems_sheet(book, figures)
    if figures.arrivals:
        if figures.arrivals.roster:
            roster_sheet(book, figures.arrivals.roster)
        arrivals_sheet(book, figures.arrivals)
    notes_sheet(book, figures)
    return saved_with_results(book)


def saved_with_results(book: SummaryWorkbook) -> bytes:
    """The workbook as an .xlsx file in which every formula has its result, for programs that do not calculate."""
    package = saved_package(book.workbook)
    parts = package.sheets()
    for title, worked in book.worked.items():
        if worked:
            _put_worked(package.xml(parts[title]), worked)
    return package.save()


def _put_worked(sheet: Element, worked: Mapping[str, Value]) -> None:
    """Store results beside their formulas; openpyxl writes either the formula or the value."""
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
