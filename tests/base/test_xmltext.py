"""Characters that XML cannot hold, at both sides of every limit of XML 1.0."""

from __future__ import annotations

import pytest
from lxml import etree

from zhengti_zip.base.xmltext import GETA, legal_text

HELD = "\t\n ~\x80\x9f\xa0海\ud7ff\ue000\ufffd\U00010000\U0010ffff"
NOT_HELD = "\x00\x08\x0b\x0c\x0e\x1f\x7f\r\ud800\udfff\ufffe\uffff"


@pytest.mark.parametrize("char", HELD, ids=ascii)
def test_a_character_that_a_parser_gives_back_is_kept(char: str) -> None:
    assert legal_text(f"甲{char}乙") == f"甲{char}乙"
    assert etree.fromstring(f"<a>甲{char}乙</a>".encode()).text == f"甲{char}乙"


@pytest.mark.parametrize("char", NOT_HELD, ids=ascii)
def test_an_illegal_character_is_replaced(char: str) -> None:
    assert legal_text(f"甲{char}乙") == f"甲{GETA}乙"
