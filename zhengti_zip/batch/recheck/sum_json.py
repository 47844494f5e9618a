"""The sums of reviews as JSON data (docs/json-output.md)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.recheck.summing import ReviewedDepartment, ReviewSums


def sums_data(sums: ReviewSums) -> dict[str, Any]:
    """Everything the workbook has, by department; numbers are texts."""
    return {
        "counted": len(sums.counted),
        "departments": [_department(each) for each in sums.departments],
        "unread": [
            {
                "file": each.name,
                "message": each.message,
                "remedy": each.remedy,
                "is_foreign": each.is_foreign,
            }
            for each in sums.unread
        ],
    }


def _department(each: ReviewedDepartment) -> dict[str, Any]:
    paper, subject = each.paper, each.paper.subject
    return {
        "file": paper.name,
        "form": subject.form,
        "department": subject.department,
        "scope": subject.scope,
        "year": subject.year,
        "self_total": _text(each.own),
        "self_grade": subject.grade,
        "total": _text(each.total),
        "grade": each.grade,
        "difference": _text(each.difference),
        "reasons": each.reasons,
        "reviewer": paper.reviewer,
        "day": paper.day,
        "left_out": each.left_out,
        "rows": [
            {
                "id": row.key,
                "name": row.name,
                "weight": plain(row.weight),
                "self": _text(row.score),
                "reviewed": _text(row.reviewed),
                "found": row.found,
                "remark": row.remark,
            }
            for row in paper.rows
        ],
        "problems": [
            {
                "severity": problem.severity.value,
                "place": problem.place,
                "label": problem.label,
                "message": problem.message,
                "remedy": problem.remedy,
            }
            for problem in paper.problems
        ],
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
