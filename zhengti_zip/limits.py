"""How large an input may be; checked before anything is parsed, because workbooks come by mail."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from zhengti_zip.errors import InputError

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_ENTRIES = 2000
MAX_TABLE_ROWS = 2000


def read_limited(file: Path) -> bytes:
    """The bytes of an input file.

    Raises:
        InputError: missing, a folder, empty, unreadable or too large.
    """
    try:
        if file.is_dir():
            raise InputError(f"{file} 是一个文件夹，不是文件", "请给出工作簿（.xlsx）的文件名")
        if not file.exists():
            raise InputError(f"找不到文件 {file}", "请检查文件名和所在文件夹")
        size = file.stat().st_size
        if size == 0:
            raise InputError(f"{file} 是空文件", "请重新保存或重新获取该文件")
        if size > MAX_FILE_BYTES:
            raise InputError(
                f"{file} 有 {size // 1024 // 1024} MB，超过 {MAX_FILE_BYTES // 1024 // 1024} MB 的上限",
                "请删除工作簿中的图片或多余内容后重试",
            )
        return file.read_bytes()
    except OSError as error:
        raise InputError(
            f"不能读取 {file}：{error.strerror or error}", "请检查文件权限，或关闭正在使用它的程序"
        ) from error


def checked_entries(file: Path, content: bytes) -> frozenset[str]:
    """The names inside a zip that does not unpack to more than a workbook reasonably holds.

    Raises:
        InputError: too many entries or too much data inside, or not a sound zip.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise InputError(
            f"{file} 已损坏，不能作为工作簿打开", "请用 Excel 或 WPS 打开并另存为 .xlsx 后重试"
        ) from error
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise InputError(
            f"{file} 解压后过大，不是正常的填报表", "请用 zhengti-zip template 生成空白表重新填写"
        )
    return frozenset(entry.filename for entry in entries)
