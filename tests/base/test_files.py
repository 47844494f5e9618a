"""Files are written completely or not at all."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import is_chinese
from zhengti_zip.base.errors import ExitCode, OutputError
from zhengti_zip.base.files import ensure_writable, refuse_overwriting, write_all_atomically, write_atomically
from zhengti_zip.base.staging import STALE_SECONDS, Staged, sweep

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


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("fsync", errno.ENOSPC),
        ("fsync", errno.EIO),
        ("replace", errno.ENOSPC),
        ("replace", errno.EACCES),
        ("replace", errno.EIO),
    ],
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

        def fail(*_: object, code: int = code) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(Path, "replace", fail)
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


def test_when_the_second_cannot_be_renamed_its_old_file_comes_back(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = old.with_name("自评表.docx")
    word.write_bytes(OLD)
    rename = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == word:
            raise PermissionError(errno.EACCES, "open in Word")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match=r"自评表\.docx"):
        write_all_atomically({old: NEW, word: NEW})
    assert word.read_bytes() == OLD
    assert names(old.parent) == ["自评表.docx", "自评表.pdf"]


KILLED = """
import os, signal, sys
from pathlib import Path
from zhengti_zip.base import files
rename = getattr(Path, sys.argv[1])
calls = []
def killed(self, target):
    calls.append(target)
    if len(calls) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
setattr(Path, sys.argv[1], killed)
folder = Path(sys.argv[3])
files.write_all_atomically({folder / name: "新".encode() for name in ("自评表.pdf", "自评表.docx")})
"""


@pytest.mark.skipif(os.name == "nt", reason="kills by a signal of POSIX")
@pytest.mark.parametrize(("step", "call"), [("rename", 1), ("replace", 1), ("replace", 2)])
def test_a_kill_between_two_renames_leaves_no_mixture_and_the_next_write_no_remnant(
    old: Path, step: str, call: int
) -> None:
    word = old.with_name("自评表.docx")
    word.write_bytes(OLD)
    done = subprocess.run([sys.executable, "-c", KILLED, step, str(call), str(old.parent)], check=False)
    assert done.returncode == -signal.SIGKILL
    left = {file.name: file.read_bytes() for file in old.parent.iterdir() if file.name[0] != "."}
    assert len(set(left.values())) == 1, "all old or all new"
    assert any(name.startswith(".zhengti-") for name in names(old.parent))
    again = KILLED.replace("len(calls) == int(sys.argv[2])", "False")
    subprocess.run([sys.executable, "-c", again, step, "0", str(old.parent)], check=True)
    assert names(old.parent) == ["自评表.docx", "自评表.pdf"]
    assert {old.read_bytes(), word.read_bytes()} == {NEW}


@pytest.mark.skipif(os.name == "nt", reason="locks of POSIX")
def test_a_temporary_file_of_a_living_process_is_left_alone(tmp_path: Path) -> None:
    at_work = Staged(tmp_path / "甲.pdf", NEW)
    assert sweep(tmp_path) == 0
    at_work.replace_target()
    assert names(tmp_path) == ["甲.pdf"]


def test_files_that_only_look_like_temporary_ones_stay(tmp_path: Path) -> None:
    (tmp_path / ".zhengti-notes.txt").write_bytes(OLD)
    (tmp_path / ".zhengti-1.tmp").symlink_to(tmp_path / ".zhengti-notes.txt")
    assert sweep(tmp_path) == 0
    assert names(tmp_path) == [".zhengti-1.tmp", ".zhengti-notes.txt"]


def test_where_nothing_can_be_locked_old_age_tells_what_was_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhengti_zip.base.staging.try_lock", lambda _handle: None)
    for number, age in enumerate((10, STALE_SECONDS + 10)):
        file = tmp_path / f".zhengti-{number}.tmp"
        file.write_bytes(OLD)
        os.utime(file, (time.time() - age,) * 2)
    assert sweep(tmp_path) == 1
    assert names(tmp_path) == [".zhengti-0.tmp"]


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.EPERM, errno.EOPNOTSUPP])
@pytest.mark.parametrize("call", ["fsync", "chmod", "fchmod", "flock"])
def test_a_file_system_that_refuses_a_call_still_gets_the_output(
    old: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    fcntl = pytest.importorskip("fcntl")
    old.chmod(0o640)

    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl if call == "flock" else os, call, refuse)
    write_atomically(old, NEW)
    assert old.read_bytes() == NEW
    assert names(old.parent) == ["自评表.pdf"]


def special_files(folder: Path) -> dict[str, Path]:
    """A pipe, as root a device, links to them, and the name of standard output."""
    made = {"pipe": folder / "pipe", "null": Path("/dev/null")}
    os.mkfifo(made["pipe"])
    if os.geteuid() == 0:
        made["device"] = folder / "device"
        os.mknod(made["device"], 0o600 | stat.S_IFCHR, os.makedev(1, 3))
    for name, path in list(made.items()):
        made[f"link to {name}"] = folder / f"link to {name}"
        made[f"link to {name}"].symlink_to(path)
    return {**made, "stdout": Path("/dev/stdout")}


@pytest.mark.skipif(os.name == "nt", reason="device files of POSIX")
def test_devices_pipes_and_links_to_them_are_refused_and_stay(tmp_path: Path) -> None:
    for name, path in special_files(tmp_path).items():
        before = path.lstat()
        assert "不是普通文件" in refused(path).message
        with pytest.raises(OutputError):
            write_all_atomically({tmp_path / "甲.pdf": NEW, path: NEW})
        after = path.lstat()
        assert (before.st_ino, before.st_mode) == (after.st_ino, after.st_mode), name
    assert not (tmp_path / "甲.pdf").exists()
    assert not [name for name in names(tmp_path) if name.startswith(".")]


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_for_a_pipe_the_remedy_is_not_force(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError) as caught:
        refuse_overwriting(tmp_path / "pipe", force=False)
    assert "--force" not in caught.value.remedy


def test_a_link_to_a_regular_file_is_replaced_and_what_it_leads_to_stays(old: Path) -> None:
    link = old.with_name("链接.pdf")
    link.symlink_to(old)
    write_atomically(link, NEW)
    assert (old.read_bytes(), link.read_bytes(), link.is_symlink()) == (OLD, NEW, False)


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
