"""Number formats that a workbook names by number only, and those the system decides."""

from __future__ import annotations

LONG_DATE, LONG_TIME = 'yyyy"年"m"月"d"日"', "h:mm:ss"
"""What a Chinese system shows for ``[$-F800]`` and ``[$-F400]``."""

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: LONG_DATE,
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0_ ;-#,##0_ ",
    38: "#,##0_ ;[Red]-#,##0_ ",
    39: "#,##0.00_ ;-#,##0.00_ ",
    40: "#,##0.00_ ;[Red]-#,##0.00_ ",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Codes known by number only, as a Chinese Excel shows them (ECMA-376, 18.8.30, language zh-cn)."""

SYSTEM_CODES = {"mm-dd-yy": BUILT_IN[14], "m/d/yy h:mm": BUILT_IN[22]}
"""The names under which openpyxl hands out numbers 14 and 22, and gives them back."""


def code_of(number: int, code: str = "") -> str:
    """The code of a number format: the file's own, else the built-in one of a Chinese Excel.

    Args:
        number: ``numFmtId``.
        code: ``formatCode`` when the file has one under that number.
    """
    return code or BUILT_IN.get(number, "General")
