"""What the archive of a round holds, read at once: departments, their versions, what was printed, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.base.numbers import plain
from zhengti_zip.base.safenames import named_after, safe_name
from zhengti_zip.web.database.models import Artifact, StoredFile
from zhengti_zip.web.database.office_models import Department, Round, Version
from zhengti_zip.web.office.log_list import LoggedStep, logged_steps
from zhengti_zip.web.office.reviewed_scores import ReviewedForm
from zhengti_zip.web.office.rounds import departments_of
from zhengti_zip.web.office.standing import Standing
from zhengti_zip.web.office.states import State
from zhengti_zip.web.office.working_paper import PaperContent, paper_content
from zhengti_zip.web.times import china_time
from zhengti_zip.web.visitor import Role, Visitor

PRINTED = {"pdf": "PDF", "docx": "Word 文件"}
"""Kinds of artifacts that belong into the archive."""

FOLDER_BYTES = 120
"""Of the name of a department's folder; paths on Windows have a limit."""

FILE_BYTES = 150
BUREAU = Visitor(Role.READER)
"""Sees all opinions."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file in the store, and its name in the department's folder."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class DepartmentPlan:
    """One department.

    Attributes:
        folder: its folder, below the root.
        versions, printed: files in the store.
        paper: what 复核底稿 is made of; None where nothing was handed in.
        missing: what ought to be there and is not, in Chinese.
    """

    department: Department
    folder: str
    versions: tuple[KeptFile, ...]
    printed: tuple[KeptFile, ...]
    paper: PaperContent | None
    missing: tuple[str, ...]

    @property
    def line(self) -> tuple[str, ...]:
        """Its line of the table of departments."""
        department, form = self.department, self.paper.form if self.paper else None
        own = plain(form.own_total) if form and form.own_total is not None else ""
        reviewed = plain(form.total) if form and form.total is not None else ""
        return (
            str(department.position),
            department.name,
            department.code,
            State(department.state).label,
            str(len(self.versions)),
            own,
            form.own_grade if form else "",
            reviewed,
            form.grade if form else "",
            "；".join(self.missing),
        )

    @property
    def outputs(self) -> tuple[str, ...]:
        """What 汇总表 links to, relative to itself."""
        return tuple(f"{self.folder}/{file.name}" for file in self.printed)

    @property
    def opinions_text(self) -> str:
        """All opinions as plain text; "" without any."""
        if self.paper is None or not self.paper.opinions:
            return ""
        lines = [f"{self.department.name}　复核意见", ""]
        for opinion in self.paper.opinions:
            sent = china_time(opinion.returned_at)
            lines += [
                f"第 {self.paper.numbers[opinion.version_id]} 版　{opinion.label}",
                opinion.text,
                f"（{opinion.by_name}，{china_time(opinion.at)}；{f'{sent} 退回' if sent else '没有随退回发出'}）",
                "",
            ]
        return "\r\n".join("\n".join(lines).split("\n"))


LINE_HEADS = (
    "序号",
    "单位名称",
    "代码",
    "状态",
    "版本数",
    "自评总分",
    "自评等级",
    "复核总分",
    "复核等级",
    "缺少的内容",
)


def department_plans(session: Session, standing: Standing) -> list[DepartmentPlan]:
    """Every department of a round in the order of its roster.

    Args:
        standing: of the round, in all states.
    """
    departments = departments_of(session, standing.work)
    width = len(str(len(departments)))
    reviewed = {each.department.id: each.reviewed(standing.form) for each in standing.handed_in}
    return [
        _plan(session, standing.work, department, reviewed.get(department.id), width)
        for department in departments
    ]


def log_lines(session: Session, work: Round) -> list[LoggedStep]:
    """All steps of a round, the oldest first."""
    found: list[LoggedStep] = []
    while page := logged_steps(session, round_id=work.id, before=found[-1].id if found else None):
        found += page
    return found[::-1]


def _plan(
    session: Session, work: Round, department: Department, reviewed: ReviewedForm | None, width: int
) -> DepartmentPlan:
    query = (
        select(Version.id, Version.number, StoredFile.id, StoredFile.name, StoredFile.digest)
        .join(StoredFile, StoredFile.id == Version.file_id)
        .where(Version.department_id == department.id)
        .order_by(Version.number)
    )
    versions = session.execute(query).all()
    kept = tuple(KeptFile(_version_name(number, name), digest) for _, number, _, name, digest in versions)
    handed_in = next((row for row in versions if row[0] == department.handed_in_id), None)
    printed: tuple[KeptFile, ...] = ()
    missing: list[str] = []
    if handed_in is None:
        missing.append("没有上传" if not versions else "没有报送，没有打印稿和复核底稿")
    else:
        printed, missing = _printed(session, handed_in[2], _version_name(handed_in[1], handed_in[3]))
    paper = paper_content(session, BUREAU, work, department, reviewed) if handed_in else None
    number = str(department.position).zfill(width)
    folder = f"部门/{named_after(f'{number}-{department.name}', FOLDER_BYTES)}"
    return DepartmentPlan(department, folder, kept, printed, paper, tuple(missing))


def _printed(session: Session, file_id: str, name: str) -> tuple[tuple[KeptFile, ...], list[str]]:
    query = select(Artifact).where(Artifact.file_id == file_id, Artifact.kind.in_(PRINTED))
    made: Mapping[str, Artifact] = {artifact.kind: artifact for artifact in session.scalars(query)}
    stem = PurePosixPath(name).stem
    found = [
        KeptFile(f"{stem}-打印稿{made[kind].ending}", made[kind].digest) for kind in PRINTED if kind in made
    ]
    return tuple(found), [f"没有打印出的 {words}" for kind, words in PRINTED.items() if kind not in made]


def _version_name(number: int, name: str) -> str:
    return safe_name(f"第{number}版-{name}", FILE_BYTES)


def log_table(steps: Sequence[LoggedStep]) -> list[tuple[str, ...]]:
    """The log as rows of text."""
    return [
        (china_time(step.at), step.actor_name, step.words, step.department, step.details_words, step.address)
        for step in steps
    ]


LOG_HEADS = ("时间", "经手人", "操作", "单位", "内容", "网络地址")
