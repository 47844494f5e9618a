"""All routes of the server."""

from __future__ import annotations

from fastapi import APIRouter

from zhengti_zip.web.api import session
from zhengti_zip.web.desk import pages_comparisons, pages_files, pages_forms, pages_home, pages_reviews
from zhengti_zip.web.office import pages_login

DESK: tuple[APIRouter, ...] = (
    pages_home.router,
    pages_files.router,
    pages_comparisons.router,
    pages_reviews.router,
    pages_forms.router,
)
OFFICE: tuple[APIRouter, ...] = (pages_login.router,)
API: tuple[APIRouter, ...] = (session.router,)

ROUTERS: tuple[APIRouter, ...] = (*DESK, *OFFICE, *API)
