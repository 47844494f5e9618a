"""汇总表.xlsx as LibreOffice calculates it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.batch.summary_cases import sheets
from tests.workbook.tools import convert
from zhengti_zip.workbook.edit.ooxml import Package, main


def without_worked_values(content: bytes) -> bytes:
    """The workbook without the results of its formulas."""
    package = Package(content)
    for part in package.sheets().values():
        for cell in package.xml(part).iter(main("c")):
            shown = cell.find(main("v"))
            if cell.find(main("f")) is not None and shown is not None:
                cell.remove(shown)
                cell.attrib.pop("t", "")
    return package.save()


def formulas(content: bytes) -> Iterator[tuple[str, str]]:
    """Sheet and cell of every formula."""
    for sheet in load_workbook(BytesIO(content)).worksheets:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell.coordinate) for cell in row if cell.data_type == "f")


def recalculated(contents: Mapping[str, bytes], folder: Path) -> dict[str, Mapping[str, Worksheet]]:
    """The workbooks as LibreOffice calculates them, from formulas without results."""
    folder.mkdir()
    files = []
    for name, content in contents.items():
        files.append(folder / f"{name}.xlsx")
        files[-1].write_bytes(without_worked_values(content))
    done = convert(files, folder / "算过", "xlsx")
    return {file.stem: sheets(file.read_bytes()) for file in done}


def assert_same_results(content: bytes, worked: Mapping[str, Worksheet], least: int) -> None:
    """Every formula gives the result that is stored beside it.

    Args:
        worked: the workbook as :func:`recalculated` gives it.
        least: there are more formulas than that.
    """
    shown, places = sheets(content), list(formulas(content))
    assert len(places) > least
    for title, place in places:
        wanted, got = shown[title][place].value, worked[title][place].value
        assert wanted is not None, f"{title}!{place}"
        same = got == (wanted if isinstance(wanted, str) else pytest.approx(wanted, rel=1e-9, abs=1e-9))
        assert same, f"{title}!{place}: {got!r}, {wanted!r}"
