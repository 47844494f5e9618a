"""Merge all versions of every input: as printed, as the reviewers' copies have it, and as it is in the workbook now."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from zhengti_zip.review.baseline import Baselines
from zhengti_zip.review.changed_since import changed_since, no_baseline
from zhengti_zip.review.copies import ReviewedCopy, problems_of, unread_of
from zhengti_zip.review.decisions import as_decisions, require_known
from zhengti_zip.review.document import ReviewedDocument
from zhengti_zip.review.document_changes import find_changes
from zhengti_zip.review.edit_merge import EditMerger
from zhengti_zip.review.embedded import embedded_submission
from zhengti_zip.review.merged_tables import MergedTables
from zhengti_zip.review.notes_left import notes_left
from zhengti_zip.review.placed_remarks import PlacedRemarks
from zhengti_zip.review.said_edits import said_by_input
from zhengti_zip.review.same_department import require_same_department
from zhengti_zip.review.target_workbook import TargetWorkbook
from zhengti_zip.review.unread_problems import unread_summary
from zhengti_zip.review.workbook_changes import (
    MergeResult,
    in_order,
    refused_in_order,
)


def merge_review(
    reviewed: ReviewedDocument | Sequence[ReviewedDocument],
    workbook: TargetWorkbook,
    refused: Collection[str] = (),
    force: bool = False,
    baselines: Baselines | None = None,
) -> MergeResult:
    """Compare reviewed files with the data they were built from and with the workbook as it is now.

    A file without data inside is compared with the workbook alone.

    Args:
        reviewed: the file, or the copies of several reviewers.
        workbook: what the changes go into.
        refused: keys of the changes or decisions (:mod:`zhengti_zip.review.decisions`) that are not taken over.
        force: take also a file of another department or year.
        baselines: those of another merge with the same workbook; None makes new ones.

    Raises:
        InputError: a file is of another form, department or year than the workbook, or its data are damaged.
        UsageProblem: a key in ``refused`` names no decision.
    """
    files = [reviewed] if isinstance(reviewed, ReviewedDocument) else reviewed
    baselines = baselines or Baselines(workbook.form)
    copies = [_copy(file, workbook, force, baselines, len(files) > 1) for file in files]
    refused = as_decisions(refused, workbook)
    tables = MergedTables(copies, workbook, refused)
    remarks = PlacedRemarks(copies, tables, workbook)
    merger = EditMerger(workbook, tables, remarks.by_input, refused)
    merger.rows()
    edits = said_by_input(
        (copy, tables.common(copy, edit.path), edit) for copy in copies for edit in copy.document.edits
    )
    for found in edits:
        merger.edits(found)
    for copy in copies:
        for item in copy.document.unused:
            edits += (own := said_by_input([(copy, tables.common(copy, item.edit.path), item.edit)]))
            merger.unused(own[0], item.code, item.reason)
    edited = {found.key for found in edits}
    unread = unread_of(copies)
    problems = [*problems_of(copies), *unread_summary(unread), *merger.problems]
    problems += changed_since(copies, workbook, tables, edited)
    problems += [copy.told(no_baseline()) for copy in copies if not copy.has_data]
    moved = [cell for rows in tables.rows.values() for cell in rows.cells()]
    problems += notes_left(workbook, moved)
    merged = MergeResult(
        [copy.document for copy in copies],
        in_order(merger.adopted),
        list(remarks.unattached(edited)),
        problems,
        moved,
        unread=unread,
        refused=refused_in_order(merger.refused),
    )
    require_known(refused, merged)
    return merged


def _copy(
    file: ReviewedDocument, workbook: TargetWorkbook, force: bool, baselines: Baselines, is_one_of_many: bool
) -> ReviewedCopy:
    """A file compared with what was printed in it."""
    embedded = embedded_submission(file, workbook.form)
    entered = workbook.source.submission
    printed = embedded[1] if embedded else entered
    if not force:
        require_same_department(workbook.form, file.name, printed, workbook.file.name, entered)
    document = find_changes(file, baselines.of(printed))
    return ReviewedCopy(document, workbook, embedded is not None, file.name if is_one_of_many else "")
