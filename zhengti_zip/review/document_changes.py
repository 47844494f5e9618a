"""A reviewed Word file as a source: the data it was built from, with the changes made in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zhengti_zip.base.errors import InputError, UsageProblem
from zhengti_zip.base.originals import Original
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import known_form
from zhengti_zip.grid.lay_out import lay_out
from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.document import ReviewedDocument, read_document
from zhengti_zip.review.edits import Edit, edits_in, word_place
from zhengti_zip.review.locate import locate
from zhengti_zip.review.located import LocatedContent, comparable_result
from zhengti_zip.review.submission_values import raw_entry
from zhengti_zip.scoring.evaluation import evaluate
from zhengti_zip.submission.entry import assemble
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import NO_PATH
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.source import Source
from zhengti_zip.submission.values import shown


@dataclass(frozen=True)
class DocumentChanges:
    """A reviewed file compared with what it was built from.

    Attributes:
        reviewed: the file.
        baseline: what it was built from.
        found: where everything is in it.
        edits: the changes, in the order of the form.
        problems: what is no change but has to be said, each with its place in the Word file.
    """

    reviewed: ReviewedDocument
    baseline: Baseline
    found: LocatedContent
    edits: list[Edit]
    problems: list[Problem]


def read_word_source(
    content: bytes, name: str, form: FormDefinition | None = None, accept: bool = True
) -> Source:
    """Read a Word file made by ``build`` as an input: its own data with the changes made in it.

    Args:
        content: the file.
        name: its name, for messages.
        form: the form it must be of; None takes the one it names.
        accept: take tracked changes as accepted; else as rejected.

    Raises:
        InputError: no Word file of ours, damaged, or its data were dropped by some program.
    """
    reviewed = read_document(content, name, accept)
    submission = embedded_submission(reviewed, form)
    if submission is None:
        raise InputError(
            f"{name} 中没有随附的填报数据，可能不是由本程序生成，或保存时被其他软件丢弃",
            "请改用工作簿（.xlsx）或填报数据（.json）；审阅稿可用 zhengti-zip review 与工作簿比较",
        )
    definition, entered = submission
    review = find_changes(reviewed, Baseline(definition, entered))
    raw = raw_entry(definition, entered)
    for edit in review.edits:
        raw.put(edit.path, edit.after)
    changed, problems = assemble(definition, raw)
    places = {path: word_place(prompt.label) for path, prompt in review.baseline.table.prompts.items()}
    unread = [_placed(problem) for problem in problems]
    computed = computed_problems(review, changed)
    return Source(
        definition, changed, places, [*review.problems, *computed, *unread], Original(name, content)
    )


def embedded_submission(
    reviewed: ReviewedDocument, form: FormDefinition | None = None
) -> tuple[FormDefinition, Submission] | None:
    """The data a file was built from, and the form they are of; None when it holds none.

    Raises:
        InputError: they are of another or an unknown form, or cannot be read.
    """
    embedded, name = reviewed.embedded, reviewed.name
    if embedded is None:
        return None
    if form is None:
        try:
            form = known_form(embedded.form)
        except UsageProblem as problem:
            raise InputError(
                f"{name} 是“{embedded.form}”表的审阅稿，本程序没有这种表", problem.remedy
            ) from problem
    elif form.id != embedded.form:
        raise InputError(f"{name} 是“{embedded.form}”表的审阅稿，不是“{form.id}”表的", "请换用同一张表的文件")
    if embedded.version > form.version:
        raise InputError(
            f"{name} 由更新版本的程序生成（表版本 {embedded.version}）", "请升级 zhengti-zip 后重试"
        )
    source = from_data(embedded.data, form)
    if any(problem.is_error for problem in source.reading_problems):
        raise InputError(f"{name} 中随附的填报数据已损坏", "请使用原始的审阅稿重新审阅")
    return form, source.submission


def find_changes(reviewed: ReviewedDocument, baseline: Baseline) -> DocumentChanges:
    """Find everything that was printed, and what was changed in it."""
    found = locate(reviewed, baseline)
    edits, problems = edits_in(found, baseline)
    return DocumentChanges(reviewed, baseline, found, edits, [*problems, *_said(found, baseline)])


def computed_problems(review: DocumentChanges, changed: Submission) -> list[Problem]:
    """Totals and grades that were overwritten by hand and are not what the changed data give."""
    form = review.baseline.form
    table = lay_out(form, changed, evaluate(form, changed))
    results = {cell.path: cell.text for cell in table.cells if cell.path.is_result}
    problems = []
    for altered in review.found.altered:
        result = results.get(altered.path)
        if result is None or comparable_result(altered.now) == comparable_result(result):
            continue
        label = review.baseline.label(altered.path)
        now, right = shown(altered.now) or "空白", shown(result) or "尚不能确定"
        message = f"“{label}”由程序计算，审阅稿中改成了“{now}”，与计算结果“{right}”不符，未采纳"
        remedy = "请改各指标的自评分或评分数据，总分和等级随之重新计算"
        place = word_place(label)
        problems.append(
            Problem(Severity.ERROR, "computed_edited", message, remedy, altered.path, label, now, place)
        )
    return problems


def _said(found: LocatedContent, baseline: Baseline) -> list[Problem]:
    """What was changed in places nobody fills in."""
    problems = []
    for altered in found.altered:
        if altered.path:
            continue  # computed values are judged by the new scores
        printed, now = shown(altered.printed), shown(altered.now)
        message = (
            f"表中固定的文字“{printed}”改成了“{now}”，未采纳"
            if now
            else f"表中固定的文字“{printed}”删去了，未采纳"
        )
        remedy = "固定的文字由表的定义决定；如确有错误，请告知维护表定义的人"
        problems.append(
            Problem(
                Severity.WARNING, "label_edited", message, remedy, NO_PATH, printed, now, word_place(printed)
            )
        )
    for text in found.surplus:
        words = shown(text)
        message = f"审阅稿中“{words}”不属于任何填写项，未采纳"
        remedy = "请把需要的内容填到工作簿的相应单元格；对内容的意见请写成批注"
        problems.append(
            Problem(
                Severity.WARNING,
                "unplaced_text",
                message,
                remedy,
                NO_PATH,
                "",
                words,
                word_place("填写项以外"),
            )
        )
    return problems


def _placed(problem: Problem) -> Problem:
    return replace(problem, place=word_place(problem.field))
