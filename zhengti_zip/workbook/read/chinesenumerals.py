"""Numbers in Chinese numerals, as ``[DBNum1]`` (一二三) and ``[DBNum2]`` (壹贰叁) show them."""

from __future__ import annotations

DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖"}
_SMALL = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟")}
_LARGE = ("", "万", "亿", "万亿")


def digit_by_digit(text: str, style: int) -> str:
    """A text with its digits replaced one by one: 2022 is 二〇二二."""
    return text.translate(str.maketrans("0123456789", DIGITS[style]))


def spelled(number: int, style: int) -> str:
    """A whole number below 10**16 as it is said: 1204 is 一千二百〇四, 10 is 一十."""
    if number == 0:
        return DIGITS[style][0]
    groups = []
    while number:
        number, group = divmod(number, 10000)
        groups.append(group)
    found = ""
    for place in reversed(range(len(groups))):
        group = groups[place]
        if found and group and group < 1000 and not found.endswith(DIGITS[style][0]):
            found += DIGITS[style][0]
        if group:
            found += _four(group, style) + _LARGE[place]
    return found


def _four(number: int, style: int) -> str:
    """A number from 1 to 9999."""
    found, zero = "", DIGITS[style][0]
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            found += DIGITS[style][digit] + _SMALL[style][place]
        elif found and number % 10**place and not found.endswith(zero):
            found += zero
    return found
