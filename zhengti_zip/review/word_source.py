"""Read a Word file made by ``build`` as an input: the data inside, with the edits made since."""

from __future__ import annotations

from dataclasses import replace

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.originals import Original
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.lay_out import lay_out
from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.document import read_document
from zhengti_zip.review.document_changes import computed_problems, find_changes
from zhengti_zip.review.document_problems import word_place
from zhengti_zip.review.embedded import embedded_submission
from zhengti_zip.review.submission_values import raw_entry
from zhengti_zip.review.unread_problems import unread_problems
from zhengti_zip.scoring.evaluation import evaluate
from zhengti_zip.submission.entry import assemble
from zhengti_zip.submission.source import Source


def read_word_source(
    content: bytes, name: str, form: FormDefinition | None = None, accept: bool = True
) -> Source:
    """Read the data inside a Word file and make the edits of the reviewer in them.

    Args:
        content: the file.
        name: its name, for messages.
        form: the form it must be of; None takes the one it names.
        accept: take tracked changes as accepted; else as rejected.

    Returns:
        The edited data; every place is in the Word file.

    Raises:
        InputError: no Word file of this program, damaged, or a program dropped the data inside.
    """
    reviewed = read_document(content, name, accept)
    embedded = embedded_submission(reviewed, form)
    if embedded is None:
        raise InputError(
            f"{name} 中没有随附的填报数据，可能不是由本程序生成，或保存时被其他软件丢弃",
            "请改用工作簿（.xlsx）或填报数据（.json）；审阅稿可用 zhengti-zip review 与工作簿比较",
        )
    definition, entered = embedded
    document = find_changes(reviewed, Baseline(definition, entered))
    raw = raw_entry(definition, entered)
    for edit in document.edits:
        raw.put(edit.path, edit.after)
    for table, order in document.orders.items():
        rows = raw.tables[table]
        raw.tables[table] = [rows[number] for number in order]
    changed, problems = assemble(definition, raw)
    places = {path: word_place(prompt.label) for path, prompt in document.baseline.table.prompts.items()}
    refused = [replace(problem, place=word_place(problem.field)) for problem in problems]
    table_now = lay_out(definition, changed, evaluate(definition, changed))
    results = computed_problems(document, table_now)
    found = [*document.problems, *unread_problems(document.unread), *results, *refused]
    return Source(definition, changed, places, found, Original(name, content))
