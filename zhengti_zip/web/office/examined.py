"""What an examination says, with types: the scored rows of a version, its warnings, and what does not fit its round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from zhengti_zip.batch.roster import same_name
from zhengti_zip.submission.problems import Severity
from zhengti_zip.web.database.models import StoredFile
from zhengti_zip.web.database.office_models import Department, Round, Version

Examination = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExaminedRow:
    """A scored row.

    Attributes:
        id: of the row; of a row that the department entered the path of its input.
        weight: 分值.
        self_score: 自评得分; None where none was entered.
        computed: the score worked out from data; None where it cannot be.
        score: the score that counts; None where there is none.
        working: how it came about.
        attained: 自评完成值 with its unit, of a row that the department entered; "" for others.
    """

    id: str
    name: str
    weight: Decimal
    self_score: Decimal | None
    computed: Decimal | None
    score: Decimal | None
    working: str = ""
    attained: str = ""


@dataclass(frozen=True, slots=True)
class ExaminedProblem:
    """A problem as an examination lists it; ``place`` is sheet and cell, "" for the whole file."""

    severity: Severity
    message: str
    remedy: str
    label: str = ""
    place: str = ""


def examination_of(session: Session, version: Version | None) -> Examination | None:
    """The examination of a version; None until it was made."""
    file = session.get(StoredFile, version.file_id) if version else None
    return file.examination if file else None


def examined_rows(examination: Examination | None) -> tuple[ExaminedRow, ...]:
    """The scored rows in printed order; none of a file that could not be read."""
    if not examination:
        return ()
    inputs = {item["path"]: item for item in examination.get("inputs", {}).values()}
    return tuple(
        ExaminedRow(
            row["id"],
            row["name"],
            Decimal(row["weight"]),
            _number(row["self"]),
            _number(row["computed"]),
            _number(row["score"]),
            row["working"] or "",
            _attained(inputs, row["id"]),
        )
        for row in examination.get("rows", ())
    )


def examined_problems(examination: Examination | None, severity: Severity) -> tuple[ExaminedProblem, ...]:
    """The listed problems of one severity."""
    found = (examination or {}).get("problems", ())
    return tuple(
        ExaminedProblem(
            severity,
            problem["message"],
            problem["remedy"] or "",
            problem["field"] or "",
            "!".join(filter(None, (problem["sheet"], problem["cell"]))),
        )
        for problem in found
        if problem["severity"] == severity
    )


def unlisted_problems(examination: Examination | None, severity: Severity) -> int:
    """How many problems of a severity there are besides those that are listed."""
    return int((examination or {}).get("unlisted", {}).get(severity.value, 0))


def misfits(work: Round, department: Department, examination: Examination) -> list[str]:
    """What of a readable form does not fit its place in the round, in Chinese: another year, another department."""
    found = []
    year = examination.get("year")
    if year != work.year:
        found.append(f"表中的年度是{year or '空的'}，本次填报的是 {work.year} 年度")
    name = examination.get("department") or ""
    if same_name(name) != same_name(department.name):
        found.append(f"表中的部门名称是“{name}”，应报名单中是“{department.name}”")
    return found


def doubts_of(work: Round, department: Department, examination: Examination) -> list[str]:
    """What has to be confirmed before a form without errors is handed in, in Chinese."""
    found = misfits(work, department, examination)
    if warnings := examination["counts"]["warning"]:
        found.append(f"有 {warnings} 条警告")
    return found


def _attained(inputs: Mapping[str, Mapping[str, Any]], row_id: str) -> str:
    actual = inputs.get(f"{row_id}.actual")
    if not actual or not actual["value"]:
        degree = inputs.get(f"{row_id}.degree")
        return str(degree["value"]) if degree else ""
    unit = inputs.get(f"{row_id}.unit", {}).get("value", "") or actual["unit"]
    return f"{actual['value']}{unit}"


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
