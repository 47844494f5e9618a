"""What people send instead of the right file: each is called by its name, with the advice that helps."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
from openpyxl import Workbook

from tests.base.test_package import packed
from tests.workbook.tools import DEMO, SAMPLES, convert, needs_libreoffice
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import FileKind, kind_of, must_be
from zhengti_zip.review.anyfile import read_any
from zhengti_zip.review.wordfile import WordFile
from zhengti_zip.workbook.read.anyinput import read

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
AS_XLSX, AS_DOCX = "另存为“Excel 工作簿（*.xlsx）”", "另存为“Word 文档（*.docx）”"


def stream(name: str) -> bytes:
    """An old container with a stream of this name."""
    return OLE2 + name.encode("utf-16-le") + bytes(200)


def encrypted() -> bytes:
    content = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(DEMO.read_bytes())).encrypt("密码", content)
    return content.getvalue()


def with_macros() -> bytes:
    content = BytesIO()
    Workbook().save(content)
    return content.getvalue()


ODF = b"application/vnd.oasis.opendocument."
FILES: dict[str, tuple[str, bytes, FileKind]] = {
    "xlsx": ("甲.xlsx", DEMO.read_bytes(), FileKind.WORKBOOK),
    "xlsx of any name": ("甲.dat", DEMO.read_bytes(), FileKind.WORKBOOK),
    "xlsm": ("甲.xlsm", with_macros(), FileKind.WORKBOOK),
    "xlsx with backslashes": ("甲.xlsx", packed({"XL\\Workbook.xml": b"<a/>"}), FileKind.WORKBOOK),
    "json": ("甲.json", (SAMPLES / "demo-2022.json").read_bytes(), FileKind.JSON),
    "json with a mark": ("甲.txt", b"\xef\xbb\xbf {", FileKind.JSON),
    "pdf": ("甲.pdf", b"\n%PDF-1.7", FileKind.PDF),
    "docx": ("甲.docx", packed({"word/document.xml": b"<a/>"}), FileKind.WORD),
    "docx of Word Online": ("甲.docx", packed({"word/document2.xml": b"<a/>"}), FileKind.WORD),
    "xlsb": ("甲.xlsb", packed({"xl/workbook.bin": b""}), FileKind.XLSB),
    "encrypted": ("甲.xlsx", encrypted(), FileKind.ENCRYPTED),
    "xls": ("甲.xls", stream("Workbook"), FileKind.XLS),
    "xls called xlsx": ("甲.xlsx", stream("Workbook"), FileKind.XLS),
    "et": ("甲.et", stream("Workbook"), FileKind.ET),
    "doc": ("甲.doc", stream("WordDocument"), FileKind.DOC),
    "doc called xlsx": ("甲.xlsx", stream("WordDocument"), FileKind.DOC),
    "wps": ("甲.wps", stream("WordDocument"), FileKind.WPS),
    "torn doc": ("甲.doc", OLE2, FileKind.DOC),
    "torn something": ("甲", OLE2, FileKind.OLD_OFFICE),
    "ods": ("甲.ods", packed({"mimetype": ODF + b"spreadsheet"}), FileKind.ODS),
    "odt": ("甲.odt", packed({"mimetype": ODF + b"text"}), FileKind.ODT),
    "pptx": ("甲.pptx", packed({"ppt/presentation.xml": b""}), FileKind.SLIDES),
    "numbers": ("甲.numbers", packed({"Index/Document.iwa": b""}), FileKind.NUMBERS),
    "zip": ("甲.zip", packed({"乙.xlsx": b"x"}), FileKind.ZIP),
    "rar": ("甲.rar", b"Rar!\x1a\x07\x01\x00", FileKind.RAR),
    "7z": ("甲.7z", b"7z\xbc\xaf\x27\x1c\x00\x04", FileKind.SEVEN_ZIP),
    "png": ("甲.xlsx", b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
    "jpg": ("甲.jpg", b"\xff\xd8\xff\xe0", FileKind.IMAGE),
    "html saved as xls": ("甲.xls", b"<html><table><tr><td>1</td></tr></table></html>", FileKind.HTML),
    "XML saved as xls": (
        "甲.xls",
        b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        FileKind.XML_SHEET,
    ),
    "csv": ("甲.csv", "部门,金额\n".encode("gbk"), FileKind.CSV),
    "text": ("甲.txt", "填报数据".encode(), FileKind.TEXT),
    "rtf": ("甲.doc", b"{\\rtf1\\ansi}", FileKind.RTF),
    "nothing": ("甲.xlsx", b"", FileKind.EMPTY),
    "noise": ("甲.xlsx", bytes(range(256)), FileKind.UNKNOWN),
}


@pytest.mark.parametrize(("name", "content", "kind"), FILES.values(), ids=FILES)
def test_the_bytes_tell_the_kind(name: str, content: bytes, kind: FileKind) -> None:
    assert kind_of(Path(name), content) is kind


@pytest.mark.parametrize("wanted", [FileKind.WORKBOOK, FileKind.WORD])
@pytest.mark.parametrize(("name", "content", "kind"), FILES.values(), ids=FILES)
def test_every_other_kind_is_refused_in_one_sentence(
    name: str, content: bytes, kind: FileKind, wanted: FileKind
) -> None:
    if kind is wanted:
        must_be(wanted, Path(name), content)
        return
    with pytest.raises(InputError) as refused:
        must_be(wanted, Path(name), content)
    assert name in refused.value.message and "\n" not in refused.value.message
    assert refused.value.remedy.startswith("请")


@pytest.mark.parametrize(
    ("name", "said", "remedy"),
    [
        ("ods", "是 ODS 表格", AS_XLSX),
        ("et", "是 WPS 表格文件（.et）", AS_XLSX),
        ("xls called xlsx", "是旧版 Excel 文件（.xls）", AS_XLSX),
        ("xlsb", "是二进制工作簿", AS_XLSX),
        ("csv", "是 CSV", AS_XLSX),
        ("html saved as xls", "是网页", AS_XLSX),
        ("doc", "是旧版 Word 文件（.doc），不是 Excel 工作簿", AS_DOCX),
        ("wps", "是 WPS 文字文件", AS_DOCX),
        ("encrypted", "设有打开密码", "取消密码"),
        ("rar", "是 RAR 压缩包，不是 Excel 工作簿", "解压"),
        ("png", "是图片，不是 Excel 工作簿", "填报用的 .xlsx"),
    ],
)
def test_a_workbook_is_read_from_nothing_else(tmp_path: Path, name: str, said: str, remedy: str) -> None:
    file = tmp_path / FILES[name][0]
    file.write_bytes(FILES[name][1])
    with pytest.raises(InputError, match=said) as refused:
        read(file)
    assert remedy in refused.value.remedy


@pytest.mark.parametrize(
    ("name", "said", "remedy"),
    [
        ("doc", "是旧版 Word 文件（.doc），无法读取", AS_DOCX),
        ("doc called xlsx", "是旧版 Word 文件", AS_DOCX),
        ("odt", "是 ODT 文档", AS_DOCX),
        ("xls", "是旧版 Excel 文件", AS_XLSX),
    ],
)
def test_where_any_kind_is_read_the_advice_is_that_of_the_kind(
    tmp_path: Path, name: str, said: str, remedy: str
) -> None:
    file = tmp_path / FILES[name][0]
    file.write_bytes(FILES[name][1])
    with pytest.raises(InputError, match=said) as refused:
        read_any(file)
    assert remedy in refused.value.remedy


def test_a_workbook_for_a_word_file_is_called_one() -> None:
    with pytest.raises(InputError, match="是 Excel 工作簿，不是 Word 文件"):
        WordFile(DEMO.read_bytes(), "甲.docx")


@needs_libreoffice
@pytest.mark.parametrize(("suffix", "kind"), [("xls", FileKind.XLS), ("ods", FileKind.ODS)])
def test_what_an_office_program_saves_is_told_apart(tmp_path: Path, suffix: str, kind: FileKind) -> None:
    [made] = convert([DEMO], tmp_path / "out", suffix)
    shutil.copy(made, tmp_path / "改名.xlsx")
    assert kind_of(made, made.read_bytes()) is kind
    assert kind_of(tmp_path / "改名.xlsx", made.read_bytes()) is kind
