"""Fictional departments for the tests of the checks across departments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from zhengti_zip import load_form
from zhengti_zip.batch.result import LongText, Result, Status
from zhengti_zip.form.definition import FormDefinition


@cache
def form() -> FormDefinition:
    """A form with a budget block."""
    return load_form("haizhu-2022")


@cache
def table_form() -> FormDefinition:
    """A form with a table of money and a quotient of amounts."""
    return load_form("department-general")


def name_of(number: int) -> str:
    """The name of the fictional department of a number."""
    return f"虚构市第{number}示例局"


def own_words(number: int, characters: int = 120) -> str:
    """A text that only the department of a number has: no piece of five characters is in the text of another."""
    letters = []
    state = number * 7919 + 13
    for _ in range(characters):
        state = (state * 1103515245 + 12345) % 2**31
        letters.append(chr(0x4E00 + state // 7 % 20000))
    return "".join(letters)


def submitted(
    number: int,
    *texts: str,
    department: str = "",
    budget: Mapping[str, str] | None = None,
    **more: Any,
) -> Result:
    """The result of a department with its long texts and amounts."""
    long = tuple(
        LongText(f"goals.{at}.completion", f"目标{at + 1}完成情况", f"年度目标!C{5 + at}", text)
        for at, text in enumerate(texts)
    )
    given: dict[str, Any] = {
        "name": f"{number:04}.xlsx",
        "status": Status.DONE,
        "form": form().id,
        "department": department or name_of(number),
        "year": 2022,
        "total": Decimal(95),
        "budget": {key: Decimal(value) for key, value in (budget or {}).items()},
        "texts": long,
    }
    return Result(**(given | more))


def others(numbers: Iterable[int]) -> list[Result]:
    """Departments that each wrote their own text."""
    return [submitted(number, own_words(number)) for number in numbers]
