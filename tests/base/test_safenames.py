"""File names from untrusted files: allowed on every system, never in another folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengti_zip.base.safenames import MAX_FOLDERS, MAX_NAME_BYTES, safe_name, safe_relative, shown_name


@pytest.mark.parametrize(
    "name",
    [
        "部门（本级）.xlsx",
        "submission.json",
        "2022 年 第1稿.xlsx",
        "a.tar.gz",
        "𠮷野.docx",
        "console.txt",
        "com10.txt",
        "lpt.xlsx",
        "长" * 83 + ".xlsx",
    ],
)
def test_good_names_stay(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\甲.xlsx", "甲.xlsx"),
        ("C:\\x\\CON.xlsx", "_CON.xlsx"),
        ("/etc/passwd", "passwd"),
        ("..", "_"),
        (".", "_"),
        ("", "_"),
        ("甲/", "_"),
        ("a\x00b?.json", "a_b_.json"),
        ('a:b|c*d<e>f"g', "a_b_c_d_e_f_g"),
        ("甲.xlsx:隐藏", "甲.xlsx_隐藏"),
        ("con", "_con"),
        ("CON.txt", "_CON.txt"),
        ("Aux .txt", "_Aux .txt"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("COM¹", "_COM¹"),
        ("lpt9.xlsx", "_lpt9.xlsx"),
        ("CONIN$", "_CONIN$"),
        ("甲. . ", "甲"),
        (" .甲", "甲"),
        ("甲\u3000", "甲"),
        ("\u202exslx.甲", "_xslx.甲"),
        ("甲\u200b乙", "甲_乙"),
        ("a\nb\t\x7f\x85c", "a_b___c"),
        ("\ud800甲", "_甲"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_names_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_long_names_keep_their_suffix() -> None:
    assert safe_name("长" * 84 + ".xlsx") == "长" * 83 + ".xlsx"  # 3 × 83 + 5 bytes
    assert safe_name("a" * 300) == "a" * 255
    assert safe_name("长" * 100 + "." + "b" * 50) == "长" * 85  # that is no suffix
    assert safe_name("a" * 249 + ". " + "a" * 10 + ".xlsx") == "a" * 249 + ".xlsx"
    assert safe_name("长" * 20 + ".pdf", limit=20) == "长" * 5 + ".pdf"


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("甲.xlsx", "甲.xlsx"),
        ("局/甲.xlsx", "局/甲.xlsx"),
        ("局\\甲.xlsx", "局/甲.xlsx"),
        ("../../甲.xlsx", "甲.xlsx"),
        ("局/../../甲.xlsx", "局/甲.xlsx"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\a.xlsx", "Windows/a.xlsx"),
        ("C:a.xlsx", "C_a.xlsx"),
        ("\\\\server\\share\\a.xlsx", "server/share/a.xlsx"),
        ("./甲//.//乙.xlsx", "甲/乙.xlsx"),
        ("con/甲.xlsx", "_con/甲.xlsx"),
        ("..", "_"),
        ("", "_"),
        ("/", "_"),
    ],
)
def test_paths_inside_archives(path: str, safe: str) -> None:
    assert safe_relative(path) == PurePosixPath(safe)


def test_of_too_many_folders_the_innermost_are_kept() -> None:
    deep = "/".join(f"f{number}" for number in range(100)) + "/甲.xlsx"
    parts = safe_relative(deep).parts
    assert len(parts) == MAX_FOLDERS + 1
    assert parts[-2:] == ("f99", "甲.xlsx")


anything = st.text(alphabet=st.characters(), max_size=300) | st.text(
    alphabet=st.sampled_from("./\\:. ~CONcon1¹*?\0\u202e长"), max_size=300
)


@given(anything)
def test_any_name_becomes_one_that_every_system_allows(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe.encode("utf-8")) <= MAX_NAME_BYTES
    assert safe not in (".", "..")
    assert not set(safe) & set('<>:"/\\|?*\0')
    assert safe == safe.strip(" .")
    assert safe_name(safe) == safe
    assert PureWindowsPath(safe).name == safe and not PureWindowsPath(safe).is_reserved()


@given(anything)
def test_any_path_stays_in_its_folder(path: str) -> None:
    folder = Path("/输出/文件夹")
    target = (folder / safe_relative(path)).resolve()
    assert target.is_relative_to(folder) and target != folder
    windows = PureWindowsPath("D:/out") / safe_relative(path)
    assert windows.is_relative_to("D:/out") and ".." not in windows.parts


@pytest.mark.parametrize(
    ("name", "shown", "safe"),
    [("甲.json", "甲.json", "甲.json"), ("\udcff\udcd5甲.json", "\ufffd\ufffd甲.json", "__甲.json")],
)
def test_a_name_with_lone_surrogates_can_be_shown_and_used(name: str, shown: str, safe: str) -> None:
    assert shown_name(name) == shown
    assert safe_name(name) == safe_name(shown) == safe
