"""``zhengti-zip serve`` and ``account`` as a person meets them: what they say, and how the server ends."""

from __future__ import annotations

import io
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from tests.cli.calling import Outcome, call, environment
from tests.processes import on_linux, wait_until, workers_of
from tests.web.served import free_port, serving
from zhengti_zip.cli import machine
from zhengti_zip.web import location
from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.database.models import LogEntry
from zhengti_zip.web.location import desk_folder, in_folder
from zhengti_zip.web.serving import listen
from zhengti_zip.web.uploads import MAX_BODY_BYTES

PASSWORD = "long enough 密码"


def account(*args: str | Path, typed: str = PASSWORD) -> Outcome:
    """``zhengti-zip account`` with a line on stdin."""
    before = os.umask(0o022)
    stdin, sys.stdin = sys.stdin, io.StringIO(f"{typed}\n")
    try:
        return call("account", *args)
    finally:
        sys.stdin = stdin
        os.umask(before)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The folder of an office with one account."""
    folder = tmp_path / "办公台"
    made = account("add", "张三", "--role", "administrator", "--office", folder)
    assert (made.code, made.out) == (0, "已建立账号 张三（管理员）。\n"), made.err
    return folder


@on_linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_desk_starts_answers_and_leaves_nothing(tmp_path: Path, number: int) -> None:
    with serving(TMPDIR=str(tmp_path)) as served:
        assert served.url.startswith("http://127.0.0.1:")
        answer = httpx.post(f"{served.url}/api/v1/session", json={})
        assert answer.json()["role"] == "visitor"
        assert "server" not in answer.headers
        (folder,) = tmp_path.glob("zhengti-desk-*")
        assert folder.stat().st_mode & 0o777 == 0o700
        assert [f.name for f in folder.rglob("*") if f.stat().st_mode & 0o077] == []
        assert served.end(number) == 0
        assert workers_of(served.process.pid) == []
    assert list(tmp_path.glob("zhengti-desk-*")) == []
    assert served.lines[-2:] == ["停止：按 Ctrl+C，或关闭这个窗口。", "已停止。"]


def test_folders_of_desks_that_were_killed_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name, minutes in (("zhengti-desk-old", 16), ("zhengti-desk-new", 14), ("other", 100)):
        (tmp_path / name).mkdir()
        (tmp_path / name / location.LOCK).touch()
        moment = time.time() - 60 * minutes
        os.utime(tmp_path / name, (moment, moment))
    held = location.held(tmp_path / "zhengti-desk-held")
    with held, desk_folder() as mine:
        moment = time.time() - 60 * 100
        os.utime(tmp_path / "zhengti-desk-held", (moment, moment))
        with desk_folder():
            left = {folder.name for folder in tmp_path.iterdir()}
    assert left > {"zhengti-desk-new", "zhengti-desk-held", "other", mine.name}
    assert "zhengti-desk-old" not in left and not mine.exists()


def test_an_office_without_accounts_says_how_to_make_one(tmp_path: Path) -> None:
    folder = tmp_path / "o"
    args = ["serve", "--office", str(folder), "--port", str(free_port())]
    done = subprocess.run(
        [sys.executable, "-m", "zhengti_zip", *args],
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        check=False,
    )
    command = f"zhengti-zip account add 姓名 --role administrator --office {folder}"
    assert (done.returncode, done.stderr) == (
        3,
        f"错误：还没有任何账号，谁都不能登录\n处理：请先建立管理员账号：{command}\n",
    )
    assert account(*command.split()[2:]).code == 0
    with serving("--office", folder) as served:
        assert f"数据在文件夹 {folder}。" in served.lines
        body = {"name": "姓名", "password": PASSWORD}
        assert httpx.post(f"{served.url}/api/v1/session", json=body).json()["role"] == "administrator"
        # Another server in the same folder would do the same work twice.
        second = call("serve", "--office", folder, "--port", str(free_port()))
        assert (second.code, "正在使用文件夹" in second.err) == (3, True)


def test_accounts_on_the_command_line(office: Path) -> None:
    where = ("--office", office)
    assert account("list", *where).out == "张三  管理员\n"
    for args, words in (
        (("add", "张三", "--role", "reader"), "已经有名为 张三 的账号"),
        (("password", "李四"), "没有名为 李四 的账号"),
        (("disable", "张三"), "最后一个可用的管理员账号"),
    ):
        refused = account(*args, *where)
        assert (refused.code, words in refused.err) == (1, True), refused.err
    assert "至少要 10 个字符" in account("password", "张三", *where, typed="too short").err
    assert account("add", "李四", "--role", "officer", *where).out == "已建立账号 李四（经办）。\n"
    assert account("disable", "李四", *where).out == "已停用账号 李四。\n"
    assert "李四  经办  已停用" in account("list", *where).out
    assert account("enable", "李四", *where).out == "已恢复账号 李四。\n"
    assert account("password", "李四", *where).out == "已修改 李四 的密码。\n"
    assert account("add", "x", "--role", "boss", *where).code == 2


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--tls-cert", "a.pem"], 2, "--tls-cert 和 --tls-key 要一起写"),
        (["--tls-cert", "a.pem", "--tls-key", "b.pem"], 3, "读不了证书或私钥：没有这个文件"),
        (["--behind-proxy"], 2, "要与 --public-url 连用"),
        (["--public-url", "zp.example.gov.cn"], 2, "网址的写法不对"),
        (["--public-url", "https://zp.example.gov.cn/a"], 2, "网址的写法不对"),
        (["--public-url", "https://[::1"], 2, "网址的写法不对"),
        (["--office", "mysql://a@b/c", "--folder", "."], 2, "不支持这种数据库：mysql"),
        (["--office", "postgresql://a:b:c/d", "--folder", "."], 2, "数据库地址的写法不对"),
        (["--office", "postgresql://a@b/c"], 2, "还要写 --folder"),
        (["--office", "o", "--folder", "."], 2, "不能再写 --folder"),
        (["--host", "no.such.host.invalid"], 3, "没有这个地址：no.such.host.invalid"),
        (["--host", "192.0.2.1"], 3, "不能在 192.0.2.1 上等待浏览器"),
        (["--port", "0"], 2, "--port 的内容不对"),
        (["--folder", "file"], 4, "不能在文件夹 file 里写入"),
        (["--folder", "file/below"], 4, "路径中有一段是文件而不是文件夹"),
    ],
)
def test_what_cannot_be_served_is_told_in_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], code: int, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    outcome = call("serve", "--no-browser", *options)
    assert (outcome.code, outcome.out) == (code, "")
    assert words in outcome.err and outcome.err.count("错误：") == 1


def test_a_missing_library_is_named_before_anything_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = {"sqlalchemy": "sqlalchemy", "no_such_module": "no-such-package"}
    monkeypatch.setattr(machine, "SERVER_PACKAGES", missing)
    told = call("serve", "--no-browser")
    assert told.code == 3
    assert "打开网页缺少 Python 库：no-such-package" in told.err
    assert f'"{sys.executable}" -m pip install no-such-package' in told.err


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        outcome = call("serve", "--port", str(port), "--folder", tmp_path / "f")
    assert outcome.code == 3
    assert outcome.err == (
        f"错误：端口 {port} 已被其他程序使用\n处理：请换一个端口，例如 --port {port + 1}\n"
    )


def test_a_desk_takes_another_port_when_the_usual_one_is_taken() -> None:
    with (
        listen("127.0.0.1", None, may_move=True) as first,
        listen("127.0.0.1", None, may_move=True) as second,
    ):
        assert first.getsockname()[1] != second.getsockname()[1]


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_a_secret_that_others_can_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHENGTI_SECRET", raising=False)
    secret = tmp_path / "secret"
    secret.write_text("x" * 40, encoding="ascii")
    for mode in (0o640, 0o604, 0o620):
        secret.chmod(mode)
        outcome = call("serve", "--folder", tmp_path, "--port", str(free_port()))
        assert (outcome.code, f"chmod 600 {secret}" in outcome.err) == (3, True)
    secret.chmod(0o600)
    secret.write_text("x" * 31, encoding="ascii")
    assert "太短" in call("serve", "--folder", tmp_path, "--port", str(free_port())).err
    monkeypatch.setenv("ZHENGTI_SECRET", "")
    assert (
        "环境变量 ZHENGTI_SECRET太短" in call("serve", "--folder", tmp_path, "--port", str(free_port())).err
    )


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    office = f"postgresql://zhengti@127.0.0.1:{free_port()}/zhengti"
    made = account("list", "--office", office, "--folder", tmp_path)
    assert made.code == 3
    assert made.err.startswith(f"错误：不能使用数据库 {office.replace('://', '+psycopg://')}：")
    assert "Traceback" not in made.err and "\n处理：" in made.err


@on_linux
def test_https_and_who_asks_behind_a_proxy(tmp_path: Path, office: Path) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([*command.split(), "-keyout", key, "-out", cert], check=True, capture_output=True)
    options = ("--tls-cert", cert, "--tls-key", key, "--office", office)
    key.chmod(0o644)
    assert "别的用户也能读写" in call("serve", *options, "--port", str(free_port())).err
    key.chmod(0o600)
    forged = {"X-Forwarded-For": "203.0.113.7"}
    wrong = {"name": "张三", "password": "wrong password"}
    with serving(*options) as served:
        assert served.url.startswith("https://127.0.0.1:")
        with httpx.Client(verify=ssl.create_default_context(cafile=cert)) as client:
            answer = client.get(f"{served.url}/login")
            assert "secure" in answer.headers["set-cookie"].lower()
            assert "strict-transport-security" in answer.headers
            client.cookies.clear()  # a program
            assert client.post(f"{served.url}/api/v1/session", json=wrong, headers=forged).status_code == 400
        assert served.end() == 0
    public = ("--office", office, "--behind-proxy", "--public-url", "https://zp.example.gov.cn")
    with serving(*public) as served:
        local = next(line for line in served.lines if line.startswith("程序在 "))[4:].partition(" ")[0]
        answer = httpx.post(
            f"{local}/api/v1/session", json=wrong, headers=forged | {"Host": "zp.example.gov.cn"}
        )
        assert answer.status_code == 400
    database = Database(in_folder(office).database_url)
    with database.reading() as session:
        failed = select(LogEntry.address).where(LogEntry.action == "login_failed").order_by(LogEntry.id)
        assert session.scalars(failed).all() == ["127.0.0.1", "203.0.113.7"]
    database.close()


@on_linux
def test_a_browser_sees_why_its_file_is_too_large(tmp_path: Path) -> None:
    with serving("--folder", tmp_path / "f") as served:
        answer = httpx.post(f"{served.url}/api/v1/session", content=bytes(MAX_BODY_BYTES + 1), timeout=60)
        assert (answer.status_code, answer.json()["message"]) == (413, "文件超过 20 MB 的上限")
        served.process.send_signal(signal.SIGINT)
        wait_until(lambda: served.process.poll() is not None)
        assert served.process.returncode == 0
        assert (tmp_path / "f" / "zhengti.sqlite").exists()  # a folder that was asked for stays
