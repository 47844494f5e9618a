"""The small Markdown of reports: what it knows, and that no text can be mistaken for a mark."""

from __future__ import annotations

from string import printable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengti_zip.base.markdown import (
    Entry,
    Heading,
    MarkupMistake,
    Side,
    Table,
    Text,
    blocks_of,
    marked,
    widths,
)


def test_headings_paragraphs_lists_and_tables() -> None:
    written = "# 标题\n\n## 一、情况\n一段话\n另一段\n- 甲\n2. 乙\n| 项目 | 金额 |\n|:--|--:|\n| 总 | 1,000.00 |\n后"
    assert blocks_of(written) == (
        Heading(1, "标题"),
        Heading(2, "一、情况"),
        Text("一段话"),
        Text("另一段"),
        Entry("", "甲"),
        Entry("2.", "乙"),
        Table(("项目", "金额"), (("总", "1,000.00"),), (Side.LEFT, Side.RIGHT)),
        Text("后"),
    )


@given(st.text(alphabet=st.sampled_from(printable.replace("\n", "") + "一|\\\n"), min_size=1))
def test_any_text_stands_in_a_paragraph_and_in_a_cell_as_it_is(text: str) -> None:
    stripped = text.strip()
    if not stripped:
        return
    assert blocks_of(f"。{marked(text)}。") == (Text(f"。{text}。"),)
    assert blocks_of(marked(stripped)) == (Text(stripped),)
    table = blocks_of(f"|头|\n|:-:|\n|。{marked(text)}。|")
    assert table == (Table(("头",), ((f"。{text}。",),), (Side.CENTER,)),)


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("一\n| 甲 | 乙 |", 3),
        ("| 甲 | 乙 |\n|:--|--|\n| 一 |", 3),
        ("| 甲 |\n| 不是 |", 2),
        ("| 甲 |\n|--|\n| 没有结尾", 3),
    ],
    ids=["no alignments", "too few cells", "words for alignments", "no end"],
)
def test_a_table_that_is_none_is_told_with_its_line(written: str, line: int) -> None:
    with pytest.raises(MarkupMistake) as caught:
        blocks_of(written)
    assert caught.value.line == line


def test_a_column_of_numbers_is_as_wide_as_its_longest_number() -> None:
    table = Table(("项目", "金额"), (("很长的一段说明文字" * 9, "123,456.78"),), (Side.LEFT, Side.RIGHT))
    first, second = widths(table)
    assert first + second == pytest.approx(1)
    assert second * 42 >= len("123,456.78") * 0.6
