"""``zhengti-zip serve``: the pages, for one person or for a whole bureau."""

from __future__ import annotations

import gc
import os
import sys
import webbrowser
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from zhengti_zip.base.commands import typed
from zhengti_zip.base.errors import EnvironmentProblem, ExitCode, UsageProblem
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.parameters import PATH, flag, number_option, office_options, option
from zhengti_zip.cli.streams import hint, say, tell

if TYPE_CHECKING:
    from zhengti_zip.web.location import Location
    from zhengti_zip.web.server import Server
    from zhengti_zip.web.serving import Transport
    from zhengti_zip.web.settings import ServerSettings

GARBAGE_EVERY = 20_000
"""New objects between two rounds of garbage collection: a server lives longer than other commands (zhengti_zip.cli)."""


@click.command(
    "serve",
    cls=Command,
    short_help="打开网页，在浏览器里检查、修改、打印、报送",
    help="在本机打开网页：把填好的工作簿拖进浏览器，就能看到得分、问题和打印出来的样子，改正以后下载。\n"
    "不带选项时只供本机使用，不需要账号，文件在最后一次使用一小时后删除。\n"
    "加上 --office 就是财政部门的办公台：名单、填报链接、退回、复核、排名、归档（见 docs/office.md）。",
    epilog="zhengti-zip serve\nzhengti-zip serve --office /var/lib/zhengti --public-url https://zp.example.gov.cn --behind-proxy",
)
@office_options(required=False)
@option(
    "--host",
    words="在哪个地址上等待浏览器；不写则只有本机能用，0.0.0.0 表示所有地址",
    default="127.0.0.1",
    metavar="地址",
)
@number_option("--port", 1, 65535, "端口", "端口；不写则为 8000")
@option(
    "--public-url",
    words="浏览器里看到的网址，填报链接按它生成；也可以用环境变量 ZHENGTI_PUBLIC_URL",
    envvar="ZHENGTI_PUBLIC_URL",
    metavar="网址",
)
@flag("--behind-proxy", words="前面有反向代理：按代理所说的记录来访地址，要与 --public-url 连用")
@option("--tls-cert", words="由程序自己加密时的证书（PEM），与 --tls-key 连用", type=PATH, metavar="文件")
@option("--tls-key", words="证书的私钥（PEM），只能由运行程序的用户读取", type=PATH, metavar="文件")
@number_option("--workers", 1, 64, "个数", "同时处理几个文件；不写则与处理器个数相同")
@flag("--no-browser", words="不自动打开浏览器")
def serve(
    office: str | None,
    folder: Path | None,
    host: str,
    port: int | None,
    public_url: str | None,
    behind_proxy: bool,
    tls_cert: Path | None,
    tls_key: Path | None,
    workers: int | None,
    no_browser: bool,
) -> ExitCode:
    """Answer browsers until Ctrl+C."""
    _need_packages()
    from zhengti_zip.web.location import held
    from zhengti_zip.web.serving import address_of, is_loopback, listen, run

    transport = _transport(public_url, behind_proxy, tls_cert, tls_key)
    with ExitStack() as stack:
        location = _location(stack, office, folder)
        stack.enter_context(held(location.folder))
        listener = stack.enter_context(listen(host, port, may_move=office is None))
        address = address_of(listener, host, is_secure=tls_cert is not None)
        settings = _settings(location, office is not None, public_url or address, workers or 0)
        _settle_process()
        server = _started(settings)
        stack.callback(server.stop)
        if office is not None:
            _need_an_account(server, office, folder)
        else:
            no_browser = no_browser or not is_loopback(host)
        opens = office is None and not no_browser and _has_screen()
        run(server, listener, transport, lambda: _tell_start(settings, address, is_loopback(host), opens))
    hint("已停止。")
    return ExitCode.OK


def _need_packages() -> None:
    """Say which library is missing before one of many imports fails.

    Raises:
        EnvironmentProblem: at least one is.
    """
    from zhengti_zip.cli.machine import SERVER_PACKAGES

    missing = [package for module, package in SERVER_PACKAGES.items() if find_spec(module) is None]
    if missing:
        remedy = f'请运行 "{sys.executable}" -m pip install {" ".join(missing)}，或重新安装本程序'
        raise EnvironmentProblem(f"打开网页缺少 Python 库：{'、'.join(missing)}", remedy)


def _transport(public_url: str | None, behind_proxy: bool, cert: Path | None, key: Path | None) -> Transport:
    from zhengti_zip.web.serving import Transport

    if (cert is None) != (key is None):
        raise UsageProblem("--tls-cert 和 --tls-key 要一起写", "请同时给出证书和私钥")
    if behind_proxy and public_url is None:
        raise UsageProblem(
            "--behind-proxy 要与 --public-url 连用", "请加上 --public-url 网址，即浏览器里看到的网址"
        )
    if public_url is not None:
        _check_url(public_url)
    transport = Transport(behind_proxy, cert, key)
    transport.check()
    return transport


def _check_url(text: str) -> None:
    try:
        url = urlsplit(text)
        is_fit = url.scheme in ("http", "https") and url.hostname and url.path in ("", "/") and url.port != 0
    except ValueError:
        is_fit = False
    if not is_fit or url.query or url.fragment or url.username:
        raise UsageProblem(f"网址的写法不对：{text}", "写法例如 https://zp.example.gov.cn，后面不带路径")


def _location(stack: ExitStack, office: str | None, folder: Path | None) -> Location:
    from zhengti_zip.web.location import desk_folder, in_folder, office_location

    if office is not None:
        return office_location(office, folder)
    return in_folder(folder or stack.enter_context(desk_folder()))


def _settings(location: Location, is_office: bool, public_url: str, workers: int) -> ServerSettings:
    from zhengti_zip.web.secretfile import server_secret
    from zhengti_zip.web.settings import ServerSettings

    return ServerSettings(
        folder=location.folder,
        database_url=location.database_url,
        secret=server_secret(location.folder),
        is_office=is_office,
        public_url=public_url.rstrip("/"),
        is_secure=public_url.startswith("https:"),
        workers=workers,
    )


def _settle_process() -> None:
    from zhengti_zip.web.serving import log_to_stderr

    gc.set_threshold(GARBAGE_EVERY, 20, 20)
    os.umask(0o077)  # what is made is for nobody else to read
    log_to_stderr()


def _started(settings: ServerSettings) -> Server:
    from zhengti_zip.web.location import not_writable
    from zhengti_zip.web.server import Server

    try:
        server = Server.start(settings)
    except OSError as error:
        raise not_writable(settings.folder, error) from error
    server.jobs.calls.start_ahead()
    return server


def _need_an_account(server: Server, office: str, folder: Path | None) -> None:
    from zhengti_zip.web.office.accounts import accounts

    with server.database.reading() as session:
        if accounts(session):
            return
    where = f"--office {typed(Path(office)) if folder is None else office}" + (
        f" --folder {typed(folder)}" if folder else ""
    )
    raise EnvironmentProblem(
        "还没有任何账号，谁都不能登录",
        f"请先建立管理员账号：zhengti-zip account add 姓名 --role administrator {where}",
    )


def _has_screen() -> bool:
    """Whether a browser can show; without one, webbrowser may begin a browser for terminals in ours."""
    return sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def _tell_start(settings: ServerSettings, address: str, is_local: bool, opens: bool) -> None:
    say(f"网页地址：{settings.public_url}/")
    if settings.public_url != address:
        hint(f"程序在 {address} 等待。")
    if settings.is_office:
        hint(f"数据在文件夹 {settings.folder}。")
    else:
        hint(
            "正在打开浏览器；没有打开的，请把上面的地址复制到浏览器里。"
            if opens
            else "请把上面的地址复制到浏览器里打开。"
        )
    if not is_local and not settings.is_secure:
        tell(
            "注意：没有加密，同一网络里的人可能看到内容。请用 --tls-cert，或放在反向代理后面（docs/office.md）。"
        )
    if not is_local and not settings.is_office:
        tell("注意：没有账号，能连到这台电脑的人都能使用。")
    hint("停止：按 Ctrl+C，或关闭这个窗口。")
    if opens:
        webbrowser.open(f"{settings.public_url}/")
