"""YAML with line numbers: plain data, plus the line of every key path.

Numbers are read as Decimal from their text, so ``0.1`` in a form definition is exactly 0.1; a key
given twice in one mapping is an error instead of the last one winning.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from zhengti_zip.form.mistakes import Mistake

MAX_DEPTH = 40
SAFE_DEPTH = 500
MAX_KEYS = 100_000
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlRefused(Exception):
    """A file that cannot be used as YAML; carries the one mistake that says why."""

    def __init__(self, message: str, line: int, path: str = "", remedy: str = "") -> None:
        super().__init__(message)
        remedy = remedy or "检查这一行及上一行：缩进（只用空格）、冒号后的空格、成对的引号和括号"
        self.mistake = Mistake(path, message, remedy, line=line)


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
        text = file.read_text(encoding="utf-8")
        _refuse_depth(text)
        node = yaml.compose(text, Loader=Loader)
    except UnicodeDecodeError as error:
        raise YamlRefused("文件不是 UTF-8 编码", 1, remedy="用编辑器另存为 UTF-8 编码") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlRefused(f"YAML 写法有误：{error.problem}", mark.line + 1 if mark else 1) from error
    except yaml.YAMLError as error:
        raise YamlRefused(f"YAML 写法有误：{error}", 1) from error
    lines: dict[str, int] = {}
    return YamlText(_plain(node, "", lines, 0), lines)


def _refuse_depth(text: str) -> None:
    """Refuse deep nesting before composing: libyaml recurses and would crash Python."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > SAFE_DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise YamlRefused(f"嵌套超过 {MAX_DEPTH} 层", line, "", "减少层次")


def _plain(node: yaml.Node | None, path: str, lines: dict[str, int], depth: int) -> Any:
    if node is None:
        return None
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if depth > MAX_DEPTH:
        raise YamlRefused(f"嵌套超过 {MAX_DEPTH} 层", line, path, "减少层次；锚点不能引用自己")
    if len(lines) > MAX_KEYS:
        raise YamlRefused(f"内容超过 {MAX_KEYS} 项", line, path, "减少内容，不要层层引用锚点")
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, depth)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, _join(path, str(i)), lines, depth + 1) for i, item in enumerate(node.value)]
    return _scalar(node, path)


def _mapping(node: yaml.MappingNode, path: str, lines: dict[str, int], depth: int) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, str):
            raise YamlRefused("键必须是文字", line, path, "写成“键: 值”")
        here = _join(path, key)
        if key in result:
            raise YamlRefused(f"键 {key} 重复出现", line, here, "留下其中一个，其余的删除或改名")
        lines[here] = line
        result[key] = _plain(value_node, here, lines, depth + 1)
    return result


def _scalar(node: yaml.Node, path: str) -> Any:
    kind = node.tag.rpartition(":")[2]
    text = str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    if kind in ("int", "float"):
        return _number(text, node, path)
    if kind in ("str", "timestamp", "value"):
        return text
    line = node.start_mark.line + 1
    raise YamlRefused(f"不支持的 YAML 类型 {node.tag}", line, path, "去掉“!”开头的类型标记，或给文字加引号")


def _number(text: str, node: yaml.Node, path: str) -> int | Decimal:
    try:
        return int(text) if text.lstrip("+-").isdigit() else Decimal(text)
    except (ValueError, InvalidOperation) as error:
        line = node.start_mark.line + 1
        raise YamlRefused(f"数值 {text} 无法识别", line, path, "写成十进制数；是文字的加引号") from error


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
