"""JSON from files of other people, read within limits: no key twice, no number beyond reckoning."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Any

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.excerpts import shortened
from zhengti_zip.base.limits import MAX_NUMBER_CHARACTERS
from zhengti_zip.base.numbers import bounded_decimal

REGENERATE = "请用 zhengti-zip export 重新生成"


def json_data(text: str | bytes, name: str) -> Any:
    """The data of a JSON text; numbers with a point or an exponent are Decimal.

    Args:
        text: the JSON; bytes are UTF-8.
        name: of the file, for messages.

    Raises:
        InputError: it is no JSON, nested too deeply, has a key twice in one object, or a number too long to reckon with.
    """
    try:
        return json.loads(
            text.decode("utf-8-sig") if isinstance(text, bytes) else text,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=_no_constant,
            object_pairs_hook=_without_twins,
        )
    except _TwinKey as error:
        raise InputError(f"{name} 中键 {error} 重复出现", "请删除多余的一个") from error
    except _NumberTooLong as error:
        raise InputError(
            f"{name} 中的数 {error} 位数过多或指数过大", "请改成合理的数值，数值最多 15 位"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name} 不是 UTF-8 编码的 JSON", "请另存为 UTF-8 编码") from error
    except json.JSONDecodeError as error:
        raise InputError(
            f"{name} 不是有效的 JSON：第 {error.lineno} 行第 {error.colno} 列", REGENERATE
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} 不是有效的 JSON", REGENERATE) from error


class _TwinKey(Exception):
    """A key that stands twice in one object; the parser alone would drop the first in silence."""


class _NumberTooLong(Exception):
    """A number with too many characters or too large an exponent."""


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twin = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise _TwinKey(shortened(twin.encode("utf-8", "replace").decode("utf-8")))
    return made


def _decimal(text: str) -> Decimal:
    try:
        return bounded_decimal(text)
    except ValueError as error:
        raise _NumberTooLong(shortened(text)) from error


def _whole(text: str) -> int:
    if len(text) > MAX_NUMBER_CHARACTERS:
        raise _NumberTooLong(shortened(text))
    return int(text)


def _no_constant(name: str) -> Any:
    raise ValueError(name)
