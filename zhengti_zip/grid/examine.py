"""Examine: score an input, check it and lay it out, once, for whoever prints, lists or reports it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zhengti_zip.grid.lay_out import lay_out
from zhengti_zip.grid.space import check_space
from zhengti_zip.grid.table import FormTable
from zhengti_zip.grid.typeface import check_characters
from zhengti_zip.scoring.checks import check
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.evaluation import Evaluation, evaluate
from zhengti_zip.submission.causes import one_per_cause
from zhengti_zip.submission.problems import Problem, has_errors, in_reading_order, locate
from zhengti_zip.submission.source import Source


@dataclass(frozen=True, slots=True)
class Examination:
    """What is known of an input once it was read.

    Attributes:
        source: the input.
        evaluation: its scores, total and grade.
        table: the printed form, laid out.
        problems: everything wrong with it, each with its place, in the order of the form.
    """

    source: Source
    evaluation: Evaluation
    table: FormTable
    problems: list[Problem]

    @property
    def has_errors(self) -> bool:
        """Whether a problem forbids printing the form."""
        return has_errors(self.problems)

    @property
    def error_count(self) -> int:
        """How many problems forbid printing the form."""
        return sum(problem.is_error for problem in self.problems)


def examine(source: Source) -> Examination:
    """Score, check and lay out an input."""
    form, submission = source.form, source.submission
    evaluation = evaluate(form, submission)
    table = replace(lay_out(form, submission, evaluation), fonts=source.fonts)
    found = [
        *source.reading_problems,
        *check(Subject(form, submission, evaluation, source.unread)),
        *check_characters(form, submission, source.fonts),
        *check_space(form, submission, table),
    ]
    problems = one_per_cause(in_reading_order(locate(found, source.places), source.places))
    return Examination(source, evaluation, table, problems)
