"""``build``: the files a department submits."""

from __future__ import annotations

import os
import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdf
import pytest

from tests.cli.calling import SAMPLE, call, environment, spawn, with_errors, with_warning
from tests.review.wordlike import DEMO, built, retype


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A sound input in a folder of its own."""
    return Path(shutil.copy(SAMPLE, tmp_path / "组织部.json"))


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def pdf_text(file: Path) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(file.read_bytes())).pages)


def test_both_files_are_made_beside_the_input(file: Path) -> None:
    outcome = call("build", file)
    assert outcome.code == 0
    assert outcome.out == f"{file.with_suffix('.pdf')}\n{file.with_suffix('.docx')}\n"
    assert outcome.err == "总分：99 分（满分 100 分），等级：优\n"
    assert names(file.parent) == ["组织部.docx", "组织部.json", "组织部.pdf"]
    assert file.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    assert file.with_suffix(".docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("options", "made"),
    [
        (["--pdf"], ["组织部.pdf"]),
        (["--docx"], ["组织部.docx"]),
        (["--pdf", "--docx"], ["组织部.docx", "组织部.pdf"]),
    ],
    ids=" ".join,
)
def test_one_kind_of_file_can_be_asked_for(file: Path, options: list[str], made: list[str]) -> None:
    folder = file.parent / "报送" / "2022"
    outcome = call("build", file, "-o", folder, *options)
    assert outcome.code == 0
    assert names(folder) == made
    assert sorted(Path(line).name for line in outcome.out.splitlines()) == made


def word_text(file: Path) -> str:
    with ZipFile(file) as package:
        return package.read("word/document.xml").decode("utf-8")


def test_the_word_file_is_locked_unless_asked_otherwise(file: Path) -> None:
    locked, unlocked = file.parent / "锁定", file.parent / "解锁"
    assert call("build", file, "-o", locked, "--docx").code == 0
    assert call("build", file, "-o", unlocked, "--docx", "--unlock").code == 0
    assert "<w:lock " in word_text(locked / "组织部.docx")
    assert "<w:lock " not in word_text(unlocked / "组织部.docx")


def test_unlock_without_docx_is_refused(file: Path) -> None:
    outcome = call("build", file, "--pdf", "--unlock")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--unlock 只对 DOCX 有效" in outcome.err
    assert names(file.parent) == ["组织部.json"]


def test_the_word_file_keeps_the_data(file: Path) -> None:
    assert call("build", file, "--docx").code == 0
    with ZipFile(file.with_suffix(".docx")) as package:
        data = package.read("customXml/item1.xml").decode("utf-8")
    assert '"department": "中国共产党广州市海珠区委员会组织部"' in data


def test_errors_are_listed_on_stderr_and_nothing_is_made(tmp_path: Path) -> None:
    outcome = call("build", with_errors(tmp_path), "-o", tmp_path / "out")
    assert (outcome.code, outcome.out) == (1, "")
    assert "“约一千万”不是数值" in outcome.err
    assert "共 2 处错误。" in outcome.err
    assert "--draft" in outcome.err
    assert names(tmp_path) == ["部门.json"]


def test_warnings_are_shown_and_stop_nothing(tmp_path: Path) -> None:
    outcome = call("build", with_warning(tmp_path), "--docx")
    assert outcome.code == 0
    assert outcome.out == f"{tmp_path / '部门.docx'}\n"
    assert "年度为 2023" in outcome.err
    assert "共 1 处警告。" in outcome.err


def test_a_draft_is_made_in_spite_of_errors(tmp_path: Path) -> None:
    outcome = call("build", with_errors(tmp_path), "--draft", "--pdf")
    assert outcome.code == 0
    assert "还有 2 处错误" in outcome.err
    assert "草稿" in pdf_text(tmp_path / "部门.pdf")


def test_an_older_form_is_replaced(file: Path) -> None:
    word = file.with_suffix(".docx")
    word.write_bytes(built(DEMO))
    assert call("build", file, "--docx").out == f"{word}\n"
    assert word.read_bytes() == built(file)


def test_an_edited_word_file_is_not_replaced_and_the_new_one_gets_a_number(file: Path) -> None:
    word, second = file.with_suffix(".docx"), file.with_name(f"{file.stem}(2).docx")
    edited = retype(built(file), {"budget.basic": "1"})
    word.write_bytes(edited)
    for _ in range(2):  # the numbered one, which nobody edited, is replaced
        outcome = call("build", file, "--docx")
        assert (outcome.code, outcome.out) == (0, f"{second}\n")
        assert f"{word} 在生成后有人改动过，没有覆盖" in outcome.err and second.name in outcome.err
        assert f"zhengti-zip review {word} --workbook {file}" in outcome.err and "--force" in outcome.err
    assert word.read_bytes() == edited and second.read_bytes() == built(file)
    third = call("build", file, "--docx", "--compare", second)
    assert third.out == f"{file.with_name(f'{file.stem}(3).docx')}\n"
    assert call("build", file, "--docx", "--force").out == f"{word}\n"
    assert word.read_bytes() == built(file)


def test_what_is_no_word_file_of_ours_is_kept_too(file: Path) -> None:
    file.with_suffix(".docx").write_bytes("讲话稿".encode())
    outcome = call("build", file)
    assert outcome.out == f"{file.with_suffix('.pdf')}\n{file.with_name(f'{file.stem}(2).docx')}\n"


def test_an_input_called_pdf_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "组织部.pdf"
    file.write_bytes("填好的工作簿".encode())
    outcome = call("build", file)
    assert (outcome.code, outcome.out) == (4, "")
    assert "不能就是填报文件本身" in outcome.err
    assert file.read_bytes() == "填好的工作簿".encode()


def test_an_input_linked_under_the_name_of_the_pdf_is_not_overwritten(file: Path) -> None:
    os.link(file, file.with_suffix(".pdf"))
    before = file.read_bytes()
    assert call("build", file, "--pdf").code == 4
    assert file.read_bytes() == before


def test_a_folder_that_is_a_file_cannot_be_written_to(file: Path) -> None:
    (file.parent / "out").write_text("我是文件", encoding="utf-8")
    outcome = call("build", file, "-o", file.parent / "out")
    assert (outcome.code, outcome.out) == (4, "")
    assert "不能写入" in outcome.err


def test_a_missing_library_is_told_in_chinese_and_keeps_stdout_clean(file: Path, tmp_path: Path) -> None:
    """WeasyPrint prints its own complaint to stdout in that case."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "weasyprint.py").write_text(
        "print('WeasyPrint could not import some external libraries')\nraise OSError('no pango')\n",
        encoding="utf-8",
    )
    outcome = spawn("build", file, "--pdf", env=environment(broken))
    assert (outcome.code, outcome.out) == (3, "")
    assert "排版引擎不能启动" in outcome.err
    assert "zhengti-zip doctor" in outcome.err
    assert not file.with_suffix(".pdf").exists()
