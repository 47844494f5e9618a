"""Make random edits in a file, read it back, and tell every difference from what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tests.review import edit_marks, edit_rows, edit_texts, edit_unread
from tests.review.flavours import FLAVOURS
from tests.review.judged_file import Edit, JudgedFile
from tests.review.wordlike import SAMPLES
from zhengti_zip.grid.examine import examine
from zhengti_zip.review.document import read_document
from zhengti_zip.review.document_changes import computed_problems
from zhengti_zip.review.merge import merge_review
from zhengti_zip.review.refusals import with_altered
from zhengti_zip.review.target_workbook import TargetWorkbook, open_target
from zhengti_zip.review.unread import UnreadKind
from zhengti_zip.review.word_source import read_word_source
from zhengti_zip.review.workbook_changes import COMPUTED, LOCKED, MergeResult
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
    edit_unread.struck: 2,
    edit_unread.highlighted: 1,
    edit_unread.hidden: 1,
    edit_unread.raised: 1,
    edit_unread.eq_field: 2,
    edit_unread.ruby: 1,
    edit_unread.equation: 1,
    edit_unread.drawn: 2,
    edit_unread.footnote: 1,
    edit_unread.header: 1,
    edit_unread.pasted_table: 1,
}
"""The kinds of edits and how often each is made, compared with the others."""

LOST_BY_LIBREOFFICE = {
    edit_marks.linked,
    edit_marks.field_inserted,
    edit_unread.eq_field,
    edit_unread.ruby,
    edit_unread.equation,
    edit_unread.drawn,
    edit_unread.header,
}
"""What LibreOffice 7.4 itself changes when it saves a file: fields become an error message or vanish."""

KEPT_BY_LIBREOFFICE = {maker: often for maker, often in KINDS.items() if maker not in LOST_BY_LIBREOFFICE}

NOTICES = {"guessed_group"}
"""Codes of notices that may be given about edits that were read."""


TOLD_ONE_BY_ONE: Mapping[str, str] = {UnreadKind.LOOSE: "unplaced_text", LOCKED: LOCKED, COMPUTED: COMPUTED}
"""The code of the problem that each content of a kind has."""


@dataclass(frozen=True)
class Told:
    """A content that went into no input: its kind or the code of its refusal, its words and their author."""

    kind: str
    text: str
    author: str


@cache
def target(name: str) -> TargetWorkbook:
    """The workbook of a sample."""
    file = SAMPLES / f"{name}.xlsx"
    return open_target(file, file.read_bytes())


def edited_file(name: str, seed: int, count: int, kinds: Mapping[Maker, int] = KINDS) -> JudgedFile:
    """A sample with up to ``count`` random edits."""
    file = JudgedFile(name, seed)
    makers, weights = list(kinds), list(kinds.values())
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
    table = examine(written).table
    problems = [*merged.problems, *computed_problems(merged.documents[0], table)]
    merged = with_altered(merged, table)
    told = list(_told(merged))
    return [
        *_differences("Word", wanted, in_word.submission),
        *_differences("workbook", wanted, written.submission),
        *_unread(file, told),
        *_problems([p for p in problems if p.path not in lost], told),
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


def _told(merged: MergeResult) -> Iterator[Told]:
    """What a review lists as not read, and as changes of what is not the reviewer's to change."""
    yield from (Told(content.kind, content.text, content.author) for content in merged.unread)
    for item in merged.refused:
        if item.code in (LOCKED, COMPUTED):
            yield Told(item.code, item.change.after, item.change.author)


def _unread(file: JudgedFile, unread: list[Told]) -> Iterator[str]:
    """What is not taken over must be listed, and nothing else."""
    left = list(unread)
    for edit in file.edits:
        for kind, words in () if file.is_gone(edit) else edit.reports:
            fitting = (c for c in left if c.kind == kind and words in c.text and c.author == edit.drawn_by)
            found = next(fitting, None)
            if found is None:
                yield f"not listed: {kind} {words} {edit.drawn_by}"
            else:
                left.remove(found)
    yield from (f"listed for nothing: {content}" for content in left)


def _problems(problems: list[Problem], unread: list[Told]) -> Iterator[str]:
    """What is listed must be told as well, each by a problem of its own or by the one that counts the others."""
    left = [p for p in problems if p.code not in NOTICES or p.severity is not Severity.NOTICE]
    for content in unread:
        code = TOLD_ONE_BY_ONE.get(content.kind)
        found = next((p for p in left if p.code == code), None)
        if code and found is None:
            yield f"no problem tells of: {content}"
        elif found is not None:
            left.remove(found)
    counted = sum(content.kind not in TOLD_ONE_BY_ONE for content in unread)
    summaries = [problem for problem in left if problem.code == "unread_content"]
    if len(summaries) != bool(counted):
        yield f"{counted} contents, told by {len(summaries)} problems"
    yield from (f"told for nothing: {p.code} {p.message}" for p in left if p not in summaries)


def _remarks(file: JudgedFile, merged: MergeResult) -> Iterator[str]:
    """Every comment comes back once, on its input."""
    wanted = {edit.remark: edit.remark_on for edit in file.edits if edit.remark}
    found = [(remark.remark.text, remark.place) for remark in merged.remarks]
    found += [(r.text, change.place) for change in merged.changes for r in change.comments]
    found += [(r.text, item.change.place) for item in merged.refused for r in item.change.comments]
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
        if edit.author and edit.author not in named and not file.is_gone(edit):
            yield f"{edit.author} not named: {edit.what}"
