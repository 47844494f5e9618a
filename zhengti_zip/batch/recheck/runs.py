"""The three works of a recheck, from files to outcomes: make papers, sum them up, draw a sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.files import ensure_writable, is_same, write_atomically
from zhengti_zip.base.limits import read_limited
from zhengti_zip.batch.arrivals import Arrivals, arrivals_of
from zhengti_zip.batch.duplicates import settled, times_of
from zhengti_zip.batch.intake import NOWHERE, Intake, take_in
from zhengti_zip.batch.recheck.calls import FileCall, Unread, each_file
from zhengti_zip.batch.recheck.making import MadePaper, made_paper, subject_of
from zhengti_zip.batch.recheck.model import ReadPaper
from zhengti_zip.batch.recheck.naming import file_names
from zhengti_zip.batch.recheck.paper import ENDING
from zhengti_zip.batch.recheck.reading import read_paper
from zhengti_zip.batch.recheck.sampling import candidate, drawn
from zhengti_zip.batch.recheck.summing import ReviewSums, summed
from zhengti_zip.batch.result import Result, Status
from zhengti_zip.batch.task import failed


@dataclass
class PapersOutcome:
    """What became of the files papers were to be made of.

    Attributes:
        written: the papers.
        kept: papers that were there already and are not replaced, because somebody may have filled them in.
        same: papers that were there already with the same bytes.
        failed: the results of files without a paper.
        arrivals: every file that was met.
    """

    arrivals: Arrivals
    failed: list[Result]
    written: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    same: list[Path] = field(default_factory=list)


def make_papers(
    roots: Sequence[Path], folder: Path, form: str | None, *, newest: bool, replace: bool
) -> PapersOutcome:
    """Write a working paper for every form without errors. Which of several files counts is settled as in a batch.

    Args:
        roots: files, folders, archives or patterns.
        folder: the papers go there; it is never read.
        form: id or folder of the form every file must be of.
        newest: whether of several versions of one department the newest counts.
        replace: replace papers that are there already.

    Raises:
        InputError: nothing was found.
        OutputError: the folder cannot be written.
    """
    intake = _found(roots, folder, "填报文件")
    ensure_writable(folder)
    answers = list(each_file(intake.items, FileCall(made_paper, _absolute(form))))
    papers = [each if isinstance(each, MadePaper) else MadePaper(_result(each)) for each in answers]
    contents = {paper.result.name: paper.content for paper in papers}
    results = _settled([paper.result for paper in papers], intake, newest)
    done = [result for result in results if result.is_done]
    outcome = PapersOutcome(arrivals_of(intake, results), _failed(results))
    for result, name in zip(done, file_names([subject_of(each) for each in done], ENDING), strict=True):
        _write(folder / name, contents[result.name], outcome, replace=replace)
    return outcome


def _write(path: Path, content: bytes, outcome: PapersOutcome, *, replace: bool) -> None:
    if path.exists() and not replace:
        try:
            is_equal = read_limited(path) == content
        except InputError:
            is_equal = False
        (outcome.same if is_equal else outcome.kept).append(path)
        return
    write_atomically(path, content)
    outcome.written.append(path)


def sum_papers(roots: Sequence[Path], output: Path, form: str | None) -> ReviewSums:
    """The figures of all papers.

    Args:
        output: the workbook that is to be written; an earlier one there is no paper.
        form: folder of a form that is not among those of the program.

    Raises:
        InputError: nothing was found.
    """
    from zhengti_zip.form.loader import known_form, load_form

    named = load_form(form) if form else None
    intake = _found(roots, output, "复核底稿")
    papers: list[ReadPaper] = []
    unread = [Unread(item.name, item.skipped, "", is_foreign=True) for item in intake.skipped]
    items = [item for item in intake.items if not is_same(item.file, output)]
    for answer in each_file(items, FileCall(read_paper)):
        if isinstance(answer, Unread):
            unread.append(answer)
        else:
            papers.append(answer)
    return summed(papers, unread, lambda name: named if named and named.id == name else known_form(name))


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample.

    Attributes:
        drawn: in the order of their lots.
        candidates: how many there were.
        failed: the results of files that could not take part.
        arrivals: every file that was met.
    """

    drawn: list[Result]
    candidates: int
    failed: list[Result]
    arrivals: Arrivals


def draw_sample(roots: Sequence[Path], share: Decimal, seed: int, form: str | None, *, newest: bool) -> Draw:
    """Draw from the forms without errors, or from working papers.

    Args:
        share, seed: see :func:`zhengti_zip.batch.recheck.sampling.drawn`.
        form, newest: see :func:`make_papers`.

    Raises:
        InputError: nothing was found.
    """
    intake = _found(roots, NOWHERE, "填报文件或复核底稿")
    found = each_file(intake.items, FileCall(candidate, _absolute(form)))
    results = _settled([_result(answer) for answer in found], intake, newest)
    done = [result for result in results if result.is_done]
    return Draw(drawn(done, share, seed), len(done), _failed(results), arrivals_of(intake, results))


def _result(answer: Result | Unread) -> Result:
    if isinstance(answer, Unread):
        return failed(answer.name, "unreadable", answer.message, answer.remedy).result
    return answer


def _settled(results: Sequence[Result], intake: Intake, newest: bool) -> list[Result]:
    return settled(results, times_of(intake.items) if newest else None)


def _failed(results: Sequence[Result]) -> list[Result]:
    return [result for result in results if result.status is Status.FAILED]


def _absolute(form: str | None) -> str | None:
    """The form as a worker finds it.

    Raises:
        UsageProblem: there is none.
    """
    if form is None:
        return None
    from zhengti_zip.form.loader import form_folder, form_ids

    return form if form in form_ids() else str(form_folder(form).resolve())


def _found(roots: Sequence[Path], output: Path, what: str) -> Intake:
    intake = take_in(roots, output)
    if not intake.items:
        raise InputError(f"没有找到{what}", "请检查给出的文件夹")
    return intake
