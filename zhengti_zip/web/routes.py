"""All routes of the server."""

from __future__ import annotations

from fastapi import APIRouter

from zhengti_zip.web.api import session
from zhengti_zip.web.office import pages_login

ROUTERS: tuple[APIRouter, ...] = (pages_login.router, session.router)
