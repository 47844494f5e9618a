"""What number formats make of numbers: scales and units."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengti_zip.workbook.read.display import display
from zhengti_zip.workbook.read.meaning import Shape, meaning, number_meant


@pytest.mark.parametrize(
    ("value", "code", "meant"),
    [
        (186523700, "0!.0000", "18652.37"),
        (186523700, "0\\.0000", "18652.37"),
        (186523700, '0"."0000', "18652.37"),
        (186523700, "#!.0000", "18652.37"),
        (12345678, "0!.0,", "1234.5678"),
        (12345678, '0!.0,"万"', "1234.5678"),
        (12345678, "0!.00,", "123.45678"),
        (186523700, "0!.0000,", "18.65237"),
        (18652370, "#,##0.00,", "18652.37"),
        (18652370, "#,##0,", "18652.37"),
        (1500000, "0.0,,", "1.5"),
        (186523700, "0.00,,%", "18652.37"),
        (0.95, "0%", "95"),
        (0.924, "0%", "92.4"),
        (95, '0"%"', "95"),
        (1204.5, "#,##0.00", "1204.5"),
        (1204.5, "General", "1204.5"),
        (186523700, '#,##0.00"元"', "186523700"),
        (12345678, '0"万"0000"元"', "12345678"),
        (13800138000, "000-0000-0000", "13800138000"),
        (98523700.00000001, "0!.0000", "9852.37"),
        (0.5, "# ?/?", "0.5"),
        (1234, "0.00E+00", "1234"),
    ],
)
def test_the_number_meant_is_the_number_read_on_the_sheet(value: float, code: str, meant: str) -> None:
    assert number_meant(value, code) == Decimal(meant)


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ('#,##0.00"元"', "元"),
        ("#,##0.00元", "元"),
        ("0.00\\元", "元"),
        ('0.00"万元"', "万元"),
        ('0.00 "万元"_ ', "万元"),
        ('0.00"（万元）"', "万元"),
        ("0.00亿元", "亿元"),
        ('0!.0,"万"', "万"),
        ("0人", "人"),
        ("0‰", "‰"),
        ('0"%"', "%"),
        ("0%", ""),
        ("0.00", ""),
        ("¥#,##0.00", ""),
    ],
)
def test_the_unit_is_what_stands_behind_the_digits(code: str, unit: str) -> None:
    assert meaning(code).unit == unit


def test_where_words_stand_is_told() -> None:
    found = meaning('"共"0"万"0000"元"')
    assert (found.before, found.inner, found.after) == ("共", "万", "元")
    assert meaning("¥#,##0.00").before == "¥"
    assert meaning("0!.0000").inner == ""
    assert meaning("000-0000-0000").inner == "--"


@pytest.mark.parametrize(
    ("code", "scales", "is_percent", "hides"),
    [
        ("0", False, False, False),
        ("0%", False, True, False),
        ("0.00,,%", True, True, False),
        ("0.00,,\n%", True, True, True),
        ("#,##0", False, False, False),
        ("#,##0,", True, False, False),
        ("0!.0", True, False, False),
        ('0"%"', False, False, False),
    ],
)
def test_scaling_is_told_from_a_percent_sign(code: str, scales: bool, is_percent: bool, hides: bool) -> None:
    found = meaning(code)
    assert (found.scales, found.is_percent, found.hides_percent) == (scales, is_percent, hides)


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("General", Shape.GENERAL),
        ("0.00", Shape.NUMBER),
        ("# ?/?", Shape.FRACTION),
        ("0.00E+00", Shape.SCIENTIFIC),
        ("yyyy/m/d", Shape.MOMENT),
        ("h:mm", Shape.MOMENT),
        ("[h]:mm", Shape.MOMENT),
        ("@", Shape.TEXT),
        ('"无"', Shape.LITERAL),
        (";;;", Shape.LITERAL),
    ],
)
def test_the_shape_is_what_the_number_is_shown_as(code: str, shape: Shape) -> None:
    assert meaning(code).shape is shape


def test_the_section_for_the_number_counts() -> None:
    code = '[>=10000]0!.0,"万";0"元"'
    assert (number_meant(123456, code), meaning(code, 123456).unit) == (Decimal("12.3456"), "万")
    assert (number_meant(9999, code), meaning(code, 9999).unit) == (Decimal(9999), "元")
    assert meaning('0;-0;"无"', 0).shape is Shape.LITERAL
    assert meaning('0;-0;"无"', 1).shape is Shape.NUMBER


def test_what_is_no_number_has_no_meaning() -> None:
    assert number_meant(float("nan"), "0") is None
    assert not meaning("0 q").is_understood


@given(
    st.integers(0, 10**12),
    st.sampled_from(["0", "0.0000", "0!.0000", "#,##0.0000,", "0.00000000,,", "0.00%"]),
)
def test_the_text_shown_reads_as_the_number_meant(value: int, code: str) -> None:
    shown = Decimal(display(value, code).text.replace(",", "").rstrip("%"))
    meant = number_meant(value, code)
    assert meant is not None
    assert abs(shown - meant) < Decimal("0.0001")


@given(st.floats(), st.text(max_size=40))
def test_no_number_and_no_code_raises(value: float, code: str) -> None:
    meaning(code, value)
    number_meant(value, code)
