"""Inputs that cannot be read, or are too large to be what they say, are refused before anything else."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.support import is_chinese
from zhengti_zip import limits
from zhengti_zip.errors import InputError
from zhengti_zip.limits import MAX_FILE_BYTES, checked_entries, read_limited


def refused(file: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_limited(file)
    assert str(file) in caught.value.message
    assert is_chinese(caught.value.remedy)
    return caught.value.message


def sized(file: Path, size: int) -> Path:
    with file.open("wb") as opened:
        opened.truncate(size)
    return file


def test_the_bytes_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "部门.json"
    file.write_bytes(b"\x00\xff\r\n")
    assert read_limited(file) == b"\x00\xff\r\n"


def test_the_largest_file_taken(tmp_path: Path) -> None:
    assert len(read_limited(sized(tmp_path / "a", MAX_FILE_BYTES))) == MAX_FILE_BYTES
    assert "20 MB" in refused(sized(tmp_path / "b", MAX_FILE_BYTES + 1))


def test_nothing_a_folder_and_an_empty_file(tmp_path: Path) -> None:
    messages = {refused(tmp_path / "没有"), refused(tmp_path), refused(sized(tmp_path / "空", 0))}
    assert len(messages) == 3


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)
    refused(sized(tmp_path / "a", 1))


def test_a_name_no_file_can_have(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_limited(tmp_path / ("字" * 300))


def archive(entries: int, size: int = 1) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(entries):
            packed.writestr(f"{number}", b"\0" * size)
    return buffer.getvalue()


def test_an_ordinary_archive() -> None:
    assert checked_entries(Path("部门.xlsx"), archive(3, 1000)) == {"0", "1", "2"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all", archive(3)[:-30]])
def test_no_sound_archive(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        checked_entries(Path("部门.xlsx"), content)
    assert is_chinese(caught.value.message)


def test_the_largest_archive_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ENTRIES", 5)
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 5000)
    checked_entries(Path("a.xlsx"), archive(5, 1000))
    for content in (archive(6), archive(5, 1001)):
        with pytest.raises(InputError):
            checked_entries(Path("a.xlsx"), content)
