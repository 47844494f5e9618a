"""Everything of a round as one zip file, made in a job: 汇总表, 汇总报告, every version, printed forms, papers, opinions, log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlalchemy.orm import Session

from zhengti_zip.base.safenames import named_after
from zhengti_zip.batch.summary import REPORT_NAME, WORKBOOK_NAME, SummaryInput
from zhengti_zip.web.database.models import Job, now
from zhengti_zip.web.database.office_models import Round
from zhengti_zip.web.log import record
from zhengti_zip.web.office.archive_plan import (
    LINE_HEADS,
    LOG_HEADS,
    DepartmentPlan,
    department_plans,
    log_lines,
    log_table,
)
from zhengti_zip.web.office.archive_writer import ArchiveWriter, csv_bytes
from zhengti_zip.web.office.office_tasks import paper_of, report_of, summary_of
from zhengti_zip.web.office.ranking import file_name, summary_input
from zhengti_zip.web.office.standing import standing_of
from zhengti_zip.web.office.states import State
from zhengti_zip.web.office.working_paper import paper_name
from zhengti_zip.web.refusals import not_found
from zhengti_zip.web.visitor import Visitor
from zhengti_zip.web.work.undertaking import Undertaking

if TYPE_CHECKING:
    from zhengti_zip.web.server import Server

ARCHIVE = "archive"
"""The kind of the job; its subject is a round."""

KEPT = timedelta(days=7)
"""How long an archive can be downloaded; it can be made again at any time."""

ROOT_BYTES = 100


def order_archive(server: Server, session: Session, visitor: Visitor, work: Round) -> Job:
    """Have the archive of a round made; everybody of the bureau may, since they see all of it.

    Raises:
        Refusal: the visitor is not of the bureau.
    """
    if not visitor.role.is_bureau:
        raise not_found()
    record(session, visitor, "archive_made", round_id=work.id)
    return server.jobs.submit(session, visitor.owner, ARCHIVE, work.id, expires_at=now() + KEPT)


def archive(undertaking: Undertaking) -> dict[str, Any]:
    """The job.

    Returns:
        ``digest`` of the zip file in the store, and its ``name``.
    """
    with undertaking.database.reading() as session:
        work = session.get(Round, undertaking.subject_id)
        if work is None:
            raise not_found()
        standing = standing_of(session, work, *State)  # read once for both: examinations are large
        plans = department_plans(session, standing)
        summary = _with_links(summary_input(standing.with_bureau), plans)
        log = csv_bytes(LOG_HEADS, log_table(log_lines(session, work)))
        session.expunge_all()

    def write(stream: BinaryIO) -> None:
        writer = ArchiveWriter(stream, named_after(work.title, ROOT_BYTES))
        undertaking.tell("汇总", 0, len(plans) + 1)
        writer.add(f"{WORKBOOK_NAME}.xlsx", undertaking.call(summary_of, summary))
        writer.add(f"{REPORT_NAME}.pdf", undertaking.call(report_of, summary))
        writer.add("部门情况.csv", csv_bytes(LINE_HEADS, [plan.line for plan in plans]))
        writer.add("操作记录.csv", log)
        for number, plan in enumerate(plans, start=1):
            undertaking.tell(plan.department.name[:100], number, len(plans) + 1)
            _add_department(undertaking, writer, plan)
        writer.close()

    digest = undertaking.store.put_written(write)
    return {"digest": digest, "name": file_name(work, "归档", ".zip")}


def _with_links(summary: SummaryInput, plans: list[DepartmentPlan]) -> SummaryInput:
    """The summary with links to the printed forms, as they lie in the archive."""
    outputs = {plan.department.name: plan.outputs for plan in plans}
    results = tuple(replace(result, outputs=outputs.get(result.department, ())) for result in summary.results)
    return replace(summary, results=results)


def _add_department(undertaking: Undertaking, writer: ArchiveWriter, plan: DepartmentPlan) -> None:
    for file in (*plan.versions, *plan.printed):
        writer.add(f"{plan.folder}/{file.name}", undertaking.store.get(file.digest), file.digest)
    if plan.paper:
        paper: bytes = undertaking.call(paper_of, plan.paper)
        writer.add(f"{plan.folder}/{paper_name(plan.department)}", paper)
    if text := plan.opinions_text:
        writer.add(f"{plan.folder}/复核意见.txt", text.encode("utf-8-sig"))
