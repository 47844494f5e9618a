"""One batch of everything that departments send: every file has a row that says what became of it."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.batch.offices import saved_at, tree, workbook
from tests.cli.calling import Outcome, call
from zhengti_zip.batch.digests import completed
from zhengti_zip.batch.settings import BatchSettings
from zhengti_zip.batch.task import Task, process

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def printed(number: int) -> dict[str, bytes]:
    """PDF and Word file of a department, as ``build`` makes them."""
    return process(Task("表.xlsx", workbook(number), completed(BatchSettings()))).files


def invoice() -> bytes:
    """A PDF with a file inside that is none of ours, as electronic invoices are."""
    stream = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["发票.xml"] = b"<fictional/>"
        pdf.save(stream)
    return stream.getvalue()


def packed(contents: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


def give(folder: Path, contents: dict[str, bytes]) -> Path:
    for name, content in contents.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def listed(output: Path, title: str = "收到的文件") -> dict[str, tuple[str, ...]]:
    """The rows of a sheet of the summary by their second column."""
    book = load_workbook(output / "汇总表.xlsx")
    sheet = book[title]
    assert isinstance(sheet, Worksheet)
    rows = sheet.iter_rows(min_row=5, values_only=True)
    found = {str(row[1]): tuple(str(cell or "") for cell in row[2:]) for row in rows if row[0]}
    book.close()
    return found


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    folder = tmp_path_factory.mktemp("arrivals")
    two, three = printed(2), printed(3)
    give(
        folder / "填报",
        {
            "甲.xlsx": workbook(1),
            "甲（再发）.xlsx": workbook(1),
            "乙.xlsx": workbook(2),
            "乙.pdf": two[".pdf"],
            "乙.docx": two[".docx"],
            "丙.docx": three[".docx"],
            "丁.zip": workbook(4),
            "戊.xlsx": packed({"戊局.xlsx": workbook(5)}),
            "一批.zip": packed(
                {
                    "己.xlsx": workbook(6),
                    "套.zip": packed({"庚.xlsx": workbook(7)}),
                    "照片.png": PNG,
                    ".DS_Store": b"1",
                }
            ),
            "证明/扫描.pdf": SCAN,
            "证明/发票.pdf": invoice(),
            "证明/照片.png": PNG,
            "证明/空.docx": b"",
            "证明/旧.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "二批.rar": b"Rar!\x1a\x07\x00" + bytes(20),
            "~$甲.xlsx": b"1",
        },
    )
    outcome = call("batch", folder / "填报", "-o", folder / "输出", "--docx")
    return folder, outcome


def test_every_file_has_a_row(mixed: tuple[Path, Outcome]) -> None:
    folder, outcome = mixed
    rows = {name: row[:2] for name, row in listed(folder / "输出").items()}
    assert rows == {
        "一批.zip": ("已处理", "压缩包：已打开，里面有 3 个文件"),
        "一批/套.zip": ("跳过", "压缩包：ZIP 压缩包没有打开；请先解压，再给出其中的文件"),
        "一批/己.xlsx": ("已处理", ""),
        "一批/照片.png": ("跳过", "图片：不是填报文件"),
        "丁.zip": ("已处理", "扩展名是 .zip，内容是 Office 文件，已按内容读取"),
        "丙.docx": ("已处理", "取自 Word 文件内的填报数据"),
        "乙.docx": ("跳过", "重复的数据：与 乙.xlsx 的填报数据完全相同，只计一份"),
        "乙.pdf": ("跳过", "重复的数据：与 乙.xlsx 的填报数据完全相同，只计一份"),
        "乙.xlsx": ("已处理", ""),
        "二批.rar": ("跳过", "压缩包：RAR 压缩包没有打开；请先解压，再给出其中的文件"),
        "戊.xlsx（其实是 .zip 压缩包，已打开）": ("已处理", "压缩包：已打开，里面有 1 个文件"),
        "戊/戊局.xlsx": ("已处理", ""),
        "甲.xlsx": ("已处理", ""),
        "甲（再发）.xlsx": ("跳过", "重复的文件：与 甲.xlsx 的内容完全相同，只计一份"),
        "证明/发票.pdf": ("跳过", "PDF：不是由本程序生成，里面没有填报数据"),
        "证明/扫描.pdf": ("跳过", "PDF：不是由本程序生成，里面没有填报数据"),
        "证明/旧.doc": (
            "跳过",
            "旧版 Word 文件（.doc）：没有读取；如是填报文件，"
            "请用 Word 或 WPS 打开该文件，另存为“Word 文档（*.docx）”后重试",
        ),
        "证明/照片.png": ("跳过", "图片：不是填报文件"),
        "证明/空.docx": ("跳过", "空文件：里面没有内容"),
    }
    assert outcome.code == 0, outcome.err


def test_each_department_is_printed_once_under_the_name_of_its_workbook(mixed: tuple[Path, Outcome]) -> None:
    made = {name for name in tree(mixed[0] / "输出") if name.endswith((".docx", ".pdf"))}
    assert made == {
        *("甲.docx", "乙.docx", "丙.docx", "丁.docx", "戊/戊局.docx", "一批/己.docx"),
        "汇总报告.pdf",
    }


def test_the_counts_are_on_the_terminal_and_on_the_sheet(mixed: tuple[Path, Outcome]) -> None:
    folder, outcome = mixed
    assert "完成 6 份，失败 0 份" in outcome.err
    assert "跳过 2 个文件（压缩包）：一批/套.zip、二批.rar" in outcome.err
    assert "跳过 2 个文件（图片）：一批/照片.png、证明/照片.png" in outcome.err
    book = load_workbook(folder / "输出" / "汇总表.xlsx")
    hint = book["收到的文件"]["A2"].value
    book.close()
    assert hint == (
        "共 19 个文件：已处理 8 个，失败 0 个，跳过 11 个。另有隐藏文件、临时文件 2 个，没有逐一列出。"
    )


def test_given_again_nothing_is_done_again(mixed: tuple[Path, Outcome]) -> None:
    folder, _ = mixed
    before = tree(folder / "输出")
    outcome = call(
        "batch", folder / "填报", "-o", folder / "输出", "--docx", "--log-file", folder / "日志.jsonl"
    )
    lines = [json.loads(line) for line in (folder / "日志.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["fate"] for line in lines if line["event"] == "file"} == {"kept", "skipped"}
    assert tree(folder / "输出") == before
    assert "以前生成的" not in outcome.err


def test_a_print_is_made_when_its_workbook_is_gone(mixed: tuple[Path, Outcome]) -> None:
    folder, _ = mixed
    (folder / "填报" / "乙.xlsx").unlink()
    assert call("batch", folder / "填报", "-o", folder / "输出", "--docx").code == 0
    rows = listed(folder / "输出")
    assert rows["乙.docx"][:2] == ("已处理", "取自 Word 文件内的填报数据")
    assert rows["乙.pdf"][1] == "重复的数据：与 乙.docx 的填报数据完全相同，只计一份"
    assert "乙.docx.docx" in tree(folder / "输出") or "乙.docx" in tree(folder / "输出")


def versions(folder: Path, second: str) -> Path:
    return give(
        folder / "填报",
        {
            "甲.xlsx": saved_at(1, "项目延期（虚构）。", "2026-02-03T08:00:00Z"),
            "甲-改.xlsx": saved_at(1, "两个项目延期（虚构）。", second),
            "乙.xlsx": workbook(2),
        },
    )


def test_without_being_asked_no_version_counts_and_the_option_is_named(tmp_path: Path) -> None:
    inputs = versions(tmp_path, "2026-02-03T08:00:01Z")
    outcome = call("batch", inputs, "-o", tmp_path / "输出", "--docx")
    assert outcome.code == 5
    assert "“虚构市第1局”有 2 份内容不同的填报文件" in outcome.err and "--newest" in outcome.err


def test_the_newest_version_counts_by_one_second(tmp_path: Path) -> None:
    inputs = versions(tmp_path, "2026-02-03T08:00:01Z")
    for _ in range(2):  # the second run keeps the decision
        outcome = call("batch", inputs, "-o", tmp_path / "输出", "--docx", "--newest")
        assert outcome.code == 0, outcome.err
        state, why, *_ = listed(tmp_path / "输出")["甲.xlsx"]
        assert state == "跳过" and why.startswith("旧版本：文件内记录的保存时间是 2026-02-0")
        assert "以 甲-改.xlsx 为准" in why
        assert set(tree(tmp_path / "输出")) == {"甲-改.docx", "乙.docx", "汇总表.xlsx", "汇总报告.pdf"}
        assert "跳过 1 个文件（旧版本）：甲.xlsx" in outcome.err
    (inputs / "甲-改.xlsx").unlink()
    assert call("batch", inputs, "-o", tmp_path / "输出", "--docx", "--newest").code == 0
    assert "甲.docx" in tree(tmp_path / "输出"), "the older one counts again and is printed"


def test_versions_of_one_time_are_not_told_apart(tmp_path: Path) -> None:
    inputs = versions(tmp_path, "2026-02-03T16:00:00+08:00")
    outcome = call("batch", inputs, "-o", tmp_path / "输出", "--docx", "--newest")
    assert outcome.code == 5
    assert "有 2 份内容不同的填报文件，修改时间相同或不明，另见" in outcome.err


def roster(file: Path, *names: str) -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (("单位名称", "联系人"), *((name, "虚构") for name in names)):
        sheet.append(row)
    book.save(file)
    return file


def test_who_has_not_handed_in_and_who_is_not_on_the_list(tmp_path: Path) -> None:
    inputs = give(
        tmp_path / "填报",
        {
            "甲.xlsx": workbook(1),
            "乙.xlsx": workbook(2, faulty=True),
            "丙.xlsx": workbook(3),
            "坏.xlsx": b"PK\3\4",
        },
    )
    file = roster(inputs / "名单.xlsx", "虚构市第4局", " 虚构市 第1局", "虚构市第2局")
    outcome = call("batch", inputs, "-o", tmp_path / "输出", "--docx", "--roster", file)
    assert outcome.code == 5, "as without the list"
    said = (
        "名单 名单.xlsx 上有 3 个单位：已报 2 个（其中没有通过 1 个），未报 1 个；另有 1 个单位不在名单上。"
    )
    assert said in outcome.err
    assert "未报：虚构市第4局" in outcome.err and "不在名单上：虚构市第3局" in outcome.err
    assert listed(tmp_path / "输出")["名单.xlsx"][0] == "跳过"
    rows = listed(tmp_path / "输出", "应报未报")
    assert {name: (row[1], row[2]) for name, row in rows.items()} == {
        "虚构市第4局": ("未报", ""),
        "虚构市第2局": ("已报，没有通过", "乙.xlsx"),
        "虚构市 第1局": ("已报", "甲.xlsx"),
        "虚构市第3局": ("不在名单上", "丙.xlsx"),
    }
    book = load_workbook(tmp_path / "输出" / "汇总表.xlsx")
    notes = [str(cell.value) for cell in book["应报未报"]["B"] if cell.value]
    book.close()
    assert any("1 个文件读不出部门名称，可能是上列“未报”单位报来的：坏.xlsx" in note for note in notes)


def test_a_list_with_errors_is_refused_before_any_work(tmp_path: Path) -> None:
    inputs = give(tmp_path / "填报", {"甲.xlsx": workbook(1)})
    file = roster(tmp_path / "名单.xlsx", "虚构市第1局", "虚构市第1局")
    outcome = call("batch", inputs, "-o", tmp_path / "输出", "--roster", file)
    assert outcome.code == 1 and "名单 名单.xlsx 有错误" in outcome.err and "重复" in outcome.err
    assert not (tmp_path / "输出").exists()
