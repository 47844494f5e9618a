"""Make random edits in a file, read it back, and tell every difference from what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

from tests.review import edit_marks, edit_rows, edit_texts
from tests.review.flavours import FLAVOURS
from tests.review.judged_file import Edit, JudgedFile
from tests.review.wordlike import SAMPLES
from zhengti_zip.review.document import read_document
from zhengti_zip.review.document_changes import computed_problems
from zhengti_zip.review.merge import merge_review
from zhengti_zip.review.target_workbook import TargetWorkbook, open_target
from zhengti_zip.review.word_source import read_word_source
from zhengti_zip.review.workbook_changes import MergeResult
from zhengti_zip.review.write_changes import write_changes
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.workbook.read.anyinput import read_content

Maker = Callable[[JudgedFile], Edit | None]
"""Makes one random edit of its kind; None where the file has nothing for it."""

KINDS: dict[Maker, int] = {
    edit_texts.retyped: 3,
    edit_texts.inserted: 2,
    edit_texts.shortened: 2,
    edit_texts.added_line: 1,
    edit_texts.typed_beside: 1,
    edit_texts.emptied: 1,
    edit_texts.filled_in: 1,
    edit_texts.scored: 2,
    edit_texts.numbered: 2,
    edit_texts.chosen: 1,
    edit_rows.typed_in: 2,
    edit_rows.copied: 1,
    edit_rows.copy_typed_into: 1,
    edit_rows.removed_row: 1,
    edit_rows.moved_row: 1,
    edit_rows.list_edit: 3,
    edit_rows.auto_numbered: 1,
    edit_marks.commented: 2,
    edit_marks.commented_on_label: 1,
    edit_marks.relabelled: 1,
    edit_marks.ticked: 1,
    edit_marks.symbol_typed: 1,
    edit_marks.outside: 1,
    edit_marks.linked: 1,
    edit_marks.field_inserted: 1,
    edit_marks.reopened: 1,
}
"""The kinds of edits and how often each is made, compared with the others."""

NOTICES = {"guessed_group"}
"""Codes of notices that may be given about edits that were read."""


@cache
def target(name: str) -> TargetWorkbook:
    """The workbook of a sample."""
    file = SAMPLES / f"{name}.xlsx"
    return open_target(file, file.read_bytes())


def edited_file(name: str, seed: int, count: int) -> JudgedFile:
    """A sample with up to ``count`` random edits."""
    file = JudgedFile(name, seed)
    makers, weights = list(KINDS), list(KINDS.values())
    for _ in range(count):
        edit = file.chance.choices(makers, weights)[0](file)
        if edit is not None:
            file.add(edit)
    return file


def saved(file: JudgedFile, flavour: str) -> bytes:
    """The file as a program saves it."""
    FLAVOURS[flavour](file.parts, file.root, file.chance)
    return file.content()


def faults(name: str, file: JudgedFile, content: bytes) -> list[str]:
    """What did not come back, and what came back that nobody did; in words."""
    workbook = target(name)
    read = read_document(content, "审阅.docx")
    merged = merge_review(read, workbook)
    written = read_content(workbook.file, write_changes(workbook, merged), workbook.form)
    in_word = read_word_source(content, "审阅.docx")
    lost = {problem.path for problem in merged.problems if problem.code == "lost_value"}
    lost &= {path for edit in file.edits if edit.is_lost_told for path in edit.values}
    for path in lost:
        file.keep(path)
    wanted = file.expected()
    problems = [*merged.problems, *computed_problems(merged.documents[0], written.submission)]
    return [
        *_differences("Word", wanted, in_word.submission),
        *_differences("workbook", wanted, written.submission),
        *_reports(file, [p for p in problems if p.path not in lost]),
        *_remarks(file, merged),
        *_authors(file, merged),
    ]


def _differences(where: str, wanted: Submission, found: Submission) -> Iterator[str]:
    one, other = dict(_flat(wanted.as_data())), dict(_flat(found.as_data()))
    for key in sorted({*one, *other}):
        if one.get(key) != other.get(key):
            yield f"{where}: {key} is {other.get(key)!r}, not {one.get(key)!r}"


def _flat(data: object, key: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _flat(value, f"{key}.{name}")
    elif isinstance(data, list | tuple):
        for number, value in enumerate(data):
            yield from _flat(value, f"{key}.{number}")
    else:
        yield key, data


def _reports(file: JudgedFile, problems: list[Problem]) -> Iterator[str]:
    """Every text that was not taken over must be told, and nothing else."""
    left = [p for p in problems if p.code not in NOTICES or p.severity is not Severity.NOTICE]
    for words in (words for edit in file.edits for words in edit.reports):
        found = next((p for p in left if words in p.message and p.severity is not Severity.NOTICE), None)
        if found is None:
            yield f"nobody tells: {words}"
        else:
            left.remove(found)
    yield from (f"told for nothing: {problem.code} {problem.message}" for problem in left)


def _remarks(file: JudgedFile, merged: MergeResult) -> Iterator[str]:
    """Every comment comes back once, on its input."""
    wanted = {edit.remark: edit.remark_on for edit in file.edits if edit.remark}
    found = [(remark.remark.text, remark.place) for remark in merged.remarks]
    found += [(r.text, change.place) for change in merged.changes for r in change.comments]
    counts = Counter(text for text, _ in found)
    yield from (f"comment {n} times: {text}" for text in wanted if (n := counts[text]) != 1)
    yield from (f"comment of nobody: {text}" for text in counts if text not in wanted)
    places = target(merged.documents[0].baseline.form.id).source.places
    for text, place in found:
        on = wanted.get(text)
        if on and places.get(on) != place:  # type: ignore[call-overload]
            yield f"comment “{text}” on {place}, not on {on}"


def _authors(file: JudgedFile, merged: MergeResult) -> Iterator[str]:
    """The author of every tracked change is named, unless its row was removed afterwards."""
    named = {author for change in merged.changes for author in change.author.split("、")}
    for edit in file.edits:
        is_gone = edit.values and not any(map(file.is_standing, edit.values))
        if edit.author and edit.author not in named and not is_gone:
            yield f"{edit.author} not named: {edit.what}"
