"""Words that clerks use for "nothing", for comparisons, and for yes and no."""

from __future__ import annotations

from zhengti_zip.base.marks import folded

DASHES = "-—–―─_/\\|"
"""Signs that stand for "nothing" when they stand alone."""

_PRINTED_DASHES = "-—－ "
_NOTHING = frozenset(
    ("无", "没有", "暂无", "无此项", "不适用", "未发生", "无数据", "N/A", "NA", "N.A.", "NONE", "NULL", "NIL")
)
NO_ANSWERS = _NOTHING | {"无原因", "无措施", "略", "空", "、"}
"""What says nothing where a text is asked for; an amount cannot be 略."""

_COMPARISONS = {
    "≥": (
        ">=",
        "=>",
        "≧",
        "⩾",
        "≥=",
        "大于等于",
        "大于或等于",
        "不低于",
        "不少于",
        "不小于",
        "不短于",
        "以上",
        "及以上",
        "至少",
    ),
    "≤": (
        "<=",
        "=<",
        "≦",
        "⩽",
        "≤=",
        "小于等于",
        "小于或等于",
        "不高于",
        "不多于",
        "不大于",
        "不超过",
        "不长于",
        "以下",
        "及以下",
        "以内",
        "至多",
    ),
    ">": ("大于", "高于", "多于", "超过"),
    "<": ("小于", "低于", "少于", "不足"),
    "=": ("==", "等于"),
    "≠": ("<>", "!=", "不等于"),
}
_SIGNS = {word: sign for sign, words in _COMPARISONS.items() for word in (sign, *words)}
_YES = frozenset(("是", "√", "✓", "✔", "☑", "✅", "🗸", "🗹", "Y", "YES", "TRUE", "T", "对", "是的"))
_NO = frozenset(("否", "×", "✗", "✘", "✕", "✖", "☒", "❌", "N", "NO", "FALSE", "F", "不是", "错"))


def is_dash(text: str) -> bool:
    """Whether a text is empty or only the dash that forms print for "none"."""
    return not text.strip(_PRINTED_DASHES)


def no_answer(text: str) -> bool:
    """Whether a text that was asked for says nothing: empty, a dash, or a word for "none"."""
    found = folded(text).upper().rstrip("。.")
    return not found or means_nothing(found) or found in NO_ANSWERS


def means_nothing(text: str) -> bool:
    """Whether an amount or a count is said not to exist: empty, 无, —, /, 不适用, N/A and the like.

    A zero is a number and says something.
    """
    found = folded(text).upper() if text else ""
    found = found.rstrip("。.") or found
    return not found.strip(DASHES) or found in _NOTHING or f"{found}." in _NOTHING


def comparison(text: str) -> str | None:
    """The sign ≥, ≤, >, <, = or ≠ that a sign or word of comparison means, None when it is none."""
    return _SIGNS.get(folded(text))


def yes_or_no(text: str) -> bool | None:
    """Whether a word or a tick says yes (True) or no (False), None when it says neither."""
    found = folded(text).upper()
    return True if found in _YES else False if found in _NO else None
