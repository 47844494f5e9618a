"""Departments over the years: which results belong to one line, and which cannot be counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zhengti_zip.batch.crosschecks.doubt import department_key
from zhengti_zip.batch.result import Result, Status
from zhengti_zip.form.definition import FormDefinition

MAX_NAMED = 5
"""Most other files that a reason names."""

Key = tuple[str, bool, str]
"""Department, whether it is about a project, scope."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is not counted.

    Attributes:
        name: the file.
        department, year: whose it is; "" and 0 when unknown.
        why, remedy: why it is not counted and what to do, in Chinese; nothing may have to be done.
        is_fault: whether somebody has to do something about it; not for a file that is no input or a second copy.
    """

    name: str
    department: str
    year: int
    why: str
    remedy: str = ""
    is_fault: bool = True


@dataclass(frozen=True, slots=True)
class Series:
    """One department, scope or project over the years.

    Attributes:
        department, scope: as in its newest file.
        by_year: one result a year.
    """

    department: str
    scope: str
    by_year: Mapping[int, Result]

    @property
    def name(self) -> str:
        """Department and scope in one text."""
        return f"{self.department}（{self.scope}）" if self.scope else self.department


@dataclass
class Sorted:
    """All results, sorted out.

    Attributes:
        series: by department and scope.
        left_out: what is not counted.
        joined: series whose files of some years have no scope, in words.
    """

    series: list[Series] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)


def sorted_out(
    results: Sequence[Result], forms: Mapping[str, FormDefinition], skipped: Iterable[tuple[str, str]] = ()
) -> Sorted:
    """Put the results of each department together.

    A form without a scope goes on with the only scope that the department has in other years; where there are several,
    nobody can tell which, and it is a line of its own. Two files of one department, scope and year are both left out.

    Args:
        results: of the inputs.
        forms: their forms by id.
        skipped: name of each file that is no input, and why.
    """
    made = Sorted(left_out=[LeftOut(name, "", 0, why, is_fault=False) for name, why in skipped])
    usable = []
    for result in results:
        if reason := _why_unusable(result):
            is_fault = result.status is not Status.SKIPPED
            left_out = LeftOut(result.name, result.department, result.year, *reason, is_fault=is_fault)
            made.left_out.append(left_out)
        else:
            usable.append(result)
    scopes: dict[tuple[str, bool], set[str]] = {}
    for result in usable:
        key = _department_key(result, forms)
        scopes.setdefault(key, set()).update({result.scope} - {""})
    lines: dict[Key, dict[int, list[Result]]] = {}
    for result in usable:
        department, is_project = _department_key(result, forms)
        known = scopes[department, is_project]
        is_joined = not result.scope and not is_project and len(known) == 1
        scope = next(iter(known)) if is_joined else result.scope
        lines.setdefault((department, is_project, scope), {}).setdefault(result.year, []).append(result)
    for (_, _, scope), by_year in sorted(lines.items()):
        _add(made, scope, by_year)
    made.left_out.sort(key=lambda item: item.name)
    return made


def _add(made: Sorted, scope: str, by_year: Mapping[int, Sequence[Result]]) -> None:
    """Add one line; years with several files are left out."""
    single = {}
    for year, found in sorted(by_year.items()):
        if len(found) == 1:
            single[year] = found[0]
            continue
        for result in found:
            others = [other.name for other in found if other is not result]
            named = "、".join(others[:MAX_NAMED]) + (" 等" if len(others) > MAX_NAMED else "")
            why = f"同一部门 {year} 年度有 {len(found)} 份，另见 {named}"
            remedy = "请只留一份，在此之前都不计入"
            made.left_out.append(LeftOut(result.name, result.department, year, why, remedy))
    if not single:
        return
    series = Series(single[max(single)].department, scope, single)
    made.series.append(series)
    without = [year for year, result in single.items() if result.scope != scope]
    if without:
        words = "、".join(map(str, without))
        made.joined.append(f"{series.department} {words} 年度的表没有填报范围，接在“{scope}”之后比较")


def _why_unusable(result: Result) -> tuple[str, str] | None:
    """Why a result is not counted, and the remedy; None for one that is."""
    if result.status is Status.SKIPPED:
        return result.fate, ""
    if not result.is_done:
        return result.first_error.words, result.first_error.remedy
    if result.department and result.year:
        return None
    return "没有填写部门或年度", "请填写部门和年度"


def _department_key(result: Result, forms: Mapping[str, FormDefinition]) -> tuple[str, bool]:
    return department_key(result.department), forms[result.form].roles.name is not None
