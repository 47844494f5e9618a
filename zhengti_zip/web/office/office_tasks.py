"""What worker processes do for an office: rosters read, workbooks filled in, summaries made."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.batch.summary import SummaryInput
from zhengti_zip.batch.summary import report_of as report_pdf_of
from zhengti_zip.web.work.refused import refusing

if TYPE_CHECKING:  # the server itself does not import what works on files
    from zhengti_zip.batch.roster import Roster
    from zhengti_zip.form.definition import FormDefinition
    from zhengti_zip.submission.model import Submission
    from zhengti_zip.web.office.working_paper import PaperContent


@dataclass(frozen=True, slots=True)
class RosterRequest:
    """A roster file to read."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PreviousForm:
    """What a department handed in for an earlier year, and the form it was of."""

    name: str
    content: bytes = field(repr=False)
    form: str


@dataclass(frozen=True, slots=True)
class FillRequest:
    """A workbook to make for a department.

    Attributes:
        form: id of the form.
        year: of the round.
        department: its name in the roster.
        previous: what it handed in for the year before; None without.
    """

    form: str
    year: int
    department: str
    previous: PreviousForm | None = None


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A workbook with what is known of a department.

    Attributes:
        taken: how many values of the earlier year are in it.
        note: why nothing of the earlier year is in it although there is something, in Chinese; "" otherwise.
    """

    content: bytes = field(repr=False)
    taken: int = 0
    note: str = ""


@refusing
def read_roster_file(request: RosterRequest) -> Roster:
    """The departments of a roster file."""
    from zhengti_zip.batch.roster import read_roster

    return read_roster(request.content, request.name)


@refusing
def fill_workbook(request: FillRequest) -> FilledIn:
    """The form's workbook with department and year, and with what stays the same as in the year before."""
    from zhengti_zip.form.loader import known_form
    from zhengti_zip.submission.model import Submission
    from zhengti_zip.workbook.write.writer import filled_workbook

    form = known_form(request.form)
    if form.year != request.year:  # the same form used again: what belongs to its own year is of another now
        form = form.model_copy(update={"year": request.year})
    submission, taken, note = Submission(form=form.id), 0, ""
    if request.previous:
        try:
            submission, taken = _carried(request.previous, form)
        except ZhengtiError as error:
            note = f"没有带入上一年度的内容：{error.message}"
    submission.fields[form.roles.department] = request.department
    submission.fields[form.roles.year] = request.year
    return FilledIn(filled_workbook(form, submission), taken, note)


@refusing
def summary_of(summary: SummaryInput) -> bytes:
    """汇总表.xlsx of one form."""
    from zhengti_zip.batch.summary.workbook import summary_workbook

    return summary_workbook(summary.figures())


@refusing
def report_of(summary: SummaryInput) -> bytes:
    """汇总报告.pdf of one form."""
    return report_pdf_of(summary)


@refusing
def paper_of(content: PaperContent) -> bytes:
    """复核底稿.xlsx of one department."""
    from zhengti_zip.web.office.working_paper import working_paper

    return working_paper(content)


def _carried(previous: PreviousForm, form: FormDefinition) -> tuple[Submission, int]:
    from zhengti_zip.form.loader import known_form
    from zhengti_zip.review.anyfile import read_any_content
    from zhengti_zip.submission.carry_over import carry_over

    source = read_any_content(Path(previous.name), previous.content, known_form(previous.form))
    carried = carry_over(source.submission, source.form, form)
    return carried.submission, carried.taken
