"""The result of one input of a batch: plain data, sent between processes and stored in the journal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zhengti_zip.base.jsontext import json_line

MAX_LISTED = 200
"""Most problems of one file that a result lists, errors first. A hostile file has tens of thousands; a person who
corrects the first two hundred runs the program again."""

LISTED_IN_ALL = 100_000
"""Most problems that all results of a run list together, so that its memory has a limit."""

FEW_LISTED = 20
"""Problems of each file that are listed however many files there are."""

MAX_TEXT = 1000
"""Most characters of a text in a result."""


class Status(StrEnum):
    """Whether a file's form was printed."""

    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The word a user reads."""
        return {"done": "完成", "failed": "失败"}[self.value]


@dataclass(frozen=True, slots=True)
class ListedProblem:
    """What is wrong with a file, as plain texts: a Problem of the input, or a failure to work on it.

    Attributes:
        severity: error, warning or notice.
        code: stable code (docs/problems.md), also of failed workers.
        place: sheet and cell as shown to the user, ``基本情况!B5``; "" for the whole file.
        label, value, message, remedy: as ``field``, ``value``, ``message``, ``remedy`` of a Problem.
    """

    severity: str
    code: str
    message: str
    remedy: str = ""
    place: str = ""
    label: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one input.

    Attributes:
        name: the input as the user knows it: its path below the folder or archive it was found in.
        status: done, or failed; ``problems`` then say why.
        form: id of the form; "" when not even that could be read.
        department, scope, year: who it is of; "" and 0 when unknown. ``scope`` joins the fields that tell
            two forms of one department apart (本级 or 汇总, the name of a project).
        total: points; None when there is no total.
        grade: name of the grade; "" without a total.
        scores: points per scored item (:mod:`zhengti_zip.scoring.items`); None where there is none.
        budget: amounts in 万元 by key (:mod:`zhengti_zip.batch.amounts`); None where nothing was entered.
        problems: the problems found; of very many only the first, errors before others.
        unlisted: how many more there are, by severity.
        outputs: the files written, as paths relative to the output folder with forward slashes.
        seconds: time the worker took.
    """

    name: str
    status: Status
    form: str = ""
    department: str = ""
    scope: str = ""
    year: int = 0
    total: Decimal | None = None
    grade: str = ""
    scores: Mapping[str, Decimal | None] = field(default_factory=dict)
    budget: Mapping[str, Decimal | None] = field(default_factory=dict)
    problems: tuple[ListedProblem, ...] = ()
    unlisted: Mapping[str, int] = field(default_factory=dict)
    outputs: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether the form was printed."""
        return self.status is Status.DONE

    @property
    def problem_count(self) -> int:
        """How many problems there are, listed or not."""
        return len(self.problems) + sum(self.unlisted.values())

    @property
    def error_count(self) -> int:
        """How many of them are errors."""
        return sum(problem.severity == "error" for problem in self.problems) + self.unlisted.get("error", 0)

    def listing(self, limit: int = MAX_LISTED) -> Result:
        """The same result with at most ``limit`` problems listed."""
        if len(self.problems) <= limit:
            return self
        order = ("error", "warning")
        ranked = sorted(
            self.problems, key=lambda p: order.index(p.severity) if p.severity in order else len(order)
        )
        counted = Counter(problem.severity for problem in ranked[limit:])
        counted.update(self.unlisted)
        return replace(self, problems=tuple(ranked[:limit]), unlisted=dict(sorted(counted.items())))

    def to_json(self) -> str:
        """One line of JSON. Decimals are strings; lone surrogates, which file names in messages may have and SQLite
        refuses, are replaced.
        """
        return json_line(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Result:
        """The result that :meth:`to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError: the text is something else.
        """
        data: dict[str, Any] = json.loads(text)
        if "findings" in data:  # the key in journals of earlier versions
            data["problems"] = data.pop("findings")
        data["status"] = Status(data["status"])
        data["total"] = _number(data["total"])
        data["scores"] = {key: _number(value) for key, value in data["scores"].items()}
        data["budget"] = {key: _number(value) for key, value in data["budget"].items()}
        data["problems"] = tuple(ListedProblem(**item) for item in data["problems"])
        data["outputs"] = tuple(data["outputs"])
        made = cls(**data)
        _require(made)
        return made


def _require(result: Result) -> None:
    """Check the types of a result that was read.

    Raises:
        TypeError: one of them is another.
    """
    problems = result.problems
    texts = [result.name, result.form, result.department, result.scope, result.grade, *result.outputs]
    texts += [text for problem in problems for text in astuple(problem)]
    texts += [key for group in (result.scores, result.budget, result.unlisted) for key in group]
    counts = [result.year, *result.unlisted.values()]
    if not (
        all(isinstance(text, str) for text in texts)
        and all(type(count) is int and count >= 0 for count in counts)
        and isinstance(result.seconds, int | float)
    ):
        raise TypeError("not a result")


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
