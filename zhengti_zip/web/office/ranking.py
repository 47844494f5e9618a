"""The ranking of a round: rows for the page, 汇总表.xlsx, and 汇总报告.pdf in a job."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zhengti_zip.base.safenames import named_after
from zhengti_zip.batch.summary import REPORT_NAME, WORKBOOK_NAME, SummaryInput
from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.web.database.office_models import Department, Round, Version
from zhengti_zip.web.office.office_tasks import report_of, summary_of
from zhengti_zip.web.office.standing import HandedIn, Standing, standing_of
from zhengti_zip.web.refusals import not_found
from zhengti_zip.web.work.undertaking import Undertaking

if TYPE_CHECKING:
    from zhengti_zip.web.server import Server

REPORT = "report"
"""The kind of the job that makes 汇总报告.pdf; its subject is a round."""


@dataclass(frozen=True, slots=True)
class RankedLine:
    """A department in the ranking.

    Attributes:
        rank: by its own total; equal totals share one.
        total, grade: its own.
        reviewed_total, reviewed_grade: with 复核得分; the same where nobody gave any.
        is_changed: whether somebody gave 复核得分.
    """

    rank: int
    department: Department
    version: Version
    total: Decimal
    grade: str
    reviewed_total: Decimal | None
    reviewed_grade: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class RankingTable:
    """The ranking of a round.

    Attributes:
        figures: for averages, grades and score bands.
        lines: the best first.
        without_total: departments whose form has no total, so that they have no rank.
    """

    figures: Figures
    lines: tuple[RankedLine, ...]
    without_total: tuple[Department, ...]


def ranking_of(standing: Standing) -> RankingTable:
    """The ranking of what lies with the bureau."""
    figures = Figures(standing.form, standing.results)
    by_name = {each.result.name: each for each in standing.handed_in if each.result}
    lines = tuple(
        _line(item.rank, item.total, by_name[item.result.name], standing) for item in figures.ranked
    )
    ranked = {line.department.id for line in lines}
    left = tuple(each.department for each in standing.handed_in if each.department.id not in ranked)
    return RankingTable(figures, lines, left)


def summary_input(standing: Standing) -> SummaryInput:
    """What 汇总表 and 汇总报告 are made from."""
    return SummaryInput(standing.work.form, standing.results, ())


def ranking_workbook(server: Server, standing: Standing) -> bytes:
    """汇总表.xlsx, made in a worker process; to be called while no session is at work.

    Raises:
        WorkFailed: it cannot be made.
    """
    made: bytes = server.jobs.calls.call(summary_of, summary_input(standing))
    return made


def report(undertaking: Undertaking) -> dict[str, Any]:
    """The job: make 汇总报告.pdf of a round.

    Returns:
        ``digest`` of the PDF in the store, and its ``name``.
    """
    undertaking.tell("排版汇总报告", 0, 1)
    with undertaking.database.reading() as session:
        work = session.get(Round, undertaking.subject_id)
        if work is None:
            raise not_found()
        standing = standing_of(session, work)
    pdf: bytes = undertaking.call(report_of, summary_input(standing))
    return {"digest": undertaking.store.put(pdf), "name": file_name(work, REPORT_NAME, ".pdf")}


def file_name(work: Round, what: str = WORKBOOK_NAME, ending: str = ".xlsx") -> str:
    """What a file about a round is called."""
    return named_after(f"{work.title}-{what}{ending}")


def _line(rank: int, total: Decimal, each: HandedIn, standing: Standing) -> RankedLine:
    reviewed = each.reviewed(standing.form)
    return RankedLine(
        rank,
        each.department,
        each.version,
        total,
        each.version.grade,
        reviewed.total,
        reviewed.grade,
        reviewed.is_changed,
    )
