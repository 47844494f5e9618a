"""Archives that unpack to far more than their size are refused before anything is unpacked."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fuzz.archives import Member, put_together
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import MAX_ARCHIVE_UNPACKED_BYTES, MAX_FILE_BYTES
from zhengti_zip.batch import archive as archives
from zhengti_zip.batch.archive import Archive

SOUND = Member("好.json".encode(), b"{}" * 100)


def laid_down(folder: Path, members: Sequence[Member]) -> Path:
    file = folder / "一批.zip"
    file.write_bytes(put_together(members))
    return file


def looked_at(file: Path, *numbers: int) -> None:
    archive = Archive(file)
    archive.vet(numbers or [number for number, _ in archive.members()])


@pytest.fixture
def nothing_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", refuse)


@pytest.mark.usefixtures("nothing_is_unpacked")
def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    zeros = Member(b"0.json", bytes(1000))
    shared = [replace(zeros, name=f"{number}.json".encode(), told={"offset": 0}) for number in range(1, 2000)]
    with pytest.raises(InputError, match=r"^一批\.zip 中的文件互相重叠，不是正常的压缩包$") as caught:
        looked_at(laid_down(tmp_path, [zeros, *shared]))
    assert "重新压缩" in caught.value.remedy


@pytest.mark.usefixtures("nothing_is_unpacked")
@pytest.mark.parametrize("told", [{"packed": 60}, {"packed": 10**6}])
def test_a_member_that_overlaps_the_next_is_refused(tmp_path: Path, told: dict[str, int]) -> None:
    members = [replace(SOUND, name=b"1.json", told=told), SOUND]
    with pytest.raises(InputError, match="互相重叠"):
        looked_at(laid_down(tmp_path, members))


@pytest.mark.usefixtures("nothing_is_unpacked")
def test_an_extra_field_that_makes_members_overlap_is_refused(tmp_path: Path) -> None:
    """The length of the extra field is taken from the local header, which the central directory may contradict."""
    file = laid_down(tmp_path, [replace(SOUND, name=b"1.json"), SOUND])
    content = bytearray(file.read_bytes())
    content[28:30] = struct.pack("<H", 20)
    file.write_bytes(content)
    with pytest.raises(InputError, match="互相重叠"):
        looked_at(file)


def test_members_that_are_no_inputs_are_not_checked(tmp_path: Path) -> None:
    odd = replace(SOUND, name=b"1.txt", told={"offset": 0})
    file = laid_down(tmp_path, [SOUND, odd, replace(odd, name=b"2.txt")])
    looked_at(file, 0)
    assert Archive(file).read(0) == SOUND.content


@pytest.mark.parametrize(
    "told", [{"offset": 10**6}, {"crc": 1}, {"size": 3}], ids=["nowhere", "other content", "shorter"]
)
def test_a_member_with_a_false_size_fails_alone(tmp_path: Path, told: dict[str, int]) -> None:
    file = laid_down(tmp_path, [SOUND, replace(SOUND, name=b"1.json", told=told)])
    looked_at(file)
    assert Archive(file).read(0) == SOUND.content
    with pytest.raises(InputError, match=r"1\.json 已损坏"):
        Archive(file).read(1)


def test_a_member_with_another_name_in_its_local_header_fails_alone(tmp_path: Path) -> None:
    file = laid_down(tmp_path, [SOUND, replace(SOUND, name=b"1.json")])
    file.write_bytes(file.read_bytes().replace(b"1.json", b"2.json", 1))
    looked_at(file)
    assert Archive(file).read(0) == SOUND.content
    with pytest.raises(InputError, match=r"1\.json 已损坏"):
        Archive(file).read(1)


def test_a_self_extracting_archive_is_read(tmp_path: Path) -> None:
    file = laid_down(tmp_path, [SOUND, replace(SOUND, name=b"1.json")])
    file.write_bytes(b"MZ" * 500 + file.read_bytes())
    looked_at(file)
    assert Archive(file).read(1) == SOUND.content


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_with_data_descriptors_is_read(tmp_path: Path, method: int) -> None:
    """The sizes then follow the data, as in an archive written to a pipe."""

    class Pipe:
        def __init__(self) -> None:
            self.content = b""

        def write(self, content: bytes) -> int:
            self.content += content
            return len(content)

        def flush(self) -> None:
            pass

    pipe, file = Pipe(), tmp_path / "a.zip"
    with zipfile.ZipFile(pipe, "w", method) as archive:  # type: ignore[call-overload]
        for number in range(3):
            archive.writestr(f"{number}.json", SOUND.content)
    file.write_bytes(pipe.content)
    looked_at(file)
    assert [Archive(file).read(number) for number in range(3)] == [SOUND.content] * 3


def test_the_limit_of_the_total_size_allows_2000_large_workbooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MAX_ARCHIVE_UNPACKED_BYTES > 2000 * MAX_FILE_BYTES
    monkeypatch.setattr(archives, "MAX_ARCHIVE_UNPACKED_BYTES", 3 * len(SOUND.content))
    members = [replace(SOUND, name=f"{number}.json".encode()) for number in range(4)]
    file = laid_down(tmp_path, members)
    looked_at(file, 0, 1, 2)
    with pytest.raises(InputError, match=r"一批\.zip 解压后超过 .* GB 的上限"):
        looked_at(file)


@pytest.mark.usefixtures("nothing_is_unpacked")
@pytest.mark.parametrize(("megabytes", "words"), [(5, "解压后过大"), (21, "解压后超过 20 MB 的上限")])
def test_a_member_with_a_high_compression_ratio_is_not_unpacked(
    tmp_path: Path, megabytes: int, words: str
) -> None:
    file = laid_down(tmp_path, [Member(b"1.json", bytes(megabytes * 1024 * 1024)), SOUND])
    looked_at(file)
    with pytest.raises(InputError, match=words):
        Archive(file).read(0)
