"""The comments of all copies: those on each input, and those on what nobody edited."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from zhengti_zip.review.copies import ReviewedCopy
from zhengti_zip.review.document import Remark
from zhengti_zip.review.merged_tables import MergedTables
from zhengti_zip.review.said_edits import input_key
from zhengti_zip.review.target_workbook import TargetWorkbook
from zhengti_zip.review.workbook_changes import UnattachedRemark
from zhengti_zip.submission.inputs import label_of
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Place
from zhengti_zip.submission.values import shown


class PlacedRemarks:
    """The comments with what they hang on.

    Attributes:
        by_input: by the key of the input.
    """

    def __init__(
        self, copies: Sequence[ReviewedCopy], tables: MergedTables, workbook: TargetWorkbook
    ) -> None:
        self._tables, self._workbook = tables, workbook
        self.by_input: dict[str, list[Remark]] = {}
        self._all: list[tuple[str, UnattachedRemark]] = []
        for copy in copies:
            for path, words, remark in copy.remarks():
                key, label, place = self._named(copy, path) if path else ("", shown(words), None)
                if key:
                    self.by_input.setdefault(key, []).append(remark)
                self._all.append((key, UnattachedRemark(label, remark, place)))

    def unattached(self, edited: Collection[str]) -> Iterator[UnattachedRemark]:
        """The comments that hang on no edited input, each once.

        Args:
            edited: the keys of the edited inputs.
        """
        yield from dict.fromkeys(remark for key, remark in self._all if not key or key not in edited)

    def _named(self, copy: ReviewedCopy, path: InputPath) -> tuple[str, str, Place | None]:
        """Key, label and cell of an input of a copy."""
        common = self._tables.common(copy, path)
        key = input_key(common or path, common is None)
        target = None if common is None else self._tables.target(common)
        label = copy.document.baseline.label(path)
        if target is None:
            return key, label, None
        known = label_of(self._workbook.form, target)
        return key, label if known == target else known, self._workbook.place(target)
