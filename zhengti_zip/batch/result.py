"""What one file of a batch came to: plain data that travels between processes and into the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zhengti_zip.base.jsontext import json_line


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
    """One problem of a file, as :meth:`zhengti_zip.submission.problems.Problem.as_json` names its parts.

    Attributes:
        severity: error, warning or notice.
        code: stable code (docs/problems.md); also the codes of a worker that failed.
        place: sheet and cell as shown to the user, ``基本情况!B5``; "" for the whole file.
        label, value, message, remedy: as in a Problem.
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
    """What one input came to.

    Attributes:
        name: the input as the user knows it: its path below the folder or archive it was found in.
        status: done, or failed for whatever reason; ``problems`` then say why.
        form: id of the form; "" when not even that could be read.
        department, scope, year: who it is of; "" and 0 when unknown. ``scope`` joins the choice fields
            that tell two forms of one department apart (本级, 汇总).
        total: points; None when there is no total.
        grade: name of the grade; "" without a total.
        scores: points per scored row id; None where there is none.
        budget: amounts in 万元 per budget column id; None where nothing was entered.
        problems: every problem found.
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
    outputs: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether the form was printed."""
        return self.status is Status.DONE

    def to_json(self) -> str:
        """One line of JSON; numbers as strings, so that none becomes a binary fraction, and halves of characters
        replaced, which names in messages may have and no journal takes.
        """
        data = {item.name: getattr(self, item.name) for item in fields(self)}
        data["problems"] = list(map(asdict, self.problems))
        data["total"] = _text(self.total)
        data["scores"] = {key: _text(value) for key, value in self.scores.items()}
        data["budget"] = {key: _text(value) for key, value in self.budget.items()}
        return json_line(data)

    @classmethod
    def from_json(cls, text: str) -> Result:
        """The result that :meth:`to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError: it is something else.
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
        return cls(**data)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
