"""What office programs and other libraries do to the workbook when they save it, and what must survive."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import quote_sheetname

from tests.forms_support import EVERY_FORM, Example
from tests.workbook.tools import DEMO, HAIZHU, convert, needs_libreoffice
from zhengti_zip import read
from zhengti_zip.grid.examine import examine
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.write.writer import filled_workbook

pytestmark = pytest.mark.slow


def validations(book: Workbook) -> set[tuple[str, str, str, str]]:
    """Sheet, cell, kind and list of every drop-down and range check, cell by cell."""
    return {
        (sheet.title, cell.coord.partition(":")[0], rule.type, (rule.formula1 or "").strip('"'))
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        if rule.type in ("list", "decimal", "whole")
        for cell in rule.sqref.ranges
    }


@needs_libreoffice
@EVERY_FORM
def test_saved_by_libreoffice_nothing_is_lost(tmp_path: Path, example: Example) -> None:
    file = tmp_path / "填好.xlsx"
    file.write_bytes(filled_workbook(example.form, example.source.submission))
    [saved] = convert([file], tmp_path / "out", "xlsx")
    assert read(saved, example.form).submission == example.source.submission
    before, after = load_workbook(file), load_workbook(saved)
    assert before.sheetnames == after.sheetnames
    assert set(before.defined_names) <= set(after.defined_names)
    for name in before.defined_names:
        places = [
            [(sheet, cell) for sheet, cell in book.defined_names[name].destinations]
            for book in (before, after)
        ]
        assert places[0] == places[1]
    assert validations(before) <= validations(after)
    for sheet in before:
        other = after[sheet.title]
        assert sheet.protection.sheet == other.protection.sheet
        # Frozen panes belong to a window, and a conversion without one does not keep them.
        assert bool(sheet.conditional_formatting) == bool(other.conditional_formatting)
    for cell in WorkbookPlan(example.form).cells:
        assert not after[cell.sheet][cell.coordinate].protection.locked


@needs_libreoffice
def test_saved_twice_and_through_ods_the_input_stays(tmp_path: Path) -> None:
    [ods] = convert([DEMO], tmp_path / "ods", "ods")
    [saved] = convert([ods], tmp_path / "xlsx", "xlsx")
    assert read(saved).submission == read(DEMO).submission


def test_a_file_of_another_library_with_the_same_names(tmp_path: Path) -> None:
    """Written by hand as a minimal library would: inline strings, no styles, its own sheets and order."""
    book = load_workbook(DEMO)
    sheets = list(reversed(book.sheetnames))
    file = tmp_path / "另一程序.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", _types(len(sheets)))
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(targets))
        archive.writestr("xl/workbook.xml", _workbook(book, sheets))
        for number, title in enumerate(sheets, start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(book, title))
    assert read(file).submission == read(DEMO).submission
    assert not any(problem.is_error for problem in examine(read(file)).problems)


OFFICE = "http://schemas.openxmlformats.org"


def _types(count: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'<Types xmlns="{OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{sheets}</Types>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{items}</Relationships>'


def _workbook(book: Workbook, sheets: list[str]) -> str:
    listed = "".join(
        f'<sheet name="{title}" sheetId="{n}" r:id="rId{n}"/>' for n, title in enumerate(sheets, start=1)
    )
    names = "".join(
        f'<definedName name="{name}">{quote_sheetname(sheet)}!{cell}</definedName>'
        for name, defined in book.defined_names.items()
        for sheet, cell in defined.destinations
    )
    return (
        f'<workbook xmlns="{OFFICE}/spreadsheetml/2006/main" '
        f'xmlns:r="{OFFICE}/officeDocument/2006/relationships"><sheets>{listed}</sheets>'
        f"<definedNames>{names}</definedNames></workbook>"
    )


def _sheet(book: Workbook, title: str) -> str:
    rows = []
    for row in book[title].iter_rows():
        cells = "".join(
            f'<c r="{cell.coordinate}" t="inlineStr"><is><t xml:space="preserve">{escape(str(cell.value))}</t></is></c>'
            for cell in row
            if cell.value is not None and cell.data_type != "f"
        )
        rows.append(f'<row r="{row[0].row}">{cells}</row>')
    return f'<worksheet xmlns="{OFFICE}/spreadsheetml/2006/main"><sheetData>{"".join(rows)}</sheetData></worksheet>'


@pytest.mark.parametrize("file", [HAIZHU, DEMO], ids=["haizhu", "demo"])
def test_saved_by_openpyxl_nothing_is_lost(tmp_path: Path, file: Path) -> None:
    target = tmp_path / "另存.xlsx"
    load_workbook(file).save(target)
    assert read(target).submission == read(file).submission


def test_rows_inserted_above_the_closing_row_belong_to_the_table() -> None:
    """The named columns end with a locked row, so that an office program widens them on insertion."""
    book = load_workbook(HAIZHU)
    for area in WorkbookPlan(read(HAIZHU).form).tables:
        [(sheet, cells)] = book.defined_names[area.columns[0].name].destinations
        last = int(re.findall(r"\d+", cells)[-1])
        assert all(book[sheet].cell(last, column.column).protection.locked for column in area.columns)
        assert book[sheet].cell(last, 1).value
        assert not book[sheet].protection.insertRows
