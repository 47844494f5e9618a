"""Only regular files are read; anything else is refused at once, whatever the path leads to."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest

from tests.support import is_chinese
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import read_limited
from zhengti_zip.base.regularfile import open_regular

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and devices of POSIX")


def refused(file: Path) -> str:
    """The message; the test fails when opening waits."""
    found: list[str] = []

    def opened() -> None:
        try:
            open_regular(file).close()
        except InputError as error:
            found.append(error.message)
            assert is_chinese(error.message) and is_chinese(error.remedy)

    thread = threading.Thread(target=opened, daemon=True)
    thread.start()
    thread.join(5)
    assert not thread.is_alive(), "it waits"
    assert len(found) == 1
    return found[0]


def test_pipes_devices_sockets_and_links_to_them(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    (tmp_path / "零.zip").symlink_to("/dev/zero")
    (tmp_path / "链接.xlsx").symlink_to("管道.xlsx")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.xlsx"))
        for name in ("管道.xlsx", "零.zip", "链接.xlsx", "s.xlsx"):
            assert "不是普通文件" in refused(tmp_path / name), name


def test_links_in_a_circle_and_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to("b.xlsx")
    (tmp_path / "b.xlsx").symlink_to("a.xlsx")
    (tmp_path / "c.xlsx").symlink_to("nothing")
    assert "链接" in refused(tmp_path / "a.xlsx")
    assert "找不到文件" in refused(tmp_path / "c.xlsx")


def test_a_folder_and_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    assert "文件夹" in refused(tmp_path)
    assert "找不到文件" in refused(tmp_path / "a" / "b")


def test_a_link_to_a_regular_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").symlink_to("a")
    assert read_limited(tmp_path / "b") == b"1"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="becomes another user")
def test_a_file_without_permission(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"1")
    file.chmod(0)
    os.seteuid(65534)
    try:
        assert "不能读取" in refused(file)
    finally:
        os.seteuid(0)
