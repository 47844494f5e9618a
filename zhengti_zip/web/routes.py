"""All routes of the server: one line for each router, so that they are easily found and merged."""

from __future__ import annotations

from fastapi import APIRouter

from zhengti_zip.web.api import (
    accounts,
    comparisons,
    departments,
    files,
    forms,
    jobs,
    log,
    my,
    page,
    reviews,
    round_figures,
    round_made,
    rounds,
    session,
)
from zhengti_zip.web.desk import (
    pages_cells,
    pages_comparisons,
    pages_files,
    pages_forms,
    pages_home,
    pages_reviews,
)
from zhengti_zip.web.office import (
    pages_accounts,
    pages_departments,
    pages_door,
    pages_figures,
    pages_log,
    pages_login,
    pages_made,
    pages_my,
    pages_my_cells,
    pages_review,
    pages_rosters,
    pages_rounds,
    pages_texts,
)

DESK: tuple[APIRouter, ...] = (
    pages_home.router,
    pages_files.router,
    pages_cells.router,
    pages_comparisons.router,
    pages_reviews.router,
    pages_forms.router,
)
OFFICE: tuple[APIRouter, ...] = (
    pages_login.router,
    pages_accounts.router,
    pages_log.router,
    pages_rounds.router,
    pages_rosters.router,
    pages_figures.router,
    pages_texts.router,
    pages_made.router,
    pages_review.router,
    pages_departments.router,
    pages_door.router,
    pages_my.router,
    pages_my_cells.router,
)
API: tuple[APIRouter, ...] = (
    page.router,
    session.router,
    files.router,
    jobs.router,
    comparisons.router,
    reviews.router,
    forms.router,
    accounts.router,
    log.router,
    rounds.router,
    round_figures.router,
    round_made.router,
    departments.router,
    my.router,
)

ROUTERS: tuple[APIRouter, ...] = (*DESK, *OFFICE, *API)
