"""Saving a workbook made with openpyxl, the same bytes for the same content."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

from zhengti_zip.base.package import CORE_PROPERTIES, drop_dates
from zhengti_zip.base.zipclock import guard_zip_clock
from zhengti_zip.workbook.edit.ooxml import Package


def saved(book: Workbook) -> bytes:
    """The workbook as an .xlsx file that names this program and no time."""
    return saved_package(book).save()


def saved_package(book: Workbook) -> Package:
    """The same as its parts, for what openpyxl cannot write."""
    book.properties.creator = "zhengti-zip"
    stream = BytesIO()
    guard_zip_clock()
    book.save(stream)
    package = Package(stream.getvalue())
    drop_dates(package.xml(CORE_PROPERTIES))
    return package
