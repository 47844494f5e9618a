"""Where outputs go: the inputs' tree mirrored, every name safe, none used twice."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengti_zip.batch.places import LONGEST_STEM, output_stems
from zhengti_zip.batch.task import ENDINGS

CASES = [
    (["甲.xlsx", "街道/乙.json"], ["甲", "街道/乙"]),
    (["甲.xlsx", "甲.json"], ["甲.xlsx", "甲.json"]),
    (["街道/甲.xlsx", "甲.json"], ["街道/甲", "甲"]),
    (["A.xlsx", "a.json"], ["A.xlsx", "a.json"]),
    (["甲.2022.xlsx"], ["甲.2022"]),
    (["../../甲.xlsx"], ["甲"]),
    (["/etc/甲.xlsx"], ["etc/甲"]),
    (["C:\\填报\\甲.xlsx"], ["填报/甲"]),
    (["CON.xlsx"], ["_CON"]),
    (["甲?.xlsx"], ["甲_"]),
    (["汇总表.xlsx"], ["汇总表.xlsx"]),
]


@pytest.mark.parametrize(("names", "stems"), CASES, ids=[names[0] for names, _ in CASES])
def test_the_place_of_outputs(names: list[str], stems: list[str]) -> None:
    assert output_stems(names) == stems


def test_names_that_become_the_same_are_told_apart_by_a_digest() -> None:
    one, other = output_stems(["甲?.xlsx", "甲*.xlsx"])
    assert one.startswith("甲_.xlsx~") and other.startswith("甲_.xlsx~") and one != other


def test_a_very_long_name_leaves_room_for_every_ending() -> None:
    (stem,) = output_stems(["局" * 90 + ".xlsx"])
    assert len(stem.encode("utf-8")) <= LONGEST_STEM
    assert all(len((stem + ending).encode("utf-8")) <= 255 for ending in ENDINGS)


def test_the_place_does_not_depend_on_the_order() -> None:
    names = ["甲.xlsx", "甲.json", "乙.xlsx", "乙/甲.xlsx", "丙?.json", "丙*.json"]
    wanted = dict(zip(names, output_stems(names), strict=True))
    for seed in range(5):
        mixed = random.Random(seed).sample(names, len(names))
        assert dict(zip(mixed, output_stems(mixed), strict=True)) == wanted


@given(st.lists(st.text(min_size=1, max_size=30), unique=True, min_size=1, max_size=8))
def test_whatever_the_names_no_place_is_used_twice_or_outside(names: list[str]) -> None:
    stems = output_stems([f"{name}.xlsx" for name in names])
    assert len({stem.casefold() for stem in stems}) == len(stems)
    for stem in stems:
        assert not stem.startswith("/") and ".." not in stem.split("/")
