"""All growing tables of a form merged, and the paths of inputs in their rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from zhengti_zip.review.copies import ReviewedCopy
from zhengti_zip.review.row_merge import MergedRows
from zhengti_zip.review.target_workbook import TargetWorkbook
from zhengti_zip.submission.paths import TABLES, InputPath


class MergedTables:
    """The rows of all tables.

    An input has a *common path*, the same for all copies: the number of its row is the row's token
    (:class:`MergedRows`).

    Args:
        refused: keys of the decisions that are not taken over.

    Attributes:
        rows: the rows of each table.
    """

    def __init__(
        self, copies: Sequence[ReviewedCopy], workbook: TargetWorkbook, refused: Collection[str]
    ) -> None:
        self.rows = {table: MergedRows(table, copies, workbook, refused) for table in TABLES}

    def common(self, copy: ReviewedCopy, path: InputPath) -> InputPath | None:
        """The common path of an input of a copy; None when the workbook has its row no more."""
        if path.number is None:
            return path
        token = self.rows[path.group].token_of(copy, path)
        return None if token is None else path.at(token)

    def target(self, path: InputPath) -> InputPath | None:
        """Where the new workbook has an input given by its common path; None when its row is not in it."""
        return path if path.number is None else self.rows[path.group].target(path)

    def wished(self, path: InputPath) -> InputPath:
        """Where the new workbook would have it if every change were taken over."""
        return path if path.number is None else self.rows[path.group].wished(path)

    def is_new(self, path: InputPath) -> bool:
        """Whether it stands in a row that reviewers added."""
        return path.number is not None and self.rows[path.group].is_new(path.number)

    def decision(self, path: InputPath) -> str:
        """The key of the decision on the row it stands in where that is new; else ""."""
        return self.rows[path.group].decision(path.number or 0) if self.is_new(path) else ""

    def conflict(self, path: InputPath) -> str:
        """Why an edit of it is not taken over although nobody else edited it; "" when it is."""
        return "" if path.number is None else self.rows[path.group].conflicts.get(path.number, "")
