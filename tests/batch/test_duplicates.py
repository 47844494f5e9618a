"""Departments with several files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zhengti_zip.batch.duplicates import settled
from zhengti_zip.batch.result import ListedProblem, Result, Status

FIRST = Result("甲.xlsx", Status.DONE, "haizhu-2022", "虚构市甲局", "本级", 2022)
FAULTY = replace(FIRST, status=Status.FAILED, problems=(ListedProblem("error", "missing", "没有填写"),))


def test_both_fail_and_name_each_other() -> None:
    one, other, third = settled(
        [FIRST, replace(FIRST, name="乙/甲.xlsx"), replace(FIRST, name="丙.xlsx", department="虚构市丙局")]
    )
    assert [one.status, other.status, third.status] == [Status.FAILED, Status.FAILED, Status.DONE]
    assert one.problems[0].code == other.problems[0].code == "duplicate_department"
    assert "另见 乙/甲.xlsx" in one.problems[0].message
    assert "另见 甲.xlsx" in other.problems[0].message


def test_three_name_the_two_others() -> None:
    marked = settled([replace(FIRST, name=name) for name in ("甲", "乙", "丙")])
    assert "有 3 份内容不同的填报文件，另见 丙、甲" in marked[1].problems[0].message


@pytest.mark.parametrize(
    "department", ["虚构市甲局", " 虚构市 甲局", "虚构市甲局\u3000"], ids=["same", "blanks", "wide blank"]
)
def test_blanks_in_a_name_are_ignored(department: str) -> None:
    marked = settled([FIRST, replace(FIRST, name="乙", department=department)])
    assert not any(result.is_done for result in marked)


@pytest.mark.parametrize(
    "other",
    [
        replace(FIRST, name="乙", scope="汇总"),
        replace(FIRST, name="乙", year=2023),
        replace(FIRST, name="乙", form="fictional-2031"),
        replace(FIRST, name="乙", department="虚构市甲局机关"),
    ],
    ids=["scope", "year", "form", "department"],
)
def test_another_scope_year_form_or_department_is_no_duplicate(other: Result) -> None:
    assert settled([FIRST, other]) == [FIRST, other]


def test_one_with_errors_counts_as_well() -> None:
    """The program cannot know which of the two the department means."""
    marked = settled([FIRST, replace(FAULTY, name="乙")])
    assert [problem.code for problem in marked[1].problems] == ["duplicate_department", "missing"]
    assert not marked[0].is_done


def test_files_of_unknown_departments_are_no_duplicates() -> None:
    unknown = [Result("甲", Status.FAILED), Result("乙", Status.FAILED)]
    assert settled(unknown) == unknown
