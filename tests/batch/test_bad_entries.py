"""Each bad entry of a batch fails alone, costs little, and the sound ones beside it are done."""

from __future__ import annotations

import json
import os
import resource
import shutil
import stat
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.offices import office, write
from tests.cli.calling import Outcome, environment, spawn
from zhengti_zip.base.errors import InputError
from zhengti_zip.batch.archive import MAX_MEMBERS, Archive
from zhengti_zip.batch.intake import take_in
from zhengti_zip.batch.journal import NAME
from zhengti_zip.batch.result import MAX_LISTED

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="pipes, devices and limits of Linux"
)

MEGABYTE = 1024 * 1024


def batch(inputs: Path, output: Path, *options: str | Path) -> Outcome:
    """A batch of Word files only, which is quick."""
    outcome = spawn("batch", inputs, "-o", output, "--docx", "--workers", "1", *options)
    assert "内部错误" not in outcome.err and "Traceback" not in outcome.err
    return outcome


def many_entries(file: Path, count: int) -> Path:
    """A zip file of nameless empty members, all in one place."""
    entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 0x21, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    directory = entry * count
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), 0, 0)
    file.write_bytes(directory + end)
    return file


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """A folder with one sound file and everything that is none."""
    inputs = tmp_path / "填报"
    write(inputs, 1)
    for name in ("管道.zip", "管道.xlsx", "管道.json"):
        os.mkfifo(inputs / name)
    for name, device in (("无尽.zip", "zero"), ("无尽.xlsx", "full"), ("无尽.json", "urandom")):
        (inputs / name).symlink_to(f"/dev/{device}")
    for ending in ("zip", "xlsx"):
        (inputs / f"圈1.{ending}").symlink_to(f"圈2.{ending}")
        (inputs / f"圈2.{ending}").symlink_to(f"圈1.{ending}")
        (inputs / f"空.{ending}").symlink_to(f"没有.{ending}")
    (inputs / "自己").symlink_to(".")
    if os.geteuid() == 0:
        os.mknod(inputs / "设备.zip", 0o600 | stat.S_IFCHR, os.makedev(1, 5))
    many_entries(inputs / "许多.zip", 2_000_000)
    return inputs


@pytest.mark.slow
def test_whatever_is_no_regular_file_fails_alone(strange: Path, tmp_path: Path) -> None:
    start = time.monotonic()
    outcome = batch(strange, tmp_path / "输出")
    assert outcome.code == 5, outcome.err
    assert time.monotonic() - start < 30
    failed = len(list(strange.iterdir())) - 2  # without the sound file and the link to a folder
    assert f"完成 1 份，失败 {failed} 份" in outcome.err
    assert "许多.zip 中的文件超过 20000 个" in outcome.err
    assert (tmp_path / "输出" / "局0001.docx").exists()


@pytest.mark.slow
def test_named_one_by_one_they_fail_alone_too(strange: Path, tmp_path: Path) -> None:
    named = [path for path in sorted(strange.iterdir()) if path.name != "自己"]
    outcome = spawn("batch", *named, "-o", tmp_path / "输出", "--docx", "--workers", "1")
    assert (outcome.code, "内部错误" in outcome.err) == (5, False)
    assert "完成 1 份" in outcome.err


def test_a_pattern_does_not_go_round_in_circles(tmp_path: Path) -> None:
    write(tmp_path / "填报" / "街道", 1)
    for number in range(3):
        (tmp_path / "填报" / f"环{number}").symlink_to(".")
        (tmp_path / "填报" / "街道" / f"环{number}").symlink_to("..")
    for pattern in ("填报/**/*.json", "**/局*.json", "填报/**"):
        found = take_in([Path(os.path.relpath(tmp_path)) / pattern], tmp_path / "输出")
        assert [Path(item.name).name for item in found.items] == ["局0001.json"], pattern


def test_what_an_output_may_not_replace_fails_its_file_alone(tmp_path: Path) -> None:
    inputs, output = tmp_path / "填报", tmp_path / "输出"
    for number in (1, 2, 3):
        write(inputs, number)
    output.mkdir()
    os.mkfifo(output / "局0001.docx")
    (output / "局0002.docx").symlink_to("/dev/null")
    outcome = batch(inputs, output)
    assert (outcome.code, outcome.err.count("不是普通文件")) == (5, 2)
    assert stat.S_ISFIFO((output / "局0001.docx").lstat().st_mode)
    assert (output / "局0002.docx").readlink() == Path("/dev/null")
    assert (output / "局0003.docx").exists()


@pytest.mark.parametrize("count", [MAX_MEMBERS, MAX_MEMBERS + 1])
def test_the_largest_number_of_members(tmp_path: Path, count: int) -> None:
    file = many_entries(tmp_path / "a.zip", count)
    if count > MAX_MEMBERS:
        with pytest.raises(InputError, match="超过"):
            Archive(file)
    else:
        assert len(list(Archive(file).members())) == count


def test_an_archive_of_the_most_members_with_long_names_is_taken(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        for number in range(MAX_MEMBERS):
            packed.writestr(zipfile.ZipInfo(f"{'街道办事处' * 15}/{number}.json"), b"")
    assert len(list(Archive(tmp_path / "a.zip").members())) == MAX_MEMBERS


def test_an_archive_that_changes_after_the_search_fails_alone(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as packed:
            packed.writestr("1.json", json.dumps(office(1)))
    first, other = take_in([tmp_path / "甲.zip", tmp_path / "乙.zip"], tmp_path / "输出").items
    (tmp_path / "乙.zip").write_bytes((tmp_path / "甲.zip").read_bytes() + b" ")
    contents, messages = [], []
    for item in (first, other):
        try:
            contents.append(item.read())
        except InputError as error:
            messages.append(error.message)
    assert (len(contents), messages) == (1, ["乙.zip 在读取过程中被改动"])


@pytest.fixture
def few_open_files() -> Iterator[int]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    yield 256
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_more_archives_than_a_process_may_open_files(tmp_path: Path, few_open_files: int) -> None:
    inputs = tmp_path / "填报"
    inputs.mkdir()
    with zipfile.ZipFile(inputs / "0000.zip", "w") as packed:
        packed.writestr("1.json", json.dumps(office(1)))
    for number in range(1, few_open_files + 100):
        shutil.copyfile(inputs / "0000.zip", inputs / f"{number:04}.zip")
    items = take_in([inputs], tmp_path / "输出").items
    assert len(items) == few_open_files + 100
    assert {item.refusal for item in items} == {None}
    assert len({item.read() for item in items}) == 1


def test_a_form_folder_with_an_unreadable_file_is_one_message(tmp_path: Path) -> None:
    write(tmp_path / "填报", 1)
    form = shutil.copytree(Path("templates") / "haizhu-2022", tmp_path / "表")
    (form / "自己").symlink_to(".")
    os.mkfifo(form / "管道")
    (form / "圈").symlink_to("圈")
    assert batch(tmp_path / "填报", tmp_path / "输出", "--form", form).code == 0
    secret = form / "备忘.txt"
    secret.write_text("x", encoding="utf-8")
    secret.chmod(0)
    if os.geteuid() != 0:
        outcome = batch(tmp_path / "填报", tmp_path / "输出", "--form", form)
        assert (outcome.code, "备忘.txt：没有权限" in outcome.err) == (2, True)


def hostile_data() -> dict[str, object]:
    """A submission with some fourteen thousand problems."""
    data = office(1)
    amounts = dict.fromkeys(
        ("total", "basic", "project", "special", "other_development", "district", "superior"), "约"
    )
    data["units"] = [{"name": f"第{number}单位", "amounts": amounts} for number in range(1900)]
    return data


PARENT_PEAK = """
import sys
from pathlib import Path
from zhengti_zip.cli.app import run
code = run(sys.argv[1:])
# Not ru_maxrss, which begins with the memory of the process that started this one.
status = Path("/proc/self/status").read_text(encoding="ascii")
print(int(status.partition("VmHWM:")[2].split()[0]) // 1024, file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.slow
def test_problems_without_number_cost_the_parent_and_the_journal_little(tmp_path: Path) -> None:
    content = json.dumps(hostile_data(), ensure_ascii=False)
    with zipfile.ZipFile(tmp_path / "一批.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(12):
            packed.writestr(f"{number}.json", content.replace("虚构市第1局", f"虚构市第{number}局"))
    command = ["batch", str(tmp_path / "一批.zip"), "-o", str(tmp_path / "输出"), "--docx"]
    done = subprocess.run(
        [sys.executable, "-c", PARENT_PEAK, *command], capture_output=True, env=environment(), check=False
    )
    err = done.stderr.decode("utf-8")
    assert done.returncode == 5, err
    counts = [int(part.partition(" ")[0]) for part in err.split("（共 ")[1:]]
    assert min(counts) > 10 * MAX_LISTED, "the message counts those that are not listed"
    assert int(err.splitlines()[-1]) < 300, "MB"
    assert (tmp_path / "输出" / NAME).stat().st_size < 12 * MAX_LISTED * 2000 < 5 * MEGABYTE
