"""Characters that no database and no answer can hold are refused where they come in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from fastapi import Request

from zhengti_zip.web.refusals import not_found, wrong_input
from zhengti_zip.web.security.guard import SAFE_METHODS
from zhengti_zip.web.uploads import MAX_FIELDS, MAX_UPLOADS

_UNKEPT = re.compile("[\0\ud800-\udfff]")
"""PostgreSQL keeps no NUL; halves of a character, which JSON can spell, have no UTF-8."""


async def check_characters(request: Request) -> None:
    """A dependency of every route: refuse such characters in the address, in fields and in JSON.

    Raises:
        Refusal: 404 for the address, which names nothing then; 400 for what was entered.
    """
    if not _can_be_kept(request.path_params.values()):
        raise not_found()
    if request.method not in SAFE_METHODS and not _can_be_kept(await _sent(request)):
        raise wrong_input("提交的内容里有不能保存的字符", "请删去看不见的字符，或重新输入后再提交")


async def _sent(request: Request) -> Iterable[Any]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        form = await request.form(max_files=MAX_UPLOADS, max_fields=MAX_FIELDS)
        return [each for pair in form.multi_items() for each in pair if isinstance(each, str)]
    try:
        return [await request.json()]
    except (ValueError, RecursionError):  # no JSON: a route that wants some says so itself
        return []


def _can_be_kept(values: Iterable[Any]) -> bool:
    """Whether no text in plain data, however deep, has such a character."""
    left = list(values)
    while left:
        value = left.pop()
        if isinstance(value, str):
            if _UNKEPT.search(value):
                return False
        elif isinstance(value, dict):
            left += value.keys()
            left += value.values()
        elif isinstance(value, list):
            left += value
    return True
