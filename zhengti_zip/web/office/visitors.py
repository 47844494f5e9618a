"""Who may ask for a page or a call of the office."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request, UploadFile
from starlette.datastructures import FormData

from zhengti_zip.web.requests import require
from zhengti_zip.web.uploads import received
from zhengti_zip.web.visitor import Role, Visitor

Bureau = Annotated[Visitor, Depends(require(Role.READER, Role.OFFICER, Role.ADMINISTRATOR))]
"""A person of the bureau; the services refuse a reader who wants to change something."""

Administrator = Annotated[Visitor, Depends(require(Role.ADMINISTRATOR))]
Filler = Annotated[Visitor, Depends(require(Role.DEPARTMENT))]
"""A department that fills in its form."""


async def _received(file: UploadFile) -> tuple[str, bytes]:
    return await received(file)


Received = Annotated[tuple[str, bytes], Depends(_received)]
"""The file in the field ``file``: its name, made safe, and its bytes. The route itself may then wait for the database."""


async def _filled(request: Request) -> FormData:
    return await request.form()


Filled = Annotated[FormData, Depends(_filled)]
"""All fields of a form whose names depend on what it is about."""
