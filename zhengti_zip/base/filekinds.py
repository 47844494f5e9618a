"""What kind of file something is, by its bytes and, where these leave it open, its name; and what to do about it.

People rename files, send drafts of another program, or take the wrong file. Each kind has one name and one
advice, whichever command it is given to.
"""

from __future__ import annotations

import codecs
import re
from enum import Enum
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import PackedParts

RESAVE_WORKBOOK = "请用 Excel 或 WPS 打开该文件，另存为“Excel 工作簿（*.xlsx）”后重试"
RESAVE_WORD = "请用 Word 或 WPS 打开该文件，另存为“Word 文档（*.docx）”后重试"
NO_PASSWORD = "请在 Excel、Word 或 WPS 中取消密码并保存后重试"
UNPACK = "请先解压，再给出其中的文件"


class FileKind(Enum):
    """A kind of file: what it is called, and how to get from it to a file that is read; "" where there is no way."""

    WORKBOOK = ("Excel 工作簿", "请给出填报用的 .xlsx 工作簿")
    WORD = ("Word 文件", "请给出由 zhengti-zip build 生成、审阅后保存的 .docx 文件")
    PDF = ("PDF", "")
    JSON = ("JSON 数据", "")
    XLSB = ("二进制工作簿（.xlsb）", RESAVE_WORKBOOK)
    XLS = ("旧版 Excel 文件（.xls）", RESAVE_WORKBOOK)
    ET = ("WPS 表格文件（.et）", RESAVE_WORKBOOK)
    ODS = ("ODS 表格", RESAVE_WORKBOOK)
    NUMBERS = ("Numbers 表格", RESAVE_WORKBOOK)
    CSV = ("CSV 文本表格", RESAVE_WORKBOOK)
    HTML = ("网页（HTML），不是真正的 Excel 文件", RESAVE_WORKBOOK)
    XML_SHEET = ("XML 表格", RESAVE_WORKBOOK)
    DOC = ("旧版 Word 文件（.doc）", RESAVE_WORD)
    WPS = ("WPS 文字文件（.wps）", RESAVE_WORD)
    ODT = ("ODT 文档", RESAVE_WORD)
    RTF = ("RTF 文档", RESAVE_WORD)
    OLD_OFFICE = (
        "旧版 Office 文件（.xls、.doc、.et 或 .wps）",
        "请用 Excel、Word 或 WPS 打开该文件，另存为 .xlsx 或 .docx 后重试",
    )
    SLIDES = ("演示文稿", "")
    IMAGE = ("图片", "")
    ZIP = ("ZIP 压缩包", UNPACK)
    RAR = ("RAR 压缩包", UNPACK)
    SEVEN_ZIP = ("7z 压缩包", UNPACK)
    ENCRYPTED = ("加密的文件", NO_PASSWORD)
    EMPTY = ("空文件", "请重新保存或重新获取该文件")
    TEXT = ("普通文本", "")
    UNKNOWN = ("无法识别的文件", "")

    @property
    def title(self) -> str:
        """What it is called."""
        return self.value[0]

    @property
    def advice(self) -> str:
        """What to do with it; of a workbook and a Word file how to get one."""
        return self.value[1]


_RESAVED = {FileKind.WORKBOOK: RESAVE_WORKBOOK, FileKind.WORD: RESAVE_WORD}

WORKBOOK_SUFFIXES = (".xlsx", ".json", ".xls", ".xlsm", ".xlsb", ".et", ".ods")
"""What a department's data come in, also those kinds that are only reported with what to do about them."""

ZIP_START = b"PK"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = {
    b"Rar!": FileKind.RAR,
    b"7z\xbc\xaf\x27\x1c": FileKind.SEVEN_ZIP,
    b"\x89PNG": FileKind.IMAGE,
    b"\xff\xd8\xff": FileKind.IMAGE,
    b"GIF8": FileKind.IMAGE,
    b"BM": FileKind.IMAGE,
    b"II*\0": FileKind.IMAGE,
    b"MM\0*": FileKind.IMAGE,
    b"{\\rtf": FileKind.RTF,
}
_OLE2_NAMES = {  # names of the streams inside, as the file spells them
    "EncryptedPackage": FileKind.ENCRYPTED,
    "WordDocument": FileKind.DOC,
    "Workbook": FileKind.XLS,
    "Book": FileKind.XLS,
    "PowerPoint Document": FileKind.SLIDES,
}
_OLD_SUFFIXES = {".xls": FileKind.XLS, ".et": FileKind.ET, ".doc": FileKind.DOC, ".wps": FileKind.WPS}
_WPS_NAMES = {(FileKind.XLS, ".et"): FileKind.ET, (FileKind.DOC, ".wps"): FileKind.WPS}
_OPEN_DOCUMENT = {b"spreadsheet": FileKind.ODS, b"text": FileKind.ODT, b"presentation": FileKind.SLIDES}
_PACKED = (
    ("xl/workbook.bin", FileKind.XLSB),
    ("xl/", FileKind.WORKBOOK),
    ("word/", FileKind.WORD),
    ("ppt/", FileKind.SLIDES),
    ("index/document.iwa", FileKind.NUMBERS),
)
_TYPES = {b"spreadsheetml": FileKind.WORKBOOK, b"wordprocessingml": FileKind.WORD}

PEEKED_BYTES = 512
MAX_TYPES = 100_000


def kind_of(file: Path, content: bytes) -> FileKind:
    """What kind of file this is.

    Args:
        file: its name; its suffix counts only where the bytes leave it open.
        content: its bytes.

    Raises:
        InputError: it begins like a zip file and is a damaged or an unreasonable one.
    """
    suffix = file.suffix.lower()
    if not content:
        return FileKind.EMPTY
    if content.startswith(_OLE2):
        return _old_kind(content, suffix)
    if content.startswith(ZIP_START):
        return _packed_kind(file, content)
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    return _text_kind(content, suffix)


def must_be(wanted: FileKind, file: Path, content: bytes) -> None:
    """Refuse a file of another kind than a command reads.

    Args:
        wanted: WORKBOOK or WORD.

    Raises:
        InputError: it is another kind, with what to do about it; or a damaged zip file.
    """
    kind = kind_of(file, content)
    if kind is not wanted:
        raise refusal(kind, wanted, file)


def refusal(kind: FileKind, wanted: FileKind, file: Path) -> InputError:
    """What is said of a file of the wrong kind."""
    if kind is FileKind.ENCRYPTED:
        return InputError(f"{file} 设有打开密码，无法读取", kind.advice)
    if kind in (FileKind.TEXT, FileKind.UNKNOWN):
        return InputError(f"{file} 不是 {wanted.title}（内容与扩展名不符）", wanted.advice)
    if kind.advice == _RESAVED[wanted]:
        return InputError(f"{file} 是{_spaced(kind.title)}，无法读取", kind.advice)
    advice = wanted.advice if kind in _RESAVED else kind.advice or wanted.advice
    return InputError(f"{file} 是{_spaced(kind.title)}，不是 {wanted.title}", advice)


def _spaced(title: str) -> str:
    return f" {title}" if title[0].isascii() else title


def _old_kind(content: bytes, suffix: str) -> FileKind:
    for name, kind in _OLE2_NAMES.items():
        if f"{name}\0".encode("utf-16-le") in content:
            return _WPS_NAMES.get((kind, suffix), kind)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return FileKind.ENCRYPTED
    return _OLD_SUFFIXES.get(suffix, FileKind.OLD_OFFICE)


def _packed_kind(file: Path, content: bytes) -> FileKind:
    packed = PackedParts(file, content)
    names = {name.replace("\\", "/").lstrip("/").lower(): name for name in packed.names}
    if "mimetype" in names:
        said = packed.read(names["mimetype"])[:PEEKED_BYTES]
        for word, kind in _OPEN_DOCUMENT.items():
            if said.strip().endswith(b"opendocument." + word):
                return kind
    for start, kind in _PACKED:
        if any(name.startswith(start) for name in names):
            return kind
    if "[content_types].xml" in names:
        types = packed.read(names["[content_types].xml"])[:MAX_TYPES]
        return next((kind for word, kind in _TYPES.items() if word in types), FileKind.ZIP)
    return FileKind.ZIP


def _text_kind(content: bytes, suffix: str) -> FileKind:
    start = content[:PEEKED_BYTES].removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"%PDF"):
        return FileKind.PDF
    if suffix == ".json" or start.startswith(b"{"):
        return FileKind.JSON
    if re.match(rb"<(!doctype\s+html|html|table|head|body)\b", start, re.IGNORECASE):
        return FileKind.HTML
    if start.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in content[:4096]:
        return FileKind.XML_SHEET
    if b"\0" in start:
        return FileKind.UNKNOWN
    return FileKind.CSV if suffix in (".csv", ".tsv") else FileKind.TEXT
