"""A text is cut only when it is longer than its limit, and … is counted."""

from __future__ import annotations

import pytest

from zhengti_zip.base.excerpts import MAX_SHOWN, shortened


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [("", 3, ""), ("一二三", 3, "一二三"), ("一二三四", 3, "一二…"), ("一二", 1, "…")],
)
def test_a_cut_text_is_as_long_as_its_limit(text: str, limit: int, shown: str) -> None:
    assert shortened(text, limit) == shown


def test_a_message_quotes_sixty_characters() -> None:
    assert shortened("字" * MAX_SHOWN) == "字" * 60
    assert shortened("字" * 61) == "字" * 59 + "…"
