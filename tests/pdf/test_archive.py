"""What an archive asks of the PDF: PDF/A-3a, tags, embedded fonts with Unicode text, nothing active."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from zhengti_zip import lay_out, read, render_pdf
from zhengti_zip.grid.examine import examine
from zhengti_zip.printing.build import attachments

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module", params=["haizhu-2022", "demo-2022"])
def pdf(request: pytest.FixtureRequest) -> bytes:
    source = read(SAMPLES / f"{request.param}.xlsx")
    evaluation = examine(source).evaluation
    table = lay_out(source.form, source.submission, evaluation)
    return render_pdf(table, attachments=attachments(examine(source)))


@pytest.fixture
def root(pdf: bytes) -> Any:
    return PdfReader(BytesIO(pdf)).trailer["/Root"]


@pytest.mark.skipif(
    shutil.which("qpdf") is None and os.environ.get("CI") != "true", reason="qpdf is not installed"
)
def test_qpdf_finds_nothing_wrong(pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "form.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["qpdf", "--check", str(file)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "not encrypted" in done.stdout


def test_says_that_it_is_pdf_a_3a(root: Any) -> None:
    xmp = root["/Metadata"].get_data().decode("utf-8")
    assert re.search(r'part="3"', xmp)
    assert re.search(r'conformance="A"', xmp)
    assert "部门整体支出绩效自评表" in xmp
    [intent] = root["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert "/DestOutputProfile" in intent.get_object()


def test_title_language_and_marks(pdf: bytes, root: Any) -> None:
    reader = PdfReader(BytesIO(pdf))
    assert reader.metadata is not None
    assert "部门整体支出绩效自评表" in (reader.metadata.title or "")
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def elements(node: Any) -> Iterator[Any]:
    """Every structure element below a node."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from elements(child)
    if not isinstance(node, dict):
        return
    if "/S" in node:
        yield node
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        if not isinstance(child, int):
            yield from elements(child)


def test_structure_tree_has_tables_with_heads_and_rows(root: Any) -> None:
    found = list(elements(root["/StructTreeRoot"]["/K"]))
    kinds = [str(node["/S"]) for node in found]
    assert kinds.count("/Table") == 3  # blocks above, indicators on page 1, indicators on page 2
    assert kinds.count("/THead") == 2
    assert kinds.count("/TH") == 20
    assert kinds.count("/TR") >= 26
    assert "/H1" in kinds
    blocks = next(node for node in found if node["/S"] == "/Table")
    assert "/TH" not in [str(node["/S"]) for node in elements(blocks)]


def objects(reader: PdfReader) -> Iterator[Any]:
    for number in range(1, int(reader.trailer["/Size"])):  # type: ignore[call-overload]
        yield reader.get_object(number)


def test_every_font_is_embedded_and_maps_to_unicode(pdf: bytes) -> None:
    composite = [
        o for o in objects(PdfReader(BytesIO(pdf))) if isinstance(o, dict) and o.get("/Subtype") == "/Type0"
    ]
    assert composite
    for font in composite:
        assert "/ToUnicode" in font
        assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def test_nothing_active_nothing_transparent_to_the_outside(pdf: bytes, root: Any) -> None:
    assert "/OpenAction" not in root
    assert "/AA" not in root
    assert "/JavaScript" not in root.get("/Names", {})
    for item in objects(PdfReader(BytesIO(pdf))):
        if isinstance(item, dict):
            assert item.get("/S") not in ("/JavaScript", "/Launch", "/URI", "/SubmitForm")


def test_text_comes_out_in_reading_order(pdf: bytes) -> None:
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)
    order = [
        "部门基本情况",
        "整体绩效目标完成情况",
        "年度预算资金类别",
        "一级指标",
        "履职效能",
        "管理效率",
        "运行成本",
        "总分",
        "评价等级",
    ]
    positions = [text.index(words) for words in order]
    assert positions == sorted(positions)
