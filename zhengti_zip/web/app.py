"""The application: middleware, routes, and a page for everything that goes wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy.orm.exc import ObjectDeletedError
from starlette.exceptions import HTTPException

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.base.version import VERSION
from zhengti_zip.web.expiry import Janitor
from zhengti_zip.web.pages import page, web_dir
from zhengti_zip.web.plain import is_for_programs, refused_program
from zhengti_zip.web.refusals import Refusal, not_found, wrong_input
from zhengti_zip.web.requests import KnowTheVisitor, check_form_token
from zhengti_zip.web.routes import ROUTERS
from zhengti_zip.web.security.characters import check_characters
from zhengti_zip.web.security.guard import Guard
from zhengti_zip.web.server import Server
from zhengti_zip.web.uploads import too_large


def make_app(server: Server) -> FastAPI:
    """The application of a server that was started; when it ends, so does the server."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        janitor = Janitor(server)
        janitor.start()
        yield
        janitor.stop()
        server.stop()

    app = FastAPI(
        title="zhengti-zip 整体自评",
        version=VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.server = server
    app.add_middleware(KnowTheVisitor, server=server)
    app.add_middleware(Guard, settings=server.settings)  # the last one added is the outermost
    app.mount("/static", StaticFiles(directory=web_dir() / "static", check_dir=False), name="static")
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(check_form_token), Depends(check_characters)])
    app.exception_handler(ZhengtiError)(_refused)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(RequestValidationError)(_malformed)
    app.exception_handler(ObjectDeletedError)(_removed)
    return app


def _removed(request: Request, error: Exception) -> Response:
    """Something was removed between two queries of one request."""
    return _refused(request, not_found())


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ZhengtiError)
    refusal = error if isinstance(error, Refusal) else Refusal(400, error.message, error.remedy)
    path = request.url.path
    if is_for_programs(path):
        return refused_program(refusal)
    if refusal.status == 401 and request.method == "GET":
        return RedirectResponse(f"/login?next={quote(path)}", 303)
    return page(request, "refusal.html.j2", refusal.status, message=refusal.message, remedy=refusal.remedy)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _refused(request, not_found())
    if error.status_code == 413:
        return _refused(request, too_large())
    return _refused(request, Refusal(error.status_code, "服务器不能这样处理这个请求", "请从首页重新进入"))


def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    refusal = wrong_input("提交的内容不完整或格式不对", "请返回上一页，补全后再提交")
    if not is_for_programs(request.url.path):
        return _refused(request, refusal)
    fields = [".".join(map(str, fault["loc"])) for fault in error.errors()]
    return refused_program(refusal, fields=fields)
