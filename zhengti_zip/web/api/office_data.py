"""What the interface for programs says about rounds, departments and versions."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pydantic import BaseModel, Field

from zhengti_zip.base.numbers import plain
from zhengti_zip.web.database.office_models import Department, Opinion, Round, Version
from zhengti_zip.web.office.overview import DepartmentLine

POINTS = "分数，十进制文本；没有的为 null"


class RoundData(BaseModel):
    """A round."""

    id: str
    title: str = Field(description="名称")
    form: str = Field(description="评价表的代码")
    year: int = Field(description="年度")
    due_on: date | None = Field(description="截止日期")
    is_open: bool = Field(description="是否接收报送")
    previous_id: str | None = Field(description="上一年度的填报工作")
    counts: dict[str, int] = Field(description="各状态的部门个数")


class VersionData(BaseModel):
    """A version of a department."""

    number: int = Field(description="版本号，从 1 起")
    file_id: str = Field(description="文件，用 /api/v1/files/{file_id} 取检查结果")
    uploaded_at: datetime
    total: str | None = Field(description=POINTS)
    grade: str = Field(description="等级")
    errors: int | None = Field(description="错误个数；还没有检查完的为 null")
    warnings: int | None = Field(description="警告个数")
    handed_in_at: datetime | None = Field(description="报送时间；草稿为 null")


class OpinionData(BaseModel):
    """An opinion of an officer."""

    id: str
    row: str = Field(description="哪一行；空文本为整张表")
    label: str = Field(description="该行的名称")
    text: str
    by: str = Field(description="谁写的")
    at: datetime
    returned_at: datetime | None = Field(description="随退回发给部门的时间")


class HandIn(BaseModel):
    """Which version to hand in."""

    number: int = Field(ge=1, le=10**6, description="版本号，须是最新的一版")
    confirm: bool = Field(False, description="警告已逐条核对，情况属实")


class DepartmentData(BaseModel):
    """A department of a round."""

    id: str
    position: int = Field(description="在名单中的序号")
    name: str
    code: str
    contact: str
    state: str = Field(
        description="not_begun 未报、draft 草稿、handed_in 已报、returned 退回、in_review 复核中、passed 通过"
    )
    is_late: bool = Field(description="是否逾期未报")
    newest: VersionData | None = Field(description="最新的版本")


def round_data(work: Round, counts: dict[str, int]) -> RoundData:
    """A round as data."""
    return RoundData(
        id=work.id,
        title=work.title,
        form=work.form,
        year=work.year,
        due_on=work.due_on,
        is_open=work.is_open,
        previous_id=work.previous_id,
        counts=counts,
    )


def points_text(value: Decimal | None) -> str | None:
    """Points as text, exactly; None stays."""
    return None if value is None else plain(value)


def version_data(version: Version) -> VersionData:
    """A version as data."""
    return VersionData(
        number=version.number,
        file_id=version.file_id,
        uploaded_at=version.uploaded_at,
        total=points_text(version.total),
        grade=version.grade,
        errors=version.errors,
        warnings=version.warnings,
        handed_in_at=version.handed_in_at,
    )


def opinion_data(opinion: Opinion) -> OpinionData:
    """An opinion as data."""
    return OpinionData(
        id=opinion.id,
        row=opinion.row,
        label=opinion.label,
        text=opinion.text,
        by=opinion.by_name,
        at=opinion.at,
        returned_at=opinion.returned_at,
    )


def department_data(line: DepartmentLine) -> DepartmentData:
    """A department as data."""
    department: Department = line.department
    return DepartmentData(
        id=department.id,
        position=department.position,
        name=department.name,
        code=department.code,
        contact=department.contact,
        state=line.state,
        is_late=line.is_late,
        newest=version_data(line.newest) if line.newest else None,
    )
