"""From a folder to a FormDefinition, or to every mistake in it with file, line and key path."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from zhengti_zip.errors import FormDefinitionError, UsageProblem
from zhengti_zip.form.consistency import Fault, inconsistencies
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.yamlfile import YamlMistake, YamlText, read_yaml
from zhengti_zip.resources import templates_dir

FORM_FILE = "form.yaml"
DEFAULT_FORM = "haizhu-2022"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake of a definition: where and what, in Chinese."""

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行 {self.path or '（整个文件）'}：{self.message}"


def form_ids() -> list[str]:
    """Ids of the forms that ship with the program, sorted."""
    return sorted(file.parent.name for file in templates_dir().glob(f"*/{FORM_FILE}"))


def load_form(form: str | Path = DEFAULT_FORM) -> FormDefinition:
    """Load a form by id, or by the path of its folder.

    Raises:
        UsageProblem: no such form.
        FormDefinitionError: the definition has mistakes; all of them are listed.
    """
    text = str(form)
    if text in form_ids():
        return _load(templates_dir() / text)
    folder = Path(form)
    if folder.name == FORM_FILE:
        folder = folder.parent
    if (folder / FORM_FILE).is_file():
        return _load(folder.resolve())
    raise UsageProblem(
        f"没有名为“{text}”的表", f"可用的表：{'、'.join(form_ids())}；也可以给出含 {FORM_FILE} 的文件夹路径"
    )


@cache
def _load(folder: Path) -> FormDefinition:
    definition, mistakes = examine(folder)
    if definition is None or mistakes:
        listed = "\n".join(str(mistake) for mistake in mistakes)
        raise FormDefinitionError(
            f"表定义有 {len(mistakes)} 处错误：\n{listed}", "请按上述行号修改 form.yaml 后重试"
        )
    return definition


def examine(folder: Path) -> tuple[FormDefinition | None, list[Mistake]]:
    """Read a definition and collect its mistakes; the definition is None when its shape is wrong."""
    file = folder / FORM_FILE
    try:
        text = read_yaml(file)
    except OSError as error:
        return None, [Mistake(FORM_FILE, 1, "", f"无法读取：{error.strerror}")]
    except YamlMistake as mistake:
        return None, [Mistake(FORM_FILE, mistake.line, mistake.path, mistake.message)]
    if not isinstance(text.data, dict):
        return None, [Mistake(FORM_FILE, 1, "", "文件应由“键: 值”组成")]
    try:
        definition = FormDefinition.model_validate({**text.data, "folder": folder})
    except ValidationError as error:
        return None, _shape_mistakes(error, text)
    return definition, [_mistake(fault, text) for fault in inconsistencies(definition)]


def _mistake(fault: Fault, text: YamlText) -> Mistake:
    return Mistake(FORM_FILE, text.line_of(fault.path), fault.path, fault.message)


def _shape_mistakes(error: ValidationError, text: YamlText) -> list[Mistake]:
    mistakes = []
    for detail in error.errors():
        path = ".".join(str(part) for part in _real_path(detail["loc"], text.data))
        mistakes.append(Mistake(FORM_FILE, text.line_of(path), path, _in_chinese(detail)))
    return mistakes


def _real_path(location: tuple[int | str, ...], data: Any) -> list[int | str]:
    """The key path as written: without the tags pydantic adds for unions."""
    path: list[int | str] = []
    for number, part in enumerate(location):
        inside = _child(data, part)
        if inside is not None or number == len(location) - 1:
            path.append(part)
            data = inside
    return path


def _child(data: Any, part: int | str) -> Any:
    if isinstance(data, dict):
        return data.get(part)
    return data[part] if isinstance(data, list) and isinstance(part, int) and part < len(data) else None


_WORDS = {
    "missing": "缺少此键",
    "extra_forbidden": "没有这个键，请检查拼写",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "string_too_long": "文字太长",
    "string_pattern_mismatch": "写法不符合要求 {pattern}",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "decimal_parsing": "应为数值",
    "decimal_type": "应为数值",
    "float_type": "应为数值",
    "float_parsing": "应为数值",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "dict_type": "应为“键: 值”",
    "model_type": "应为“键: 值”",
    "model_attributes_type": "应为“键: 值”",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "至多 {max_length} 项",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "应不大于 {le}",
    "literal_error": "只能是 {expected}",
    "enum": "只能是 {expected}",
    "union_tag_invalid": "kind 只能是 {expected_tags}",
    "union_tag_not_found": "缺少 kind",
    "decimal_max_digits": "数字太长",
    "decimal_max_places": "小数位数太多",
}


def _in_chinese(detail: Any) -> str:
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    words = _WORDS.get(detail["type"])
    return words.format(**detail.get("ctx", {})) if words else str(detail["msg"])
