"""The log, for programs of the bureau."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from zhengti_zip.web.office.asking import department_of, round_of
from zhengti_zip.web.office.log_list import AT_ONCE, LoggedStep, logged_steps
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.requests import TheServer

router = APIRouter(prefix="/api/v1/log", tags=["操作记录"])


class StepData(BaseModel):
    """A step that somebody took."""

    id: int = Field(description="随时间递增")
    at: datetime
    actor: str = Field(description="谁")
    action: str = Field(description="代码")
    words: str = Field(description="做了什么")
    department_id: str | None
    department: str
    details: dict[str, Any]
    address: str = Field(description="网络地址")


@router.get("", summary="操作记录，最近的在前")
def steps(
    server: TheServer,
    visitor: Bureau,
    round_id: str | None = None,
    department_id: str | None = None,
    before: Annotated[int | None, Query(ge=1, le=2**62, description="只要 id 小于它的")] = None,
    limit: Annotated[int, Query(ge=1, le=AT_ONCE)] = AT_ONCE,
) -> list[StepData]:
    """Steps of everybody, of a round or of a department."""
    with server.database.reading() as session:
        if round_id is not None:
            round_of(session, visitor, round_id)
        if department_id is not None:
            department_of(session, visitor, department_id)
        found = logged_steps(
            session, round_id=round_id, department_id=department_id, before=before, limit=limit
        )
    return [_data(step) for step in found]


def _data(step: LoggedStep) -> StepData:
    return StepData(
        id=step.id,
        at=step.at,
        actor=step.actor_name,
        action=step.action,
        words=step.words,
        department_id=step.department_id,
        department=step.department,
        details=dict(step.details),
        address=step.address,
    )
