"""Which files a batch takes: folders, patterns, archives; what is no input is passed over."""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePath

import pytest

from tests.fuzz.archives import Member, put_together
from zhengti_zip.base.errors import InputError, OutputError
from zhengti_zip.batch.intake import Intake, take_in


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode("utf-8"))
    return folder


def names(intake: Intake) -> list[str]:
    return [item.name for item in intake.items]


def why(intake: Intake) -> dict[str, str]:
    return {item.name: item.skipped for item in intake.skipped}


def packed(file: Path, contents: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return file


def test_a_folder_gives_its_workbooks_and_data_files_at_every_depth(tmp_path: Path) -> None:
    folder = fill(tmp_path / "填报", "乙.xlsx", "甲.json", "街道/一/丙.XLSX")
    intake = take_in([folder], tmp_path / "输出")
    assert names(intake) == ["乙.xlsx", "甲.json", "街道/一/丙.XLSX"]
    assert [item.stem for item in intake.items] == ["乙", "甲", "街道/一/丙"]
    assert intake.items[2].read() == "街道/一/丙.XLSX".encode()


def test_what_is_no_input_is_passed_over(tmp_path: Path) -> None:
    folder = fill(
        tmp_path / "填报",
        *("甲.xlsx", "甲-标注.xlsx", "乙-标注.xlsx", "~$甲.xlsx", ".隐藏.xlsx", ".git/丙.xlsx"),
        *("汇总表.xlsx", "汇总表-haizhu-2022.xlsx", "说明.docx", "说明.txt"),
    )
    intake = take_in([folder], tmp_path / "输出")
    assert names(intake) == ["乙-标注.xlsx", "甲.xlsx"], "a copy without its original came back corrected"
    assert why(intake) == {
        "汇总表-haizhu-2022.xlsx": "汇总表：由本程序生成，不是填报文件",
        "汇总表.xlsx": "汇总表：由本程序生成，不是填报文件",
        "甲-标注.xlsx": "标注副本：原件也收到了，以原件为准",
        "说明.docx": "普通文本：不是填报文件",
        "说明.txt": "普通文本：不是填报文件",
    }
    assert intake.hidden == 3, "a hidden folder counts once"


def test_an_old_workbook_is_taken_so_that_it_is_reported(tmp_path: Path) -> None:
    assert names(take_in([fill(tmp_path / "a", "老.xls", "表.et")], tmp_path / "o")) == ["老.xls", "表.et"]


def test_the_output_folder_inside_the_inputs_is_not_read(tmp_path: Path) -> None:
    folder = fill(tmp_path / "填报", "甲.xlsx", "输出/甲-标注.xlsx", "输出/乙.xlsx")
    assert names(take_in([folder], folder / "输出")) == ["甲.xlsx"]


@pytest.mark.parametrize("root", [".", "甲.xlsx"])
def test_the_folder_of_the_inputs_is_refused_as_output_folder(tmp_path: Path, root: str) -> None:
    folder = fill(tmp_path / "填报", "甲.xlsx")
    with pytest.raises(OutputError, match="不能就是填报文件所在的文件夹"):
        take_in([folder / root], folder)


def test_a_marked_copy_never_replaces_an_input(tmp_path: Path) -> None:
    corrected = fill(tmp_path / "输出", "填报/甲-标注.xlsx") / "填报"
    archive = packed(tmp_path / "填报.zip", {"甲.xlsx": b"1"})
    with pytest.raises(OutputError, match="会覆盖填报文件"):
        take_in([archive, corrected], tmp_path / "输出")


def test_a_pattern_is_expanded(tmp_path: Path) -> None:
    fill(tmp_path / "填报", "甲.xlsx", "乙.json", "深/丙.xlsx")
    assert names(take_in([tmp_path / "填报" / "*.xlsx"], tmp_path / "o")) == ["甲.xlsx"]
    assert names(take_in([tmp_path / "填报" / "**" / "*.xlsx"], tmp_path / "o")) == ["丙.xlsx", "甲.xlsx"]


def test_a_file_named_twice_is_taken_once(tmp_path: Path) -> None:
    folder = fill(tmp_path / "填报", "甲.xlsx")
    assert names(take_in([folder, folder / "甲.xlsx", folder], tmp_path / "o")) == ["甲.xlsx"]


def test_a_missing_input_is_reported_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"找不到 .*没有"):
        take_in([tmp_path, tmp_path / "没有"], tmp_path / "o")


def test_folders_whose_names_clash_are_told_apart(tmp_path: Path) -> None:
    one, other = fill(tmp_path / "一批", "甲.xlsx", "乙.xlsx"), fill(tmp_path / "二批", "甲.xlsx")
    assert names(take_in([one, other], tmp_path / "o")) == ["一批/乙.xlsx", "一批/甲.xlsx", "二批/甲.xlsx"]
    assert names(take_in([one, fill(tmp_path / "三批", "丙.xlsx")], tmp_path / "o")) == [
        "丙.xlsx",
        "乙.xlsx",
        "甲.xlsx",
    ]


def test_an_archive_is_read_like_a_folder(tmp_path: Path) -> None:
    file = packed(
        tmp_path / "一批.zip",
        {"街道/甲.xlsx": b"1", "__MACOSX/街道/._甲.xlsx": b"2", "说明.txt": b"3", "~$甲.xlsx": b"4"},
    )
    intake = take_in([file], tmp_path / "o")
    assert names(intake) == ["一批/街道/甲.xlsx"]
    assert intake.items[0].read() == b"1"


def test_an_archive_inside_a_folder_is_read_too(tmp_path: Path) -> None:
    packed(fill(tmp_path / "填报", "乙.xlsx") / "街道.zip", {"甲.xlsx": b"1"})
    assert names(take_in([tmp_path / "填报"], tmp_path / "o")) == ["乙.xlsx", "街道/甲.xlsx"]


def test_no_member_of_an_archive_leaves_the_output_folder(tmp_path: Path) -> None:
    file = packed(tmp_path / "坏.zip", {"../../甲.xlsx": b"1", "/etc/乙.xlsx": b"2", "C:\\丙.xlsx": b"3"})
    stems = [item.stem for item in take_in([file], tmp_path / "o").items]
    assert sorted(stems) == sorted(["坏/甲", "坏/etc/乙", "坏/C_/丙"])


def test_member_names_in_gbk(tmp_path: Path) -> None:
    """As Chinese Windows packs them: without the UTF-8 flag."""
    file = tmp_path / "a.zip"
    gbk = "城管局.xlsx".encode("gbk")
    packed(file, {"X" * len(gbk): b"1"})
    file.write_bytes(file.read_bytes().replace(b"X" * len(gbk), gbk))
    assert names(take_in([file], tmp_path / "o")) == ["a/城管局.xlsx"]


def test_member_names_in_utf_8_without_the_flag(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    utf = "城管局.xlsx".encode()
    packed(file, {"X" * len(utf): b"1"})
    file.write_bytes(file.read_bytes().replace(b"X" * len(utf), utf))
    assert names(take_in([file], tmp_path / "o")) == ["a/城管局.xlsx"]


def test_a_damaged_archive_fails_by_itself(tmp_path: Path) -> None:
    folder = fill(tmp_path / "填报", "甲.xlsx", "坏.zip")
    intake = take_in([folder], tmp_path / "o")
    assert names(intake) == ["坏.zip", "甲.xlsx"]
    with pytest.raises(InputError, match=r"坏\.zip 已损坏"):
        intake.items[0].read()


def test_a_damaged_member_fails_by_itself(tmp_path: Path) -> None:
    file = packed(tmp_path / "a.zip", {"甲.xlsx": b"11111111", "乙.xlsx": b"2"})
    file.write_bytes(file.read_bytes().replace(b"11111111", b"11111112"))
    items = {item.name: item for item in take_in([file], tmp_path / "o").items}
    assert items["a/乙.xlsx"].read() == b"2"
    with pytest.raises(InputError, match=r"a\.zip 中的 甲\.xlsx 已损坏"):
        items["a/甲.xlsx"].read()


def test_an_encrypted_member_is_reported(tmp_path: Path) -> None:
    file = packed(tmp_path / "a.zip", {"甲.xlsx": b"1"})
    content = bytearray(file.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    file.write_bytes(content)
    with pytest.raises(InputError, match="已加密"):
        take_in([file], tmp_path / "o").items[0].read()


def test_two_members_of_one_name_are_numbered(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("甲.xlsx", b"1")
        archive.writestr("甲.xlsx", b"2")
    intake = take_in([file], tmp_path / "o")
    assert [(item.name, item.read()) for item in intake.items] == [
        ("a/甲.xlsx", b"1"),
        ("a/甲（2）.xlsx", b"2"),
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    folder = fill(tmp_path / "填报", "甲.xlsx", "锁/乙.xlsx")
    (folder / "锁").chmod(0)
    try:
        intake = take_in([folder], tmp_path / "o")
    finally:
        (folder / "锁").chmod(0o755)
    assert [item.name for item in intake.items if item.refusal] == ["锁"]


def test_a_file_deleted_after_the_search_fails_alone(tmp_path: Path) -> None:
    folder = fill(tmp_path / "填报", "甲.xlsx")
    (item,) = take_in([folder], tmp_path / "o").items
    (folder / "甲.xlsx").unlink()
    with pytest.raises(InputError, match=r"^找不到文件 甲\.xlsx$"):
        item.read()


def test_many_members_of_one_name_are_numbered_in_linear_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts the names tried: one per member."""
    count, made = 3000, 0
    with_name = PurePath.with_name

    def counting(path: PurePath, name: str) -> PurePath:
        nonlocal made
        made += 1
        return with_name(path, name)

    file = tmp_path / "a.zip"
    file.write_bytes(put_together([Member("甲.json".encode(), b"{}") for _ in range(count)]))
    monkeypatch.setattr(PurePath, "with_name", counting)
    found = names(take_in([file], tmp_path / "o"))
    assert set(found) == {"a/甲.json", *(f"a/甲（{number}）.json" for number in range(2, count + 1))}
    assert made < 2 * count


def test_a_number_that_another_name_has_is_skipped(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    members = ("甲.json", "甲.json", "甲（2）.json")
    file.write_bytes(put_together([Member(name.encode(), name.encode()) for name in members]))
    assert names(take_in([file], tmp_path / "o")) == ["a/甲.json", "a/甲（2）.json", "a/甲（3）.json"]


def test_which_of_two_files_keeps_its_name_does_not_depend_on_the_order(tmp_path: Path) -> None:
    one, other = fill(tmp_path / "一/街道", "甲.json"), fill(tmp_path / "二/街道", "甲.json")
    found = [
        {item.file: (item.name, item.stem) for item in take_in(roots, tmp_path / "o").items}
        for roots in ([one, other], [other, one])
    ]
    assert found[0] == found[1]
    assert {name for name, _ in found[0].values()} == {"街道/甲.json", "街道/甲（2）.json"}


takes_any_name = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of any bytes")
LIKE_GBK = os.fsdecode(b"\xff\xd5")


@takes_any_name
def test_lone_surrogates_in_names_are_replaced_and_names_stay_unique(tmp_path: Path) -> None:
    other = os.fsdecode(b"\xfe\xd5")
    folder = tmp_path / "填报"
    for name in (f"{LIKE_GBK}.json", f"{other}.json", f"{LIKE_GBK}/甲.json", f"{LIKE_GBK}.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"1")
    intake = take_in([folder], tmp_path / "o")
    assert names(intake) == ["\ufffd\ufffd.json", "\ufffd\ufffd/甲.json", "\ufffd\ufffd（2）.json"]
    assert [item.name for item in intake.skipped] == ["\ufffd\ufffd.txt"]
    assert [item.stem for item in intake.items] == ["__", "__/甲", "__（2）"]
    assert all(item.read() == b"1" for item in intake.items)


@takes_any_name
def test_an_archive_with_a_lone_surrogate_in_its_name(tmp_path: Path) -> None:
    packed(tmp_path / f"{LIKE_GBK}.zip", {"甲.json": b"1"})
    (tmp_path / f"{LIKE_GBK}2.zip").write_bytes(b"PK")
    sound, damaged = take_in(sorted(tmp_path.glob("*.zip")), tmp_path / "o").items
    assert (sound.name, sound.stem, sound.read()) == ("\ufffd\ufffd/甲.json", "__/甲", b"1")
    with pytest.raises(InputError, match=r"^\ufffd\ufffd2\.zip 已损坏"):
        damaged.read()


def test_an_archive_with_the_name_of_a_summary_gets_another_folder(tmp_path: Path) -> None:
    for name in ("汇总表.xlsx.zip", "汇总报告-haizhu-2022.pdf.zip"):
        packed(tmp_path / name, {"甲.json": b"1"})
    items = take_in([*tmp_path.glob("*.zip")], tmp_path / "o").items
    assert [item.stem for item in items] == ["_汇总报告-haizhu-2022.pdf/甲", "_汇总表.xlsx/甲"]
    assert [item.name for item in items] == ["汇总报告-haizhu-2022.pdf/甲.json", "汇总表.xlsx/甲.json"]


def test_an_archive_that_is_refused_as_a_whole_is_one_input(tmp_path: Path) -> None:
    members = [Member(f"{n}.json".encode(), b"{}", told={"offset": 0}) for n in range(50)]
    folder = fill(tmp_path / "填报", "甲.json")
    (folder / "坏.zip").write_bytes(put_together(members))
    intake = take_in([folder], tmp_path / "o")
    assert names(intake) == ["坏.zip", "甲.json"]
    with pytest.raises(InputError, match=r"^坏\.zip 中的文件互相重叠"):
        intake.items[0].read()
