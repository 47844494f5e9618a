"""Aligning the rows of two lists."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import time_limit
from zhengti_zip.base.align import MAX_COMPARED, Pair, align

A, B, C = "完成十八个公园的日常养护", "建成示例河滨水公园二期", "开展自然教育活动六十场"
NEW = "编制内部控制手册"


def aligned(before: list[str], after: list[str]) -> list[Pair]:
    return align(before, after, (str,), str)


CASES: dict[str, tuple[list[str], list[str], list[Pair]]] = {
    "没有变": ([A, B], [A, B], [(0, 0), (1, 1)]),
    "中间插入一行": ([A, B, C], [A, NEW, B, C], [(0, 0), (None, 1), (1, 2), (2, 3)]),
    "最前插入一行": ([A, B], [NEW, A, B], [(None, 0), (0, 1), (1, 2)]),
    "删除一行": ([A, B, C], [A, C], [(0, 0), (1, None), (2, 1)]),
    "改了几个字": ([A, B], [A, B + "工程"], [(0, 0), (1, 1)]),
    "插入一行，另一行改了几个字": ([A, B], [NEW, A, B + "工程"], [(None, 0), (0, 1), (1, 2)]),
    "插入一行，后面的都改了几个字": (
        [A, B, C],
        [NEW, A + "工作", B + "工程", C + "以上"],
        [(None, 0), (0, 1), (1, 2), (2, 3)],
    ),
    "一行整个重写": ([A, B, C], [A, NEW, C], [(0, 0), (1, 1), (2, 2)]),
    "一行改成完全不同的两行": ([A], ["甲", "乙"], [(0, None), (None, 0), (None, 1)]),
    "移动一行": ([A, B, C], [B, C, A], [(0, None), (1, 0), (2, 1), (None, 2)]),
    "相同的行": ([A, A], [A, A, A], [(0, 0), (1, 1), (None, 2)]),
    "从无到有": ([], [A], [(None, 0)]),
    "都没有": ([], [], []),
}


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES)
def test_rows_are_aligned(before: list[str], after: list[str], expected: list[Pair]) -> None:
    assert aligned(before, after) == expected


def test_rows_with_an_equal_key_are_the_same_row() -> None:
    before = [("甲", "全部重写之前"), ("乙", "另一个")]
    after = [("丙", "插入的"), ("甲", "毫不相干"), ("乙", "另一个")]
    pairs = align(before, after, (tuple, lambda row: row[0]), "".join)
    assert pairs == [(None, 0), (0, 1), (1, 2)]


@given(
    st.lists(st.text("甲乙丙丁", max_size=3), max_size=12),
    st.lists(st.text("甲乙丙丁", max_size=3), max_size=12),
)
def test_every_row_appears_once_and_in_order(before: list[str], after: list[str]) -> None:
    pairs = aligned(before, after)
    assert [i for i, _ in pairs if i is not None] == list(range(len(before)))
    assert [j for _, j in pairs if j is not None] == list(range(len(after)))


def test_the_greatest_number_of_rows_is_aligned_in_bounded_time() -> None:
    chance = random.Random(2022)
    before = ["".join(chance.choices("完成年度工作计划推进示例项目建设", k=30)) for _ in range(2000)]
    after = ["".join(chance.choices("完成年度工作计划推进示例项目建设", k=30)) for _ in range(2000)]
    assert len(before) * len(after) > MAX_COMPARED
    with time_limit(10):
        assert len(aligned(before, after)) == 2000


def test_a_thousand_equal_rows_are_aligned_in_bounded_time() -> None:
    before, after = ["同"] * 1000, ["同" if number % 2 else f"异{number}" for number in range(2000)]
    with time_limit(10):
        pairs = aligned(before, after)
    assert [i for i, _ in pairs if i is not None] == list(range(1000))
    assert [j for _, j in pairs if j is not None] == list(range(2000))
