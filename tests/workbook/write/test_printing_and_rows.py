"""The blank template in an office program: its first page on paper, and room for more rows."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.review.test_libreoffice import SYSTEM_PYTHON, needs_uno
from tests.support import form
from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip.submission.paths import GOALS, INDICATORS, UNITS
from zhengti_zip.workbook.areas import OFFERED_ROWS, SHOWN_ROWS
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.write.writer import blank_workbook

pytestmark = pytest.mark.slow

HELPER = Path(__file__).with_name("office_rows.py")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """The blank template."""
    file = tmp_path / "填报.xlsx"
    file.write_bytes(blank_workbook(form()))
    return file


@needs_libreoffice
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_the_guide_is_one_page(template: Path, tmp_path: Path) -> None:
    [pdf] = convert([template], tmp_path / "out", "pdf")
    pages = subprocess.run(
        ["pdftotext", pdf, "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout.split("\f")
    squeezed = ["".join(page.split()) for page in pages]
    purpose = "".join(form().instructions.purpose.split())
    last = "".join(form().scoring_notes[-1].split())[-8:]
    assert purpose in squeezed[0]
    assert last in squeezed[0]
    assert squeezed[1].startswith("基本情况")


@needs_uno
@pytest.mark.parametrize("table", [GOALS, INDICATORS, UNITS])
def test_a_clerk_inserts_rows_and_shows_the_offered_ones(template: Path, tmp_path: Path, table: str) -> None:
    """Inserting works on the protected sheet; showing, in LibreOffice, once it is unprotected without a password."""
    title = WorkbookPlan(form()).area(table).sheet
    profile = (tmp_path / "profile").absolute().as_uri()
    command = [str(SYSTEM_PYTHON), str(HELPER), str(template), title, profile]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=180)
    assert json.loads(done.stdout) == {
        "hidden": OFFERED_ROWS[table] - SHOWN_ROWS[table],
        "moved": 1,
        "protected": 0,
        "hidden after showing": 0,
    }


@pytest.mark.parametrize("right", ["formatRows", "insertRows"])
def test_excel_and_wps_may_show_and_insert_rows_of_protected_sheets(template: Path, right: str) -> None:
    sheets = [
        sheet for sheet in load_workbook(template) if sheet.title[:1] != "_" and sheet.title != "填报说明"
    ]
    assert len(sheets) == 8
    for sheet in sheets:
        assert sheet.protection.sheet
        assert getattr(sheet.protection, right) is False, "False means: not forbidden"
