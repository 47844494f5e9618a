"""The copies of the Word file that reviewers sent back, each compared with what was printed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from zhengti_zip.review.document import Remark
from zhengti_zip.review.document_changes import DocumentChanges
from zhengti_zip.review.document_problems import in_file
from zhengti_zip.review.marks import signed
from zhengti_zip.review.remarks import remark_target
from zhengti_zip.review.target_workbook import TargetWorkbook, match_entered
from zhengti_zip.review.unread import UnreadContent
from zhengti_zip.submission.paths import TABLES, InputPath
from zhengti_zip.submission.problems import Problem


@dataclass(frozen=True)
class ReviewedCopy:
    """One copy.

    Attributes:
        document: what was changed in it.
        workbook: the workbook that the changes go into.
        has_data: whether the data it was made from are inside.
        name: its file name where there are several copies; else "".
    """

    document: DocumentChanges
    workbook: TargetWorkbook
    has_data: bool = True
    name: str = ""

    @cached_property
    def known(self) -> Mapping[str, list[int | None]]:
        """By growing table, for each row it was made with its number in the workbook; None where it has gone."""
        before, now = self.document.baseline.submission, self.workbook.source.submission
        return {table: match_entered(table, before, now) for table in TABLES}

    def signed(self, authors: str) -> str:
        """Authors of its changes; with the name of the copy where there are several."""
        return signed(authors, self.name)

    def told(self, problem: Problem) -> Problem:
        """A problem of it; with the name of the copy where there are several."""
        return in_file(problem, self.name) if self.name else problem

    def remarks(self) -> list[tuple[InputPath, str, Remark]]:
        """Its comments, each with the input it hangs on (empty for none) and the text beside it."""
        found = self.document.reviewed.remarks.items()
        return [(*remark_target(self.document, key), remark) for key, remark in found]


def problems_of(copies: Sequence[ReviewedCopy]) -> list[Problem]:
    """The problems of all copies, each once, with the name of the copy where there are several."""
    return list(dict.fromkeys(copy.told(problem) for copy in copies for problem in copy.document.problems))


def unread_of(copies: Sequence[ReviewedCopy]) -> list[UnreadContent]:
    """What was not read in any copy, each content once, with the names of the copies where there are several."""
    names: dict[UnreadContent, list[str]] = {}
    for copy in copies:
        for content in dict.fromkeys(copy.document.unread):
            names.setdefault(content, []).append(copy.name)
    return [
        replace(content, place=f"{'、'.join(found)} {content.place}".strip())
        for content, found in names.items()
    ]
