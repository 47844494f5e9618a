"""A file as its page shows it: result, problems with their fields, rows, pages, downloads, what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import Artifact, Job, StoredFile
from zhengti_zip.web.desk.at_work import AtWork, job_of
from zhengti_zip.web.desk.cells import CellChange, Entry, changes_between, entries_of
from zhengti_zip.web.desk.problem_view import ProblemGroup, grouped
from zhengti_zip.web.times import shown_time

PAGE_WIDTH, PAGE_HEIGHT = 794, 1123
"""Of an upright A4 page with 96 dots per inch; browsers keep room for it until the picture has come."""

DOWNLOADS = {
    "pdf": ("PDF", "打印、盖章、报送用"),
    "docx": ("Word 文件", "送领导审阅，改动可以读回来"),
    "workbook": ("工作簿", "继续填写用"),
    "annotated": ("标注工作簿", "每一处问题标在单元格上，附问题清单"),
    "paper": ("评分底稿", "每一项得分的依据和计算过程，存档用"),
    "json": ("数据（JSON）", "供其他程序使用"),
}
"""What is offered, in this order: artifact → words."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be downloaded: the kind of artifact, its name in words, what it is for."""

    kind: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FileLink:
    """Another file that a page leads to."""

    id: str
    name: str
    time: str


@dataclass(frozen=True, slots=True)
class FileView(AtWork):
    """A file on its page; ``data`` is its examination, empty until there is one.

    Attributes:
        id, name, kind, owner: of the file.
        job: the work on it; None when it has expired.
        data: its examination.
        entries: the cells that can be filled in.
        groups: its problems by severity.
        pages: numbers of the page pictures.
        downloads: what can be downloaded.
        parent: the file it is a corrected copy of.
        changes: what differs from the parent.
        keeps_until: when it is removed; "" for what is kept.
    """

    id: str
    name: str
    kind: str
    owner: str
    job: Job | None
    data: Mapping[str, Any]
    entries: Mapping[str, Entry]
    groups: tuple[ProblemGroup, ...]
    pages: tuple[int, ...]
    downloads: tuple[Download, ...]
    parent: FileLink | None
    changes: tuple[CellChange, ...]
    keeps_until: str
    page_width: int = PAGE_WIDTH
    page_height: int = PAGE_HEIGHT

    @property
    def is_waiting(self) -> bool:
        """Whether there is nothing to show yet."""
        return self.is_working and not self.data

    @property
    def unreadable(self) -> Mapping[str, str] | None:
        """Why it could not be read: message and remedy."""
        found: Mapping[str, str] | None = self.data.get("unreadable")
        return found

    @property
    def is_examined(self) -> bool:
        """Whether its result is known."""
        return bool(self.data) and not self.unreadable

    @property
    def can_mend(self) -> bool:
        """Whether it has cells to fill in."""
        return bool(self.entries)

    @property
    def field_count(self) -> int:
        """How many cells with problems can be mended."""
        return sum(problem.has_field for group in self.groups for problem in group.problems)

    @property
    def total(self) -> str | None:
        """Points; None when they cannot be worked out."""
        return self.data.get("total")

    @property
    def full(self) -> str:
        """Points that can be reached."""
        return str(self.data.get("full", ""))

    @property
    def grade(self) -> str:
        """Name of the grade; "" without one."""
        return str(self.data.get("grade", ""))

    @property
    def department(self) -> str:
        """Whose form it is."""
        return str(self.data.get("department", ""))

    @property
    def scope(self) -> str:
        """What tells two forms of one department apart."""
        return str(self.data.get("scope", ""))

    @property
    def year(self) -> int | None:
        """Year of the form."""
        return self.data.get("year")

    @property
    def form_title(self) -> str:
        """Name of the form."""
        return str(self.data.get("form_title", ""))

    @property
    def is_draft(self) -> bool:
        """Whether it has errors, so that its pages have a watermark."""
        return bool(self.data.get("is_draft"))

    @property
    def rows(self) -> list[dict[str, str | None]]:
        """The scored rows."""
        found: list[dict[str, str | None]] = self.data.get("rows", [])
        return found

    @property
    def has_self(self) -> bool:
        """Whether any row has a self-assessed score."""
        return any(row["self"] is not None for row in self.rows)

    @property
    def has_computed(self) -> bool:
        """Whether any row has a score worked out from data."""
        return any(row["computed"] is not None for row in self.rows)

    @property
    def page_count(self) -> int | None:
        """Pages of the printed form."""
        return self.data.get("pages")

    def is_lost(self, row: Mapping[str, str | None]) -> bool:
        """Whether a row lost points."""
        lost = row["lost"]
        return lost is not None and Decimal(lost) > 0


def file_link(file: StoredFile) -> FileLink:
    """What leads to a file."""
    return FileLink(file.id, file.name, shown_time(file.created_at))


def file_view(session: Session, file: StoredFile) -> FileView:
    """What the page of a file shows."""
    data = file.examination or {}
    entries = entries_of(data)
    kinds = set(session.scalars(select(Artifact.kind).where(Artifact.file_id == file.id)))
    parent = session.get(StoredFile, file.parent_id) if file.parent_id else None
    changes: list[CellChange] = []
    if parent is not None and parent.examination and entries:
        changes = changes_between(entries_of(parent.examination), entries)
    return FileView(
        id=file.id,
        name=file.name,
        kind=file.kind,
        owner=file.owner,
        job=job_of(session, file.id),
        data=data,
        entries=entries,
        groups=tuple(grouped(data.get("problems", ()), data.get("unlisted", {}), entries)),
        pages=tuple(sorted(int(kind[5:]) for kind in kinds if kind.startswith("page-"))),
        downloads=_downloads(file, kinds, is_corrected=parent is not None),
        parent=file_link(parent) if parent else None,
        changes=tuple(changes),
        keeps_until=shown_time(file.expires_at) if file.expires_at else "",
    )


def _downloads(file: StoredFile, kinds: set[str], *, is_corrected: bool) -> tuple[Download, ...]:
    offered = [Download(kind, *words) for kind, words in DOWNLOADS.items() if kind in kinds]
    if is_corrected:
        renamed = Download("workbook", "更正后的工作簿", "原来的文件没有改动")
        offered = [renamed if each.kind == "workbook" else each for each in offered]
    return tuple(offered)
