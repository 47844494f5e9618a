"""An answer that needs nothing: no template, no visitor, no database."""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import HTMLResponse, JSONResponse, Response

from zhengti_zip.web.refusals import Refusal

_PAGE = Markup(
    """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{message}</title>
<link rel="stylesheet" href="/static/zhengti.css">
</head>
<body>
<main>
<h1>{message}</h1>
<p>{remedy}</p>
<p><a href="/">回首页</a></p>
</main>
</body>
</html>
"""
)


def is_for_programs(path: str) -> bool:
    """Whether a path belongs to the interface for programs, which answers in JSON."""
    return path.startswith("/api/")


def refused_program(refusal: Refusal, **more: object) -> JSONResponse:
    """What a program is told."""
    return JSONResponse({"message": refusal.message, "remedy": refusal.remedy, **more}, refusal.status)


def plain_answer(path: str, refusal: Refusal) -> Response:
    """The answer to a request that came no further than the door, or crashed."""
    if is_for_programs(path):
        return refused_program(refusal)
    return HTMLResponse(_PAGE.format(message=refusal.message, remedy=refusal.remedy), refusal.status)
