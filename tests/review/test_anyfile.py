"""Reading the data of a file of any of the four kinds."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.forms_support import FICTIONAL
from tests.support import changed, time_limit
from zhengti_zip import build
from zhengti_zip.base.errors import InputError
from zhengti_zip.comparing.comparison import compare
from zhengti_zip.grid.examine import examine
from zhengti_zip.printing.options import PrintOptions
from zhengti_zip.review.anyfile import read_any
from zhengti_zip.workbook.read.anyinput import read

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One department's data in every kind of file."""
    folder = tmp_path_factory.mktemp("四种")
    workbook = Path(shutil.copy(SAMPLES / "demo-2022.xlsx", folder / "公园管理局.xlsx"))
    data = Path(shutil.copy(SAMPLES / "demo-2022.json", folder / "公园管理局.json"))
    pdf, word = build(examine(read(workbook)), folder, "公园管理局")
    return {"workbook": workbook, "json": data, "pdf": pdf, "word": word}


KINDS = ("workbook", "json", "pdf", "word")


@pytest.mark.parametrize("before", KINDS)
@pytest.mark.parametrize("after", KINDS)
def test_any_two_kinds_of_the_same_data_are_equal(four: dict[str, Path], before: str, after: str) -> None:
    assert compare(read_any(four[before]), read_any(four[after])).is_equal


@pytest.mark.parametrize("kind", KINDS)
def test_the_content_decides_the_kind_not_the_suffix(
    four: dict[str, Path], kind: str, tmp_path: Path
) -> None:
    file = Path(shutil.copy(four[kind], tmp_path / "没有后缀"))
    source = read_any(file)
    assert source.submission == read(four["json"]).submission
    assert source.original is not None
    assert source.original.name == "没有后缀"
    assert source.original.content == file.read_bytes()


def test_the_pdf_of_a_draft_keeps_values_that_could_not_be_understood(tmp_path: Path) -> None:
    data = tmp_path / "部门.json"
    data.write_text(json.dumps(changed({"budget.total": "约一千万"})), encoding="utf-8")
    (pdf,) = build(examine(read(data)), tmp_path, "部门", PrintOptions(docx=False, draft=True))
    (problem,) = read_any(pdf).reading_problems
    assert (problem.path, problem.value) == ("budget.total", "约一千万")
    assert compare(read_any(pdf), read_any(data)).is_equal


def test_a_file_of_another_form_is_read_with_that_form(tmp_path: Path) -> None:
    sample = FICTIONAL / "sample.json"
    (pdf,) = build(examine(read(sample, FICTIONAL)), tmp_path, "虚构", PrintOptions(docx=False))
    assert read_any(pdf, FICTIONAL).submission == read(sample, FICTIONAL).submission


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "空文件"),
    "text": ("这不是填报文件".encode(), "不是 Excel 工作簿"),
    "half a PDF": (b"%PDF-1.7\n1 0 obj\n<<", "已损坏"),
    "half a zip": (b"PK\x03\x04" + b"\x00" * 40, "损坏"),
    "JSON of something else": (b'{"a": 1}', "不是填报数据"),
}


@pytest.mark.parametrize(("content", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_any_other_file_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "不能读"
    file.write_bytes(content)
    with time_limit(10), pytest.raises(InputError, match=said) as refusal:
        read_any(file)
    assert "不能读" in refusal.value.message
    assert refusal.value.remedy


def test_a_pdf_of_another_program_is_refused(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    file = tmp_path / "别的.pdf"
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(file)
    with pytest.raises(InputError, match="没有填报数据"):
        read_any(file)


def test_the_message_about_damaged_data_inside_a_pdf_names_the_pdf(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    file = tmp_path / "改过.pdf"
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("submission.json", b"{")
    writer.write(file)
    with pytest.raises(InputError, match=r"改过\.pdf 中的 submission\.json 不是有效的 JSON"):
        read_any(file)


def test_a_word_file_cannot_name_a_folder_as_its_form(four: dict[str, Path], tmp_path: Path) -> None:
    file = tmp_path / "外来.docx"
    named = f'form="{FICTIONAL}"'.encode()
    with zipfile.ZipFile(four["word"]) as old, zipfile.ZipFile(file, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()}
        assert sum(b'form="haizhu-2022"' in part for part in parts.values()) == 1
        for name, part in parts.items():
            new.writestr(name, part.replace(b'form="haizhu-2022"', named))
    with pytest.raises(InputError, match="没有这种表"):
        read_any(file)
