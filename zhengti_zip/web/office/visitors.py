"""Who may ask for a page or a call of the office."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from zhengti_zip.web.requests import require
from zhengti_zip.web.visitor import Role, Visitor

Bureau = Annotated[Visitor, Depends(require(Role.READER, Role.OFFICER, Role.ADMINISTRATOR))]
"""A person of the bureau; the services refuse a reader who wants to change something."""

Administrator = Annotated[Visitor, Depends(require(Role.ADMINISTRATOR))]
Filler = Annotated[Visitor, Depends(require(Role.DEPARTMENT))]
"""A department that fills in its form."""
