"""The files a department sends: workbooks as Excel saves them, and what ``build`` prints of them."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook

from tests.batch.district.office import Office
from zhengti_zip.base.package import CORE_PROPERTIES, zipped
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import load_form
from zhengti_zip.grid.examine import examine
from zhengti_zip.printing.build import printed
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.workbook.write.filling import Filling
from zhengti_zip.workbook.write.writer import written


def write(file: Path, content: bytes) -> None:
    """Write a file and the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


@cache
def form() -> FormDefinition:
    """The form of the district."""
    return load_form("haizhu-2022")


def workbook(made: Office) -> bytes:
    """The form of a department as a workbook."""
    return written(Filling(form(), from_data(made.data, form()).submission))


def prints(made: Office) -> dict[str, bytes]:
    """The files ``build`` makes of it, by their endings."""
    return printed(examine(from_data(made.data, form())))


def saved(content: bytes, time: str) -> bytes:
    """A workbook that says it was saved at a time, as Excel writes it."""
    with ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    core = parts[CORE_PROPERTIES].decode("utf-8")
    said = (
        '<m:modified xmlns:m="http://purl.org/dc/terms/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
        f' i:type="m:W3CDTF">{time}</m:modified></'
    )
    head, _, end = core.rpartition("</")
    parts[CORE_PROPERTIES] = (head + said + end).encode("utf-8")
    return zipped(parts)


def table(*rows: tuple[str, ...]) -> bytes:
    """A plain workbook."""
    book, stream = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(stream)
    return stream.getvalue()
