"""The errors of pydantic about a definition's shape, in Chinese, with a remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from zhengti_zip.form.base import Part

_NUMBER = "写成数值，例如 10 或 0.5，不加单位和引号"
_LIST = "写成列表：[甲, 乙]，或每项一行、以“- ”开头"
_MAPPING = "写成“键: 值”，各键缩进相同"

_WORDS = {
    "string_too_short": ("文字太短，至少 {min_length} 个字", "补上内容"),
    "string_too_long": ("文字太长，至多 {max_length} 个字", "精简文字"),
    "int_type": ("应为整数", "写成整数，不加引号和小数点"),
    "int_parsing": ("应为整数", "写成整数，不加引号和小数点"),
    "int_from_float": ("应为整数", "写成整数，不加引号和小数点"),
    "decimal_parsing": ("应为数值", _NUMBER),
    "decimal_type": ("应为数值", _NUMBER),
    "float_type": ("应为数值", _NUMBER),
    "float_parsing": ("应为数值", _NUMBER),
    "finite_number": ("应为有限的数值", _NUMBER),
    "bool_type": ("应为 true 或 false", "改为 true 或 false"),
    "bool_parsing": ("应为 true 或 false", "改为 true 或 false"),
    "list_type": ("应为列表", _LIST),
    "tuple_type": ("应为列表", _LIST),
    "dict_type": ("应为“键: 值”", _MAPPING),
    "model_type": ("应为“键: 值”", _MAPPING),
    "model_attributes_type": ("应为“键: 值”", _MAPPING),
    "too_short": ("至少要有 {min_length} 项", "补足缺少的项"),
    "too_long": ("至多 {max_length} 项", "删除多余的项"),
    "greater_than": ("应大于 {gt}", "改为大于 {gt} 的数"),
    "greater_than_equal": ("应不小于 {ge}", "改为 {ge} 或更大的数"),
    "less_than": ("应小于 {lt}", "改为小于 {lt} 的数"),
    "less_than_equal": ("应不大于 {le}", "改为 {le} 或更小的数"),
    "decimal_max_digits": ("数字太长，至多 {max_digits} 位", "减少位数"),
    "decimal_whole_digits": ("数字太大，整数部分至多 {whole_digits} 位", "减少整数部分的位数"),
    "decimal_max_places": ("小数位数太多，至多 {decimal_places} 位", "四舍五入到 {decimal_places} 位小数"),
    "union_tag_not_found": ("缺少 kind", "写上 kind: grid、indicators、rows 或 money"),
}

_PATTERNS = {
    "a-z0-9-": ("编号的写法不对", "用小写字母、数字和“-”，2 至 40 个字符，以字母或数字开头"),
    "fields|budget": (
        "值的写法不对",
        "写成 fields.字段、budget.预算栏、funds.行.栏、data.数据、goals.goal、goals.completion、goals.reason、"
        "derived.计算值、total.weight、total.score、grade.bands 或 scores.评分行.score",
    ),
    "level[": (
        "栏目内容的写法不对",
        "写成 level1.name、level1.weight、indicator.name、indicator.explanation、indicator.standard、row.score 等",
    ),
    "(derived": ("栏目内容的写法不对", "写成资金栏的 id、derived.计算值、weight、score 或 reason"),
    "{1,2}$": (
        "路径的写法不对",
        "写成 fields.字段、budget.预算栏、funds.行.栏、data.数据 或 derived.计算值，例如 funds.total.spent",
    ),
    "[a-z0-9_]*\\.[a-z]": ("单元格的写法不对", "写成 行.栏，例如 total.initial"),
    "\\[\\]:*?": ("工作表的名称中有 Excel 不接受的字符", "去掉 [ ] : * ? / \\ '，至多 31 个字"),
    "a-z0-9_": ("id 的写法不对", "用小写字母、数字和下划线，至多 40 个字符，以字母开头"),
}


def in_chinese(detail: Any, path: str) -> tuple[str, str]:
    """Message and remedy for one of pydantic's errors.

    Args:
        detail: an entry of ``ValidationError.errors()``.
        path: the key path it is reported at.
    """
    kind, context = detail["type"], detail.get("ctx", {})
    key = path.rpartition(".")[2]
    if kind == "missing":
        if key.isdigit():
            return "缺少这一项", "补上缺少的项"
        return "缺少此键", f"加上“{key}: …”"
    if kind == "extra_forbidden":
        return "没有这个键", _misspelt(key)
    if kind in ("model_type", "model_attributes_type") and key in ("numerator", "denominator"):
        return (
            "应为“键: 值”",
            "写成 {id: …, label: …, kind: …}；已在别处填写的写成 {use: 路径}，例如 {use: funds.total.spent}",
        )
    if kind == "string_type":
        return _not_text(detail["input"])
    if kind == "value_error":
        return str(context["error"]), "改为其中之一，并写上它所需的参数"
    if kind in ("enum", "literal_error", "union_tag_invalid"):
        allowed = _listed(context.get("expected") or context.get("expected_tags", ""))
        what = "kind " if kind == "union_tag_invalid" else ""
        return f"{what}只能是 {allowed}", f"改为其中之一：{allowed}"
    if kind == "string_pattern_mismatch":
        return next(
            (words for mark, words in _PATTERNS.items() if mark in context["pattern"]),
            ("写法不符合要求", f"应符合 {context['pattern']}"),
        )
    message, remedy = _WORDS.get(kind, (f"写法不对（{kind}）", "参照 docs/adding-a-form.md 改写"))
    return message.format(**context), remedy.format(**context)


def _listed(expected: str) -> str:
    """pydantic's ``'a', 'b' or 'c'`` as a Chinese list."""
    return expected.replace(" or ", ", ").replace("'", "").replace(", ", "、")


def _not_text(value: Any) -> tuple[str, str]:
    """What to say where a text is wanted and YAML reads ``value``."""
    if value is None:
        return "应为文字，这里是空的", "在冒号后写上内容；文字就是 null 或 ~ 的，加上引号"
    if isinstance(value, bool):
        return f"应为文字，{str(value).lower()} 不加引号不是文字", f'加上引号，写成 "{str(value).lower()}"'
    if isinstance(value, int | Decimal):
        return f"应为文字，{value} 不加引号是数", f'加上引号，写成 "{value}"'
    if isinstance(value, dict) and list(value.values()) == [None]:
        name = next(iter(value))
        return "应为文字，以“{”开头的文字不加引号不是文字", f'加上引号，写成 "{{{name}}}"'
    return "应为文字", "写成一段文字；以“{”“[”“- ”开头的，整段加上引号"


def _misspelt(key: str) -> str:
    if key == "<<":
        return "不支持用 << 合并，把要合并的各个键直接写在这里"
    if colon := next((mark for mark in "：:" if mark in key), ""):
        name = key.partition(colon)[0]
        return f"冒号要用半角，后面加一个空格：{name}: …"
    near = difflib.get_close_matches(key, _keys(), n=1, cutoff=0.6)
    hint = f"是否为 {near[0]}？" if near else ""
    return f"{hint}检查拼写和缩进，不需要的删除"


@cache
def _keys() -> tuple[str, ...]:
    """Every key any part of a definition may have."""
    fields = (item for part in _parts(Part) for item in part.model_fields.items())
    return tuple(dict.fromkeys(field.alias or key for key, field in fields))


def _parts(part: type[Part]) -> Iterator[type[Part]]:
    for child in part.__subclasses__():
        yield child
        yield from _parts(child)
