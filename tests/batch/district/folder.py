"""The files of the fictional district as they arrive: 60 departments, and everything else that lies about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.batch.district.faults import (
    LAST_YEAR,
    MISSING,
    NOT_COUNTED,
    TIED,
    UNLISTED,
    UNREADABLE,
    VERSIONS,
    last_year,
    older_version,
    planted,
)
from tests.batch.district.making import prints, saved, table, workbook, write
from tests.batch.district.office import names
from tests.fuzz.archives import Member, put_together
from zhengti_zip.base.package import zipped

OFFICES = range(1, 61)
STREETS = range(48, 61)
"""They come in one archive, with names as a Chinese Windows writes them."""

DONE, FAILED, SKIPPED = "已处理", "失败", "跳过"
ROSTER = "应报单位名单.xlsx"
PHOTO = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le")


@dataclass(frozen=True)
class Sent:
    """One visible file, and what must become of it.

    Attributes:
        fate: the word in 收到的文件.
        why: words that stand beside it.
        number: the department whose form it holds; 0 when it is none that can be read.
    """

    fate: str
    why: str = ""
    number: int = 0


@dataclass
class Folder:
    """The district on disk.

    Attributes:
        inputs, previous: this year's files, and last year's.
        roster: the list of who is to hand in.
        sent: every visible file by its name in the program's words.
        hidden: number of hidden files.
    """

    root: Path
    sent: dict[str, Sent] = field(default_factory=dict)
    hidden: int = 0

    @property
    def inputs(self) -> Path:
        return self.root / "填报"

    @property
    def previous(self) -> Path:
        return self.root / "上年"

    @property
    def roster(self) -> Path:
        return self.inputs / ROSTER

    def put(self, name: str, content: bytes, fate: str, why: str = "", number: int = 0) -> None:
        """Lay down a file."""
        write(self.inputs / name, content)
        self.sent[name] = Sent(fate, why, number)

    def file_of(self, number: int) -> str:
        """The file of a department that decides, whether it passed or not."""
        return next(
            name for name, sent in self.sent.items() if sent.number == number and sent.fate != SKIPPED
        )


def district(root: Path) -> Folder:
    """Write the whole district."""
    folder = Folder(root)
    for number in OFFICES:
        if number not in STREETS and number not in _SPECIAL:
            put_office(folder, number)
    for number, put in _SPECIAL.items():
        put(folder, number)
    _put_archive(folder)
    _put_useless(folder)
    for number in LAST_YEAR:
        data = json.dumps(last_year(number).data, ensure_ascii=False)
        write(folder.previous / f"{names()[number - 1][0]}.json", data.encode("utf-8"))
    listed = [name for number, (name, *_) in enumerate(names(), start=1) if number not in UNLISTED]
    rows = [("单位名称", "联系人"), *((name, "张三（虚构）") for name in (*listed, *MISSING))]
    folder.put(ROSTER, table(*rows), SKIPPED, "应报名单")
    return folder


def fate_of(number: int) -> str:
    """What must become of the form of a department."""
    return FAILED if number in NOT_COUNTED else DONE


def put_office(folder: Folder, number: int, suffix: str = ".xlsx") -> bytes:
    """Lay down the form of a department under its name."""
    made = planted(number)
    content = workbook(made)
    folder.put(f"机关/{made.name}{suffix}", content, fate_of(number), "", number)
    return content


def _same_bytes(folder: Folder, number: int) -> None:
    content = put_office(folder, number)
    name = names()[number - 1][0]
    folder.put(
        f"补报/{name}（再发一次）.xlsx", content, SKIPPED, f"与 机关/{name}.xlsx 的内容完全相同", number
    )


def _versions(folder: Folder, number: int) -> None:
    name = names()[number - 1][0]
    old, new = workbook(older_version(number)), workbook(planted(number))
    # The older one has the later name, so that no order of names helps.
    folder.put(
        f"补报/{name}.xlsx", saved(old, "2023-01-10T08:00:00Z"), SKIPPED, f"以 机关/{name}.xlsx 为准", number
    )
    folder.put(f"机关/{name}.xlsx", saved(new, "2023-02-20T08:00:00Z"), fate_of(number), "", number)


def _tied(folder: Folder, number: int) -> None:
    name = names()[number - 1][0]
    for place, made in (("机关", planted(number)), ("补报", older_version(number))):
        content = saved(workbook(made), "2023-01-10T08:00:00Z")
        folder.put(f"{place}/{name}.xlsx", content, FAILED, "2 份内容不同的填报文件", number)


def _as_zip(folder: Folder, number: int) -> None:
    made = planted(number)
    folder.put(f"机关/{made.name}.zip", workbook(made), DONE, "内容是 Office 文件", number)


def _as_pdf(folder: Folder, number: int) -> None:
    made = planted(number)
    folder.put(f"机关/{made.name}.pdf", prints(made)[".pdf"], DONE, "取自 PDF 内的填报数据", number)


def _as_word(folder: Folder, number: int) -> None:
    made = planted(number)
    folder.put(f"机关/{made.name}.docx", prints(made)[".docx"], DONE, "取自 Word 文件内的填报数据", number)


def _word_as_workbook(folder: Folder, number: int) -> None:
    made = planted(number)
    folder.put(f"机关/{made.name}.xlsx", prints(made)[".docx"], DONE, "取自 Word 文件内的填报数据", number)


def _with_print(folder: Folder, number: int) -> None:
    made = planted(number)
    put_office(folder, number)
    pdf = prints(made)[".pdf"]
    folder.put(f"补报/{made.name}.pdf", pdf, SKIPPED, f"与 机关/{made.name}.xlsx 的填报数据完全相同", number)


def _as_json(folder: Folder, number: int) -> None:
    made = planted(number)
    content = json.dumps(made.data, ensure_ascii=False).encode("utf-8")
    folder.put(f"机关/{made.name}.json", content, DONE, "", number)


def _with_copy(folder: Folder, number: int) -> None:
    content = put_office(folder, number)
    folder.put(f"机关/{names()[number - 1][0]}-标注.xlsx", content + b" ", SKIPPED, "标注副本")


def _mended_copy(folder: Folder, number: int) -> None:
    """The copy that was sent back, mended and handed in again: without its original it is the input."""
    put_office(folder, number, "-标注.xlsx")


def _torn(folder: Folder, number: int) -> None:
    made = planted(number)
    folder.put(f"机关/{made.name}.xlsx", workbook(made)[:30_000], FAILED, "损坏")


_SPECIAL = {
    **dict.fromkeys(VERSIONS, _versions),
    13: _same_bytes,
    17: _with_copy,
    TIED: _tied,
    26: _mended_copy,
    28: _as_zip,
    30: _as_pdf,
    31: _as_word,
    32: _with_print,
    39: _as_json,
    40: _word_as_workbook,
    UNREADABLE: _torn,
}


def _put_archive(folder: Folder) -> None:
    members = list(_members(folder))
    folder.put(
        "街道.zip",
        put_together([Member(name.encode("gbk"), content, flags=0) for name, content in members]),
        DONE,
        "压缩包：已打开",
    )


def _members(folder: Folder) -> Iterator[tuple[str, bytes]]:
    for number in STREETS:
        made = planted(number)
        name = f"{made.name}.xlsx"
        folder.sent[f"街道/{name}"] = Sent(fate_of(number), "", number)
        yield name, workbook(made)
    for name, content, why in (
        ("现场.jpg", PHOTO, "图片"),
        ("二批.zip", zipped({"甲.json": b"{}"}), "压缩包"),
        ("汇总表.xlsx", table(("街道", "总分")), "汇总表"),
    ):
        folder.sent[f"街道/{name}"] = Sent(SKIPPED, why)
        yield name, content


def _put_useless(folder: Folder) -> None:
    folder.put("通知/现场.jpg", PHOTO, SKIPPED, "图片")
    folder.put("通知/关于报送的通知.doc", OLD_WORD, SKIPPED, "旧版 Word")
    folder.put("通知/空白.txt", b"", SKIPPED, "空文件")
    folder.put("通知/说明.pdf", b"%PDF-1.4\n%%EOF\n", SKIPPED, "PDF")
    folder.put("通知/空白.xlsx", b"", FAILED, "空文件")
    folder.put("通知/通讯录.xlsx", table(("姓名", "电话"), ("张三（虚构）", "1")), FAILED)
    folder.put("去年/汇总表.xlsx", table(("部门", "总分"), ("虚构局", "90")), SKIPPED, "汇总表")
    folder.put("去年/汇总报告.pdf", b"%PDF-1.4\n%%EOF\n", SKIPPED, "汇总表")
    for name in ("机关/~$示例区教育局.xlsx", "机关/.DS_Store"):
        write(folder.inputs / name, b"\0")
        folder.hidden += 1
