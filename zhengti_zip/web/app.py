"""The application: middleware, routes, and a page for everything that goes wrong."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.base.version import VERSION
from zhengti_zip.web.pages import page, web_dir
from zhengti_zip.web.refusals import Refusal, not_found, wrong_input
from zhengti_zip.web.requests import know_the_visitor
from zhengti_zip.web.routes import ROUTERS
from zhengti_zip.web.server import Server

LOG = logging.getLogger("zhengti_zip.web")


def make_app(server: Server) -> FastAPI:
    """The application of a server that was started; when it ends, so does the server."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
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
    app.middleware("http")(know_the_visitor)
    app.mount("/static", StaticFiles(directory=web_dir() / "static"), name="static")
    for router in ROUTERS:
        app.include_router(router)
    app.exception_handler(ZhengtiError)(_refused)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(RequestValidationError)(_malformed)
    app.exception_handler(Exception)(_crashed)
    return app


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ZhengtiError)
    status = error.status if isinstance(error, Refusal) else 400
    if request.url.path.startswith("/api/"):
        return JSONResponse({"message": error.message, "remedy": error.remedy}, status)
    return page(request, "refusal.html.j2", status, message=error.message, remedy=error.remedy)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _refused(request, not_found())
    return _refused(request, Refusal(error.status_code, "服务器不能这样处理这个请求", "请从首页重新进入"))


def _malformed(request: Request, error: Exception) -> Response:
    return _refused(request, wrong_input("提交的内容不完整或格式不对", "请返回上一页，补全后再提交"))


def _crashed(request: Request, error: Exception) -> Response:
    LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    return _refused(request, Refusal(500, "服务器内部出错，已记录", "请稍后再试；仍然这样的，请联系管理员"))
