"""YAML is read exactly: numbers as written, keys once, every key with its line."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support import is_chinese
from zhengti_zip.base.limits import MAX_YAML_BYTES, MAX_YAML_DEPTH, MAX_YAML_ITEMS
from zhengti_zip.form.yamlfile import YamlRefused, YamlText, read_yaml


def read(folder: Path, content: str | bytes) -> YamlText:
    file = folder / "form.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_yaml(file)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", Decimal("0.1")),
        ("1.10", Decimal("1.10")),
        ("20", 20),
        ("-3", -3),
        ("true", True),
        ("no", "no"),
        ("off", "off"),
        ("Yes", "Yes"),
        ("12:30", "12:30"),
        ("0.50", Decimal("0.50")),
        ("null", None),
        ("''", ""),
        ("2022-01-01", "2022-01-01"),
        ("'0.1'", "0.1"),
        ("优", "优"),
        ("[1, 二]", [1, "二"]),
        ("{甲: 1}", {"甲": 1}),
    ],
)
def test_values(tmp_path: Path, text: str, value: Any) -> None:
    got = read(tmp_path, f"key: {text}\n").data["key"]
    assert got == value
    assert type(got) is type(value)
    assert str(got) == str(value)


def test_every_key_and_every_item_has_its_line(tmp_path: Path) -> None:
    text = read(tmp_path, "# 说明\na:\n  b: 1\n  c:\n    - x\n    - {d: 1,\n       e: 2}\n")
    lines = {path: text.line_of(path) for path in ("a", "a.b", "a.c", "a.c.0", "a.c.1", "a.c.1.d", "a.c.1.e")}
    assert lines == {"a": 2, "a.b": 3, "a.c": 4, "a.c.0": 5, "a.c.1": 6, "a.c.1.d": 6, "a.c.1.e": 7}


def test_what_is_not_there_has_the_line_of_what_is_above_it(tmp_path: Path) -> None:
    text = read(tmp_path, "a:\n  b: 1\n")
    assert [text.line_of(path) for path in ("a.b.c.d", "a.x", "z", "")] == [2, 1, 1, 1]


def test_an_anchor_is_read_wherever_it_is_named(tmp_path: Path) -> None:
    text = read(tmp_path, "a: &x {id: 同}\nb: *x\n")
    assert text.data == {"a": {"id": "同"}, "b": {"id": "同"}}
    assert text.line_of("b") == 2


@pytest.mark.parametrize(
    ("content", "line", "path"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", 3, "a", id="键重复"),
        pytest.param("a:\n  b: 1\n  b: 1\n", 3, "a.b", id="下级键重复"),
        pytest.param("a: 1\n'a': 2\n", 2, "a", id="带引号的同一个键"),
        pytest.param("a: 1\n b: 2\n", 2, "", id="缩进错误"),
        pytest.param("a:\n\t- b\n", 2, "", id="制表符缩进"),
        pytest.param("a: b: c\n", 1, "", id="两个冒号"),
        pytest.param("a: 1\nb: [1, 2\n", 3, "", id="括号没有合上"),
        pytest.param("a: *b\n", 1, "", id="没有的锚点"),
        pytest.param("a: 1\n---\nb: 2\n", 2, "", id="两个文档"),
        pytest.param("a: \x01\n", 1, "", id="控制字符"),
        pytest.param("a: 1\nb: !!binary abc\n", 2, "b", id="不支持的类型"),
        pytest.param("a: 1\nb: .inf\n", 2, "b", id="无穷"),
        pytest.param("a: .nan\n", 1, "a", id="NaN"),
        pytest.param("a: 0x1f\n", 1, "a", id="十六进制"),
        pytest.param("a: 1\nb: 010\n", 2, "b", id="八进制"),
        pytest.param("a: 1_000\n", 1, "a", id="下划线"),
        pytest.param("? [a]\n: 1\n", 1, "", id="键不是文字"),
        pytest.param("a: &x [*x]\n", 1, "a" + ".0" * MAX_YAML_DEPTH, id="引用自己"),
        pytest.param("a: " + "[" * 60 + "]" * 60, 1, "a" + ".0" * MAX_YAML_DEPTH, id="嵌套太深"),
        pytest.param(b"\xff\xfea\x00", 1, "", id="UTF-16"),
        pytest.param("名称: 优\n".encode("gbk"), 1, "", id="GBK"),
    ],
)
def test_what_is_not_taken(tmp_path: Path, content: str | bytes, line: int, path: str) -> None:
    with pytest.raises(YamlRefused) as caught:
        read(tmp_path, content)
    assert (caught.value.mistake.line, caught.value.mistake.path) == (line, path)
    assert is_chinese(caught.value.mistake.message)


@pytest.mark.parametrize("content", ["", "# 只有说明\n", "---\n"], ids=["空", "注释", "分隔"])
def test_an_empty_file_is_nothing(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content).data is None


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeffa: 1\n").data == {"a": 1}


def test_a_missing_file_is_not_our_mistake(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_yaml(tmp_path / "nothing.yaml")


def test_nesting_that_would_take_the_parser_down(tmp_path: Path) -> None:
    file = tmp_path / "form.yaml"
    file.write_text("a: " + "[" * 50_000, encoding="utf-8")
    with pytest.raises(YamlRefused, match="嵌套"):
        read_yaml(file)


def doubled(levels: int, first: str = "a") -> str:
    """Lists of two of the list before, each named by an anchor."""
    lines = [f"{first}: &n0 [1, 2]"]
    lines += [f"n{level}: &n{level} [*n{level - 1}, *n{level - 1}]" for level in range(1, levels + 1)]
    return "\n".join(lines)


def colliding(levels: int) -> str:
    """Aliases whose paths are the same: ``a`` with ``a`` in it, and ``a.a``."""
    lines = ["n0: &n0 {a: {a: 1}, a.a: 1}"]
    lines += [f"n{n}: &n{n} {{a: {{a: *n{n - 1}}}, a.a: *n{n - 1}}}" for n in range(1, levels + 1)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(doubled(22), id="aliases"),
        pytest.param(colliding(18), id="colliding paths"),
        pytest.param("\n".join(f"k{number}: 1" for number in range(MAX_YAML_ITEMS)), id="keys"),
        pytest.param(f"? {'k' * 1_000_000}\n: {[1] * 5000}", id="long key"),
        pytest.param("[" + "*a," * MAX_YAML_ITEMS + "]", id="aliases of nothing"),
    ],
)
def test_what_would_be_very_many_items_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(YamlRefused, match="超过"):
        read(tmp_path, content)


def test_a_file_that_is_too_large_is_not_parsed(tmp_path: Path) -> None:
    with pytest.raises(YamlRefused, match="MB"):
        read(tmp_path, "#" * (MAX_YAML_BYTES + 1))


@pytest.mark.parametrize(
    "number", ["1e99999", "1.5e-99999999999999999999", "0." + "1" * 5000], ids=lambda t: t[:9]
)
def test_numbers_nobody_can_reckon_with(tmp_path: Path, number: str) -> None:
    with pytest.raises(YamlRefused, match="数值"):
        read(tmp_path, f"a: !!float '{number}'")


@pytest.mark.parametrize(
    ("content", "line", "words", "mended"),
    [
        pytest.param("a: 1\nb: 说明: 甲\n", 2, "文字中有“: ”", 'b: "说明: 甲"', id="冒号"),
        pytest.param("b: 说明: 甲 # 注\n", 1, "文字中有“: ”", 'b: "说明: 甲"', id="冒号和注释"),
        pytest.param("t: {year}年度\n", 1, "以“{”开头", 't: "{year}年度"', id="花括号"),
        pytest.param("t:\n  - {year}年度\n", 2, "以“{”开头", '- "{year}年度"', id="列表中的花括号"),
        pytest.param('t: [甲]"乙"\n', 1, "以“[”开头", "t: '[甲]\"乙\"'", id="方括号和引号"),
        pytest.param("t: *注\n", 1, "以“*”开头", 't: "*注"', id="星号"),
        pytest.param("t: @甲\n", 1, "以“@”开头", 't: "@甲"', id="特殊字符"),
        pytest.param('t: "甲"乙\n', 1, "引号后面还有文字", "t: '\"甲\"乙'", id="引号之后"),
        pytest.param("a: 1\nt：甲\n", 2, "全角的“：”", "t: 甲", id="全角冒号"),
        pytest.param("t：甲\nb: 1\n", 1, "全角的“：”", "t: 甲", id="第一行的全角冒号"),
        pytest.param("t:甲\nb: 1\n", 1, "没有跟空格", "t: 甲", id="没有空格"),
        pytest.param("a:\n\tb: 1\n", 2, "制表符", "  b: 1", id="制表符"),
        pytest.param("a: [{year}年, b]\n", 1, "以“{”开头", 'a: ["{year}年", b]', id="行内花括号"),
        pytest.param("{id: a, t: 甲: 乙}\n", 1, "文字中有“: ”", '{id: a, t: "甲: 乙"}', id="行内冒号"),
        pytest.param("a: 1\nb: 007\n", 2, "八进制", 'b: "007"', id="以零开头"),
    ],
)
def test_a_trap_is_told_with_a_line_that_works(
    tmp_path: Path, content: str, line: int, words: str, mended: str
) -> None:
    """The remedy shows what to write; with that in place of the line, the file is read."""
    with pytest.raises(YamlRefused) as caught:
        read(tmp_path, content)
    mistake = caught.value.mistake
    assert mistake.line == line
    assert words in mistake.message
    quotes = re.findall(r"(?<!\w)(\".*?\"|'.*')(?=[\],}]|$)", mended)
    assert all(piece in mistake.remedy for piece in quotes)
    lines = content.splitlines()
    lines[line - 1] = mended
    assert read(tmp_path, "\n".join(lines) + "\n").data is not None


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        pytest.param("a: '甲\nb: 1\n", 1, "引号没有合上", id="引号"),
        pytest.param("a: 甲\n乙\n", 2, "既不是“键: 值”", id="不是键值"),
        pytest.param("a: 1\n  b: 2\n", 2, "缩进", id="缩进"),
        pytest.param("a: &x {b: 1}\nc: [1\nd: *x\n", 3, "没有合上", id="括号；锚点不是错误"),
        pytest.param("a: 1\n---\nb: 1\n", 2, "两份内容", id="两份"),
        pytest.param("a: &x 1\nb: &x 2\n", 2, "两次", id="锚点两次"),
        pytest.param("a: *x\n", 1, "没有定义", id="没有的锚点"),
        pytest.param('a: "\\q"\n', 1, "双引号中的“\\”", id="反斜杠"),
        pytest.param("a: - b\n", 1, "“- ”前面", id="列表"),
        pytest.param("a: 甲\x07\n", 1, "U+0007", id="控制字符"),
    ],
)
def test_what_the_parser_says_is_told_in_chinese(tmp_path: Path, content: str, line: int, words: str) -> None:
    with pytest.raises(YamlRefused) as caught:
        read(tmp_path, content)
    assert caught.value.mistake.line == line
    assert words in caught.value.mistake.message
    assert is_chinese(caught.value.mistake.remedy)
