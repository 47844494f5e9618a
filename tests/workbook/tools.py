"""Workbooks for tests: real files, changed as a person or an office program would change them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from zhengti_zip.submission.values import is_error_text
from zhengti_zip.workbook.edit.ooxml import Package, cell_element, main

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
HAIZHU = SAMPLES / "haizhu-2022.xlsx"
DEMO = SAMPLES / "demo-2022.xlsx"

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None and os.environ.get("CI") != "true", reason="LibreOffice is not installed"
)


def edit(file: Path, folder: Path, changes: Mapping[tuple[str, str], Any]) -> Path:
    """A copy of a workbook with some cells changed; None empties a cell."""
    book = load_workbook(file)
    for (sheet, coordinate), value in changes.items():
        book[sheet][coordinate].value = value
    target = folder / "改动.xlsx"
    book.save(target)
    return target


def put_raw(content: bytes, sheet: str, place: str, raw: str | int | float | None) -> bytes:
    """A workbook with one cell changed and nothing else touched; "=…" is a formula, "#…!" an error value."""
    package = Package(content)
    cell = cell_element(package.xml(package.sheets()[sheet]), place)
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", "")
    if isinstance(raw, str) and raw.startswith("="):
        etree.SubElement(cell, main("f")).text = raw[1:]
    elif isinstance(raw, str) and not is_error_text(raw):
        cell.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(cell, main("is")), main("t")).text = raw
    elif raw is not None:
        if isinstance(raw, str):
            cell.set("t", "e")
        etree.SubElement(cell, main("v")).text = str(raw)
    return package.save()


def convert(files: Sequence[Path], folder: Path, suffix: str) -> list[Path]:
    """Open files in LibreOffice and save them as something else, all in one call."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / "profile").absolute().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=180 + 10 * len(files),
    )
    converted = [folder / f"{file.stem}.{suffix.partition(':')[0]}" for file in files]
    assert all(file.exists() for file in converted)
    return converted
