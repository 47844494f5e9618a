"""Error messages that office programs write into a text in the place of a field, such as a lost cross-reference."""

from __future__ import annotations

import re

from zhengti_zip.review.document_problems import document_problem
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Problem, Severity

_ERROR = re.compile(
    r"Error\s?[:!]\s*(?:Reference source not found|Bookmark not defined|Not a valid link)\.?"
    r"|错误\s?[:：!！]\s*(?:引用源未找到|未找到引用源|未定义书签|链接无效)。?",
    re.IGNORECASE,
)
"""What LibreOffice, Word and WPS write, in English and Chinese."""


def office_error(path: InputPath, label: str, before: str, after: str) -> Problem | None:
    """The problem that a reviewed text holds such a message; None where it does not, or where it was printed.

    Args:
        path, label: of the input.
        before, after: its text as printed and now.
    """
    found = _ERROR.search(after)
    if found is None or found.group() in before:
        return None
    return document_problem(
        Severity.WARNING,
        "office_error",
        f"“{label}”中有办公软件的出错文字“{found.group()}”，原来的域（如交叉引用）已经失效；照原样写入",
        "请打开审阅稿查看原来引用的内容，在工作簿中改成正确的文字",
        path,
        label,
        found.group(),
    )
