"""Reads Word files for the tests, as Word does and through LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from lxml import etree

from zhengti_zip.base.resources import fonts_dir
from zhengti_zip.word.styles import FONT

ON_CI = os.environ.get("CI") == "true"
TO_PDF_TOOLS = ("soffice", "pdftotext", "pdftoppm")

Converter = Callable[[bytes], Path]


def part_of(content: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


def find(parent: etree._Element, path: str) -> etree._Element:
    found = parent.find("/".join(qn(f"w:{name}") for name in path.split("/")))
    assert found is not None, path
    return found


def has(parent: etree._Element, path: str) -> bool:
    return parent.find("/".join(qn(f"w:{name}") for name in path.split("/"))) is not None


def value(parent: etree._Element, path: str, name: str = "val") -> str:
    return str(find(parent, path).get(qn(f"w:{name}")))


def all_of(parent: etree._Element, name: str) -> list[etree._Element]:
    return list(parent.iter(qn(f"w:{name}")))


def tables(content: bytes) -> list[etree._Element]:
    return all_of(part_of(content, "word/document.xml"), "tbl")


def blocks(content: bytes) -> list[etree._Element]:
    """The blocks of the body, and those inside groups."""
    return list(_opened(find(part_of(content, "word/document.xml"), "body")))


def _opened(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == qn("w:sdt"):
            yield from _opened(find(child, "sdtContent"))
        else:
            yield child


@dataclass(frozen=True)
class Control:
    """A content control as read from the file."""

    tag: str
    title: str
    number: int
    lock: str
    kind: str
    text: str
    has_hint: bool
    element: etree._Element


def controls(content: bytes) -> list[Control]:
    """The controls of a file in order, without groups."""
    found = []
    for sdt in all_of(part_of(content, "word/document.xml"), "sdt"):
        properties = find(sdt, "sdtPr")
        lock = value(properties, "lock") if has(properties, "lock") else ""
        kind = etree.QName(properties[-1]).localname
        if kind != "group":
            text = "".join(part.text or "" for part in all_of(find(sdt, "sdtContent"), "t"))
            number = int(value(properties, "id"))
            tag, title = value(properties, "tag"), value(properties, "alias")
            hint = has(properties, "showingPlcHdr")
            found.append(Control(tag, title, number, lock, kind, text, hint, sdt))
    return found


def texts(cell: etree._Element) -> tuple[str, ...]:
    return tuple("".join(text.text or "" for text in all_of(p, "t")) for p in cell.findall(qn("w:p")))


@dataclass
class Read:
    """A cell as read from the Word table."""

    row: int
    column: int
    column_span: int
    paragraphs: tuple[str, ...]
    vertical: str
    row_span: int = 1


def read_table(tbl: etree._Element) -> list[Read]:
    """The cells of a Word table, ``gridSpan`` and ``vMerge`` resolved."""
    cells: list[Read] = []
    open_: dict[int, Read] = {}
    for number, row in enumerate(tbl.findall(qn("w:tr"))):
        column = 0
        for tc in row.findall(qn("w:tc")):
            span = int(value(tc, "tcPr/gridSpan")) if has(tc, "tcPr/gridSpan") else 1
            merge = value(tc, "tcPr/vMerge") if has(tc, "tcPr/vMerge") else ""
            cell = Read(number, column, span, texts(tc), value(tc, "tcPr/vAlign"))
            if merge == "continue":
                assert (open_[column].column_span, cell.paragraphs) == (span, ("",))
                open_[column].row_span += 1
            else:
                cells.append(cell)
                open_.pop(column, None)
                if merge == "restart":
                    open_[column] = cell
            column += span
        assert column == len(find(tbl, "tblGrid"))
    return cells


FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test name="family"><string>{font}</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Noto Serif SC</string></edit>
  </match>
</fontconfig>
"""


def pdf_converter(tmp_path_factory: pytest.TempPathFactory) -> Converter:
    """LibreOffice with its own profile and with our fonts for 宋体, so that all machines give the same."""
    missing = [tool for tool in TO_PDF_TOOLS if not shutil.which(tool)]
    if missing and not ON_CI:
        pytest.skip(f"not installed: {', '.join(missing)}")
    home = tmp_path_factory.mktemp("libreoffice")
    fonts = FONTCONFIG.format(fonts=fonts_dir(), cache=home / "fonts", font=FONT)
    (home / "fonts.conf").write_text(fonts, encoding="utf-8")

    def convert(content: bytes) -> Path:
        folder = tmp_path_factory.mktemp("word")
        (folder / "form.docx").write_bytes(content)
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        subprocess.run(
            [
                "soffice",
                profile,
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                folder / "form.docx",
            ],
            env={**os.environ, "FONTCONFIG_FILE": str(home / "fonts.conf")},
            check=True,
            capture_output=True,
            timeout=120,
        )
        return folder / "form.pdf"

    return convert


def pdf_pages(pdf: Path, *options: str) -> list[str]:
    """The text of each page without white space."""
    command = ["pdftotext", *options, "-enc", "UTF-8", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")
    return ["".join(page.split()) for page in text.split("\f")[:-1]]
