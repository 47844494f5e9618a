"""All departments of a round with the version that lies with the bureau: read once, for every list and ranking."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.batch.result import Result
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.problems import Severity
from zhengti_zip.web.database.models import StoredFile
from zhengti_zip.web.database.office_models import Department, ReviewedScore, Round, Version
from zhengti_zip.web.office.examined import (
    Examination,
    ExaminedProblem,
    ExaminedRow,
    examined_problems,
    examined_rows,
    misfits,
    unlisted_problems,
)
from zhengti_zip.web.office.reviewed_scores import ReviewedForm, with_given
from zhengti_zip.web.office.rounds import form_of
from zhengti_zip.web.office.states import State


@dataclass(frozen=True)
class HandedIn:
    """A department and the version it handed in last.

    Attributes:
        rows: its scored rows.
        warnings: what was warned of, and confirmed.
        unlisted: how many more warnings there are.
        misfits: what does not fit the roster, in Chinese.
        given: 复核得分 by row.
        result: under the name of the roster; None where there is none.
    """

    department: Department
    version: Version
    rows: tuple[ExaminedRow, ...]
    warnings: tuple[ExaminedProblem, ...]
    unlisted: int
    misfits: tuple[str, ...]
    given: Mapping[str, ReviewedScore]
    result: Result | None

    @property
    def state(self) -> State:
        """Where the department stands."""
        return State(self.department.state)

    def reviewed(self, form: FormDefinition) -> ReviewedForm:
        """Its rows as reviewed."""
        return with_given(form, self.version, self.rows, self.given)


@dataclass(frozen=True)
class Standing:
    """A round, its form, and its departments that handed in, in the order of the roster; mostly those not returned."""

    work: Round
    form: FormDefinition
    handed_in: tuple[HandedIn, ...]

    @property
    def results(self) -> tuple[Result, ...]:
        """Their results, sorted by name."""
        found = [each.result for each in self.handed_in]
        return tuple(sorted(filter(None, found), key=lambda result: result.name))

    @property
    def with_bureau(self) -> Standing:
        """The same without what was returned."""
        return replace(self, handed_in=tuple(each for each in self.handed_in if each.state.is_with_bureau))


def standing_of(session: Session, work: Round, *states: State) -> Standing:
    """What lies with the bureau in a round, each department with the version it handed in last.

    Args:
        states: only departments in one of them; none given: handed in, in review, passed.
    """
    wanted = states or tuple(state for state in State if state.is_with_bureau)
    given: dict[str, dict[str, ReviewedScore]] = {}
    scores = (
        select(ReviewedScore)
        .join(Department, Department.handed_in_id == ReviewedScore.version_id)
        .where(Department.round_id == work.id)
    )
    for score in session.scalars(scores):
        given.setdefault(score.version_id, {})[score.row] = score
    query = (
        select(Department, Version, StoredFile.examination)
        .join(Version, Version.id == Department.handed_in_id)
        .join(StoredFile, StoredFile.id == Version.file_id)
        .where(Department.round_id == work.id, Department.state.in_([state.value for state in wanted]))
        .order_by(Department.position)
        .execution_options(yield_per=20)  # an examination is large, and little of it is kept here
    )
    departments = tuple(
        _handed_in(work, department, version, examination or {}, given.get(version.id, {}))
        for department, version, examination in session.execute(query)
    )
    return Standing(work, form_of(work), departments)


def _handed_in(
    work: Round,
    department: Department,
    version: Version,
    examination: Examination,
    given: Mapping[str, ReviewedScore],
) -> HandedIn:
    return HandedIn(
        department,
        version,
        examined_rows(examination),
        examined_problems(examination, Severity.WARNING),
        unlisted_problems(examination, Severity.WARNING),
        tuple(misfits(work, department, examination)),
        given,
        _result(department, version, examination),
    )


def _result(department: Department, version: Version, examination: Examination) -> Result | None:
    if "result" not in examination:
        return None
    made = Result.from_json(json.dumps(examination["result"]))
    return replace(made, name=f"{department.name}（第 {version.number} 版）", department=department.name)
