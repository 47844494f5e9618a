"""Work in progress for programs and pages: how far a job is, once or as a stream of events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse
from pydantic import BaseModel, ConfigDict, Field

from zhengti_zip.web.database.models import Job
from zhengti_zip.web.files import may_see
from zhengti_zip.web.refusals import not_found
from zhengti_zip.web.requests import TheServer, TheVisitor
from zhengti_zip.web.server import Server
from zhengti_zip.web.work.jobs import FINISHED

SECONDS_TO_LOOK = 30.0
"""How often a stream looks by itself: a job that has expired tells nobody."""

router = APIRouter(tags=["任务"])


class JobState(BaseModel):
    """How far a job is."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(description="任务编号")
    kind: str = Field(description="examine、compare、review、review_outcome 或 archive")
    subject_id: str = Field(description="处理的文件、对比、审阅稿或填报工作的编号")
    state: str = Field(description="queued 等待、running 进行中、done 完成、failed 失败")
    stage: str = Field(description="正在做什么")
    done: int = Field(description="已完成的步数")
    total: int = Field(description="共几步")
    message: str = Field(description="失败的原因")
    remedy: str = Field(description="失败后怎么办")
    result: dict[str, Any] | None = Field(description="结果，随任务种类而不同")
    created_at: datetime = Field(description="提交时间")
    finished_at: datetime | None = Field(description="结束时间")


def job_seen(server: TheServer, visitor: TheVisitor, identity: str) -> JobState:
    """A job that the visitor may see.

    Raises:
        Refusal: there is none, or it is somebody else's.
    """
    with server.database.reading() as session:
        job = session.get(Job, identity)
        if job is None or not may_see(visitor, job.owner):
            raise not_found()
        return JobState.model_validate(job)


TheJob = Annotated[JobState, Depends(job_seen)]


@router.get("/api/v1/jobs/{identity}", summary="任务进度")
def found(job: TheJob) -> JobState:
    """How far a job is."""
    return job


@router.get(
    "/api/v1/jobs/{identity}/events", summary="任务进度（事件流）", response_class=EventSourceResponse
)
@router.get("/jobs/{identity}/events", include_in_schema=False, response_class=EventSourceResponse)
async def events(server: TheServer, job: TheJob) -> AsyncIterator[JobState]:
    """The state of a job now and after each change; the stream ends with the job."""
    with server.jobs.listeners.listening(job.id) as changed:
        last: JobState | None = None
        while True:
            changed.clear()
            state = await run_in_threadpool(_state, server, job.id)
            if state is None:  # it has expired
                return
            if state != last:
                yield state
                last = state
            if state.state in FINISHED or server.jobs.is_stopped:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), SECONDS_TO_LOOK)


def _state(server: Server, identity: str) -> JobState | None:
    with server.database.reading() as session:
        job = session.get(Job, identity)
        return JobState.model_validate(job) if job else None
