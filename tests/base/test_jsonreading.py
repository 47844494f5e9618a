"""JSON of other people: numbers, keys and depths nobody would write are refused with one message."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support import is_chinese
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.jsonreading import json_data


def refusal(text: str | bytes) -> str:
    """What is said of a text that is refused."""
    with pytest.raises(InputError) as caught:
        json_data(text, "部门.json")
    assert is_chinese(caught.value.message) and caught.value.remedy
    return caught.value.message


def test_numbers_keep_every_digit() -> None:
    assert json_data('{"a": 0.10, "b": 12, "c": 1e3}', "部门.json") == {
        "a": Decimal("0.10"),
        "b": 12,
        "c": Decimal("1E+3"),
    }


@pytest.mark.parametrize(
    "number",
    [
        "1e9999999999999999999",
        "1e-9999999999999999999",
        "-0.5E+10000",
        "1e" + "9" * 5000,
        "9" * 5000,
        "0." + "1" * 5000,
    ],
    ids=lambda text: text[:12],
)
def test_numbers_nobody_can_reckon_with_are_quoted(number: str) -> None:
    assert number[:12] in refusal(f'{{"budget": [{number}]}}')


def test_the_largest_exponent_is_taken() -> None:
    assert json_data("[1e9999, 1e-0009999]", "部门.json") == [Decimal("1e9999"), Decimal("1e-9999")]


def test_a_key_that_stands_twice_is_named() -> None:
    assert "甲" in refusal('{"甲": 1, "甲": 2}')


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "NaN", "[1,", b"\xff\xfe", '{"a": Infinity}'], ids=lambda text: repr(text)[:9]
)
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    assert "JSON" in refusal(text)
