"""Characters that look like others or like nothing: what they stand for and what they are called."""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = (
    "⺂乛⺃乚⺅亻⺉刂⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺞歺⺟母⺠民⺡氵⺣灬⺦丬⺨犭⺭礻⺯糹⺰纟⺱罓⺲罒⺹耂⺺肀⺾艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车"
    "⻌辶⻐钅⻑長⻒镸⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""Radicals of the supplement, each before the ideograph that Unicode calls equivalent and fonts draw the same.

Those drawn otherwise, such as U+2E88, stay: they mean the component, not the character.
"""


def _same_glyphs() -> dict[str, str]:
    found = dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True))
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)):
        char = chr(code)
        unified = unicodedata.normalize("NFKC", char)
        if unified != char and len(unified) == 1 and unicodedata.category(unified) == "Lo":
            found[char] = unified
    found["⼾"] = "户"  # Unicode says 戶; fonts for simplified Chinese draw, and PDFs of theirs give, 户
    return found


UNIFIED = _same_glyphs()
"""Radicals and compatibility ideographs with the ordinary character that looks the same."""

HYPHENS = {"\u2010": "-", "\u2011": "-"}
"""Hyphens of typesetting that look like the one on the keyboard; dashes and minus signs stay."""

VISIBLE_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
"""Signs of the category "format" that do print."""

FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc\u2800")
"""Signs of other categories that print nothing."""

_NAMES = {
    0x00AD: "软连字符",
    0x034F: "字形连接符",
    0x061C: "阿拉伯字母标记",
    0x115F: "韩文填充符",
    0x1160: "韩文填充符",
    0x180E: "蒙古文元音分隔符",
    0x200B: "零宽空格",
    0x200C: "零宽不连字符",
    0x200D: "零宽连字符",
    0x200E: "从左到右标记",
    0x200F: "从右到左标记",
    0x202A: "从左到右嵌入",
    0x202B: "从右到左嵌入",
    0x202C: "方向嵌入结束",
    0x202D: "从左到右强制",
    0x202E: "从右到左强制",
    0x2028: "行分隔符",
    0x2029: "段分隔符",
    0x2060: "词连接符",
    0x2066: "从左到右隔离",
    0x2067: "从右到左隔离",
    0x2068: "方向隔离",
    0x2069: "方向隔离结束",
    0x2800: "盲文空白",
    0x3164: "韩文填充符",
    0xFEFF: "字节顺序标记",
    0xFFA0: "半角韩文填充符",
    0xFFFC: "对象占位符",
    0x00A0: "不间断空格",
    0x0009: "制表符",
    0x000B: "竖制表符",
    0x000C: "换页符",
    0x0085: "换行控制符",
    0x2010: "连字符",
    0x2011: "不间断连字符",
}


def is_variation_selector(char: str) -> bool:
    """Whether a character chooses the form of the one before it."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def is_invisible(char: str) -> bool:
    """Whether a character prints nothing and is neither a blank nor a control character."""
    if char in FILLERS or is_variation_selector(char):
        return True
    return unicodedata.category(char) == "Cf" and char not in VISIBLE_FORMATS


def is_control(char: str) -> bool:
    """Whether a character can be in no document: controls, halves of pairs, numbers never to be characters."""
    return (unicodedata.category(char) in ("Cc", "Cs") and char != "\n") or ord(char) & 0xFFFE == 0xFFFE


def is_ideograph(char: str) -> bool:
    """Whether a character is a Chinese one."""
    return (
        "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U000323af" or "\uf900" <= char <= "\ufaff"
    )


def name_of(char: str) -> str:
    """What a message calls a character: its Chinese name, or itself, and its code point."""
    code = ord(char)
    if char in UNIFIED:
        return f"“{char}”（U+{code:04X}）"
    if is_variation_selector(char):
        name = "变体选择符"
    elif code in _NAMES:
        name = _NAMES[code]
    elif is_control(char):
        name = "控制字符"
    elif unicodedata.category(char) == "Zs":
        name = "特殊空格"
    else:
        name = "不可见字符"
    return f"{name}（U+{code:04X}）"
