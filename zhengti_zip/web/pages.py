"""Pages: Jinja2 templates in templates/web, with what every page shows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from zhengti_zip.base.days import chinese_date
from zhengti_zip.base.numbers import plain
from zhengti_zip.base.resources import templates_dir
from zhengti_zip.base.version import VERSION
from zhengti_zip.web.times import china_time
from zhengti_zip.web.visitor import Role


def web_dir() -> Path:
    """Folder of the pages' templates; ``static`` in it has style sheets, scripts and pictures."""
    return templates_dir() / "web"


@cache
def page_templates() -> Environment:
    """The templates; values are escaped, unknown names are errors."""
    environment = Environment(
        loader=FileSystemLoader(web_dir(), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(china_time=china_time, chinese_date=chinese_date, points=points)
    return environment


def page(request: Request, template: str, /, status: int = 200, **values: Any) -> HTMLResponse:
    """A page.

    Args:
        template: its name below templates/web, e.g. ``desk/home.html.j2``.
        values: what it shows besides the visitor, the form token and the settings.
    """
    text = page_templates().get_template(template).render({**_common(request), **values})
    return HTMLResponse(text, status)


def _common(request: Request) -> Mapping[str, Any]:
    state = request.state
    return {
        "visitor": state.visitor,
        "csrf": state.form_token,
        "is_office": request.app.state.server.settings.is_office,
        "path": request.url.path,
        "Role": Role,
        "version": VERSION,
    }


def points(value: Decimal | None) -> str:
    """A number of points as a page shows it; a dash for None."""
    return "—" if value is None else plain(value)
