"""The outermost layer: what is refused before anybody asks who it is, headers for all answers, and an end to every crash."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhengti_zip.web.plain import plain_answer
from zhengti_zip.web.refusals import Refusal
from zhengti_zip.web.settings import ServerSettings
from zhengti_zip.web.uploads import MAX_BODY_BYTES, too_large

LOG = logging.getLogger("zhengti_zip.web")

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
SECONDS_FOR_A_PIECE = 60
"""How long the next piece of a request may take; who sends slower holds a connection for nothing."""

DRAINED_BYTES = 10 * MAX_BODY_BYTES
"""Read and thrown away of a request that is too large: a browser shows no answer before it has sent everything."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers would send the origin "null" with every form
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HSTS = "max-age=31536000"


class Guard:
    """ASGI middleware around everything else.

    Args:
        app: what answers.
        settings: of the server.
    """

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self._app = app
        self._hosts = {"localhost", (urlsplit(settings.public_url).hostname or "").lower()}
        self._public_place = urlsplit(settings.public_url).netloc.lower()
        self._headers = dict(HEADERS)
        if settings.is_secure:
            self._headers["Strict-Transport-Security"] = HSTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        has_begun = False

        async def sent(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                self._add_headers(scope["path"], message)
            await send(message)

        answer: Response | None = None
        try:
            if refusal := self._refusal(scope):
                if refusal.status == 413:
                    await _drain(receive)
                answer = plain_answer(scope["path"], refusal)
            else:
                await self._app(scope, _Limited(receive), sent)
        except Exception as error:
            LOG.error("%s %s", scope["method"], scope["path"], exc_info=error)
            answer = plain_answer(scope["path"], CRASHED)
        if answer and not has_begun:
            await answer(scope, receive, sent)

    def _add_headers(self, path: str, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in self._headers.items():
            headers[name] = value
        headers.setdefault("Cache-Control", "no-cache" if path.startswith("/static/") else "no-store")

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if not self._is_ours(host):
            return Refusal(421, "服务器不认识这个网址", "请用财政部门公布的网址打开")
        if scope["method"] not in SAFE_METHODS and self._is_foreign(headers, host):
            return Refusal(403, "这个请求不是从本网站的页面发出的，没有执行", "请从首页重新进入后再操作")
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length[:20]) > MAX_BODY_BYTES:
            return too_large()
        return None

    def _is_ours(self, host: str) -> bool:
        """Whether a Host is one of the server. A page elsewhere cannot have a number for its name, so numbers are taken."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in self._hosts:
            return True
        try:
            ip_address(name)
        except ValueError:
            return False
        return True

    def _is_foreign(self, headers: Headers, host: str) -> bool:
        """Whether a browser says that the request comes from a page of another site. Programs say nothing."""
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return True
        origin = headers.get("origin")
        return origin is not None and urlsplit(origin).netloc.lower() not in (host, self._public_place)


CRASHED = Refusal(500, "服务器内部出错，已记录", "请稍后再试；仍然这样的，请联系管理员")


class _Limited:
    """What a request sends: no more than MAX_BODY_BYTES, and not too slowly."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._bytes = 0
        self._is_complete = False

    async def __call__(self) -> Message:
        if self._is_complete:  # what comes now is that the browser has gone, in its own time
            return await self._receive()
        try:
            with anyio.fail_after(SECONDS_FOR_A_PIECE):
                message = await self._receive()
        except TimeoutError as error:
            raise HTTPException(408) from error
        self._bytes += len(message.get("body", b""))
        self._is_complete = not message.get("more_body", False)
        if self._bytes > MAX_BODY_BYTES:
            raise HTTPException(413)
        return message


async def _drain(receive: Receive) -> None:
    """Read a request that is not wanted, as far as a browser needs it to show the answer."""
    drained = 0
    while drained <= DRAINED_BYTES:
        with anyio.move_on_after(SECONDS_FOR_A_PIECE) as piece:
            message = await receive()
        if piece.cancelled_caught or not message.get("more_body", False):
            return
        drained += len(message.get("body", b""))
