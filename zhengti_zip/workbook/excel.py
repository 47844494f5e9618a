"""Pieces of Excel expressions. Only functions that Excel, WPS and LibreOffice all have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zhengti_zip.base.answers import DASHES, NO_ANSWERS
from zhengti_zip.workbook.defined_names import GENERAL_NAME

COMPLETE = "完整"
NOTICE = "注意："
"""What a row check begins with when nothing but warnings is left."""

NUMBER_WANTED = "请填数字"

_MAX_LITERAL = 255
"""Longest text constant Excel allows inside a formula."""

Finding = tuple[str, str]
"""(condition, words shown when it holds); the words are plain text."""


def literal(text: str) -> str:
    """A text constant of any length."""
    parts = [text[start : start + _MAX_LITERAL // 2] for start in range(0, len(text), _MAX_LITERAL // 2)]
    return "&".join('"' + part.replace('"', '""') + '"' for part in parts) or '""'


def _visible(cell: str) -> str:
    """What stands in a cell without blanks of any kind and line breaks."""
    return f'TRIM(CLEAN(SUBSTITUTE(SUBSTITUTE({cell},"\u3000",""),"\u00a0","")))'


def blank(cell: str) -> str:
    """Whether nothing but blanks stands in a cell."""
    return f'{_visible(cell)}=""'


def filled(cell: str) -> str:
    """Whether something stands in a cell."""
    return f'{_visible(cell)}<>""'


def blank_row(cells: str) -> str:
    """Whether nothing but blanks stands in a range of cells."""
    return f"SUMPRODUCT(LEN({_visible(cells)}))=0"


def longer_than(cell: str, limit: int) -> str:
    """Whether a text is longer than so many characters."""
    return f"LEN(TRIM({cell}))>{limit}"


def is_percent(cell: str) -> str:
    """Whether the number format of a cell shows a percentage."""
    return f'LEFT(CELL("format",{cell}),1)="P"'


def is_date(cell: str) -> str:
    """Whether the number format of a cell shows a date or a time.

    Excel and WPS call such a format by D and a digit; LibreOffice calls most of them G, as these call General.
    """
    kind = f'CELL("format",{cell})'
    return f'OR(LEFT({kind},1)="D",AND({kind}="G",CELL("format",{GENERAL_NAME})<>"G"))'


def is_day(cell: str) -> str:
    """Whether a date stands in a cell, or text that says one."""
    text = f"TRIM({cell})"
    for mark, plain_mark in (("年", "-"), ("月", "-"), ("日", ""), ("/", "-"), (".", "-")):
        text = f'SUBSTITUTE({text},"{mark}","{plain_mark}")'
    return f"IF(ISNUMBER({cell}),{is_date(cell)},ISNUMBER(DATEVALUE({text})))"


def significant(number: str) -> str:
    """A number with the 15 digits that an office program shows and the program reads."""
    return f'VALUE(TEXT({number},"0.00000000000000E+00"))'


def not_a_number(cell: str) -> str:
    """Whether something other than a number stands in a cell."""
    return f"AND({filled(cell)},NOT(ISNUMBER({cell})))"


def below(cell: str, limit: str) -> str:
    """Whether a number below a limit stands in a cell."""
    return f"AND(ISNUMBER({cell}),N({cell})<{limit})"


def above(cell: str, limit: str) -> str:
    """Whether a number above a limit stands in a cell."""
    return f"AND(ISNUMBER({cell}),N({cell})>{limit})"


def no_words(cell: str) -> str:
    """Whether a text cell says nothing: it is empty, or holds dashes or a word for "none" alone."""
    text = f"CLEAN({cell})"
    for mark in (*DASHES, *"－＿／＼｜。.．", " ", "\u3000", "\u00a0"):
        text = f'SUBSTITUTE({text},"{mark}","")'
    words = ";".join(f'"{word}"' for word in ("", *sorted(NO_ANSWERS)))
    return f"SUMPRODUCT(--({text}={{{words}}}))>0"


def cents(number: str) -> str:
    """An amount as it is printed, in whole cents."""
    return f"ROUND(N({number}),2)"


def one_of(cell: str, words: Iterable[str]) -> str:
    """Whether one of some words stands in a cell."""
    return "OR(" + ",".join(f"{cell}={literal(word)}" for word in words) + ")"


def status(errors: Sequence[Finding], warnings: Sequence[Finding] = (), empty: str = "") -> str:
    """The 检查 of a row: its errors, else its warnings, else that it is complete; "" while ``empty`` holds."""
    wrong, doubtful = _listed(errors), _listed(warnings)
    words = f'"{COMPLETE}"'
    if doubtful:
        words = f'IF(LEN({doubtful})>0,"{NOTICE}"&MID({doubtful},2,200),{words})'
    if wrong:
        words = f"IF(LEN({wrong})>0,MID({wrong},2,200),{words})"
    whole = f'IF({empty},"",{words})' if empty else words
    return f'=IFERROR({whole},"单元格有错误值")'


def _listed(findings: Sequence[Finding]) -> str:
    return "&".join(f'IF({condition},"、{words}","")' for condition, words in findings)


def count_errors(cells: str) -> str:
    """How many row checks of a range name an error."""
    return f'SUMPRODUCT(({cells}<>"")*({cells}<>"{COMPLETE}")*(LEFT({cells},{len(NOTICE)})<>"{NOTICE}"))'


def count_warnings(cells: str) -> str:
    """How many row checks of a range name nothing but warnings."""
    return f'SUMPRODUCT(--(LEFT({cells},{len(NOTICE)})="{NOTICE}"))'


def count_naming(cells: str, words: str) -> str:
    """How many row checks of a range contain some words."""
    return f'SUMPRODUCT(--ISNUMBER(FIND("{words}",{cells})))'


def shown_number(cell: str, *, money: bool) -> str:
    """A number as text; amounts with thousands separators."""
    return f'TEXT({cell},"#,##0.00")' if money else cell
