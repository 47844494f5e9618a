"""``explain`` and ``rules`` as people call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.calling import DEMO, SAMPLE, call


def with_department(folder: Path, name: str) -> Path:
    """The data of the fictional department under another name."""
    data = json.loads(DEMO.with_suffix(".json").read_text("utf-8"))
    data["fields"]["department"] = name
    file = folder / "部门.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def test_explain_prints_working_basis_and_losses() -> None:
    done = call("explain", DEMO)
    assert done.code == 0
    assert "17,411.06 ÷ 调整后预算数 18,520.64 ≈ 94.01%" in done.out
    assert "财预〔2020〕10号" in done.out
    assert "失分分析" in done.out
    assert "“年度支出数”达到 18,520.64 万元（100%），可再得 0.6 分" in done.out
    assert "总分 94.55，评价等级：优" in done.out


def test_explain_writes_workbook_and_pdf_and_overwrites_neither(tmp_path: Path) -> None:
    book, pdf = tmp_path / "底稿.xlsx", tmp_path / "底稿.pdf"
    done = call("explain", DEMO, "-o", book, "-o", pdf)
    assert (done.code, done.out.split()) == (0, [str(book), str(pdf)])
    assert book.read_bytes().startswith(b"PK")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert call("explain", DEMO, "-o", pdf).code == 4
    assert call("explain", DEMO, "-o", pdf, "--force").code == 0


@pytest.mark.parametrize("char", ["😀", "\ue000", "ع", "\u0080", "\U000f0000"], ids=ascii)
def test_a_worksheet_names_the_cell_of_a_character_no_font_has(tmp_path: Path, char: str) -> None:
    file = with_department(tmp_path, f"部门{char}")
    done = call("explain", file, "-o", tmp_path / "底稿.pdf")
    built = call("build", file, "-o", tmp_path)
    assert (done.code, built.code) == (1, 1)
    assert f"U+{ord(char[0]):04X}" in done.err and "部门名称" in done.err, done.err
    assert not list(tmp_path.glob("*.pdf"))
    assert call("explain", file, "-o", tmp_path / "底稿.xlsx").code == 1
    assert (tmp_path / "底稿.xlsx").exists()


def test_texts_of_the_worksheet_that_begin_like_formulas_stay_texts(tmp_path: Path) -> None:
    file = with_department(tmp_path, "=1+1")
    assert call("explain", file, "-o", tmp_path / "底稿.xlsx").code == 0
    cell = load_workbook(tmp_path / "底稿.xlsx").worksheets[0]["A2"]
    assert cell.data_type == "s" and str(cell.value).startswith("=1+1") and cell.quotePrefix


def test_explain_refuses_other_files(tmp_path: Path) -> None:
    assert call("explain", DEMO, "-o", tmp_path / "底稿.txt").code == 2


def test_explain_json_has_numbers_as_strings() -> None:
    data = json.loads(call("explain", SAMPLE, "--json").out)
    [row] = [row for row in data["rows"] if row["id"] == "spending_rate"]
    assert (data["total"], row["score"], row["lost"], row["computed"], row["self"]) == (
        "99",
        "9",
        "1",
        None,
        "9",
    )


def test_rules_name_kind_data_and_basis() -> None:
    done = call("rules")
    assert done.code == 0
    assert "中标（成交）通知书发出后30日内签订的合同数" in done.out
    assert "政府采购法第四十六条" in done.out
    entries = json.loads(call("rules", "--json").out)["rules"]
    assert len(entries) == 26
    assert {entry["kind"] for entry in entries} == {
        "completion",
        "proportional",
        "banded",
        "deduction",
        "checklist",
    }
