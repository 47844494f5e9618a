"""Numbers are rounded half up and written as the form prints them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengti_zip.base.numbers import grouped, money, normal, plain, round_points

AMOUNTS = st.decimals(-(10**9), 10**9, places=6)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("2.335", "2.34"),
        ("2.3349999", "2.33"),
        ("2.345", "2.35"),
        ("2.325", "2.33"),
        ("0.005", "0.01"),
        ("0.0049999", "0.00"),
        ("8.99999229", "9.00"),
        ("9", "9.00"),
    ],
)
def test_points_are_rounded_half_up(value: str, rounded: str) -> None:
    assert round_points(Decimal(value)) == Decimal(rounded)


def test_three_rows_at_2_335_add_7_02() -> None:
    rows = [round_points(Decimal("2.335"))] * 3
    assert [plain(row) for row in rows] == ["2.34", "2.34", "2.34"]
    assert plain(sum(rows, Decimal(0))) == "7.02"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("20", "20"),
        ("20.00", "20"),
        ("0.50", "0.5"),
        ("9.00", "9"),
        ("100", "100"),
        ("2.335", "2.335"),
        ("1E+2", "100"),
        ("1E-3", "0.001"),
        ("0", "0"),
        ("0.00", "0"),
        ("-0.00", "0"),
        ("-0.5", "-0.5"),
    ],
)
def test_plain_has_no_trailing_zeros_and_no_exponent(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1297.59", "1,297.59"),
        ("1297.50", "1,297.5"),
        ("999", "999"),
        ("1000", "1,000"),
        ("1234567.891", "1,234,567.891"),
        ("-1297.59", "-1,297.59"),
        ("0", "0"),
        ("-0.5", "-0.5"),
    ],
)
def test_grouped_has_thousands_separators(value: str, text: str) -> None:
    assert grouped(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1297.59", "1,297.59"),
        ("142.47", "142.47"),
        ("1155.1", "1,155.10"),
        ("1234567.89", "1,234,567.89"),
        ("0", "0"),
        ("0.00", "0"),
        ("0.005", "0.01"),
        ("0.004", "0"),
        ("-0.004", "0"),
    ],
)
def test_money_has_two_decimals_and_a_bare_zero(value: str, text: str) -> None:
    assert money(Decimal(value)) == text


@given(AMOUNTS)
def test_formatting_changes_no_value(value: Decimal) -> None:
    assert Decimal(plain(value)) == value
    assert normal(value) == value
    assert str(normal(value)) == plain(value)
    if value >= 0:
        assert Decimal(grouped(value).replace(",", "")) == value


@given(AMOUNTS)
def test_rounding_moves_by_at_most_half_a_cent(value: Decimal) -> None:
    assert abs(round_points(value) - value) <= Decimal("0.005")
    assert abs(Decimal(money(value).replace(",", "")) - value) <= Decimal("0.005")
