"""The three works of a recheck, from files to outcomes: make papers, sum them up, draw a sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.files import ensure_writable, is_same, write_atomically
from zhengti_zip.base.limits import read_limited
from zhengti_zip.batch.intake import take_in
from zhengti_zip.batch.item import Item
from zhengti_zip.batch.recheck.calls import FileCall, Unread, each_file
from zhengti_zip.batch.recheck.making import MadePaper, made_paper
from zhengti_zip.batch.recheck.model import ReadPaper
from zhengti_zip.batch.recheck.naming import file_names, told_apart
from zhengti_zip.batch.recheck.paper import ENDING
from zhengti_zip.batch.recheck.reading import read_paper
from zhengti_zip.batch.recheck.sampling import Candidate, candidate, drawn
from zhengti_zip.batch.recheck.summing import ReviewSums, summed

Made = TypeVar("Made")

NOWHERE = Path(".zhengti-nowhere")
"""Stands for the output folder where nothing is written; no folder of inputs is hidden."""


@dataclass
class PapersOutcome:
    """What became of the files papers were to be made of.

    Attributes:
        written: the papers.
        kept: papers that were there already and are not replaced, because somebody may have filled them in.
        same: papers that were there already with the same bytes.
        unread: files without a paper, and why.
        passed_over: files that are no inputs.
    """

    written: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    same: list[Path] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def make_papers(roots: Sequence[Path], folder: Path, form: str | None, *, replace: bool) -> PapersOutcome:
    """Write a working paper for every form without errors.

    Args:
        roots: files, folders, archives or patterns.
        folder: the papers go there; it is never read.
        form: id or folder of the form every file must be of.
        replace: replace papers that are there already.

    Raises:
        InputError: nothing was found.
        OutputError: the folder cannot be written.
    """
    items, passed_over = _found(roots, folder, "填报文件")
    ensure_writable(folder)
    papers, unread = _parted(items, FileCall(made_paper, form))
    single, doubled = told_apart(papers, "填报文件")
    outcome = PapersOutcome(unread=unread + doubled, passed_over=passed_over)
    names = file_names([paper.subject for paper in single], ENDING)
    for paper, name in zip(single, names, strict=True):
        _write(folder / name, paper, outcome, replace=replace)
    return outcome


def _write(path: Path, paper: MadePaper, outcome: PapersOutcome, *, replace: bool) -> None:
    if path.exists() and not replace:
        try:
            is_equal = read_limited(path) == paper.content
        except InputError:
            is_equal = False
        (outcome.same if is_equal else outcome.kept).append(path)
        return
    write_atomically(path, paper.content)
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
    items, passed_over = _found(roots, output, "复核底稿")
    papers: list[ReadPaper]
    papers, unread = _parted([item for item in items if not is_same(item.file, output)], FileCall(read_paper))
    unread += [Unread(name, "不是工作簿，没有读取", "不是复核底稿的文件可以移走") for name in passed_over]
    return summed(papers, unread, lambda name: named if named and named.id == name else known_form(name))


def draw_sample(
    roots: Sequence[Path], share: Decimal, seed: int, form: str | None
) -> tuple[list[Candidate], int, list[Unread]]:
    """The forms that are drawn, of how many, and the files that could not take part.

    Raises:
        InputError: nothing was found.
    """
    items, _ = _found(roots, NOWHERE, "填报文件或复核底稿")
    candidates, unread = _parted(items, FileCall(candidate, form))
    single, doubled = told_apart(candidates, "文件")
    return drawn(single, share, seed), len(single), unread + doubled


def _found(roots: Sequence[Path], output: Path, what: str) -> tuple[list[Item], list[str]]:
    intake = take_in(roots, output)
    if not intake.items:
        raise InputError(f"没有找到{what}", "请检查给出的文件夹")
    return intake.items, [each.name for each in intake.skipped]


def _parted(items: Sequence[Item], call: FileCall[Made]) -> tuple[list[Made], list[Unread]]:
    made: list[Made] = []
    unread: list[Unread] = []
    for answer in each_file(items, call):
        if isinstance(answer, Unread):
            unread.append(answer)
        else:
            made.append(answer)
    return made, unread
