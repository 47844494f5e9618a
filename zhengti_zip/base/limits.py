"""How large an input may be; checked before anything is parsed, because workbooks come by mail."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections import Counter
from io import BytesIO
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.oserrors import reason
from zhengti_zip.base.regularfile import changed_meanwhile, open_regular, same_state

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_JSON_BYTES = 8 * 1024 * 1024
"""Of a JSON file, and of all data parts of a Word file that are looked into: in memory values take a multiple
of their text. Ours have 40 KB."""

MAX_NUMBER_CHARACTERS = 4000
"""Of one number in JSON or YAML. A form takes 15 digits; a long one is quoted in its message, and Python
turns no more than 4,300 digits into a number."""

MAX_EXPONENT = 9999
"""Of a number written with an exponent. The largest a form takes is 10 to the 12th; with more than this,
writing it out or reckoning with it exactly takes all memory."""

MAX_YAML_BYTES = 8 * 1024 * 1024
"""Of a form definition or a file of cases; the largest of ours has 26 KB."""

MAX_YAML_ITEMS = 200_000
"""Keys and values of a YAML file, those that aliases repeat counted every time; our largest file has 1,100.
An item counts once more for every 100 characters of its path."""

MAX_YAML_DEPTH = 40
"""Levels of a YAML file; a form definition has 9."""

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_ENTRIES = 2000
MAX_RATIO = 200
RATIO_COUNTS_FROM = 1024 * 1024
"""Parts of this size on may not unpack to more than MAX_RATIO times their packed size."""

MAX_ARCHIVE_UNPACKED_BYTES = 64 * 1024**3
"""Of all inputs in one archive of a batch: half as much again as 2,000 workbooks of the largest size taken. They are
packed themselves and hardly shrink, so nobody mails an archive that comes near; zeros would do it in 300 MB."""

MAX_XML_BYTES = 64 * 1024 * 1024
"""Of one XML part; all parts of a filled-in workbook have 0.9 MB."""

MAX_MARKUP = 4_000_000
"""Tags plus twice the attributes of all parts of a file: each takes some hundred bytes once parsed, however
few it takes in the file. A filled-in workbook has some 80,000."""

MAX_NAMES = 50_000
"""Defined names of a workbook. Ours has 325; workbooks that collected the names of others have thousands."""

MAX_NAME_LENGTH = 8192
"""Characters of what a defined name stands for: what Excel allows in a formula. Ours have 18."""

MAX_SHEETS = 1000
"""Sheets of a workbook. Ours has 10."""

MAX_CELLS = 500_000
"""Cells with a value or in merged ranges of a workbook. Ours has some 700."""

MAX_CHARACTERS = 5_000_000
"""Of all texts of a workbook; one shared text counts in every cell that shows it. Ours has 7,200."""

MAX_WIDTH = 20_000_000
"""Places of all rows of a workbook together, counted to the last cell of each: openpyxl makes one for each
before it. Ours has 7,000."""

MAX_STYLES = 65_490
"""Cell formats, fonts or number formats of a workbook: what Excel takes. Ours has 39."""

MAX_WORD_PARTS = 150_000
"""Paragraphs, runs, controls, rows and cells of a Word file together. Ours has some 1,500."""

MAX_REVIEW_MARKS = 5000
"""Comments, and tracked changes, of a Word file. A reviewer leaves a few dozen."""

MAX_COMMENTED_RUNS = 300_000
"""Runs of a Word file counted once for each comment that is open over them. A comment is open over a few runs."""

MAX_TABLE_ROWS = 2000
MAX_ENTERED_TEXT = 100_000
"""Characters of all entered texts together. A form has some 5,000; this many print on a hundred pages."""

MAX_STRANGE = 200
"""Keys that are none of ours, or of another shape, after which a file is not taken for a submission."""

MAX_ATTACHMENTS = 20
"""Files attached to a PDF; ours has three."""

MAX_ATTACHED_BYTES = 2 * MAX_FILE_BYTES
"""Of all files attached to a PDF: the file it was made from, and the data in it once more."""

PDF_SECONDS, PDF_MEGABYTES = 6, 700
"""Processor time and memory for taking the attachments out of a PDF; one of ours takes a tenth of a second
and 60 MB."""

UNSOUND = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    OSError,
    EOFError,
    OverflowError,
    RuntimeError,
)
"""What a damaged archive fails with."""

RESAVE = "请用 Excel、WPS 或 Word 打开它，另存为新文件后重试"
TOO_LARGE = "请检查是否选错了文件；没有选错的，请删除图片以及表格下方、右方的空行空列，保存后重试"
TOO_LARGE_WORD = "请检查是否选错了文件；没有选错的，请接受或删除多余的修订、批注和内容，保存后重试"
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing that are read: those office programs use. Of others no one can say how far they unpack."""

_ENCRYPTED = 1
_ENTRY = b"PK\1\2"
"""Begins each entry in the list of a zip file."""


def read_limited(file: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """The bytes of an input file.

    Args:
        file: where it is.
        limit: the most bytes taken.

    Raises:
        InputError: missing, no regular file, empty, unreadable, too large or changed meanwhile.
    """
    with open_regular(file) as stream:
        try:
            before = os.fstat(stream.fileno())
            if before.st_size > limit:
                raise too_many_bytes(file, before.st_size, limit)
            content = stream.read(limit + 1)
            after = os.fstat(stream.fileno())
        except OSError as error:
            words = reason(error)
            raise InputError(f"不能读取 {file}：{words}", "请检查磁盘或网络连接后重试") from error
    if len(content) > limit:  # it grew, or the system gave no true size
        raise too_many_bytes(file, len(content), limit)
    if not same_state(before, after):
        raise changed_meanwhile(file)
    if not content:
        raise InputError(f"{file} 是空文件", "请重新保存或重新获取该文件")
    return content


def too_much(
    file: Path | str, what: str, limit: int, unit: str = "个", remedy: str = TOO_LARGE
) -> InputError:
    """The refusal of a file with far too much of one thing.

    Args:
        file: its name.
        what: which part of it, as whoever made the file knows it.
        limit: the most taken.
        unit: Chinese counting word of the limit.
    """
    return InputError(f"{file} 的{what}过多（超过 {limit} {unit}），不是正常的填报文件", remedy)


def too_many_bytes(file: Path, size: int, limit: int) -> InputError:
    """The refusal of a file that is too large.

    Args:
        size: its bytes.
        limit: the most taken.
    """
    megabytes = 1024 * 1024
    return InputError(
        f"{file} 有 {-(-size // megabytes)} MB，超过 {limit // megabytes} MB 的上限",
        "请删除其中的图片或多余内容后重试",
    )


class PackedParts:
    """The parts of a zip file (.xlsx, .docx) that passed every limit; no part gives more than it declared.

    Args:
        file: its name, for messages.
        content: its bytes.

    Raises:
        InputError: not a sound zip, too many parts or too much in them, packed too tightly to be
            honest, encrypted, or a part that is there twice.
    """

    def __init__(self, file: Path, content: bytes) -> None:
        self._file = file
        if content.count(_ENTRY) > MAX_ENTRIES:  # zipfile takes seconds to list what a few MB can name
            raise InputError(f"{file} 内部的部分超过 {MAX_ENTRIES} 个，不是正常的填报文件", TOO_LARGE)
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
            entries = self._archive.infolist()
        except UNSOUND as error:
            raise self._damaged() from error
        if (
            len(entries) > MAX_ENTRIES
            or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES
            or any(map(is_bomb, entries))
        ):
            raise InputError(f"{file} 解压后过大，不是正常的填报文件", TOO_LARGE)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise InputError(f"{file} 的内容已加密，无法读取", "请取消密码，另存为新文件后重试")
        counted = Counter(entry.filename for entry in entries)
        if max(counted.values(), default=0) > 1 or any(e.compress_type not in METHODS for e in entries):
            raise self._damaged()
        self.names = frozenset(counted)
        self.ordered = tuple(entry.filename for entry in entries)

    def read(self, name: str) -> bytes:
        """The content of a part.

        Raises:
            InputError: there is no such part, or it is damaged.
        """
        try:
            entry = self._archive.getinfo(name)
            with self._archive.open(entry) as stream:
                # Asked for all, zipfile unpacks whatever there is before it looks at the declared size.
                content = stream.read(entry.file_size + 1)
                while more := stream.read(entry.file_size + 1):
                    content += more
                return content
        except (KeyError, *UNSOUND) as error:
            raise self._damaged() from error

    def _damaged(self) -> InputError:
        return InputError(f"{self._file} 已损坏，无法打开", RESAVE)


def is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Whether a part unpacks to more than anybody writes into so few bytes."""
    return entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
