"""Inputs that cannot be read, or are too large to be what they say, are refused before anything else."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import struct
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.support import changed, form, is_chinese
from zhengti_zip.base import limits
from zhengti_zip.base.errors import InputError, UsageProblem
from zhengti_zip.base.limits import (
    MAX_ENTERED_TEXT,
    MAX_FILE_BYTES,
    MAX_JSON_BYTES,
    MAX_RATIO,
    MAX_STRANGE,
    RATIO_COUNTS_FROM,
    PackedParts,
    read_limited,
)
from zhengti_zip.base.resources import templates_dir
from zhengti_zip.form.loader import load_form
from zhengti_zip.submission.jsonform import from_data, json_source


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
    def locked(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    file = sized(tmp_path / "a", 1)
    monkeypatch.setattr(os, "open", locked)
    assert "没有权限" in refused(file)


def test_a_file_that_is_written_to_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = sized(tmp_path / "a", 1000)

    class Changing(io.BufferedReader):
        def read(self, size: int | None = -1, /) -> bytes:
            content = super().read(size)
            file.write_bytes(b"another content")
            return content

    monkeypatch.setattr(limits, "open_regular", lambda file: Changing(io.FileIO(file)))
    assert "在读取过程中被改动" in refused(file)


def test_no_ordinary_file() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("no devices here")
    refused(Path("/dev/zero"))


def test_a_name_no_file_can_have(tmp_path: Path) -> None:
    for name in ("字" * 300, "甲\0乙"):
        with pytest.raises(InputError):
            read_limited(tmp_path / name)


def archive(entries: int, size: int = 1) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(entries):
            packed.writestr(f"{number}", b"\0" * size)
    return buffer.getvalue()


def test_an_ordinary_archive() -> None:
    assert PackedParts(Path("部门.xlsx"), archive(3, 1000)).names == {"0", "1", "2"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all", archive(3)[:-30]])
def test_no_sound_archive(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        PackedParts(Path("部门.xlsx"), content)
    assert is_chinese(caught.value.message)


def test_the_largest_archive_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ENTRIES", 5)
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 5000)
    PackedParts(Path("a.xlsx"), archive(5, 1000))
    for content in (archive(6), archive(5, 1001)):
        with pytest.raises(InputError):
            PackedParts(Path("a.xlsx"), content)


def test_the_parts_of_a_file_are_counted_before_they_are_listed() -> None:
    content = archive(limits.MAX_ENTRIES, 1)
    PackedParts(Path("a.xlsx"), content)
    for count in (limits.MAX_ENTRIES + 1, 100_000):
        with pytest.raises(InputError, match="2000 个"):
            PackedParts(Path("a.xlsx"), content + b"PK\1\2" * (count - limits.MAX_ENTRIES))


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def archive_refused(content: bytes) -> str:
    with pytest.raises(InputError) as caught:
        PackedParts(Path("部门.xlsx"), content)
    assert is_chinese(caught.value.remedy)
    return caught.value.message


def test_parts_come_back_as_they_are() -> None:
    parts = {"xl/workbook.xml": b"<a/>", "甲/乙.bin": bytes(range(256)), "空": b""}
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        made = PackedParts(Path("部门.xlsx"), packed(parts, method))
        assert made.ordered == tuple(parts)
        assert {name: made.read(name) for name in made.names} == parts


def test_packed_too_tightly_to_be_honest() -> None:
    # Half noise, half nothing: above the ratio only when nothing prevails.
    noise = random.Random(1).randbytes(RATIO_COUNTS_FROM // MAX_RATIO * 2)
    PackedParts(Path("部门.xlsx"), packed({"a": noise + b"\0" * RATIO_COUNTS_FROM}))
    PackedParts(Path("部门.xlsx"), packed({"a": b"\0" * RATIO_COUNTS_FROM}))  # small parts may be
    assert "过大" in archive_refused(packed({"a": b"\0" * (RATIO_COUNTS_FROM + 1)}))


def test_a_part_that_is_there_twice() -> None:
    content = packed({"xl/a.xml": b"1", "xl/b.xml": b"2"})
    assert "已损坏" in archive_refused(content.replace(b"xl/b.xml", b"xl/a.xml"))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_no_office_program_uses(method: int) -> None:
    assert "已损坏" in archive_refused(packed({"a": b"1" * 1000}, method))


def directory_changed(content: bytes, offset: int, value: bytes) -> bytes:
    """An archive with some bytes of its first directory entry replaced."""
    at = content.index(b"PK\x01\x02") + offset
    return content[:at] + value + content[at + len(value) :]


def test_encrypted_parts() -> None:
    assert "加密" in archive_refused(directory_changed(packed({"a": b"1"}), 8, b"\x01\x00"))


def test_a_directory_that_lies_about_the_size_gives_no_more_than_it_said() -> None:
    honest = packed({"a": b"\0" * 100_000_000})
    lying = PackedParts(Path("部门.xlsx"), directory_changed(honest, 24, struct.pack("<I", 1000)))
    tracemalloc.start()
    try:
        with pytest.raises(InputError) as caught:
            lying.read("a")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert is_chinese(caught.value.message)


def test_a_damaged_part_and_one_that_is_not_there() -> None:
    content = packed({"a": b"1" * 1000}, zipfile.ZIP_STORED)
    parts = PackedParts(Path("部门.xlsx"), content.replace(b"1111", b"1211", 1))
    for name in ("a", "b"):
        with pytest.raises(InputError) as caught:
            parts.read(name)
        assert "部门.xlsx" in caught.value.message


def entered(characters: int) -> object:
    texts = ["长" * 30_000] * 10
    rows, rest = divmod(characters, 30_000)
    goals = [{"goal": text} for text in texts[:rows]] + [{"goal": "长" * rest}]
    blank: dict[str, object] = {"fields": {}, "scores": {}, "budget": {}}
    return from_data({**changed(blank), "goals": goals}, form())


def test_as_much_text_as_a_form_can_have() -> None:
    assert entered(MAX_ENTERED_TEXT)
    with pytest.raises(InputError, match=str(MAX_ENTERED_TEXT)):
        entered(MAX_ENTERED_TEXT + 1)


def test_json_of_unknown_keys() -> None:
    strange = {f"键{number}": 1 for number in range(MAX_STRANGE)}
    problems = from_data({**changed({}), **strange}, form()).reading_problems
    assert [problem.code for problem in problems] == ["unknown_key"] * MAX_STRANGE
    with pytest.raises(InputError, match="不认识"):
        from_data({**changed({}), **strange, "又一个": 1}, form())


def test_json_of_the_largest_size() -> None:
    def of(size: int) -> bytes:
        start = b'{"form": "haizhu-2022"}'
        return start + b" " * (size - len(start))

    assert json_source(Path("甲.json"), of(MAX_JSON_BYTES)).form.id == "haizhu-2022"
    with pytest.raises(InputError, match="8 MB"):
        json_source(Path("甲.json"), of(MAX_JSON_BYTES + 1))


def test_an_input_cannot_name_a_form_by_path(tmp_path: Path) -> None:
    folder = tmp_path / "form"
    shutil.copytree(templates_dir() / "haizhu-2022", folder)
    content = json.dumps({"form": str(folder)}).encode("utf-8")
    with pytest.raises(UsageProblem, match="没有名为"):
        json_source(Path("甲.json"), content)
    assert (
        json_source(Path("甲.json"), b'{"form": "haizhu-2022"}', load_form(folder)).form.id == "haizhu-2022"
    )
