"""What a page shows of an examined file, as plain data: scores, problems, and every cell that can be filled in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.task import result_of
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.scoring.explanation import ExplainedRow, Explanation
from zhengti_zip.submission.identity import identity_of
from zhengti_zip.submission.problems import Place, Problem, Severity
from zhengti_zip.submission.rows import row_title
from zhengti_zip.web.work.reading import ReadFile
from zhengti_zip.workbook.input_cells import AskedCell

MAX_PROBLEMS = 500
"""Most problems listed, errors first."""

MAX_INPUTS = 5000
MAX_INPUT_CHARACTERS = 1_000_000
"""Most cells that are listed, and characters in them; cells with problems come first."""


def examination_data(name: str, read: ReadFile, explanation: Explanation) -> dict[str, Any]:
    """The value of ``StoredFile.examination`` for a file that could be read.

    Args:
        name: the file name.
        read: the file.
        explanation: of its scores.
    """
    examined = read.examined
    source, evaluation = examined.source, examined.evaluation
    form, submission = source.form, source.submission
    year = submission.fields.get(form.roles.year)
    listed = _listed(examined.problems)
    left = Counter(problem.severity.value for problem in examined.problems)
    left.subtract(problem.severity.value for problem in listed)
    return {
        "form": form.id,
        "form_title": form.name,
        "department": submission.field_text(form.roles.department),
        "scope": identity_of(form, submission),
        "year": year if isinstance(year, int) else None,
        "total": _number(evaluation.total),
        "grade": evaluation.grade.name if evaluation.grade else "",
        "full": plain(form.full_score),
        "is_draft": examined.has_errors,
        "counts": _counts(problem.severity.value for problem in examined.problems),
        "problems": [{**problem.as_json(), "path": str(problem.path)} for problem in listed],
        "unlisted": {severity: count for severity, count in left.items() if count},
        "rows": [_row(row) for row in explanation.rows],
        "inputs": _inputs(read, listed),
        "pages": len(paginate(examined.table)) + examined.table.cover_pages,
        "result": json.loads(result_of(name, examined).to_json()),
        "unreadable": None,
    }


def _counts(severities: Iterable[str]) -> dict[str, int]:
    """How many problems there are of each severity."""
    counted = Counter(severities)
    return {severity.value: counted[severity.value] for severity in Severity}


def _listed(problems: Sequence[Problem]) -> list[Problem]:
    """The problems that are listed, in their order; of too many the errors before others."""
    if len(problems) <= MAX_PROBLEMS:
        return list(problems)
    rank = list(Severity)
    kept = sorted(range(len(problems)), key=lambda n: (rank.index(problems[n].severity), n))[:MAX_PROBLEMS]
    return [problems[number] for number in sorted(kept)]


def _row(row: ExplainedRow) -> dict[str, str | None]:
    result = row.result
    return {
        "id": result.context.row.id,
        "name": row_title(result.context),
        "weight": plain(result.weight),
        "self": _number(result.entry.score),
        "computed": _number(result.computed),
        "score": _number(result.score),
        "origin": result.origin.label,
        "rule": f"{result.rule.title}：{row.rule_text}",
        "working": row.working,
        "lost": plain(row.lost) if result.is_valid else None,
    }


def _inputs(read: ReadFile, problems: Sequence[Problem]) -> dict[str, dict[str, Any]]:
    """The cells that can be filled in, in the order of the form; of too many those with problems before others."""
    wrong = {problem.place for problem in problems}
    kept: set[Place] = set()
    characters = 0
    for cell in sorted(read.cells, key=lambda cell: cell.place not in wrong)[:MAX_INPUTS]:
        characters += len(_value(read, cell))
        if characters > MAX_INPUT_CHARACTERS:
            break
        kept.add(cell.place)
    return {str(cell.place): _input(read, cell) for cell in read.cells if cell.place in kept}


def _input(read: ReadFile, cell: AskedCell) -> dict[str, Any]:
    return {
        "path": str(cell.path),
        "label": cell.label,
        "value": _value(read, cell),
        "kind": cell.item.kind.value,
        "unit": cell.item.measure,
        "choices": list(cell.item.options),
        "help": cell.item.help,
    }


def _value(read: ReadFile, cell: AskedCell) -> str:
    """What stands in a cell: the value understood, or the text that could not be."""
    if cell.path in read.typed:
        return read.typed[cell.path]
    return _shown(read.examined.source.submission.value(cell.path))


def _shown(value: object) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else str(value)


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
