"""What a submission must satisfy before it is printed; knows paths and labels, never cells.

Every check yields all its problems, and each mistake is told once, where it was made: what only follows
from another mistake is left out. Inputs whose value could not be read are already reported by
:mod:`zhengti_zip.submission.entry`; they are passed in as ``unread`` and not reported again as missing.
"""

from __future__ import annotations

from collections.abc import Iterable

from zhengti_zip.scoring.checks.amounts import check_budget, check_relations, with_guilt
from zhengti_zip.scoring.checks.basics import check_fields, check_goals
from zhengti_zip.scoring.checks.evidence import check_evidence
from zhengti_zip.scoring.checks.funds import check_funds
from zhengti_zip.scoring.checks.magnitude import check_magnitude, find_suspects
from zhengti_zip.scoring.checks.marks import check_marks
from zhengti_zip.scoring.checks.outcome_kinds import check_indicator_kinds
from zhengti_zip.scoring.checks.outcomes import check_indicators
from zhengti_zip.scoring.checks.scores import Flaws, check_scores
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.checks.units import check_units
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.submission.problems import Problem


def check(subject: Subject) -> list[Problem]:
    """Every problem in the meaning of a submission, group by group."""
    suspects = with_guilt(subject, find_suspects(subject))
    amounts = [
        *check_budget(subject, suspects),
        *check_funds(subject, suspects),
        *check_units(subject, suspects),
    ]
    indicators = list(check_indicators(subject))
    wrong = {problem.path for problem in indicators if problem.is_error} | subject.unread
    rows = frozenset(path.number for path in wrong if path.group == INDICATORS and path.number is not None)
    entered = subject.submission.indicators
    wrong_amounts = suspects.guilty | {problem.path for problem in amounts if problem.is_error}
    flaws = Flaws(
        groups=frozenset(entered[number].group for number in rows if number < len(entered)),
        rows=rows,
        amounts=wrong_amounts | suspects.by_path.keys(),
        wrong=wrong_amounts,
    )
    scores = _once(check_scores(subject, flaws))
    taken = frozenset(problem.path for problem in (*amounts, *scores) if problem.path)
    return [
        *check_fields(subject),
        *check_goals(subject),
        *amounts,
        *check_magnitude(subject, suspects),
        *scores,
        *check_relations(subject, suspects, taken),
        *check_marks(subject),
        *indicators,
        *check_indicator_kinds(subject),
        *check_evidence(subject),
    ]


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems with each missing input once, as severe as the row has it that needs it most."""
    listed = list(problems)
    missing: dict[InputPath, Problem] = {}
    for problem in (problem for problem in listed if problem.code == "missing"):
        known = missing.setdefault(problem.path, problem)
        if problem.is_error and not known.is_error:
            missing[problem.path] = problem
    return [problem for problem in listed if problem.code != "missing" or missing[problem.path] is problem]
