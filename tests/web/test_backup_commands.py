"""``backup`` and ``restore`` as the person who keeps the server runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import call
from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.location import in_folder
from zhengti_zip.web.office.accounts import accounts, add_account
from zhengti_zip.web.store import Store


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "办公台"
    folder.mkdir()
    database = Database(in_folder(folder).database_url)
    database.upgrade()
    with database.session() as session:
        add_account(session, None, "张三", "administrator", "只在测试里用的长密码")
    database.close()
    return folder


def test_backup_and_restore(office: Path, tmp_path: Path) -> None:
    backup, other = tmp_path / "备份.zip", tmp_path / "新"
    made = call("backup", "--office", office, "-o", backup)
    assert (made.code, made.out.strip()) == (0, str(backup))
    again = call("backup", "--office", office, "-o", backup)
    assert again.code == 4
    assert "--force" in again.err
    restored = call("restore", backup, "--office", other)
    assert restored.code == 0, restored.err
    database = Database(in_folder(other).database_url)
    with database.reading() as session:
        assert [each.name for each in accounts(session)] == ["张三"]
    database.close()
    refused = call("restore", backup, "--office", other)
    assert refused.code == 4
    assert "没有恢复" in refused.err


def test_no_office_no_backup(tmp_path: Path) -> None:
    refused = call("backup", "--office", tmp_path / "没有", "-o", tmp_path / "备份.zip")
    assert refused.code == 2
    assert "没有办公台的数据" in refused.err
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "照片.zip"
    file.write_bytes(b"nothing")
    refused = call("restore", file, "--office", tmp_path / "新")
    assert refused.code == 1
    assert "不是备份文件" in refused.err


def test_a_backup_leaves_alone_what_a_server_is_writing(office: Path, tmp_path: Path) -> None:
    part = office / "files" / "parts" / "half"
    Store(office / "files")
    part.write_bytes(b"half")
    assert call("backup", "--office", office, "-o", tmp_path / "备份.zip").code == 0
    assert part.exists()
    Store(office / "files").sweep()
    assert not part.exists()
