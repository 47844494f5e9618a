"""Departments given twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zhengti_zip.batch.duplicates import with_duplicates_marked
from zhengti_zip.batch.result import ListedProblem, Result, Status

FIRST = Result("甲.xlsx", Status.DONE, "haizhu-2022", "虚构市甲局", "本级", 2022)
FAULTY = replace(FIRST, status=Status.FAILED, problems=(ListedProblem("error", "missing", "没有填写"),))


def test_both_fail_and_name_each_other() -> None:
    one, other, third = with_duplicates_marked(
        [FIRST, replace(FIRST, name="乙/甲.xlsx"), replace(FIRST, name="丙.xlsx", department="虚构市丙局")]
    )
    assert [one.status, other.status, third.status] == [Status.FAILED, Status.FAILED, Status.DONE]
    assert one.problems[0].code == other.problems[0].code == "duplicate_department"
    assert "另见 乙/甲.xlsx" in one.problems[0].message
    assert "另见 甲.xlsx" in other.problems[0].message


def test_three_name_the_two_others() -> None:
    marked = with_duplicates_marked([replace(FIRST, name=name) for name in ("甲", "乙", "丙")])
    assert "有 3 份填报文件，另见 甲、丙" in marked[1].problems[0].message


@pytest.mark.parametrize(
    "department", ["虚构市甲局", " 虚构市 甲局", "虚构市甲局\u3000"], ids=["same", "blanks", "wide blank"]
)
def test_blanks_make_no_other_department(department: str) -> None:
    marked = with_duplicates_marked([FIRST, replace(FIRST, name="乙", department=department)])
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
def test_what_makes_another_form(other: Result) -> None:
    assert with_duplicates_marked([FIRST, other]) == [FIRST, other]


def test_one_with_errors_counts_as_well() -> None:
    """Which of the two the department means is not ours to guess."""
    marked = with_duplicates_marked([FIRST, replace(FAULTY, name="乙")])
    assert [problem.code for problem in marked[1].problems] == ["duplicate_department", "missing"]
    assert not marked[0].is_done


def test_files_of_unknown_departments_are_no_duplicates() -> None:
    unknown = [Result("甲", Status.FAILED), Result("乙", Status.FAILED)]
    assert with_duplicates_marked(unknown) == unknown
