"""The words of a refusal as a value: not every exception can be sent from one process to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar

from zhengti_zip.base.errors import ZhengtiError

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
            return Refused(error.message, error.remedy)

    return told
