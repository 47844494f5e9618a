"""What a working paper says, as plain data: the rows of one department with the reviewer's scores beside its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhengti_zip.submission.problems import Severity


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A scored row as it was reviewed.

    Attributes:
        key: id of the row; of a row that the department entered the path of its input.
        weight: 分值.
        attained: 自评完成值 with its unit, of a row that the department entered; "" for others.
        score: the department's score that counts; None where there is none.
        computed: the score worked out from data; None where it cannot be.
        given: 复核得分 as the reviewer gave it; None takes the department's.
        found: 复核完成值 as the reviewer wrote it.
        remark: why.
    """

    key: str
    name: str
    weight: Decimal
    attained: str = ""
    score: Decimal | None = None
    computed: Decimal | None = None
    given: Decimal | None = None
    found: str = ""
    remark: str = ""

    @property
    def reviewed(self) -> Decimal | None:
        """复核得分: the reviewer's, or else the department's."""
        return self.score if self.given is None else self.given

    @property
    def difference(self) -> Decimal | None:
        """复核得分 less 自评得分; None without one of them."""
        if self.reviewed is None or self.score is None:
            return None
        return self.reviewed - self.score

    @property
    def deviation(self) -> Decimal | None:
        """偏离度: the difference as a share of 分值, without its sign."""
        if self.difference is None or not self.weight:
            return None
        return abs(self.difference) / self.weight


@dataclass(frozen=True, slots=True)
class PaperSubject:
    """Whose form a paper is about, as it stands in its hidden sheet.

    Attributes:
        form: id of the form.
        scope: tells two forms of one department apart (本级 or 汇总, the name of a project).
        total, grade: the department's own.
        file: the name of what was reviewed.
    """

    form: str
    department: str
    scope: str
    year: int
    total: Decimal | None
    grade: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class PaperOpinion:
    """An opinion of a reviewer, every part as it is shown."""

    version: str
    label: str
    text: str
    by: str
    at: str
    returned_at: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What a working paper is made of.

    Attributes:
        hint: the second line: whose form, which version.
        results: the third line: totals, how to fill it in.
        is_begun: whether a reviewer has given scores already, elsewhere.
        prefilled: whether 复核得分 shows the department's score where the reviewer gave none.
    """

    subject: PaperSubject
    hint: str
    results: str
    rows: tuple[PaperRow, ...]
    opinions: tuple[PaperOpinion, ...] = ()
    is_begun: bool = False
    prefilled: bool = False


@dataclass(frozen=True, slots=True)
class PaperProblem:
    """Something in a paper that is wrong (error), doubtful (warning) or was understood (notice).

    Attributes:
        place: sheet and cell, ``复核底稿!H7``; "" for the whole file.
        label: what stands there: the row, the column.
    """

    severity: Severity
    place: str
    label: str
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A paper that was read back.

    Attributes:
        name: of its file.
        rows: all rows of the form, with what the reviewer entered.
        reviewer, day: 复核人 and 日期 as typed.
        is_reviewed: whether anybody has reviewed it: something was entered, or it is signed.
        problems: in the order of the cells.
    """

    name: str
    subject: PaperSubject
    rows: tuple[PaperRow, ...]
    reviewer: str
    day: str
    is_reviewed: bool
    problems: tuple[PaperProblem, ...]

    @property
    def error_count(self) -> int:
        """How many of the problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)
