"""The texts shown are those LibreOffice shows for the same cells, in Chinese; where Excel differs, Excel's."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip.workbook.edit.ooxml import Package
from zhengti_zip.workbook.read.builtincodes import BUILT_IN, code_of
from zhengti_zip.workbook.read.display import Stored, display

Element = Any

AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false"
CHINESE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop></item>
</oor:items>"""

NUMBERS: tuple[float, ...] = (
    *(0, 1, -1, 5, 12, 95, 0.5, 0.95, 0.924, 2.675, -1234.5, 1204.5, 9999.995),
    *(12345678, 186523700, 0.1 + 0.2, 1234.5678, -98765.4321),
)
NUMBER_CODES = (
    *("General", "0", "0.00", "#,##0", "#,##0.00", "0000", "00000", "0%", "0.00%", "0.0%"),
    *("# ?/?", "# ??/??", "?/?", "# ?/8", "0.00E+00", "0.0E+0", "##0.0E+0"),
    *("#,##0.00,", "#,##0,", "0.00,,", '#,##0.00"元"', "0.00万元", '0"人"', "0‰", '"共"0"项"'),
    *("¥#,##0.00", "￥#,##0.00", "[$￥-804]#,##0.00", "[$¥-804]#,##0.00;[Red]-[$¥-804]#,##0.00"),
    *('0.00;-0.00;"零"', "0.00_);(0.00)", "#,##0.00_ ;[Red]-#,##0.00 ", "[Red]0.00", '[<0]"负"0;0'),
    *('[>=0]0.0;"缺"0.0', '[>100]"大"0;[<0]"小"0;"中"0', "0;;", "0.0#", "0.00\\元", "0.???"),
    *("00-00", "000-0000-0000", '0" "0" "0', "0;0;0;@", "@", "0.00%;[Red]-0.00%", "(0)", "+0;-0;0"),
    *('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', '0.00" "%', '0"万"0000"元"', "0,000.0"),
    *("#,##0.00;(#,##0.00)", 'General"元"', "[>100]0.0;0;0.00", ".00", "0*-"),
)
WHOLE_NUMBERS = (0, 1, 5, 10, 12, 95, 100, 1010, 1204, 10000, 100010, 12345678, 100000000)
NUMERAL_CODES = ("[DBNum1]General", "[DBNum2]General", '[DBNum2][$-804]General"元"')
MOMENTS = (
    datetime(2022, 8, 3),
    datetime(2021, 1, 10, 9, 5),
    datetime(1999, 10, 20, 13, 30, 15),
    datetime(2000, 2, 29),
    datetime(1900, 3, 1),
)
MOMENT_CODES = (
    *('yyyy"年"m"月"d"日"', "yyyy-mm-dd", "yyyy/m/d", "m/d", 'yyyy"年"m"月"', 'm"月"d"日"', "yy-m-d"),
    *("yyyy/m/d h:mm", "h:mm", "h:mm:ss", "hh:mm", "mm:ss.0", "[h]:mm", "[h]:mm:ss", "[mm]:ss", "[s]"),
    *("aaaa", "aaa", "[$-804]aaaa", '[$-804]yyyy"年"m"月"d"日"前', 'yyyy"年"m"月"d"日";@', "yyyymmdd"),
    *("[$-409]d-mmm-yy", "[$-409]mmmm d, yyyy", "[$-409]h:mm AM/PM", "yyyy.mm.dd", "m-d", "mm", "s.00"),
    *('h"时"mm"分"ss"秒"', 'yyyy"年"m"月"d"日" h:mm', "yyyy年m月d日"),
    *('[DBNum1][$-804]yyyy"年"m"月"d"日"', '[DBNum1]yyyy"年"m"月"'),
)
TIMES: tuple[Stored, ...] = (time(9, 30), time(0, 0, 30), time(23, 59, 59), timedelta(hours=30))
TIME_CODES = ("h:mm", "[h]:mm", "h:mm:ss", "hh:mm:ss", "mm:ss", "[h]:mm:ss", "[m]")
TEXTS = ("文字", "0015", "1,204.50")
TEXT_CODES = ("General", "0.00", "@", '0;0;0;@"元"', '@"元"', '"["@"]"', "0;0;0;", "yyyy/m/d;@")

SAME: list[tuple[Stored, str]] = [
    *((value, code) for code in NUMBER_CODES for value in NUMBERS),
    *((value, code) for code in NUMERAL_CODES for value in WHOLE_NUMBERS),
    *((value, code) for code in MOMENT_CODES for value in MOMENTS),
    *((value, code) for code in TIME_CODES for value in TIMES),
    *((value, code) for code in TEXT_CODES for value in TEXTS),
    *((value, "General") for value in (True, False)),
]

DIFFERENT: dict[str, list[tuple[Stored, str, str, str]]] = {
    "only Excel and WPS escape with !": [
        (186523700, "0!.0000", "18652.3700", "186523700!.0000"),
        (12345678, "0!.0,", "1234.6", "12345!.7"),
    ],
    "Excel keeps the sign of a number rounded to zero": [
        (-0.001, "0.00", "-0.00", "0.00"),
        (-0.25, "#,##0", "-0", "0"),
    ],
    "Excel shows a point that is asked for": [
        (1, "0.##", "1.", "1"),
        (0, "#.##", ".", ""),
        (12, "0.", "12.", "12"),
    ],
    "Excel rounds the decimal number, LibreOffice the binary one times 100": [(1.005, "0%", "101%", "100%")],
    "General shows 11 characters in Excel, all digits in LibreOffice": [
        (1 / 3, "General", "0.333333333", "0.333333333333333"),
        (12345678.9123, "General", "12345678.91", "12345678.9123"),
        (123456789012, "General", "1.23457E+11", "123456789012"),
    ],
    "the sign of a number in a section for all others": [
        (-1234.5, '[>=10000]0.00,"千";0.00', "-1234.50", "1234.50"),
        (-1, '[=1]"是";[=0]"否";0', "-1", "1"),
    ],
    "a section of words alone is no number's own": [(-5, '"无"', "-无", "无")],
    "Excel calls months, days and halves of a day in English unless the code names a language": [
        (datetime(2022, 8, 3), "mmm-yy", "Aug-22", "8月-22"),
        (datetime(2022, 8, 3), "dddd", "Wednesday", "星期三"),
        (time(9, 30), "h:mm AM/PM", "9:30 AM", "9:30 上午"),
    ],
    "only Excel and WPS know 上午/下午 and G/通用格式": [
        (datetime(2021, 1, 10, 9, 5), '上午/下午h"时"mm"分"', "上午9时05分", "44206.3784722222"),
        (5, 'G/通用格式"元"', "5元", "/通用格式元"),
    ],
    "e is the year with four digits in a Chinese Excel": [(datetime(2022, 8, 3), 'e"年"', "2022年", "22年")],
    "the short and the long date of a Chinese Windows": [
        (datetime(2022, 8, 3), "mm-dd-yy", "2022/8/3", "2022-8-3"),
        (datetime(2022, 8, 3), "[$-F800]dddd, mmmm dd, yyyy", "2022年8月3日", "2022年8月3日\u3000星期三"),
    ],
    "zeros ask Excel for numerals digit by digit, and its decimal point stays a point": [
        (12, "[DBNum1]0", "一二", "一十二"),
        (12.5, "[DBNum2]General", "壹拾贰.伍", "壹拾贰点伍"),
    ],
    "Excel says 十三 for hours and 壹拾 for the tenth": [
        (datetime(1999, 10, 20, 13, 30), '[DBNum1]h"时"', "十三时", "一十三时"),
        (datetime(1999, 10, 20), '[DBNum2]m"月"', "壹拾月", "拾月"),
    ],
}
"""What Excel shows otherwise than LibreOffice, with both texts, by the reason."""


BUILT_IN_DIFFERENT = frozenset((14, 15, 16, 17, 18, 19, 22))
"""Built-in formats with system dates, English months and AM/PM; the groups above say what Excel shows."""


def as_shown(
    book: Workbook, folder: Path, styles: Callable[[Element], None] | None = None
) -> list[list[str]]:
    """The cells of a workbook as LibreOffice shows them on a Chinese machine, styles changed before."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(CHINESE, encoding="utf-8")
    book.save(folder / "cells.xlsx")
    if styles is not None:
        package = Package((folder / "cells.xlsx").read_bytes())
        styles(package.xml("xl/styles.xml"))
        (folder / "cells.xlsx").write_bytes(package.save())
    (table,) = convert([folder / "cells.xlsx"], folder, AS_SHOWN)
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """What LibreOffice shows, by value and code."""
    cases = SAME + [case[:2] for group in DIFFERENT.values() for case in group]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row, (value, code) in enumerate(cases, start=1):
        sheet.cell(row, 1, value).number_format = code
        sheet.cell(row, 2, "end")
    rows = as_shown(book, tmp_path_factory.mktemp("显示"))
    assert [row[1] for row in rows] == ["end"] * len(cases)
    return {(repr(value), code): row[0] for (value, code), row in zip(cases, rows, strict=True)}


def _compared(text: str) -> str:
    """A text without blanks at its ends and, when only zeros are left of the number, without its sign."""
    text = text.strip()
    return text if any(char in "123456789" for char in text) else text.removeprefix("-")


@needs_libreoffice
def test_libreoffice_shows_the_same(shown: dict[tuple[str, str], str]) -> None:
    differing = [
        (value, code, display(value, code).text, shown[repr(value), code])
        for value, code in SAME
        if _compared(display(value, code).text) != _compared(shown[repr(value), code])
    ]
    assert len(SAME) > 1000
    assert differing == []


@needs_libreoffice
@pytest.mark.parametrize("reason", DIFFERENT)
def test_known_differences_are_excels(shown: dict[tuple[str, str], str], reason: str) -> None:
    for value, code, excel, libreoffice in DIFFERENT[reason]:
        assert display(value, code).text == excel
        assert shown[repr(value), code].strip() == libreoffice


@needs_libreoffice
def test_formats_known_by_number_are_those_of_libreoffice(tmp_path: Path) -> None:
    numbers = sorted(BUILT_IN)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(len(numbers)):
        sheet.cell(row + 1, 1, 44776.5625).number_format = f"0.{'0' * (row + 4)}"

    def renumber(styles: Element) -> None:
        for row, style in enumerate(styles.find("{*}cellXfs")[1:]):
            style.set("numFmtId", str(numbers[row]))

    rows = as_shown(book, tmp_path, renumber)
    ours = {number: display(44776.5625, code_of(number)).text.strip() for number in numbers}
    theirs = {number: row[0].strip() for number, row in zip(numbers, rows, strict=True)}
    assert {number for number in numbers if ours[number] != theirs[number]} == BUILT_IN_DIFFERENT
