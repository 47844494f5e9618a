"""Departments with several files: only the bureau knows which one counts, so all of them fail."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from zhengti_zip.batch.result import ListedProblem, Result, Status

CODE = "duplicate_department"

MAX_NAMED = 10
"""Most other files that a message names: of 20,000 files of one department each would name all others."""


def with_duplicates_marked(results: Sequence[Result]) -> list[Result]:
    """The results; those that share form, department, scope and year are failed, with a problem that names the others."""
    groups: dict[tuple[str, str, str, int], list[Result]] = {}
    for result in results:
        if result.department:
            groups.setdefault(_key(result), []).append(result)
    return [_marked(result, groups.get(_key(result), [])) for result in results]


def _key(result: Result) -> tuple[str, str, str, int]:
    name = "".join(unicodedata.normalize("NFKC", result.department).split())
    return result.form, name, result.scope, result.year


def _marked(result: Result, group: list[Result]) -> Result:
    if len(group) < 2:
        return result
    others = [other.name for other in islice(group, MAX_NAMED + 1) if other.name != result.name]
    named = "、".join(others[:MAX_NAMED]) + (" 等" if len(group) - 1 > MAX_NAMED else "")
    problem = ListedProblem(
        "error",
        CODE,
        f"“{result.department}”有 {len(group)} 份填报文件，另见 {named}",
        "请确认以哪一份为准，移走其余文件后再运行；在此之前都不计入排名和合计",
    )
    return replace(result, status=Status.FAILED, problems=(problem, *result.problems))
