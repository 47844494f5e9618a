"""The data inside the PDF, and getting it back."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter

from tests.fuzz.costly import COSTLY
from tests.fuzz.running import MAX_SECONDS, spent
from tests.support import is_chinese
from zhengti_zip import build, read
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import MAX_ATTACHED_BYTES
from zhengti_zip.base.originals import fixed_time
from zhengti_zip.grid.examine import examine
from zhengti_zip.pdf.extract import extract
from zhengti_zip.printing.build import attachments
from zhengti_zip.printing.options import PrintOptions

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("printed")
    workbook = folder / "公园管理局.xlsx"
    workbook.write_bytes((SAMPLES / "demo-2022.xlsx").read_bytes())
    return build(examine(read(workbook)), folder, "公园管理局", PrintOptions(docx=False))[0]


def test_workbook_data_and_scores_come_back_word_for_word(printed: Path) -> None:
    found = extract(printed)
    assert set(found) == {"公园管理局.xlsx", "submission.json", "evaluation.json"}
    assert found["公园管理局.xlsx"] == (SAMPLES / "demo-2022.xlsx").read_bytes()
    assert found["submission.json"] == (SAMPLES / "demo-2022.json").read_bytes()
    assert json.loads(found["evaluation.json"])["total"] == "94.55"


def test_building_what_was_extracted_gives_the_same_file(printed: Path, tmp_path: Path) -> None:
    workbook = tmp_path / "公园管理局.xlsx"
    workbook.write_bytes(extract(printed)["公园管理局.xlsx"])
    assert (
        build(examine(read(workbook)), tmp_path, "公园管理局", PrintOptions(docx=False))[0].read_bytes()
        == printed.read_bytes()
    )


def test_relationships_are_named(printed: Path) -> None:
    root: Any = PdfReader(printed).trailer["/Root"]
    related = {str(f.get_object()["/UF"]): str(f.get_object()["/AFRelationship"]) for f in root["/AF"]}
    assert related == {
        "公园管理局.xlsx": "/Source",
        "submission.json": "/Data",
        "evaluation.json": "/Supplement",
    }


def test_json_input_is_attached_as_it_was(tmp_path: Path) -> None:
    source = read(SAMPLES / "haizhu-2022.json")
    assert [item.name for item in attachments(examine(source))] == [
        "haizhu-2022.json",
        "submission.json",
        "evaluation.json",
    ]


def test_what_is_no_form_of_ours_is_told(tmp_path: Path, printed: Path) -> None:
    text = tmp_path / "a.pdf"
    text.write_text("不是 PDF", encoding="utf-8")
    with pytest.raises(InputError, match="不是 PDF"):
        extract(text)
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    other = tmp_path / "b.pdf"
    writer.write(other)
    with pytest.raises(InputError, match="没有填报数据"):
        extract(other)
    locked = PdfWriter(clone_from=PdfReader(printed))
    locked.encrypt("secret", algorithm="AES-256")
    stream = BytesIO()
    locked.write(stream)
    (tmp_path / "c.pdf").write_bytes(stream.getvalue())
    with pytest.raises(InputError, match="加密"):
        extract(tmp_path / "c.pdf")
    (tmp_path / "d.pdf").write_bytes(printed.read_bytes()[:3000])
    with pytest.raises(InputError):
        extract(tmp_path / "d.pdf")


def test_dates_follow_source_date_epoch_and_never_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert fixed_time() == 315532800
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert fixed_time() == 1700000000
    for unsound in ("gestern", "-5", ""):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", unsound)
        assert fixed_time() == 315532800


PDF_BOMBS = [name for name, (suffix, *_) in COSTLY.items() if suffix == ".pdf"]


@pytest.mark.parametrize("name", PDF_BOMBS)
def test_a_small_pdf_that_unpacks_to_very_much_is_refused_in_time(name: str, tmp_path: Path) -> None:
    _, _, most, make = COSTLY[name]
    file = tmp_path / "表.pdf"
    file.write_bytes(make(most))
    before = spent()
    try:
        assert sum(map(len, extract(file).values())) <= MAX_ATTACHED_BYTES
    except InputError as error:
        assert is_chinese(error.message) and error.remedy
    assert spent() - before < MAX_SECONDS


def test_an_attachment_packed_by_another_program_is_read(printed: Path, tmp_path: Path) -> None:
    with pikepdf.open(printed) as pdf:
        pdf.save(tmp_path / "紧凑.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert extract(tmp_path / "紧凑.pdf") == extract(printed)
