"""Roster files as bureaus have them: titles above, columns in any order, CSV of Excel, and what is wrong in them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from zhengti_zip.base.errors import InputError
from zhengti_zip.batch.roster import MAX_DEPARTMENTS, Roster, RosterEntry, read_roster
from zhengti_zip.submission.problems import Severity


def workbook(*rows: tuple[object, ...], sheets: dict[str, list[tuple[object, ...]]] | None = None) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, lines in (sheets or {"应报名单": list(rows)}).items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def told(roster: Roster) -> list[tuple[str, str]]:
    return [(problem.place, problem.message) for problem in roster.problems]


def test_a_sheet_with_titles_and_columns_in_any_order() -> None:
    content = workbook(
        ("2022年度整体支出绩效自评应报名单（虚构）",),
        ("制表：虚构区财政局",),
        ("序号", "联系电话", "单位名称（全称）", "联系 人", "单位代码"),
        (1, "020-1234", "虚构区教育局", "张三", "001"),
        (2, 13800000000, " 虚构区 \n民政局", "李四", 2),
        (3, None, "虚构区水务局", None, None),
        ("", "", "合计", "", ""),
        ("注：以上为一级预算单位",),
    )
    roster = read_roster(content, "名单.xlsx")
    assert roster.entries == [
        RosterEntry("虚构区教育局", "001", "张三 020-1234", "应报名单!C4"),
        RosterEntry("虚构区 民政局", "2", "李四 13800000000", "应报名单!C5"),
        RosterEntry("虚构区水务局", "", "", "应报名单!C6"),
    ]
    assert told(roster) == [("应报名单!C7", "“合计”这一行不是单位，没有导入")]


CSV = '部门名称,代码,联系人,电话\r\n虚构区教育局,="001",张三,020-1234\r\n虚构区民政局,002,李四,\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_the_encodings_of_excel_and_wps(encoding: str, delimiter: str) -> None:
    content = CSV.replace(",", delimiter).encode(encoding)
    assert read_roster(content, "名单.csv").entries == [
        RosterEntry("虚构区教育局", "001", "张三 020-1234", "A2"),
        RosterEntry("虚构区民政局", "002", "李四", "A3"),
    ]


def test_every_problem_has_its_cell() -> None:
    content = workbook(
        ("单位", "代码", "备注", "经办人"),
        ("虚构区教育局", "001"),
        ("虚构区　教育局", "003"),
        ("虚构区民政局", "００１"),
        (None, "004", None, "王五"),
        ("局" * 201, "005"),
        ("=A2", "006"),
    )
    roster = read_roster(content, "名单.xlsx")
    assert told(roster) == [
        ("应报名单!A1", "没有读取的列：备注"),
        ("应报名单!A5", "这一行没有单位名称"),
        ("应报名单!A6", "单位名称有 201 个字，超过 200 个字"),
        ("应报名单!A7", "单元格是没有计算结果的公式"),
        ("应报名单!A3", "单位名称“虚构区 教育局”与 应报名单!A2 重复"),
        ("应报名单!A4", "代码“００１”与 应报名单!A2 重复"),
    ]
    assert [problem.severity for problem in roster.problems[:1]] == [Severity.NOTICE]
    assert len(roster.errors) == 5
    assert all(problem.remedy for problem in roster.errors)


def test_what_is_not_read_is_said() -> None:
    content = workbook(
        sheets={
            "说明": [("请按名单填报",)],
            "名单": [("部门名称", "联系电话", "手机"), ("虚构区教育局", "1", "2")],
            "空": [],
        }
    )
    assert told(read_roster(content, "名单.xlsx")) == [
        ("", "只读了工作表“名单”，没有读工作表“说明”"),
        ("名单!C1", "“联系电话”和“手机”两列都像是电话，只读了前一列"),
    ]


def test_a_department_struck_out_is_left_out_and_said() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(("单位名称",))
    sheet.append(("虚构区教育局",))
    sheet.append(("虚构区撤并局",))
    sheet["A3"].font = Font(strike=True)
    stream = BytesIO()
    book.save(stream)
    roster = read_roster(stream.getvalue(), "名单.xlsx")
    assert [entry.name for entry in roster.entries] == ["虚构区教育局"]
    assert told(roster) == [("Sheet!A3", "“虚构区撤并局”带删除线，没有导入")]


def test_text_like_a_formula_in_a_csv_file_stays_text() -> None:
    roster = read_roster('单位名称,联系人\n=HYPERLINK("x")局,@某\n'.encode(), "名单.csv")
    assert roster.entries == [RosterEntry('=HYPERLINK("x")局', "", "@某", "A2")]


@pytest.mark.parametrize(("rows", "is_taken"), [(MAX_DEPARTMENTS, True), (MAX_DEPARTMENTS + 1, False)])
def test_how_many_departments_a_roster_has(rows: int, is_taken: bool) -> None:
    content = "单位名称\n" + "".join(f"虚构{number}局\n" for number in range(rows))
    if is_taken:
        assert len(read_roster(content.encode(), "名单.csv").entries) == rows
    else:
        with pytest.raises(InputError, match="超过 3000 行"):
            read_roster(content.encode(), "名单.csv")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.xlsx", "空文件"),
        (b"%PDF-1.7", "a.pdf", "PDF"),
        (b"PK\x03\x04broken", "a.xlsx", "已损坏"),
        ("甲,乙\n1,2\n".encode(), "a.csv", "没有“单位名称”或“部门名称”这一列"),
        (b"\xff\xfe\x00", "a.csv", "编码不能识别"),
        ("单位名称\n".encode() + b'"' + b"x" * 200_000, "a.csv", "不是完整的 CSV"),
        (b"\x81\x20\x20,", "a.csv", "编码不能识别"),
        (b"x" * (20 * 1024 * 1024 + 1), "a.csv", "超过 20 MB"),
        (("单位名称" + "," * 20_000).encode(), "a.csv", "内容过多"),
    ],
)
def test_what_is_no_roster_is_refused_with_a_remedy(content: bytes, name: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_roster(content, name)
    assert caught.value.remedy


def test_an_empty_list_is_an_error() -> None:
    roster = read_roster("单位名称,代码\n".encode(), "名单.csv")
    assert [problem.message for problem in roster.errors] == ["表头下面没有单位"]


def test_a_sample_form_is_no_roster() -> None:
    content = Path("samples/demo-2022.xlsx").read_bytes()
    with pytest.raises(InputError, match="是填报用的工作簿"):
        read_roster(content, "demo.xlsx")
