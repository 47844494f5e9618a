"""The last result is kept for the very same arguments, and for no others."""

from __future__ import annotations

from zhengti_zip.remembering import latest_kept


def test_only_the_very_same_arguments_are_given_the_last_result() -> None:
    asked: list[tuple[list[int], list[int]]] = []

    @latest_kept
    def joined(one: list[int], other: list[int]) -> list[int]:
        asked.append((one, other))
        return one + other

    one, other = [1], [2]
    first = joined(one, other)
    assert joined(one, other) is first
    assert joined([1], other) is not first, "equal is not the same"
    assert joined(one, other) is not first, "of the last call only"
    assert joined(other, one) == [2, 1]
    assert joined(other, other=one) == [2, 1]
    assert len(asked) == 5
    assert joined.__name__ == "joined"
