"""A whole batch as JSON: what ``batch --json`` prints (docs/json-output.md)."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.crosschecks.doubt import Doubt
from zhengti_zip.batch.passed_warnings import passed_warnings
from zhengti_zip.batch.result import ListedProblem, Result
from zhengti_zip.batch.self_scores import HigherSelfScores, higher_self_scores
from zhengti_zip.form.loader import load_form

if TYPE_CHECKING:
    from zhengti_zip.batch.arrivals import Arrival
    from zhengti_zip.batch.roster_check import RosterCheck
    from zhengti_zip.batch.session import BatchOutcome


def batch_data(outcome: BatchOutcome) -> dict[str, Any]:
    """The results, every file that was met, and what an officer should look at."""
    results, crosschecks = outcome.results, outcome.crosschecks
    ungraded = {form for form, name in outcome.forms.items() if not load_form(name).grade.bands}
    failed = len(outcome.failed)
    return {
        "ok": not failed,
        "done": len(results) - failed,
        "failed": failed,
        "files": [_file(result, has_grades=result.form not in ungraded) for result in results],
        "arrivals": [_arrival(arrival) for arrival in outcome.arrivals.files],
        "hidden": outcome.arrivals.hidden,
        "roster": outcome.arrivals.roster and _roster(outcome.arrivals.roster),
        "warnings": [
            {
                "department": warned.result.department,
                "file": warned.result.name,
                "warnings": [_problem(problem) for problem in warned.warnings],
                "unlisted": warned.unlisted,
            }
            for warned in passed_warnings(results)
        ],
        "self_scores": [_higher(each) for each in higher_self_scores(results)],
        "doubts": [_doubt(doubt, form) for form, found in crosschecks.items() for doubt in found.doubts],
        "compared": [
            {"form": form, "text": text} for form, found in crosschecks.items() for text in found.compared
        ],
        "summaries": [str(path) for path in outcome.summaries],
    }


def _file(result: Result, *, has_grades: bool) -> dict[str, Any]:
    grade = {"grade": result.grade or None} if has_grades else {}
    return {
        "file": result.name,
        "status": result.status.value,
        "form": result.form or None,
        "department": result.department or None,
        "scope": result.scope or None,
        "year": result.year or None,
        "total": _points(result.total),
        **grade,
        "outputs": list(result.outputs),
        "problems": [_problem(problem) for problem in result.problems],
        "unlisted": dict(result.unlisted),
    }


def _arrival(arrival: Arrival) -> dict[str, str | None]:
    return {
        "file": arrival.name,
        "status": arrival.status.value,
        "why": arrival.why,
        "department": arrival.department or None,
        "form": arrival.form or None,
    }


def _roster(roster: RosterCheck) -> dict[str, Any]:
    return {
        "name": roster.name,
        "departments": [
            {"name": line.entry.name, "handed_in": line.handed.value, "files": list(line.files)}
            for line in roster.lines
        ],
        "unlisted": [{"department": result.department, "file": result.name} for result in roster.unlisted],
        "unnamed": list(roster.unnamed),
        "notices": list(roster.notices),
    }


def _problem(problem: ListedProblem) -> dict[str, str]:
    data: dict[str, str] = asdict(problem)
    return {"field" if key == "label" else key: value for key, value in data.items()}


def _higher(each: HigherSelfScores) -> dict[str, Any]:
    return {
        "department": each.result.department,
        "file": each.result.name,
        "excess": plain(each.excess),
        "rows": [
            {
                "row": higher.row.key,
                "name": higher.row.name,
                "weight": plain(higher.row.weight),
                "self": _points(higher.row.self_score),
                "computed": _points(higher.row.computed),
                "score": _points(higher.row.score),
                "excess": plain(higher.excess),
            }
            for higher in each.rows
        ],
    }


def _doubt(doubt: Doubt, form: str) -> dict[str, Any]:
    return {
        "form": form,
        "kind": doubt.kind.value,
        "certainty": doubt.certainty.value,
        "departments": [asdict(party) for party in doubt.parties],
        "field": doubt.label,
        "message": doubt.message,
        "evidence": list(doubt.evidence),
    }


def _points(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
