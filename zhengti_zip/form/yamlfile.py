"""YAML with line numbers: plain data, plus the line of every key path.

Numbers are read as Decimal from their text, so ``0.1`` in a form definition is exactly 0.1; a key
given twice in one mapping is an error instead of the last one winning. As in YAML 1.2, which editors
follow, only ``true`` and ``false`` are truth values: ``id: no`` is a text. A number that programs read
in different ways (``010``, ``0x1F``, ``1_000``) is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from zhengti_zip.base.excerpts import shortened
from zhengti_zip.base.limits import MAX_YAML_BYTES, MAX_YAML_DEPTH, MAX_YAML_ITEMS
from zhengti_zip.base.numbers import bounded_decimal
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.yaml_words import LOOK, complaint, quoted

SAFE_DEPTH = 500
"""Levels that libyaml composes without running out of stack; what is nested less is refused with its path."""

CHARACTERS_OF_AN_ITEM = 100
"""Of a path, that count as one item more: every path is kept."""

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlRefused(Exception):
    """A file that cannot be used as YAML; carries the one mistake that says why."""

    def __init__(self, message: str, line: int, path: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.mistake = Mistake(path, message, remedy or LOOK, line=line)


@dataclass(frozen=True, slots=True)
class YamlText:
    """A parsed file: its data and the line (from 1) of every key path, e.g. ``grade.lines.0.1.name``."""

    data: Any
    lines: dict[str, int]

    def line_of(self, path: str) -> int:
        """The line of ``path`` or of its nearest parent that has one; 1 at worst."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path.rpartition(".")[0]
        return 1


def read_yaml(file: Path) -> YamlText:
    """Parse one YAML file.

    Raises:
        OSError: it cannot be read.
        YamlRefused: it is not UTF-8, not YAML, nested too deeply or has a key twice.
    """
    try:
        text = _text(file)
        _refuse_much(text)
        node = yaml.compose(text, Loader=Loader)
    except UnicodeDecodeError as error:
        raise YamlRefused("文件不是 UTF-8 编码", 1, remedy="用编辑器另存为 UTF-8 编码") from error
    except yaml.YAMLError as error:
        said = complaint(error, text)
        raise YamlRefused(said.message, said.line, remedy=said.remedy) from error
    builder = _Builder()
    return YamlText(builder.plain(node, "", 0), builder.lines)


def _text(file: Path) -> str:
    with file.open("rb") as stream:
        content = stream.read(MAX_YAML_BYTES + 1)
    if len(content) > MAX_YAML_BYTES:
        raise YamlRefused(
            f"文件超过 {MAX_YAML_BYTES // 1024**2} MB", 1, remedy="检查是否选错了文件；减少内容"
        )
    return content.decode("utf-8").replace("\r\n", "\n")


def _refuse_much(text: str) -> None:
    """Refuse deep nesting and very many items before composing: libyaml recurses and would crash Python."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=Loader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if depth > SAFE_DEPTH:
            raise _too_deep(line, "")
        if number > MAX_YAML_ITEMS:
            raise _too_many(line, "")


def _too_deep(line: int, path: str) -> YamlRefused:
    return YamlRefused(f"嵌套超过 {MAX_YAML_DEPTH} 层", line, path, "减少层次；锚点不能引用自己")


def _too_many(line: int, path: str) -> YamlRefused:
    return YamlRefused(
        f"内容超过 {MAX_YAML_ITEMS} 项", line, shortened(path), "减少内容、缩短键名，不要层层引用锚点"
    )


class _Builder:
    """Turns the nodes of one file into plain data and counts them."""

    def __init__(self) -> None:
        self.lines: dict[str, int] = {}
        self._count = 0

    def plain(self, node: yaml.Node | None, path: str, depth: int) -> Any:
        """The data of a node at a path; ``depth`` is the number of nodes around it."""
        if node is None:
            return None
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if depth > MAX_YAML_DEPTH:
            raise _too_deep(line, path)
        # Not the number of paths: "a.a" may be one key or two.
        self._count += 1 + len(path) // CHARACTERS_OF_AN_ITEM
        if self._count > MAX_YAML_ITEMS:
            raise _too_many(line, path)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, _join(path, str(i)), depth + 1) for i, item in enumerate(node.value)]
        return _scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: str, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str):
                raise YamlRefused("键必须是文字", line, path, "写成“键: 值”")
            here = _join(path, key)
            if key in result:
                raise YamlRefused(
                    f"键 {shortened(key)} 重复出现", line, here, "留下其中一个，其余的删除或改名"
                )
            self.lines[here] = line
            result[key] = self.plain(value_node, here, depth + 1)
        return result


def _scalar(node: yaml.Node, path: str) -> Any:
    kind = node.tag.rpartition(":")[2]
    text = str(node.value)
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if kind in ("int", "float") and ":" not in text:  # 12:30 is a number in base 60 to YAML 1.1 only
        return _number(text, node, path)
    if kind in ("str", "timestamp", "value", "bool", "int", "float"):
        return text
    line = node.start_mark.line + 1
    raise YamlRefused(f"不支持的 YAML 类型 {node.tag}", line, path, "去掉“!”开头的类型标记，或给文字加引号")


_NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_ODD_NUMBERS = {"0x": "十六进制数", "0b": "二进制数", "_": "带下划线的数", "inf": "无穷大", "nan": "非数值"}


def _number(text: str, node: yaml.Node, path: str) -> int | Decimal:
    line = node.start_mark.line + 1
    if _NUMBER.fullmatch(text):
        try:
            return int(text) if text.lstrip("+-").isdigit() else bounded_decimal(text)
        except ValueError as error:
            raise YamlRefused(
                f"数值 {shortened(text)} 无法识别", line, path, "写成十进制数；是文字的加引号"
            ) from error
    odd = next((words for mark, words in _ODD_NUMBERS.items() if mark in text.lower()), "")
    message = (
        f"{shortened(text)} 会被读成{odd}"
        if odd
        else f"{shortened(text)} 以 0 开头，有的程序把它读成八进制数"
    )
    plain = text.lstrip("0") if not odd and text.lstrip("0")[:1].isdigit() else "十进制的数"
    remedy = f"是数的写成{plain}；是文字的加引号，写成 {quoted(text)}"
    raise YamlRefused(message, line, path, remedy)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
