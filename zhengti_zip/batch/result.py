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

LEAST_LONG, MOST_LONG = 30, 2000
"""Fewest characters of a text that is kept as long, and most characters that are kept of it."""

MAX_LONG_IN_ALL = 20_000
"""Most characters of all long texts of one file, ten times what a form of 27 rows has, so that the memory of a run
has a limit."""


class Status(StrEnum):
    """Whether a file's form was printed, or why not: it has errors, or does not count."""

    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"

    @property
    def label(self) -> str:
        """The word a user reads."""
        return {"done": "完成", "failed": "失败", "skipped": "跳过"}[self.value]


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

    @property
    def words(self) -> str:
        """The message behind its place."""
        return f"{self.place}：{self.message}" if self.place else self.message


NO_REASON = ListedProblem("error", "", "没有记录原因", "请单独检查该文件")
"""Stands for the reason of a result that lists none."""


@dataclass(frozen=True, slots=True)
class RowScore:
    """The scores of one row, in points; None where there is none.

    Attributes:
        key: id of a fixed row; ``indicators.<n>`` of an entered one.
        name: what it is called.
        weight: 分值.
        self_score: as it was entered.
        computed: what the data give.
        score: what counts.
    """

    key: str
    name: str
    weight: Decimal
    self_score: Decimal | None = None
    computed: Decimal | None = None
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LongText:
    """A text that a department wrote itself: a goal, a completion, a reason, a measure.

    Attributes:
        path: the input it was entered in.
        label: what the user knows the input by.
        place: sheet and cell.
        text: the text, cut after :data:`MOST_LONG` characters.
    """

    path: str
    label: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one input.

    Attributes:
        name: the input as the user knows it: its path below the folder or archive it was found in.
        status: done; failed, ``problems`` then say why; or skipped, ``fate`` then says why.
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
        rows: the scores of every row, in printed order.
        texts: the long texts, in the order of the form; of very many only the first.
        texts_left: how many more long texts there are.
        texts_cut: of how many of ``texts`` there is only the beginning.
        fate: why the file does not count, the kind of reason before the first colon; "" for one that counts.
        kind: what the data came in: workbook, json, pdf or word; "" when nothing could be read.
        data: digest of everything that was entered, equal for files with the same data.
        saved: when the file says it was last saved, in UTC as ISO 8601; "" when it does not say.
        is_deferred: it was read, and not printed until it is known whether it counts.
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
    rows: tuple[RowScore, ...] = ()
    texts: tuple[LongText, ...] = ()
    texts_left: int = 0
    texts_cut: int = 0
    fate: str = ""
    kind: str = ""
    data: str = ""
    saved: str = ""
    is_deferred: bool = False

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

    @property
    def first_error(self) -> ListedProblem:
        """The error that a user reads first."""
        return next((problem for problem in self.problems if problem.severity == "error"), NO_REASON)

    @property
    def why_failed(self) -> str:
        """The first error in words; of several errors also how many there are."""
        more = f"（共 {self.error_count} 处错误）" if self.error_count > 1 else ""
        return self.first_error.words + more

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
        data["rows"] = tuple(_row(item) for item in data.get("rows", ()))
        data["texts"] = tuple(LongText(**item) for item in data.get("texts", ()))
        made = cls(**data)
        _require(made)
        return made


def _require(result: Result) -> None:
    """Check the types of a result that was read.

    Raises:
        TypeError: one of them is another.
    """
    problems = result.problems
    texts = [result.name, result.form, result.department, result.scope, result.grade]
    texts += [result.fate, result.kind, result.data, result.saved, *result.outputs]
    texts += [text for problem in problems for text in astuple(problem)]
    texts += [text for item in result.texts for text in astuple(item)]
    texts += [text for row in result.rows for text in (row.key, row.name)]
    texts += [key for group in (result.scores, result.budget, result.unlisted) for key in group]
    counts = [result.year, result.texts_left, result.texts_cut, *result.unlisted.values()]
    if not (
        all(isinstance(text, str) for text in texts)
        and all(type(count) is int and count >= 0 for count in counts)
        and isinstance(result.seconds, int | float)
        and type(result.is_deferred) is bool
    ):
        raise TypeError("not a result")


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _row(item: dict[str, Any]) -> RowScore:
    numbers = {key: _number(item[key]) for key in ("self_score", "computed", "score")}
    return RowScore(item["key"], item["name"], Decimal(item["weight"]), **numbers)
