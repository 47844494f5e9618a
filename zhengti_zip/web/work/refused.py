"""The words of a refusal as a value: not every exception can be sent from one process to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.base.safenames import shown_name
from zhengti_zip.web.remedies import remedy_on_page

Argument = TypeVar("Argument")
Returned = TypeVar("Returned")


@dataclass(frozen=True, slots=True)
class Refused:
    """What a function in a worker returns instead of raising: the words of a ZhengtiError."""

    message: str
    remedy: str = ""


def refusing(function: Callable[[Argument], Returned]) -> Callable[[Argument], Returned | Refused]:
    """The same function, which returns a :class:`Refused` where it would raise a ZhengtiError."""

    @wraps(function)
    def told(argument: Argument) -> Returned | Refused:
        try:
            return function(argument)
        except ZhengtiError as error:
            return Refused(_kept(error.message), _kept(remedy_on_page(error.remedy)))

    return told


def _kept(words: str) -> str:
    """Words as a database keeps them: they quote a file, which can hold anything."""
    return shown_name(words).replace("\0", "\ufffd")
