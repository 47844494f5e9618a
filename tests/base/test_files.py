"""Files are written completely or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.support import is_chinese
from zhengti_zip.base.errors import ExitCode, OutputError
from zhengti_zip.base.files import ensure_writable, refuse_overwriting, write_all_atomically, write_atomically

OLD, NEW = "旧".encode(), "新".encode()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refused(path: Path, content: bytes = NEW) -> OutputError:
    with pytest.raises(OutputError) as caught:
        write_atomically(path, content)
    assert caught.value.exit_code is ExitCode.OUTPUT
    assert str(path) in caught.value.message
    assert is_chinese(caught.value.message)
    assert is_chinese(caught.value.remedy)
    return caught.value


@pytest.fixture
def old(tmp_path: Path) -> Path:
    file = tmp_path / "自评表.pdf"
    file.write_bytes(OLD)
    return file


def test_a_new_file_in_a_new_folder(tmp_path: Path) -> None:
    file = tmp_path / "报送" / "2022" / "自评表.pdf"
    write_atomically(file, NEW)
    assert file.read_bytes() == NEW
    assert names(file.parent) == ["自评表.pdf"]


def test_an_old_file_is_replaced(old: Path) -> None:
    write_atomically(old, NEW)
    assert old.read_bytes() == NEW
    assert names(old.parent) == ["自评表.pdf"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EACCES, errno.EIO], ids=["磁盘已满", "没有权限", "设备错误"]
)
def test_when_writing_fails_the_old_file_stays(
    old: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    def fail(*_args: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    refused(old)
    assert old.read_bytes() == OLD
    assert names(old.parent) == ["自评表.pdf"]


def test_an_interrupted_write_leaves_nothing_behind(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(old, NEW)
    assert old.read_bytes() == OLD
    assert names(old.parent) == ["自评表.pdf"]


def test_a_full_disk_and_a_file_in_use_have_different_messages(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = set()
    for code in (errno.ENOSPC, errno.EACCES, errno.EIO):

        def fail(_handle: int, code: int = code) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(os, "fsync", fail)
        messages.add(refused(old).message)
    assert len(messages) == 3


def test_of_several_files_none_is_replaced_when_one_cannot_be_written(old: Path) -> None:
    folder = old.parent / "自评表.docx"
    folder.mkdir()
    with pytest.raises(OutputError) as caught:
        write_all_atomically({old: NEW, folder: NEW})
    assert str(folder) in caught.value.message
    assert old.read_bytes() == OLD
    assert names(old.parent) == ["自评表.docx", "自评表.pdf"]
    assert names(folder) == []


def test_several_files(tmp_path: Path) -> None:
    contents = {tmp_path / name: name.encode() for name in ("甲.pdf", "甲.docx")}
    write_all_atomically(contents)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == contents


def test_no_files_at_all(tmp_path: Path) -> None:
    write_all_atomically({})
    assert names(tmp_path) == []


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o755])
def test_the_permissions_of_the_old_file_are_kept(old: Path, mode: int) -> None:
    old.chmod(mode)
    write_atomically(old, NEW)
    assert old.stat().st_mode & 0o777 == mode


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write_atomically(tmp_path / "a", NEW)
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == mode


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    folder = tmp_path / "自评表.pdf"
    folder.mkdir()
    (folder / "别人的文件").write_bytes(OLD)
    refused(folder)
    assert names(tmp_path) == ["自评表.pdf"]
    assert names(folder) == ["别人的文件"]


def test_a_file_where_a_folder_should_be(old: Path) -> None:
    refused(old / "自评表.pdf")
    refused(old / "2022" / "自评表.pdf")
    assert old.read_bytes() == OLD


def test_a_folder_that_can_be_written_to(tmp_path: Path) -> None:
    ensure_writable(tmp_path / "甲" / "乙")
    assert (tmp_path / "甲" / "乙").is_dir()
    assert names(tmp_path / "甲" / "乙") == []


def test_a_folder_that_cannot(old: Path) -> None:
    for folder in (old, old / "甲"):
        with pytest.raises(OutputError) as caught:
            ensure_writable(folder)
        assert str(folder) in caught.value.message
    assert old.read_bytes() == OLD


def test_an_existing_file_is_replaced_only_with_force(old: Path) -> None:
    with pytest.raises(OutputError) as caught:
        refuse_overwriting(old, force=False)
    assert "--force" in caught.value.remedy
    refuse_overwriting(old, force=True)
    refuse_overwriting(old.with_name("没有.xlsx"), force=False)
