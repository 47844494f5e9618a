"""A .zip file of inputs: member names decoded, members read one at a time."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import (
    MAX_ARCHIVE_UNPACKED_BYTES,
    MAX_FILE_BYTES,
    METHODS,
    TOO_LARGE,
    UNSOUND,
    is_bomb,
)
from zhengti_zip.base.safenames import shown_name
from zhengti_zip.batch.archivefile import ArchiveFile, ReadTooLarge

MAX_MEMBERS = 20_000

MAX_DIRECTORY_BYTES = MAX_MEMBERS * 512
"""Of the list of members, which is read before they are counted: a member takes 46 bytes and its name."""

ENCRYPTED, UTF_8 = 0x1, 0x800
"""Flag bits of a member."""

_SIGNATURE = b"PK\3\4"
_HEADER = struct.Struct("<4s22xHH")
"""Local header of a member: signature, length of the name, length of the extra field."""

REPACK = "请解压后直接给出文件夹，或重新压缩为 .zip"


class Archive:
    """A zip file on disk.

    Args:
        file: the file; it is open only while something is read from it.

    Raises:
        InputError: it is no zip file, is damaged, cannot be read, or has more than :data:`MAX_MEMBERS` files.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._name = shown_name(file.name)
        self._stream = ArchiveFile(file, self._name)
        try:
            with self._stream.opened(MAX_DIRECTORY_BYTES):
                self._zip = zipfile.ZipFile(self._stream)
            self._members = [info for info in self._zip.infolist() if not info.filename.endswith("/")]
        except ReadTooLarge as error:
            raise self._too_many() from error
        except UNSOUND as error:
            raise InputError(f"{self._name} 已损坏，或不是 .zip 压缩包", REPACK) from error
        if len(self._members) > MAX_MEMBERS:
            raise self._too_many()

    def _too_many(self) -> InputError:
        return InputError(f"{self._name} 中的文件超过 {MAX_MEMBERS} 个", "请分成几个压缩包")

    def members(self) -> Iterator[tuple[int, str]]:
        """Number and decoded path of every file in the archive."""
        for number, info in enumerate(self._members):
            yield number, decoded(info)

    def modified(self, number: int) -> datetime | None:
        """When a member was last changed, by the clock of this machine; None when its date is none."""
        try:
            return datetime(*self._members[number].date_time).astimezone(UTC)
        except (ValueError, OverflowError, OSError):
            return None

    def start(self, number: int, most: int) -> bytes:
        """The first bytes of a member; unpacks no more than them.

        Raises:
            InputError: it is damaged, encrypted or packed in a rare way.
        """
        info = self._members[number]
        name = self._vetted(info)
        try:
            with self._stream.opened(), self._zip.open(info) as stream:
                return stream.read(most)
        except (*UNSOUND, NotImplementedError) as error:
            raise InputError(f"{self._name} 中的 {name} 已损坏", REPACK) from error

    def vet(self, numbers: Iterable[int]) -> None:
        """Check that unpacking these members is no attack.

        Thousands of entries may point to the same packed bytes, each of which would be unpacked again.

        Args:
            numbers: the members that are going to be read.

        Raises:
            InputError: members overlap, or are larger in all than :data:`MAX_ARCHIVE_UNPACKED_BYTES`.
        """
        members = [self._members[number] for number in numbers]
        if sum(min(info.file_size, MAX_FILE_BYTES) for info in members) > MAX_ARCHIVE_UNPACKED_BYTES:
            gigabytes = MAX_ARCHIVE_UNPACKED_BYTES // 1024**3
            raise InputError(f"{self._name} 解压后超过 {gigabytes} GB 的上限", "请分成几个压缩包")
        with self._stream.opened():
            if self._overlap(members):
                raise InputError(
                    f"{self._name} 中的文件互相重叠，不是正常的压缩包",
                    "请向发送的人核实；确是填报文件的，请对方重新压缩为 .zip",
                )

    def _overlap(self, members: Iterable[zipfile.ZipInfo]) -> bool:
        end = 0
        for info in sorted(members, key=lambda info: info.header_offset):
            if info.header_offset < end:
                return True
            end = self._end(info)
        return False

    def _end(self, info: zipfile.ZipInfo) -> int:
        """Offset behind the packed data of a member; its own offset when the local header is damaged, which
        :meth:`read` reports."""
        try:
            self._stream.seek(info.header_offset)
            signature, name, added = _HEADER.unpack(self._stream.read(_HEADER.size))
        except UNSOUND:
            return info.header_offset
        if signature != _SIGNATURE:
            return info.header_offset
        return info.header_offset + _HEADER.size + int(name) + int(added) + info.compress_size

    def read(self, number: int) -> bytes:
        """The bytes of a member.

        Raises:
            InputError: it is damaged, encrypted, empty or too large.
        """
        info = self._members[number]
        name = self._vetted(info)
        if info.file_size > MAX_FILE_BYTES:
            raise InputError(
                f"{name} 解压后超过 {MAX_FILE_BYTES // 1024 // 1024} MB 的上限",
                "请删除其中的图片或多余内容后重试",
            )
        if is_bomb(info):
            raise InputError(f"{self._name} 中的 {name} 解压后过大，不是正常的填报文件", TOO_LARGE)
        try:
            with self._stream.opened(), self._zip.open(info) as stream:
                content = stream.read(info.file_size + 1)  # zipfile returns at most the declared size
        except (*UNSOUND, NotImplementedError) as error:
            raise InputError(f"{self._name} 中的 {name} 已损坏", REPACK) from error
        if not content:
            raise InputError(f"{name} 是空文件", "请重新保存或重新获取该文件")
        return content

    def _vetted(self, info: zipfile.ZipInfo) -> str:
        """The name of a member that can be unpacked.

        Raises:
            InputError: it cannot.
        """
        name = decoded(info).rpartition("/")[2]
        if info.compress_type not in METHODS:
            raise InputError(f"{self._name} 中的 {name} 用了少见的压缩方法，无法读取", REPACK)
        if info.flag_bits & ENCRYPTED:
            raise InputError(f"{self._name} 中的 {name} 已加密", "请取消密码，重新压缩后重试")
        return name


def decoded(info: zipfile.ZipInfo) -> str:
    """The path of a member: UTF-8 if its flag says so, else UTF-8 or GBK, whichever decodes it first."""
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
