"""A .zip of workbooks, as mailed from any system: names decoded, members read one at a time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from zhengti_zip.errors import InputError
from zhengti_zip.limits import MAX_FILE_BYTES, METHODS, UNSOUND

MAX_MEMBERS = 20_000
ENCRYPTED, UTF_8 = 0x1, 0x800
"""Flag bits of a member."""

REPACK = "请解压后直接给出文件夹，或重新压缩为 .zip"


class Archive:
    """A zip file on disk.

    Args:
        file: the file; it stays open as long as the archive is used.

    Raises:
        InputError: it is no sound zip, or holds too many files.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._zip = zipfile.ZipFile(file)
            self._members = [info for info in self._zip.infolist() if not info.is_dir()]
        except UNSOUND as error:
            raise InputError(f"{file.name} 已损坏，或不是 .zip 压缩包", REPACK) from error
        if len(self._members) > MAX_MEMBERS:
            raise InputError(f"{file.name} 中的文件超过 {MAX_MEMBERS} 个", "请分成几个压缩包")

    def members(self) -> Iterator[tuple[int, str]]:
        """Number and decoded path of every file in it."""
        for number, info in enumerate(self._members):
            yield number, decoded(info)

    def read(self, number: int) -> bytes:
        """The bytes of a member.

        Raises:
            InputError: damaged, encrypted, empty or too large.
        """
        info = self._members[number]
        name = decoded(info).rpartition("/")[2]
        if info.compress_type not in METHODS:
            raise InputError(f"{self.file.name} 中的 {name} 用了少见的压缩方法，无法读取", REPACK)
        if info.flag_bits & ENCRYPTED:
            raise InputError(f"{self.file.name} 中的 {name} 已加密", "请取消密码，重新压缩后重试")
        try:
            with self._zip.open(info) as stream:
                content = stream.read(MAX_FILE_BYTES + 1)
        except (*UNSOUND, NotImplementedError) as error:
            raise InputError(f"{self.file.name} 中的 {name} 已损坏", REPACK) from error
        if len(content) > MAX_FILE_BYTES:
            raise InputError(
                f"{name} 解压后超过 {MAX_FILE_BYTES // 1024 // 1024} MB 的上限",
                "请删除其中的图片或多余内容后重试",
            )
        if not content:
            raise InputError(f"{name} 是空文件", "请重新保存或重新获取该文件")
        return content


def decoded(info: zipfile.ZipInfo) -> str:
    """The path of a member: UTF-8 where it says so, else UTF-8 or GBK, as Chinese Windows writes it."""
    name = info.orig_filename
    if not info.flag_bits & UTF_8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")
