"""What the YAML parser complains about, in Chinese: where it is, what is wrong and what to write instead.

The parser often complains about the line after the one that is wrong, and in words about its own grammar.
The traps people fall into are looked for first; each remedy shows the line as it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

PREFIX = "YAML 写法有误："
LOOK = "检查这一行及上一行：缩进（只用空格）、冒号后的空格、成对的引号和括号"

_KEY = r"(?:[^\s:#\"'{\[&*!|>%@`-][^:：\"'{\[]*)"
_BLOCK_VALUE = re.compile(rf"^(?P<head>\s*(?:- +)*(?:{_KEY}: +)?)(?P<value>[^\s#].*?)\s*(?: #[^\"']*)?$")
_FULL_WIDTH_COLON = re.compile(r"^\s*(?:- +)?(?P<key>[A-Za-z_]\w*)\s*：")
_NO_SPACE = re.compile(r"^\s*(?:- +)?(?P<key>[A-Za-z_]\w*):(?=[^\s/])")
_FLOW_BRACE = re.compile(r"(?:[\[,]|: )\s*(?P<value>\{\w*\}[^\s,\]}#][^,\]}\"']*)")
_FLOW_COLON = re.compile(r"(?P<value>(?<=: )[^\s,{}\[\]\"'][^,{}\[\]\"']*: [^,{}\[\]\"']*)")
_SPECIAL = re.compile(r"[*&!](?![A-Za-z0-9_-])|[%@`]|[|>](?![-+0-9]*$)")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a YAML file, in Chinese, and its line from 1."""

    message: str
    remedy: str
    line: int


def complaint(error: yaml.YAMLError, text: str) -> Complaint:
    """What a parser's error means.

    Args:
        error: the error.
        text: the file it was raised for.
    """
    if isinstance(error, yaml.reader.ReaderError):
        char = error.character if isinstance(error.character, str) else chr(error.character)
        line, code = text[: max(text.find(char), 0)].count("\n") + 1, ord(char)
        return Complaint(
            f"{PREFIX}有不可见的控制字符（U+{code:04X}）", "删除这一行中的该字符后重新输入", line
        )
    if not isinstance(error, yaml.MarkedYAMLError):
        return Complaint(PREFIX.rstrip("："), LOOK, 1)
    mark = error.problem_mark or error.context_mark
    at = mark.line if mark else 0
    lines = text.splitlines() or [""]
    for number in _suspects(error, at, lines):
        if trap := _trap(lines[number]):
            return Complaint(PREFIX + trap[0], trap[1], number + 1)
    return _translated(error, at)


def _suspects(error: yaml.MarkedYAMLError, at: int, lines: list[str]) -> Iterator[int]:
    """The lines that may be to blame, counted from 0: the reported one, where the parser began, the one before."""
    before = next((n for n in range(min(at, len(lines)) - 1, -1, -1) if lines[n].strip()), None)
    began = error.context_mark.line if error.context_mark else None
    seen: set[int] = set()
    for number in (at, began, before):
        if number is not None and number < len(lines) and number not in seen:
            seen.add(number)
            yield number


def _trap(line: str) -> tuple[str, str] | None:
    """Message and remedy of a known trap in a line."""
    if re.match(r" *\t", line):
        return "缩进用了制表符（Tab）", "删去行首的制表符，改用空格，每级两个"
    if found := _FULL_WIDTH_COLON.match(line):
        return f"{found['key']} 后面的冒号是全角的“：”", f"改为半角冒号，后面加一个空格：{found['key']}: "
    if found := _NO_SPACE.match(line):
        return f"{found['key']} 后面的冒号没有跟空格", f"在冒号后加一个空格：{found['key']}: "
    parts = _BLOCK_VALUE.match(line)
    if parts and (what := _needs_quotes(parts["value"])):
        return what, f"给文字加上引号，写成：{(parts['head'] + quoted(parts['value'])).strip()}"
    for pattern, what in ((_FLOW_BRACE, "文字以“{”开头"), (_FLOW_COLON, "文字中有“: ”")):
        if found := pattern.search(line):
            return what, f"给这段文字加上引号：{quoted(found['value'].strip())}"
    return None


def _needs_quotes(value: str) -> str:
    """Why a value that begins a line or follows its key must be quoted; "" when it need not."""
    first = value[0]
    if _SPECIAL.match(value):
        return f"文字以“{first}”开头"
    if first in "{[":
        closing = value.find({"{": "}", "[": "]"}[first])
        rest = value[closing + 1 :].lstrip() if closing > 0 else ""
        simple = closing > 0 and not set(value[1:closing]) & set("{}[]:,")
        return f"文字以“{first}”开头" if simple and rest and rest[0] not in "#," else ""
    if first in "\"'":
        closing = value.find(first, 1)
        rest = value[closing + 1 :].lstrip() if closing > 0 else ""
        return "引号后面还有文字" if rest and rest[0] not in "#,]}:" + first else ""
    return "文字中有“: ”" if ": " in value else ""


def quoted(value: str) -> str:
    """A text in the quotes that YAML needs around it."""
    return f'"{value}"' if not set(value) & set('"\\') else "'" + value.replace("'", "''") + "'"


_TRANSLATED = (
    ("found unexpected end of stream", True, "引号没有合上", "在文字末尾补上引号"),
    (
        "could not find expected ':'",
        True,
        "这一行既不是“键: 值”，也不是“- ”开头的一项",
        "写成“键: 值”（半角冒号加空格）；是上一行文字的续行，就并入上一行",
    ),
    (
        "mapping values are not allowed",
        False,
        "这里不应再有“键: 值”，多半是缩进与上一行不一致",
        "与同级的键左对齐；文字中有“: ”的加引号",
    ),
    (
        "did not find expected ',' or",
        False,
        "“[…]”或“{…}”没有合上，或其中缺少逗号",
        "补上成对的括号；各项之间用半角逗号",
    ),
    ("undefined alias", False, "“*”引用的锚点没有定义", "在前面用“&名称”定义它；不是引用的文字加引号"),
    ("second occurrence", False, "锚点（&名称）定义了两次", "改名，或删除其中一个"),
    ("another document", False, "文件中有两份内容，用“---”隔开", "删除“---”，只留一份"),
    ("unknown escape", False, "双引号中的“\\”不能这样用", "改用单引号，或把“\\”写成“\\\\”"),
    ("block sequence entries", False, "“- ”前面不能有别的内容", "列表另起一行，每项以“- ”开头"),
    ("comment or line break", False, "“|”或“>”后面应换行", "文字从下一行写起，比键多缩进两格"),
    ("did not find expected", False, "缩进与上面的各行不一致，或上面的括号、引号没有合上", LOOK),
    ("cannot start any token", False, "这里的字符不能开头", "给这段文字加上引号"),
)


def _translated(error: yaml.MarkedYAMLError, at: int) -> Complaint:
    """What the parser says, in Chinese, at the line it means."""
    for words, at_context, message, remedy in _TRANSLATED:
        if words in str(error.problem):
            line = error.context_mark.line if at_context and error.context_mark else at
            return Complaint(PREFIX + message, remedy, line + 1)
    return Complaint(f"{PREFIX}看不懂这里的写法", LOOK, at + 1)
