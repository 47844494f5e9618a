"""Running the server in this process: the port, uvicorn, the end by a signal."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from types import FrameType

import uvicorn

from zhengti_zip.base.errors import EnvironmentProblem
from zhengti_zip.base.oserrors import reason
from zhengti_zip.web.app import make_app
from zhengti_zip.web.secretfile import must_be_private
from zhengti_zip.web.server import Server

DEFAULT_PORT = 8000
PORTS_TO_TRY = 20
MAX_CONNECTIONS = 1000
"""More get the answer that the server is busy. Every open page that shows progress holds one."""

SECONDS_IDLE = 30
SECONDS_TO_FINISH = 5
"""For answers under way when the server ends."""

SECONDS_TO_LOOK = 0.2
ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl+C, the service manager, a closed terminal, Ctrl+Break of Windows; each where the system has it."""


@dataclass(frozen=True, slots=True)
class Transport:
    """How requests come in.

    Attributes:
        behind_proxy: believe the headers in which a proxy on this machine says who asks. FORWARDED_ALLOW_IPS names others.
        certificate, key: for https; None for http.
    """

    behind_proxy: bool = False
    certificate: Path | None = None
    key: Path | None = None

    def check(self) -> None:
        """Find out what is wrong with the certificate before anything is started.

        Raises:
            EnvironmentProblem: others can read the key, or the files are no certificate and its key.
        """
        if self.certificate is None or self.key is None:
            return
        try:
            must_be_private(self.key)
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(self.certificate, self.key)
        except ssl.SSLError as error:
            raise EnvironmentProblem(
                f"证书 {self.certificate} 和私钥 {self.key} 不能使用：{error.reason or error}",
                "请检查它们是不是 PEM 格式、是否配套，私钥不能有密码",
            ) from error
        except OSError as error:
            raise EnvironmentProblem(f"读不了证书或私钥：{reason(error)}", "请检查路径和权限") from error


def listen(host: str, port: int | None, *, may_move: bool) -> socket.socket:
    """The socket of the server.

    Args:
        host: an address or a name of this machine.
        port: None for 8000.
        may_move: whether another port will do when 8000 is taken and none was asked for.

    Raises:
        EnvironmentProblem: the port is taken, or the address is not of this machine.
    """
    if port is not None or not may_move:
        return _bound(host, port or DEFAULT_PORT)
    for candidate in range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TO_TRY):
        with suppress(PortTaken):
            return _bound(host, candidate)
    return _bound(host, 0)


class PortTaken(EnvironmentProblem):
    """Another program uses the port."""


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise EnvironmentProblem(
            f"没有这个地址：{host}", "请写本机的地址，或 0.0.0.0 表示所有地址"
        ) from error
    made = socket.socket(family, kind)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows, where others could take the port as well
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(socket.SOMAXCONN)  # else a second socket may be bound to the same port
    except OSError as error:
        made.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES) and (
            error.errno == errno.EADDRINUSE or port >= 1024
        ):
            raise PortTaken(
                f"端口 {port} 已被其他程序使用", f"请换一个端口，例如 --port {port + 1}"
            ) from error
        if error.errno == errno.EACCES:
            raise EnvironmentProblem(
                f"没有权限使用端口 {port}", "请用 1024 以上的端口，对外的端口由反向代理使用"
            ) from error
        raise EnvironmentProblem(f"不能在 {host} 上等待浏览器：{reason(error)}", "请写本机的地址") from error
    return made


def run(server: Server, listener: socket.socket, transport: Transport, on_start: Callable[[], None]) -> None:
    """Answer requests until a signal ends the server.

    uvicorn works in a thread: so the signals are ours, and streams of progress learn of the end before uvicorn waits for them.

    Args:
        on_start: called once requests are answered.

    Raises:
        EnvironmentProblem: the server could not start.
    """
    config = uvicorn.Config(
        make_app(server),
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="on",
        proxy_headers=transport.behind_proxy,
        limit_concurrency=MAX_CONNECTIONS,
        timeout_keep_alive=SECONDS_IDLE,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        ssl_certfile=transport.certificate,
        ssl_keyfile=transport.key,
    )
    web = uvicorn.Server(config)
    thread = threading.Thread(target=_answer, args=(web, listener), name="zhengti-web", daemon=True)
    with _signals() as ended:
        thread.start()
        is_told = False
        while thread.is_alive() and not ended.wait(SECONDS_TO_LOOK):
            if web.started and not is_told:
                on_start()
                is_told = True
        server.jobs.announce_end()
        web.should_exit = True
        while thread.is_alive():  # in steps, so that Windows delivers a second Ctrl+C
            thread.join(SECONDS_TO_LOOK)
    if not web.started:
        raise EnvironmentProblem(
            "服务器没有启动成功", "请看上面的提示；没有提示的，设置 ZHENGTI_DEBUG=1 再试一次"
        )


def _answer(web: uvicorn.Server, listener: socket.socket) -> None:
    with suppress(SystemExit):  # uvicorn's way of saying that it did not start, after it has told why
        web.run(sockets=[listener])


@contextmanager
def _signals() -> Iterator[threading.Event]:
    """An event that is set by the first signal to end."""
    ended = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        ended.set()

    numbers = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
    before = {number: signal.signal(number, note) for number in numbers}
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address_of(listener: socket.socket, host: str, *, is_secure: bool) -> str:
    """What to type into a browser.

    Args:
        listener: which port it is.
        host: as it was asked for.
    """
    shown = host
    with suppress(ValueError):
        if ip_address(host).is_unspecified:
            shown = _own_address()
    port = listener.getsockname()[1]
    place = f"[{shown}]" if ":" in shown else shown
    usual = 443 if is_secure else 80
    return f"{'https' if is_secure else 'http'}://{place}" + ("" if port == usual else f":{port}")


def _own_address() -> str:
    """The address of this machine on the way out; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


class ChineseLog(logging.Formatter):
    """Lines for whoever looks after the server: time, how bad it is, what happened."""

    _LEVELS = ((logging.ERROR, "错误"), (logging.WARNING, "警告"), (0, "提示"))

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the traceback of an error below it."""
        level = next(word for least, word in self._LEVELS if record.levelno >= least)
        return f"{self.formatTime(record, '%Y-%m-%d %H:%M:%S')} {level}：{super().format(record)}"


def log_to_stderr() -> None:
    """Tell warnings and errors on stderr, ours and those of uvicorn and SQLAlchemy."""
    handler = logging.StreamHandler()
    handler.setFormatter(ChineseLog())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)  # what others send is no fault of ours
