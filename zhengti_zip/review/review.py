"""Review: from a reviewed Word file and a workbook to the changes, the new workbook and its problems."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhengti_zip.base.limits import read_limited
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.examine import examine
from zhengti_zip.review.baseline import Baselines
from zhengti_zip.review.decisions import Decision, decisions_of
from zhengti_zip.review.document import read_document
from zhengti_zip.review.document_changes import computed_problems
from zhengti_zip.review.document_problems import in_file
from zhengti_zip.review.merge import merge_review
from zhengti_zip.review.refusals import with_altered, with_rejected
from zhengti_zip.review.target_workbook import open_target
from zhengti_zip.review.workbook_changes import MergeResult
from zhengti_zip.review.write_changes import add_list, write_changes
from zhengti_zip.scoring.evaluation import Evaluation, evaluate
from zhengti_zip.submission.problems import Problem
from zhengti_zip.submission.source import Source
from zhengti_zip.workbook.read.anyinput import read_content


@dataclass(frozen=True)
class ReviewResult:
    """The result of a review.

    Attributes:
        merged: the changes, the comments, and problems of what could not be taken over.
        content: the new workbook.
        source: the new workbook, read again before the list of changes was put in.
        before, after: the scores of the workbook and of the new one.
        problems: of the review and then of the new workbook.
    """

    merged: MergeResult
    content: bytes
    source: Source
    before: Evaluation
    after: Evaluation
    problems: list[Problem]

    @property
    def decisions(self) -> list[Decision]:
        """What a person can take over or refuse, in the order of the form."""
        return decisions_of(self.merged)


def review(
    reviewed: str | Path | Sequence[str | Path],
    workbook: str | Path,
    form: FormDefinition | None = None,
    accept: bool = True,
    refused: Collection[str] = (),
    force: bool = False,
) -> ReviewResult:
    """Find what a reviewer changed and make the changes in a copy of a workbook. No file is written.

    Args:
        reviewed: a .docx file made by ``build`` and edited since, or the copies of several reviewers.
        workbook: the workbook or JSON data the changes go into.
        form: the form both must be of; None takes the one the workbook names.
        accept: take tracked changes as accepted; else as rejected.
        refused: keys of changes or decisions that are not taken over.
        force: take also a Word file of another department or year than the workbook.

    Raises:
        InputError: one of the files cannot be taken, or they are of different forms, departments or years.
        InputRefused: JSON data with values that could not be understood.
        UsageProblem: a key in ``refused`` names no change.
    """
    documents = [Path(reviewed)] if isinstance(reviewed, str | Path) else list(map(Path, reviewed))
    is_clear = len({document.name for document in documents}) == len(documents)
    copies = [
        (document.name if is_clear else str(document), read_limited(document)) for document in documents
    ]
    target = Path(workbook)
    return review_copies(copies, read_limited(target), str(target), form, accept, refused, force)


def review_copies(
    copies: Sequence[tuple[str, bytes]],
    workbook: bytes,
    workbook_name: str,
    form: FormDefinition | None = None,
    accept: bool = True,
    refused: Collection[str] = (),
    force: bool = False,
) -> ReviewResult:
    """As :func:`review`, of files that were read already; the name of each is for messages.

    Raises:
        InputError, InputRefused, UsageProblem: as :func:`review`.
    """
    target = open_target(Path(workbook_name), workbook, form)
    files = [read_document(content, name, accept) for name, content in copies]
    baselines = Baselines(target.form)
    merged = merge_review(files, target, refused, force, baselines)
    if not accept:
        as_accepted = [read_document(content, name) for name, content in copies]
        accepted = merge_review(as_accepted, target, force=force, baselines=baselines)
        merged = with_rejected(merged, accepted)
    content = write_changes(target, merged)
    source = read_content(target.file.with_suffix(".xlsx"), content, target.form)
    examined = examine(source)
    computed = []
    for document in merged.documents:
        found = computed_problems(document, examined.table)
        computed += (
            [in_file(problem, document.reviewed.name) for problem in found] if len(files) > 1 else found
        )
    merged = with_altered(merged, examined.table)
    return ReviewResult(
        merged,
        add_list(target, content, merged),
        source,
        before=evaluate(target.form, target.source.submission),
        after=examined.evaluation,
        problems=[*merged.problems, *computed, *examined.problems],
    )
