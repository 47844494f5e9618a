"""Input paths: the one description of which inputs there are, and how each of them is named in text.

=====================================  ================================================================
``fields.<id>``                        a basic field
``goals.<n>.<part>``                   a cell of 年度目标; n counts the rows from 0
``budget.<column>``                    an amount of 部门预算
``funds.<line>.<column>``              an amount of the table of money
``scores.<row>.<part>``                what is entered for a scored row: score, reason, …
``data.<id>``                          a datum of 评分数据
``indicators.<n>.<part>``              a cell of 绩效指标
``units.<n>.<part>``                   a cell of 单位明细
``evidence.<n>.<part>``                a cell of the list of evidence
``derived.<id>``, ``total.<name>``,
``grade.<name>``                       a result that is printed: worked out, never entered
=====================================  ================================================================

A shorter path names everything under it: ``goals`` the table, ``goals.3`` a row of it,
``scores.spending_rate`` a scored row. ``goals.reason`` and ``scores.reason`` name one part in every row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zhengti_zip.form.tree import RowContext

FIELDS, GOALS, BUDGET, FUNDS, SCORES, DATA = "fields", "goals", "budget", "funds", "scores", "data"
INDICATORS, UNITS, EVIDENCE = "indicators", "units", "evidence"
DERIVED, TOTAL, GRADE = "derived", "total", "grade"

GROUPS = (FIELDS, GOALS, BUDGET, FUNDS, SCORES, DATA, INDICATORS, UNITS, EVIDENCE)
"""The groups of inputs, in the order of the form."""

TABLES = (GOALS, INDICATORS, UNITS, EVIDENCE)
"""The groups that are tables with as many rows as the user fills in."""

SINGLES = tuple(group for group in GROUPS if group not in TABLES)
"""The groups whose inputs exist once."""

NESTED = (FUNDS, SCORES)
"""The groups whose inputs are named by two ids: line and column, or scored row and part."""

RESULTS = (DERIVED, TOTAL, GRADE)
"""The groups of what is worked out."""

_ID = "[a-z][a-z0-9_]*"
_ROW = "(?:0|[1-9][0-9]{0,8})"
_KNOWN = re.compile(
    f"(?:{'|'.join((FIELDS, BUDGET, DATA))})(?:[.]{_ID})?"
    f"|(?:{'|'.join(NESTED)})(?:[.]{_ID}){{0,2}}"
    f"|(?:{'|'.join(TABLES)})(?:[.]{_ROW})?(?:[.]{_ID})?"
    f"|(?:{TOTAL}|{DERIVED})[.]{_ID}"
    f"|{GRADE}[.].+"
)
_NUMBER = re.compile(_ROW)


class InputPath(str):
    """The name of an input, of a group of inputs or of a printed result.

    It is its text: equal to it, and written as it is in JSON, Word tags and messages. The constructors
    below make one of each kind; :meth:`parse` reads one from outside. ``InputPath(text)`` checks nothing,
    so that a key no form has can be named in a message too; such a path has a group and nothing else
    that can be relied on.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> InputPath | None:
        """A text from outside as a path; None when it is none. No form is asked whether it has the input."""
        return cls(text) if _KNOWN.fullmatch(text) else None

    @classmethod
    def field(cls, field_id: str) -> InputPath:
        """A basic field."""
        return cls(f"{FIELDS}.{field_id}")

    @classmethod
    def amount(cls, column_id: str) -> InputPath:
        """An amount of the department's budget."""
        return cls(f"{BUDGET}.{column_id}")

    @classmethod
    def money(cls, line_id: str, column_id: str) -> InputPath:
        """An amount of the table of money."""
        return cls(f"{FUNDS}.{line_id}.{column_id}")

    @classmethod
    def of_row(cls, context: RowContext, part: str = "score") -> InputPath:
        """An input of a scored row, fixed or entered; its score unless another part is named."""
        if context.number is not None:
            return cls.cell(INDICATORS, context.number, part)
        return cls.score(context.row.id, part)

    @classmethod
    def derived(cls, value_id: str) -> InputPath:
        """A derived value."""
        return cls(f"{DERIVED}.{value_id}")

    @classmethod
    def datum(cls, data_id: str) -> InputPath:
        """A datum of 评分数据."""
        return cls(f"{DATA}.{data_id}")

    @classmethod
    def score(cls, row_id: str, part: str = "score") -> InputPath:
        """An input of a scored row; its score unless another part is named."""
        return cls(f"{SCORES}.{row_id}.{part}")

    @classmethod
    def whole(cls, group: str) -> InputPath:
        """A whole group, e.g. a table."""
        return cls(group)

    @classmethod
    def row(cls, table: str, number: int) -> InputPath:
        """A row of a table; ``number`` counts from 0."""
        return cls(f"{table}.{number}")

    @classmethod
    def cell(cls, table: str, number: int, part: str) -> InputPath:
        """One cell of a table."""
        return cls(f"{table}.{number}.{part}")

    @classmethod
    def column(cls, group: str, part: str) -> InputPath:
        """One part in every row: a column of a table, or of the scores."""
        return cls(f"{group}.{part}")

    @classmethod
    def total(cls, name: str) -> InputPath:
        """A printed total: ``score`` or ``weight``."""
        return cls(f"{TOTAL}.{name}")

    @classmethod
    def grade(cls, name: str) -> InputPath:
        """The check box of a grade by its name; ``bands`` is all of them."""
        return cls(f"{GRADE}.{name}")

    def child(self, key: str) -> InputPath:
        """The path one key deeper; the key may be any text found in a file."""
        return InputPath(f"{self}.{key}")

    @property
    def group(self) -> str:
        """The first step: one of GROUPS or RESULTS, for a path of a form."""
        return self.partition(".")[0]

    @property
    def number(self) -> int | None:
        """The row of a table, from 0; None where the path names no row of a table."""
        group, _, rest = self.partition(".")
        number = rest.partition(".")[0]
        return int(number) if group in TABLES and _NUMBER.fullmatch(number) else None

    @property
    def item(self) -> str:
        """The id of the field, amount, line, datum, scored row or result; "" in a table and for a whole group."""
        group, _, rest = self.partition(".")
        if group in TABLES:
            return ""
        return rest.partition(".")[0] if group in NESTED else rest

    @property
    def part(self) -> str:
        """The part of a row, of a table or of the scores; "" where the path names none."""
        group, _, rest = self.partition(".")
        if group in TABLES and self.number is None:
            return rest
        return rest.partition(".")[2] if group in TABLES or group in NESTED else ""

    @property
    def is_result(self) -> bool:
        """Whether it names what is worked out, so that nobody enters it."""
        return self.group in RESULTS

    @property
    def parent(self) -> InputPath:
        """The path without its last step; empty, and so false, for a whole group."""
        return InputPath(self.rpartition(".")[0])

    @property
    def of_every_row(self) -> InputPath:
        """The same part in every row, ``goals.2.reason`` → ``goals.reason``; outside of rows the path itself."""
        return InputPath.column(self.group, self.part) if self.part and self.group != FUNDS else self

    @property
    def json_key(self) -> str:
        """The path as it is written for JSON: ``goals.0.goal`` → ``goals[0].goal``."""
        first, *steps = self.split(".")
        start = f"[{first}]" if first.isdigit() else first
        return start + "".join(f"[{step}]" if step.isdigit() else f".{step}" for step in steps)

    def at(self, number: int) -> InputPath:
        """The same part in another row of its table."""
        return InputPath.cell(self.group, number, self.part)

    def within(self, other: InputPath) -> bool:
        """Whether it is ``other`` or stands under it."""
        return self == other or self.startswith(f"{other}.")


NO_PATH: Final = InputPath("")
"""Names no input: of a problem of the whole file, of a printed label. It is false."""
