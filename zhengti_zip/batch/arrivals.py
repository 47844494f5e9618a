"""Every file that a batch met and what became of it: nothing that arrived is lost without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhengti_zip.batch.intake import Intake
from zhengti_zip.batch.item import Item
from zhengti_zip.batch.result import Result, Status

if TYPE_CHECKING:
    from zhengti_zip.batch.roster_check import RosterCheck

LABELS = {Status.DONE: "已处理", Status.FAILED: "失败", Status.SKIPPED: "跳过"}

FROM_PRINT = {"pdf": "取自 PDF 内的填报数据", "word": "取自 Word 文件内的填报数据"}


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file.

    Attributes:
        name: the file as the user knows it.
        status: what became of it.
        why: why it was skipped or failed, or what is said of it besides.
        department, form: whose it is and of which form; "" when that was not read.
    """

    name: str
    status: Status
    why: str = ""
    department: str = ""
    form: str = ""

    @property
    def label(self) -> str:
        """What became of it, the word a user reads."""
        return LABELS[self.status]

    @property
    def group(self) -> str:
        """The kind of reason, to count by: what stands before the first colon."""
        return self.why.partition("：")[0]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """All files of a batch.

    Attributes:
        files: sorted by name.
        hidden: number of hidden files and folders, which are counted and not looked into.
        roster: who of the list has handed in; None without a list.
    """

    files: tuple[Arrival, ...] = ()
    hidden: int = 0
    roster: RosterCheck | None = field(default=None)

    def count(self, status: Status) -> int:
        """How many files became this."""
        return sum(file.status is status for file in self.files)

    @property
    def skipped(self) -> dict[str, list[Arrival]]:
        """The skipped files by the kind of reason, the most frequent first."""
        groups: dict[str, list[Arrival]] = {}
        for file in self.files:
            if file.status is Status.SKIPPED:
                groups.setdefault(file.group, []).append(file)
        return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))


def arrivals_of(intake: Intake, results: Sequence[Result], roster: RosterCheck | None = None) -> Arrivals:
    """What became of every file of an intake.

    Args:
        results: of its items, skipped ones included.
    """
    items = {item.name: item for item in intake.items}
    files = [
        *(_of_result(result, items.get(result.name)) for result in results),
        *(Arrival(item.name, Status.SKIPPED, item.skipped) for item in intake.skipped),
        *_archives(intake),
    ]
    return Arrivals(tuple(sorted(files, key=lambda file: file.name)), intake.hidden, roster)


def _of_result(result: Result, item: Item | None) -> Arrival:
    said = [result.fate] if result.fate else [FROM_PRINT.get(result.kind, "")]
    if result.status is Status.FAILED:
        said.append(result.why_failed)
    if item and item.note:
        said.append(item.note)
    why = "；".join(filter(None, said))
    return Arrival(result.name, result.status, why, result.department, result.form)


def _archives(intake: Intake) -> Iterator[Arrival]:
    for name, count in intake.archives.items():
        if count:
            yield Arrival(name, Status.DONE, f"压缩包：已打开，里面有 {count} 个文件")
        else:
            yield Arrival(name, Status.SKIPPED, "空的压缩包：里面没有文件")
