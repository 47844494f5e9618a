"""What cells show: one line per value and number format, as Excel in Chinese shows it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengti_zip.workbook.read.builtincodes import code_of
from zhengti_zip.workbook.read.display import Stored, display, kept

AUGUST = datetime(2022, 8, 3)
EVENING = datetime(2022, 8, 3, 21, 5, 9)
WAN = '[>=10000]0!.0,"万";0'
ACCOUNTING = '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ '

CASES: list[tuple[Stored, str, str]] = [
    # General: 11 characters, a power of ten beyond them.
    (0, "General", "0"),
    (1204.5, "General", "1204.5"),
    (0.1 + 0.2, "General", "0.3"),
    (1 / 3, "General", "0.333333333"),
    (-1 / 3, "General", "-0.333333333"),
    (12345678.9123, "General", "12345678.91"),
    (12345678901, "General", "12345678901"),
    (12345678901.5, "General", "12345678902"),
    (99999999999, "General", "99999999999"),
    (99999999999.9, "General", "1E+11"),
    (123456789012, "General", "1.23457E+11"),
    (0.00001, "General", "0.00001"),
    (0.0001234567, "General", "0.000123457"),
    (0.000012345678, "General", "1.23457E-05"),
    (Decimal("1204.50"), "General", "1204.5"),
    (3, 'G/通用格式"元"', "3元"),
    # Zeros, thousands, rounding half away from zero on the decimal number.
    (2.5, "0", "3"),
    (-2.5, "0", "-3"),
    (2.4999, "0", "2"),
    (1.005, "0.00", "1.01"),
    (1.0049, "0.00", "1.00"),
    (2.675, "0.00", "2.68"),
    (9999.995, "#,##0.00", "10,000.00"),
    (1204.5, "#,##0.00", "1,204.50"),
    (999, "#,##0", "999"),
    (1000, "#,##0", "1,000"),
    (15, "0000", "0015"),
    (15, "00000", "00015"),
    (12345, "0000", "12345"),
    (0, "#", ""),
    (0, "#.##", "."),
    (1, "0.##", "1."),
    (12.5, ".00", "12.50"),
    (1.5, "0.???", "1.5  "),
    (-0.001, "0.00", "-0.00"),
    (1297.5900000000001, "0.000", "1297.590"),
    (123456789012345678, "0", "123456789012346000"),
    # Percent.
    (0.95, "0%", "95%"),
    (0.924, "0%", "92%"),
    (0.925, "0%", "93%"),
    (0.5, "0.0%", "50.0%"),
    (1, "0%", "100%"),
    (1.005, "0%", "101%"),
    (95, '0"%"', "95%"),
    (5, "0‰", "5‰"),
    # Scaled: a comma behind the digits, a point that is only written.
    (18652370, "#,##0.00,", "18,652.37"),
    (12345678, "0!.0,", "1234.6"),
    (12340000, "0!.0,", "1234.0"),
    (186523700, "0!.0000", "18652.3700"),
    (186523700, "0\\.0000", "18652.3700"),
    (186523700, '0"."0000', "18652.3700"),
    (186523700, "0!.0000,", "18.6524"),
    (9, "0!.0000", "0.0009"),
    (186523700, "0.00,,%", "18652.37%"),
    (186523700, "0.00,,\n%", "18652.37\n%"),
    (1500000, "0.0,,", "1.5"),
    # Words and units.
    (186523700, '#,##0.00"元"', "186,523,700.00元"),
    (12.5, "0.00万元", "12.50万元"),
    (12.5, "0.00\\元", "12.50元"),
    (3, '"共"0"项"', "共3项"),
    (12345678, '0"万"0000"元"', "1234万5678元"),
    (13800138000, "000-0000-0000", "138-0013-8000"),
    (-5, '"无"', "-无"),
    # Money and locale.
    (-5, "¥#,##0.00", "-¥5.00"),
    (5, "[$￥-804]#,##0.00", "￥5.00"),
    (-5, "[$¥-804]#,##0.00;[Red]-[$¥-804]#,##0.00", "-¥5.00"),
    (1234.5, ACCOUNTING, " ¥1,234.50 "),
    (-1234.5, ACCOUNTING, " ¥-1,234.50 "),
    (0, ACCOUNTING, " ¥-   "),
    # Sections, conditions, colours.
    (5, '0.00;-0.00;"零"', "5.00"),
    (-5, '0.00;-0.00;"零"', "-5.00"),
    (0, '0.00;-0.00;"零"', "零"),
    (-5, "0.00_);(0.00)", "(5.00)"),
    (-5, "0;[红色]0", "5"),
    (5, ";;;", ""),
    (0, "0;0;;@", ""),
    (10000, WAN, "1.0万"),
    (9999, WAN, "9999"),
    (-5, WAN, "-5"),
    (-5, '[<0]"负"0;0', "负5"),
    (100, '[>100]"大"0;[<0]"小"0;"中"0', "中100"),
    (101, '[>100]"大"0;[<0]"小"0;"中"0', "大101"),
    (1, '[=1]"是";[=0]"否";0', "是"),
    (0, '[=1]"是";[=0]"否";0', "否"),
    (2, '[=1]"是";[=0]"否";0', "2"),
    # Fractions and powers of ten.
    (0.5, "# ?/?", " 1/2"),
    (2.25, "# ??/??", "2  1/4 "),
    (0.3, "# ?/?", " 2/7"),
    (1.99, "# ?/?", "2    "),
    (0, "# ?/?", "0    "),
    (1.5, "?/?", "3/2"),
    (0.25, "# ?/8", " 2/8"),
    (12345.678, "0.00E+00", "1.23E+04"),
    (9.999, "0.0E+0", "1.0E+1"),
    (0.00012, "0.0E-0", "1.2E-4"),
    (12345.678, "##0.0E+0", "12.3E+3"),
    # Texts and truth values.
    ("文字", "General", "文字"),
    ("文字", "0.00", "文字"),
    ("张三", '@"同志"', "张三同志"),
    ("文字", "0;0;0;", ""),
    ("文字", "yyyy/m/d;@", "文字"),
    (5, "@", "5"),
    (True, "0.00", "TRUE"),
    (False, "General", "FALSE"),
    # Dates and times.
    (AUGUST, 'yyyy"年"m"月"d"日"', "2022年8月3日"),
    (AUGUST, "yyyy年m月", "2022年8月"),
    (AUGUST, 'm"月"d"日"', "8月3日"),
    (AUGUST, '[$-804]yyyy"年"m"月"d"日"前', "2022年8月3日前"),
    (AUGUST, 'yyyy"年"m"月"d"日";@', "2022年8月3日"),
    (AUGUST, "yyyy-mm-dd", "2022-08-03"),
    (AUGUST, "yyyy/m/d", "2022/8/3"),
    (AUGUST, "yy.mm.dd", "22.08.03"),
    (AUGUST, "mmm-yy", "Aug-22"),
    (AUGUST, "[$-409]mmmm d, yyyy", "August 3, 2022"),
    (AUGUST, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2022年8月3日"),
    (AUGUST, "mm-dd-yy", "2022/8/3"),
    (AUGUST, "aaaa", "星期三"),
    (AUGUST, "aaa", "三"),
    (AUGUST, "dddd", "Wednesday"),
    (AUGUST, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二二年八月三日"),
    (datetime(2022, 12, 10), '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二二年十二月十日"),
    (datetime(2022, 12, 10), '[DBNum2]m"月"d"日"', "壹拾贰月壹拾日"),
    (date(2022, 8, 3), "yyyy/m/d", "2022/8/3"),
    (44776, "yyyy/m/d", "2022/8/3"),
    (44776.878576, "yyyy/m/d h:mm", "2022/8/3 21:05"),
    (1, "yyyy/m/d", "1900/1/1"),
    (60, "yyyy/m/d", "1900/2/29"),
    (61, "yyyy/m/d", "1900/3/1"),
    (0, "yyyy/m/d", "1900/1/0"),
    (-1, "yyyy/m/d", "########"),
    (2958465, "yyyy/m/d", "9999/12/31"),
    (2958466, "yyyy/m/d", "########"),
    (time(9, 30), "h:mm", "9:30"),
    (time(9, 30), "hh:mm:ss", "09:30:00"),
    (EVENING, "h:mm AM/PM", "9:05 PM"),
    (EVENING, '上午/下午h"时"mm"分"', "下午9时05分"),
    (time(0, 5), '上午/下午h"时"mm"分"', "上午12时05分"),
    (time(12, 0), "h:mm AM/PM", "12:00 PM"),
    (EVENING, "mm:ss.0", "05:09.0"),
    (timedelta(hours=30), "[h]:mm", "30:00"),
    (timedelta(minutes=90), "[mm]:ss", "90:00"),
    (datetime(2022, 12, 31, 23, 59, 59, 600000), "yyyy/m/d", "2022/12/31"),
    # Chinese numerals.
    (1204, "[DBNum1]General", "一千二百〇四"),
    (1204, '[DBNum2][$-804]General"元"', "壹仟贰佰零肆元"),
    (100010, "[DBNum1]General", "一十万〇一十"),
    (10, "[DBNum2]General", "壹拾"),
    (12.5, "[DBNum2]General", "壹拾贰.伍"),
    (2022, "[DBNum1]0000", "二〇二二"),
]


@pytest.mark.parametrize(("value", "code", "text"), CASES)
def test_a_cell_shows(value: Stored, code: str, text: str) -> None:
    shown = display(value, code)
    assert (shown.text, shown.is_understood) == (text, True)


@pytest.mark.parametrize(
    "code",
    [
        "[DBNum3]General",
        "0.00 q",
        "bbbb",
        "ggge",
        "[$-411]ggge",
        "[$-804]mmmm",
        "[$-411]aaaa",
        "0;0;0;@;0",
        "[xyz]0",
        "0" * 256,
    ],
)
def test_a_code_with_something_unknown_is_said_to_be_a_guess(code: str) -> None:
    assert not display(44776, code).is_understood


def test_the_day_count_of_a_mac_workbook_begins_in_1904() -> None:
    assert display(0, "yyyy/m/d", is_1904=True).text == "1904/1/1"
    assert display(43314, "yyyy/m/d aaaa", is_1904=True).text == "2022/8/3 星期三"
    assert display(AUGUST, "yyyy/m/d aaaa", is_1904=True).text == "2022/8/3 星期三"


@pytest.mark.parametrize(
    ("number", "own", "text"),
    [
        (14, "", "2022/8/3"),
        (22, "", "2022/8/3 0:00"),
        (27, "", "2022年8月"),
        (28, "", "8月3日"),
        (31, "", "2022年8月3日"),
        (55, "", "上午12时00分"),
        (57, "", "2022年8月"),
        (58, "", "8月3日"),
        (0, "", "44776"),
        (163, "", "44776"),
        (176, "yyyy-mm", "2022-08"),
    ],
)
def test_built_in_formats_are_those_of_a_chinese_excel(number: int, own: str, text: str) -> None:
    assert display(44776, code_of(number, own)).text == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, Decimal("NaN"), Decimal("1E+999")])
def test_what_no_workbook_can_hold_is_a_guess(value: Stored) -> None:
    assert display(value, "0.00").text == "########"
    assert not display(value, "0.00").is_understood


PARTS = """E+ e yyyy m d h ss [h] [>=1] [Red] General [DBNum1] [DBNum2] AM/PM 上午/下午 [$-804] [$-F800] aaaa "元" 0!.0"""
CODES = st.lists(st.sampled_from([*'0#?.,%/@;_*!\\-()¥元万" ', *PARTS.split()]), max_size=30).map("".join)
VALUES = st.one_of(
    st.floats(),
    st.integers(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.booleans(),
    st.text(max_size=20),
    st.decimals(),
)


@given(VALUES, st.one_of(CODES, st.text(max_size=40)), st.booleans())
def test_no_value_and_no_code_raises(value: Stored, code: str, is_1904: bool) -> None:
    assert isinstance(display(value, code, is_1904=is_1904).text, str)


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 6))
def test_digits_shown_are_the_number_rounded(value: Decimal, places: int) -> None:
    shown = Decimal(display(value, "0." + "0" * places).text)
    number = kept(value)
    assert number is not None
    assert abs(shown - number) <= Decimal(5).scaleb(-places - 1)
    assert Decimal(display(value, "#,##0." + "0" * places).text.replace(",", "")) == shown


@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)))
def test_a_date_shows_as_itself(moment: datetime) -> None:
    assert display(moment, "yyyy-mm-dd").text == f"{moment.date()}"
