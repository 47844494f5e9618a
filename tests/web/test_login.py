"""Accounts, logging in and out, forged forms, and who tries too often."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from httpx import Response
from sqlalchemy import select, update

from tests.web.in_process import PASSWORD, add_account, browser, log_in, logged_in, running, token_of
from zhengti_zip.web.database.models import Attempt, LogEntry, now
from zhengti_zip.web.database.office_models import Account
from zhengti_zip.web.office import accounts
from zhengti_zip.web.refusals import Refusal
from zhengti_zip.web.security.attempts import MOST_FOR_ONE, MOST_FROM_ADDRESS, WINDOW, one_attempt
from zhengti_zip.web.security.cookies import COOKIE
from zhengti_zip.web.security.secrets import ALPHABET, hash_secret, is_secret, new_code, typed_code
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Role


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(tmp_path, is_office=True) as made:
        add_account(made, "王芳", Role.ADMINISTRATOR)
        yield made


def log_of(server: Server) -> list[tuple[str, str]]:
    """The actions and who took them, in order."""
    with server.database.reading() as session:
        return [(e.action, e.actor_name) for e in session.scalars(select(LogEntry).order_by(LogEntry.id))]


def test_logging_in_gives_a_new_cookie_and_leads_on(server: Server) -> None:
    client = browser(server)
    token = token_of(client, "/login")
    before = client.cookies[COOKIE]
    values = {"csrf": token, "name": " 王芳 ", "password": PASSWORD, "next": "/password"}
    answer = client.post("/login", data=values)
    assert (answer.status_code, answer.headers["location"]) == (303, "/password")
    assert client.cookies[COOKIE] != before  # a cookie that somebody planted before is worth nothing
    cookie = answer.headers["set-cookie"].lower()
    assert (
        "httponly" in cookie and "samesite=lax" in cookie and len(answer.headers.get_list("set-cookie")) == 1
    )
    assert "修改密码" in client.get("/password").text
    assert token_of(client, "/password") != token  # nor is a form of before
    assert client.post("/logout", data={"csrf": token}).status_code == 403
    assert log_of(server) == [("account_added", "系统"), ("login", "王芳")]


def test_a_cookie_opens_nothing_after_logging_out(server: Server) -> None:
    client = logged_in(server, "王芳")
    stolen = client.cookies[COOKIE]
    assert client.post("/logout", data={"csrf": token_of(client, "/password")}).status_code == 303
    thief = browser(server)
    thief.cookies.set(COOKIE, stolen, domain="127.0.0.1")
    answer = thief.get("/password")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/password")


@pytest.mark.parametrize("change", ["password", "role", "disabled"])
def test_a_change_of_an_account_ends_its_sessions(server: Server, change: str) -> None:
    identity = add_account(server, "李雷", Role.OFFICER)
    client = logged_in(server, "李雷")
    assert client.get("/password").status_code == 200
    with server.database.session() as session:
        match change:
            case "password":
                accounts.set_password(session, None, identity, "another long password")
            case "role":
                accounts.set_role(session, None, identity, Role.READER)
            case _:
                accounts.set_disabled(session, None, identity, True)
    assert client.get("/password").status_code == 303
    assert log_in(browser(server), "李雷", PASSWORD).status_code == (303 if change == "role" else 400)


def test_one_changes_ones_own_password(server: Server) -> None:
    client, other = logged_in(server, "王芳"), logged_in(server, "王芳")
    token = token_of(client, "/password")

    def change(old: str, new: str, again: str) -> Response:
        answer: Response = client.post(
            "/password", data={"csrf": token, "old": old, "new": new, "again": again}
        )
        return answer

    assert "原密码不对" in change("wrong", "a new long one", "a new long one").text
    assert "不一样" in change(PASSWORD, "a new long one", "a new long one ").text
    assert "至少要 10 个字符" in change(PASSWORD, "9 letters", "9 letters").text
    answer = change(PASSWORD, "a new long one", "a new long one")
    assert answer.status_code == 303
    assert client.get("/password").status_code == 200  # goes on here
    assert other.get("/password").status_code == 303  # is over there
    assert log_in(browser(server), "王芳", "a new long one").status_code == 303


def test_wrong_passwords_and_unknown_names_look_the_same(server: Server) -> None:
    words = "名称或密码不对，或者账号已停用"
    answers = [log_in(browser(server), name, "wrong password") for name in ("王芳", "无此人")]
    assert [answer.status_code for answer in answers] == [400, 400]
    plain = [re.sub("王芳|无此人|[0-9a-f]{64}", "", answer.text) for answer in answers]
    assert plain[0] == plain[1] and words in plain[0]
    assert ("login_failed", "未登录") in log_of(server)
    assert len(log_of(server)) == 2  # what was typed for a name is not written down: it may be a password


def test_the_right_password_does_not_help_after_too_many_wrong_ones(server: Server) -> None:
    for number in range(MOST_FOR_ONE):
        assert log_in(browser(server, f"10.0.1.{number}"), "王芳", "wrong password").status_code == 400
    answer = log_in(browser(server, "10.0.1.99"), "王芳", PASSWORD)
    assert answer.status_code == 429 and "15 分钟内出错次数太多" in answer.text
    assert log_in(browser(server), "王芳 ", PASSWORD).status_code == 429  # another spelling is no way round
    with server.database.session() as session:
        session.execute(update(Attempt).values(at=now() - WINDOW - timedelta(seconds=1)))
    assert log_in(browser(server), "王芳", PASSWORD).status_code == 303


def _fails(server: Server, what: str, address: str) -> int:
    """One wrong try: 400, or 429 when it is not even looked at."""
    try:
        with one_attempt(server.database, what, address):
            raise Refusal(400, "wrong")
    except Refusal as refusal:
        return refusal.status


def test_one_address_has_few_tries_at_all_codes_together(server: Server) -> None:
    tries = [_fails(server, f"code:{number}", "10.9.9.9") for number in range(MOST_FROM_ADDRESS + 3)]
    assert tries == [400] * MOST_FROM_ADDRESS + [429] * 3
    assert _fails(server, "code:0", "10.9.9.8") == 400


def test_who_tries_all_at_once_has_no_more_tries(server: Server) -> None:
    with ThreadPoolExecutor(30) as executor:
        tries = list(executor.map(lambda n: _fails(server, "code:x", f"10.8.0.{n}"), range(30)))
    assert 1 <= tries.count(400) <= MOST_FOR_ONE
    assert set(tries) == {400, 429}


def test_tries_that_succeed_do_not_count(server: Server) -> None:
    for _ in range(MOST_FOR_ONE + 5):
        with one_attempt(server.database, "code:y", "10.8.0.1"):
            pass
    assert _fails(server, "code:y", "10.8.0.1") == 400


def test_a_login_leads_to_no_other_site(server: Server) -> None:
    client = logged_in(server, "王芳")
    for goal in (
        "https://e.example",
        "//e.example",
        "/\\e.example",
        "javascript:alert(1)",
        "/login",
        "/a\r\nX: y",
    ):
        assert client.get("/login", params={"next": goal}).headers["location"] == "/", goal
    assert client.get("/login", params={"next": "/office/rounds"}).headers["location"] == "/office/rounds"


def test_forms_without_the_token_of_the_session_change_nothing(server: Server) -> None:
    client, other = logged_in(server, "王芳"), logged_in(server, "王芳")
    right, others = token_of(client, "/password"), token_of(other, "/password")
    change = {"old": PASSWORD, "new": "a new long one", "again": "a new long one"}
    for token in ("", "x", others, right[:-1], right.upper(), "é"):
        assert client.post("/password", data=change | {"csrf": token}).status_code == 403, token
        headers = {"X-CSRF-Token": token} if token.isascii() else {}
        assert client.post("/password", data=change, headers=headers).status_code == 403, token
        assert (
            client.delete("/api/v1/session", headers=headers).status_code == 403
        )  # the interface too, with a cookie
    assert client.post("/password", data=change, headers={"X-CSRF-Token": right}).status_code == 303


def test_no_cookie_can_be_made_up(server: Server) -> None:
    real = logged_in(server, "王芳").cookies[COOKIE]
    body, _, signature = real.rpartition(".")
    wrong = ("B" if signature[0] == "A" else "A") + signature[1:]  # of the last letter not every bit counts
    for text in ("", "x", body, f"{body}.", f"{body}.{wrong}", f"X{real[1:]}", "é" * 10, "." * 5000):
        answer = browser(server).get("/password", headers={"Cookie": f"{COOKIE}={text}".encode()})
        assert answer.status_code == 303, text


def test_programs_log_in_for_a_token(server: Server) -> None:
    program = browser(server)
    assert program.get("/api/v1/session").json() == {"role": "nobody", "name": "未登录"}
    wrong = program.post("/api/v1/session", json={"name": "王芳", "password": "wrong password"})
    assert (wrong.status_code, "remedy" in wrong.json()) == (400, True)
    given = program.post("/api/v1/session", json={"name": "王芳", "password": PASSWORD}).json()
    bearer = {"Authorization": f"Bearer {given['token']}"}
    assert (given["role"], given["seconds"]) == ("administrator", 12 * 3600)
    assert program.get("/api/v1/session", headers=bearer).json() == {"role": "administrator", "name": "王芳"}
    assert program.delete("/api/v1/session", headers=bearer).status_code == 204
    assert program.get("/api/v1/session", headers=bearer).json()["role"] == "nobody"
    assert not program.cookies


def test_a_desk_knows_its_visitors_by_cookie_or_token(tmp_path: Path) -> None:
    with running(tmp_path) as desk:
        program = browser(desk)
        token = program.post("/api/v1/session", json={}).json()["token"]
        assert desk.cookies.read(token) is not None
        assert program.get("/login").status_code == 404
        assert program.post("/login", headers={"X-CSRF-Token": "x"}).status_code == 403


def test_the_last_administrator_stays(server: Server) -> None:
    with server.database.reading() as session:
        first = session.scalars(select(Account)).one().id
    with pytest.raises(Refusal, match="最后一个可用的管理员"), server.database.session() as session:
        accounts.set_disabled(session, None, first, True)
    with pytest.raises(Refusal, match="最后一个可用的管理员"), server.database.session() as session:
        accounts.set_role(session, None, first, Role.READER)
    second = add_account(server, "李雷", Role.ADMINISTRATOR)
    with server.database.session() as session:
        accounts.set_disabled(session, None, first, True)
    with pytest.raises(Refusal, match="最后一个可用的管理员"), server.database.session() as session:
        accounts.set_disabled(session, None, second, True)
    with server.database.session() as session:
        accounts.set_disabled(session, None, first, False)
        accounts.set_disabled(session, None, second, True)


def test_accounts_that_are_not_made(server: Server) -> None:
    for name, role, password, words in (
        ("", "reader", PASSWORD, "1 至 60 个字"),
        ("长" * 61, "reader", PASSWORD, "1 至 60 个字"),
        ("a\nb", "reader", PASSWORD, "1 至 60 个字"),
        ("王芳", "reader", PASSWORD, "已经有名为 王芳 的账号"),
        ("赵六", "department", PASSWORD, "没有这个角色"),
        ("赵六", "reader", "123456789", "至少要 10 个字符"),
        ("赵六", "reader", "1" * 10, "太容易猜"),
        ("ZhaoLiuZhao", "reader", "zhaoliuzhao", "太容易猜"),
        ("赵六", "reader", "ab12" * 51, "太长"),
    ):
        with pytest.raises(Refusal, match=words), server.database.session() as session:
            accounts.add_account(session, None, name, role, password)
    with server.database.reading() as session:
        assert [account.name for account in accounts.accounts(session)] == ["王芳"]


def test_codes_can_be_typed_in_many_ways() -> None:
    code = new_code()
    assert re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", code)
    fullwidth = "".join(chr(ord(c) + 0xFEE0) for c in code)
    for typed in (code.lower(), code.replace("-", ""), f" {code} ", fullwidth, code.replace("-", "－")):
        assert typed_code(typed) == code
    hashed = hash_secret(code)
    assert code not in hashed and is_secret(hashed, code)
    assert not is_secret(hashed, new_code()) and not is_secret(None, code) and not is_secret("damaged", code)
    assert not is_secret(hashed, "x" * 1_000_000)
