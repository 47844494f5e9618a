"""退回通知 from the results of a batch: one for each department with forms that failed by what it entered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from zhengti_zip.base.excerpts import shortened
from zhengti_zip.batch.duplicates import CODE
from zhengti_zip.batch.replies.letters import Part, Point, ReturnNotice
from zhengti_zip.batch.result import ListedProblem, Result
from zhengti_zip.batch.task import ANNOTATED
from zhengti_zip.submission.problems import Severity
from zhengti_zip.submission.raw import compact

OURS = ("timed_out", "out_of_memory", "crashed", "worker_killed", "environment", "not_written", "not_printed")
"""Codes of failures that a department cannot mend; a file that only has these is not returned."""

MAX_POINTS = 50
"""Most points of a file that a notice lists; the annotated copy has all."""

WHOLE = "整个文件"
ANY_TITLE = "绩效自评填报表"
NOBODYS_HEAD = (
    "以下文件看不出是哪个部门报来的，也没有读出填报内容，所以没有写退回通知。"
    "是填报文件的，请查明是谁报来的，请其按所列办法重新报送；不是填报文件的，移走即可。"
)
LOOK_AGAIN = "请一并核对，确实无误的可以不改"


@dataclass(frozen=True, slots=True)
class ReplySettings:
    """What every letter says.

    Attributes:
        due: until when a form is to be handed in; None for no day.
        sender: who signs; "" leaves room for it.
    """

    due: date | None = None
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """What goes back to one department.

    Attributes:
        department: its name; "" when it could not be read.
        results: of its files, by name.
    """

    department: str
    results: tuple[Result, ...]

    @property
    def copies(self) -> tuple[str, ...]:
        """Its annotated copies, as paths below the output folder."""
        return tuple(path for result in self.results for path in result.outputs if path.endswith(ANNOTATED))


def returned(results: Sequence[Result]) -> list[Returned]:
    """What goes back, by department; a form without the name of its department goes back by itself."""
    groups: dict[str, list[Result]] = {}
    for result in _theirs(results):
        if not _is_nobodys(result):
            key = compact(result.department) or f"/{result.name}"
            groups.setdefault(key, []).append(result)
    return [Returned(group[0].department, tuple(group)) for group in groups.values()]


def nobodys(results: Sequence[Result]) -> list[Result]:
    """The files that go back to nobody, by name: nothing in them says whose they are, or that they are forms at all."""
    return list(filter(_is_nobodys, _theirs(results)))


def nobodys_text(results: Sequence[Result]) -> str:
    """The list of those files for whoever runs the batch."""
    lines = []
    for number, result in enumerate(results, start=1):
        problem = next(filter(_is_theirs, result.problems))
        lines.append(f"{number}. {_one_line(result.name)}：{_one_line(_sentences(problem))}\n")
    return f"{NOBODYS_HEAD}\n\n{''.join(lines)}"


def _theirs(results: Sequence[Result]) -> Iterator[Result]:
    """The results that failed by what was handed in, by name."""
    for result in sorted(results, key=lambda result: result.name):
        if not result.is_done and any(map(_is_theirs, result.problems)):
            yield result


def _is_nobodys(result: Result) -> bool:
    return not result.form and not result.department


def notice_of(found: Returned, titles: Mapping[str, str], settings: ReplySettings) -> ReturnNotice:
    """The notice for one department.

    Args:
        titles: the name of each form by its id.
    """
    names = list(_file_names(found).values())
    first = found.results[0]
    copies = tuple(PurePosixPath(path).name for path in found.copies)
    return ReturnNotice(
        _one_line(found.department) or f"报送 {names[0]} 的单位",
        titles.get(first.form, ANY_TITLE),
        f"（{'、'.join(names)}）",
        None,
        "检查",
        "需要改正的内容",
        (*_which_counts(found, names), *_all_parts(found)),
        "请改正后重新报送",
        settings.due,
        copies,
        sender=settings.sender,
    )


def _which_counts(found: Returned, names: Sequence[str]) -> Iterator[Part]:
    """The question which of several files counts."""
    if any(problem.code == CODE for result in found.results for problem in result.problems):
        text = f"收到贵单位 {len(names)} 份填报文件，不能确定以哪一份为准。请说明，并只报送这一份。"
        yield Part((Point(WHOLE, text),))


def _all_parts(found: Returned) -> Iterator[Part]:
    """The points of every file: what is wrong, then what is doubtful."""
    names = _file_names(found)
    for result in found.results:
        name = names[result.name] if len(found.results) > 1 else ""
        has_copy = any(path.endswith(ANNOTATED) for path in result.outputs)
        where = "见标注副本" if has_copy else "改正以上各处后再检查时列出"
        errors = [problem for problem in result.problems if _is_theirs(problem) and problem.code != CODE]
        doubts = [problem for problem in result.problems if problem.severity == Severity.WARNING]
        if errors:
            yield _part(errors, result.unlisted.get("error", 0), name, where)
        if doubts:
            heading = f"{name}：{LOOK_AGAIN}" if name else LOOK_AGAIN
            yield _part(doubts, result.unlisted.get("warning", 0), heading, where)


def _part(problems: Sequence[ListedProblem], unlisted: int, name: str, where: str) -> Part:
    more = max(len(problems) - MAX_POINTS, 0) + unlisted
    words = f"另有 {more} 处没有在这里列出，{where}。" if more else ""
    return Part(tuple(map(_point, problems[:MAX_POINTS])), name, words)


def _is_theirs(problem: ListedProblem) -> bool:
    return problem.severity == Severity.ERROR and problem.code not in OURS


def _point(problem: ListedProblem) -> Point:
    label = problem.place
    if problem.label and f"“{problem.label}”" not in problem.message:
        label += f"“{problem.label}”"
    if problem.value:
        label += f"（填写的是“{shortened(problem.value)}”）"
    return Point(_one_line(label) or WHOLE, _sentences(problem))


def _sentences(problem: ListedProblem) -> str:
    """What is wrong and what to do about it."""
    sentences = [words for words in (problem.message, problem.remedy) if words]
    return "".join(words if words.endswith(("。", "！", "？")) else f"{words}。" for words in sentences)


def _one_line(text: str) -> str:
    """A text of a stranger without line breaks: a letter is made of lines."""
    return " ".join(text.split())


def _file_names(found: Returned) -> dict[str, str]:
    """What each file is called, by the name of its result: without its folder, unless another is called the same."""
    short = {result.name: PurePosixPath(result.name).name for result in found.results}
    counted = Counter(short.values())
    return {name: _one_line(name if counted[file] > 1 else file) for name, file in short.items()}
