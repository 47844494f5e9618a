"""Departments that were given twice: which file counts is the bureau's to say, so neither does."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from zhengti_zip.batch.result import ListedProblem, Result, Status

CODE = "duplicate_department"


def with_duplicates_marked(results: Sequence[Result]) -> list[Result]:
    """The results, those failed that share form, department, scope and year; each names the others."""
    groups: dict[tuple[str, str, str, int], list[Result]] = {}
    for result in results:
        if result.department:
            groups.setdefault(_key(result), []).append(result)
    return [_marked(result, groups.get(_key(result), [])) for result in results]


def _key(result: Result) -> tuple[str, str, str, int]:
    name = "".join(unicodedata.normalize("NFKC", result.department).split())
    return result.form, name, result.scope, result.year


def _marked(result: Result, group: list[Result]) -> Result:
    others = [other.name for other in group if other.name != result.name]
    if not others:
        return result
    problem = ListedProblem(
        "error",
        CODE,
        f"“{result.department}”有 {len(others) + 1} 份填报文件，另见 {'、'.join(others)}",
        "请确认以哪一份为准，移走其余文件后再运行；在此之前都不计入排名和合计",
    )
    return replace(result, status=Status.FAILED, problems=(problem, *result.problems))
