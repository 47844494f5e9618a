"""Pairing the items of two sequences by scores."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from zhengti_zip.base.matching import best_pairs, likeness


def test_the_pairs_have_the_greatest_sum_not_the_greatest_first_score() -> None:
    assert best_pairs([[1, 3], [0, 3]], 2) == [(0, 0), (1, 1)]
    assert best_pairs([[1, 5], [0, 3]], 2) == [(0, 1)]


def test_a_score_of_zero_or_less_makes_no_pair() -> None:
    assert best_pairs([[0, -1], [-2, 0]], 2) == []


def test_of_equal_choices_the_first_item_is_paired() -> None:
    assert best_pairs([[1, 1]], 2) == [(0, 0)]
    assert best_pairs([[1], [1]], 1) == [(0, 0)]


def test_empty_sequences_have_no_pairs() -> None:
    assert best_pairs([], 3) == []
    assert best_pairs([[], []], 0) == []


@given(st.lists(st.lists(st.integers(-1, 3), min_size=3, max_size=3), max_size=3))
def test_no_other_choice_of_pairs_has_a_greater_sum(scores: list[list[float]]) -> None:
    found = best_pairs(scores, 3)
    assert all(i < k and j < m for (i, j), (k, m) in itertools.pairwise(found))
    best = max(
        sum(scores[i][j] for i, j in zip(rows, columns, strict=True))
        for count in range(len(scores) + 1)
        for rows in itertools.combinations(range(len(scores)), count)
        for columns in itertools.combinations(range(3), count)
    )
    assert sum(scores[i][j] for i, j in found) == best


def test_only_the_beginnings_of_long_texts_are_compared() -> None:
    assert likeness("甲" * 300 + "乙" * 300, "甲" * 300 + "丙" * 300) == 1.0
    assert likeness("完成绿化", "建设水库") == 0.0
