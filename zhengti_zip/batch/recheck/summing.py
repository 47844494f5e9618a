"""复核汇总: the papers of all departments as figures: totals, differences, main reasons, and everything left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.base.excerpts import shortened
from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.recheck.calls import Unread
from zhengti_zip.batch.recheck.model import PaperProblem, PaperRow, ReadPaper
from zhengti_zip.batch.recheck.naming import doubled
from zhengti_zip.batch.recheck.totals import reviewed_total
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring.evaluation import grade_of
from zhengti_zip.submission.problems import Severity

REASONS = 3
"""Rows that differ most which the main reasons name."""

MAX_REASON = 60

FindForm = Callable[[str], FormDefinition]


@dataclass(frozen=True, slots=True)
class ReviewedDepartment:
    """A paper with its figures.

    Attributes:
        own: 自评总分; None where a row has no score.
        total, grade: as reviewed; None and "" where they are not counted.
        left_out: why the paper is in no figure; "" when it is.
    """

    paper: ReadPaper
    own: Decimal | None
    total: Decimal | None
    grade: str
    left_out: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether it is in the figures."""
        return not self.left_out

    @property
    def has_errors(self) -> bool:
        """Whether it has to be mended before it can be counted."""
        return self.paper.error_count > 0 or (self.paper.is_reviewed and not self.is_counted)

    @property
    def difference(self) -> Decimal | None:
        """复核总分 less 自评总分; None without one of them."""
        return None if self.total is None or self.own is None else self.total - self.own

    @property
    def lowered(self) -> list[PaperRow]:
        """The rows with points taken off, most first."""
        rows = [row for row in self.paper.rows if row.difference is not None and row.difference < 0]
        return sorted(rows, key=lambda row: row.difference or Decimal(0))

    @property
    def raised(self) -> list[PaperRow]:
        """The rows with points added, most first."""
        rows = [row for row in self.paper.rows if row.difference is not None and row.difference > 0]
        return sorted(rows, key=lambda row: row.difference or Decimal(0), reverse=True)

    @property
    def reasons(self) -> str:
        """主要原因: the rows that differ most, deductions first, with what the reviewer wrote; "" where none does."""
        changed = self.lowered + self.raised
        named = "；".join(_reason(row) for row in changed[:REASONS])
        more = f"；另有 {len(changed) - REASONS} 项有差异" if len(changed) > REASONS else ""
        return named + more


@dataclass(frozen=True, slots=True)
class ReviewSums:
    """Everything a summary of reviews shows.

    Attributes:
        departments: all papers that were read, counted or not, by department.
        unread: files of which nothing was read, also those that are no papers at all.
    """

    departments: tuple[ReviewedDepartment, ...]
    unread: tuple[Unread, ...]

    @property
    def refused(self) -> list[Unread]:
        """Files that should be papers and could not be read."""
        return [each for each in self.unread if not each.is_foreign]

    @property
    def counted(self) -> list[ReviewedDepartment]:
        """The departments in the figures."""
        return [each for each in self.departments if each.is_counted]


def summed(papers: Sequence[ReadPaper], unread: Sequence[Unread], find_form: FindForm) -> ReviewSums:
    """The figures of all papers.

    Args:
        find_form: gives the form of an id; raises a ZhengtiError where there is none.
    """
    twice = {each.name: each for each in doubled(papers)}
    ordered = sorted(papers, key=lambda each: (each.subject.department, each.subject.scope, each.name))
    departments = tuple(_department(paper, find_form, twice.get(paper.name)) for paper in ordered)
    return ReviewSums(departments, tuple(unread))


def _department(paper: ReadPaper, find_form: FindForm, double: Unread | None) -> ReviewedDepartment:
    own = paper.subject.total
    if double:
        told = _with(paper, PaperProblem(Severity.ERROR, "", "", double.message, double.remedy))
        return ReviewedDepartment(told, own, None, "", "底稿重复")
    if paper.error_count:
        return ReviewedDepartment(paper, own, None, "", f"有 {paper.error_count} 处错误")
    if not paper.is_reviewed:
        return ReviewedDepartment(paper, own, None, "", "还没有复核")
    try:
        form = find_form(paper.subject.form)
    except ZhengtiError as error:
        return ReviewedDepartment(
            _with(paper, PaperProblem(Severity.ERROR, "", "", error.message, error.remedy)),
            own,
            None,
            "",
            "找不到所用的表",
        )
    before, after = [row.score for row in paper.rows], [row.reviewed for row in paper.rows]
    total, note = reviewed_total(form.cap, own, before, after)
    if note:
        paper = _with(paper, PaperProblem(Severity.WARNING, "", "总分", note))
    if total is None:
        return ReviewedDepartment(paper, own, None, "", "没有总分")
    band = grade_of(form, total)
    return ReviewedDepartment(paper, own, total, band.name if band else "")


def _with(paper: ReadPaper, problem: PaperProblem) -> ReadPaper:
    return replace(paper, problems=(*paper.problems, problem))


def _reason(row: PaperRow) -> str:
    difference = row.difference or Decimal(0)
    points = f"{'+' if difference > 0 else ''}{plain(difference)}"
    return f"{row.name}（{points}）：{shortened(' '.join(row.remark.split()), MAX_REASON) or '没有写明'}"
