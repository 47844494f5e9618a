"""Workbooks for tests: real files, changed as a person would change them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

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
