"""The edits of one input in all copies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.review.copies import ReviewedCopy
from zhengti_zip.review.edits import Edit
from zhengti_zip.review.marks import authors_of, date_of
from zhengti_zip.review.submission_values import item_at
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.values import Value, ValueProblem, clean_text, parse


@dataclass(eq=False)
class SaidEdits:
    """What copies say of one input.

    Attributes:
        path: the common path of the input (:class:`zhengti_zip.review.merged_tables.MergedTables`); where the
            workbook has no such row, the path in the copy.
        is_gone: whether the workbook has no such row.
        said: the edits, each with its copy.
    """

    path: InputPath
    is_gone: bool = False
    said: list[tuple[ReviewedCopy, Edit]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Names the input among all, those of rows that are gone included."""
        return input_key(self.path, self.is_gone)

    @property
    def edit(self) -> Edit:
        """The first edit."""
        return self.said[0][1]

    def authors(self) -> str:
        """Who made the edits."""
        signed = (copy.signed(authors_of(edit.revisions)) for copy, edit in self.said)
        return "、".join(dict.fromkeys(filter(None, signed)))

    def date(self) -> str:
        """The date of the last of them as the file has it; "" without one."""
        return date_of(mark for _, edit in self.said for mark in edit.revisions)

    def versions(self, form: FormDefinition) -> list[SaidEdits]:
        """The different values that copies give the input, each with the copies that give it."""
        found: dict[Value | None, SaidEdits] = {}
        for copy, edit in self.said:
            version = found.setdefault(meant(form, edit), SaidEdits(self.path, self.is_gone))
            version.said.append((copy, edit))
        return list(found.values())


def said_by_input(found: Iterable[tuple[ReviewedCopy, InputPath | None, Edit]]) -> list[SaidEdits]:
    """The edits of all copies by input.

    Args:
        found: each edit with its copy and the common path of its input; None where the workbook has no such row.
    """
    by_path: dict[InputPath, SaidEdits] = {}
    gone: list[SaidEdits] = []
    for copy, path, edit in found:
        if path is None:
            gone.append(SaidEdits(edit.path, True, [(copy, edit)]))
        else:
            by_path.setdefault(path, SaidEdits(path)).said.append((copy, edit))
    return [*by_path.values(), *gone]


def input_key(path: InputPath, is_gone: bool) -> str:
    """The key of an input: its common path, or the path in a copy where the workbook has no such row."""
    return f"gone:{path}" if is_gone else str(path)


def meant(form: FormDefinition, edit: Edit) -> Value | None:
    """The value an edit gives, None for an empty one; the text as typed where it cannot be understood."""
    try:
        value = parse(item_at(form, edit.path), edit.after).value
    except ValueProblem:
        return clean_text(edit.after)
    return None if value == "" else value
