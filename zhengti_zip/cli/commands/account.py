"""``zhengti-zip account``: accounts of an office, for whoever installs it; the administrator makes the others on the page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengti_zip.base.errors import ExitCode, InputError
from zhengti_zip.cli.chinese import HELP_NAMES, Command, Group
from zhengti_zip.cli.parameters import office_options, option
from zhengti_zip.cli.streams import is_terminal, say, tell

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from zhengti_zip.web.database.office_models import Account

ROLES = ("reader", "officer", "administrator")


@click.group(
    "account",
    cls=Group,
    short_help="办公台的账号",
    help="建立和修改办公台（zhengti-zip serve --office）的账号。第一个管理员用这个命令建立，其余的可以由管理员在网页上建立。",
    epilog="zhengti-zip account add 张三 --role administrator --office /var/lib/zhengti\n"
    "zhengti-zip account list --office /var/lib/zhengti",
    no_args_is_help=True,
    context_settings={"help_option_names": HELP_NAMES},
)
def account() -> None:
    """Commands for accounts."""


def _name() -> Callable[[Callable[..., ExitCode]], Callable[..., ExitCode]]:
    return click.argument("name", metavar="名称", help="登录时用的名称，建议用姓名")


PASSWORD_HELP = "密码不写在命令里：按提示输入两次；不在终端里运行时，从标准输入读一行。密码至少要 10 个字符。"


@account.command(
    "add",
    cls=Command,
    short_help="新建账号",
    help=f"新建一个账号。\n{PASSWORD_HELP}",
    epilog="zhengti-zip account add 张三 --role administrator --office /var/lib/zhengti",
)
@_name()
@option(
    "--role",
    words="能做什么：reader 查阅、officer 经办、administrator 管理员",
    type=click.Choice(ROLES),
    required=True,
    metavar="角色",
)
@office_options(required=True)
def add(name: str, role: str, office: str, folder: Path | None) -> ExitCode:
    """Make an account."""
    from zhengti_zip.web.office.accounts import add_account
    from zhengti_zip.web.visitor import Role

    secret = _password()
    with _session(office, folder) as session:
        made = add_account(session, None, name, role, secret)
    say(f"已建立账号 {made.name}（{Role(made.role).label}）。")
    return ExitCode.OK


@account.command(
    "password",
    cls=Command,
    short_help="重设密码",
    help=f"给一个账号换密码，它在各处的登录随即失效。\n{PASSWORD_HELP}",
    epilog="zhengti-zip account password 张三 --office /var/lib/zhengti",
)
@_name()
@office_options(required=True)
def password(name: str, office: str, folder: Path | None) -> ExitCode:
    """Give an account another password."""
    from zhengti_zip.web.office.accounts import set_password

    secret = _password()
    with _session(office, folder) as session:
        made = set_password(session, None, _named(session, name).id, secret)
    say(f"已修改 {made.name} 的密码。")
    return ExitCode.OK


@account.command(
    "disable",
    cls=Command,
    short_help="停用账号",
    help="停用一个账号：不能再登录，在各处的登录随即失效。它做过的事留在日志里。",
    epilog="zhengti-zip account disable 张三 --office /var/lib/zhengti",
)
@_name()
@office_options(required=True)
def disable(name: str, office: str, folder: Path | None) -> ExitCode:
    """Let an account log in no more."""
    from zhengti_zip.web.office.accounts import set_disabled

    with _session(office, folder) as session:
        made = set_disabled(session, None, _named(session, name).id, True)
    say(f"已停用账号 {made.name}。")
    return ExitCode.OK


@account.command(
    "enable",
    cls=Command,
    short_help="恢复账号",
    help="恢复一个停用的账号。",
    epilog="zhengti-zip account enable 张三 --office /var/lib/zhengti",
)
@_name()
@office_options(required=True)
def enable(name: str, office: str, folder: Path | None) -> ExitCode:
    """Let an account log in again."""
    from zhengti_zip.web.office.accounts import set_disabled

    with _session(office, folder) as session:
        made = set_disabled(session, None, _named(session, name).id, False)
    say(f"已恢复账号 {made.name}。")
    return ExitCode.OK


@account.command(
    "list",
    cls=Command,
    short_help="列出账号",
    help="列出所有账号：名称、角色、是否停用。",
    epilog="zhengti-zip account list --office /var/lib/zhengti",
)
@office_options(required=True)
def list_accounts(office: str, folder: Path | None) -> ExitCode:
    """Print all accounts."""
    from zhengti_zip.web.office.accounts import accounts
    from zhengti_zip.web.visitor import Role

    with _session(office, folder) as session:
        found = accounts(session)
    for each in found:
        say(f"{each.name}  {Role(each.role).label}{'  已停用' if each.is_disabled else ''}")
    if not found:
        tell("还没有任何账号。")
    return ExitCode.OK


@contextmanager
def _session(office: str, folder: Path | None) -> Iterator[Session]:
    from zhengti_zip.cli.office_data import opened

    with opened(office, folder) as (database, _), database.session() as session:
        yield session


def _named(session: Session, name: str) -> Account:
    from zhengti_zip.web.office.accounts import account_named

    found = account_named(session, name)
    if found is None:
        raise InputError(f"没有名为 {name} 的账号", "所有账号见 zhengti-zip account list")
    return found


def _password() -> str:
    """Asked for before the database is opened: meanwhile the server goes on."""
    if not is_terminal(sys.stdin):
        return sys.stdin.readline().rstrip("\r\n")
    typed = str(click.prompt("密码", hide_input=True, prompt_suffix="：", err=True))
    again = str(click.prompt("再输一次", hide_input=True, prompt_suffix="：", err=True))
    if typed != again:
        raise InputError("两次输入的密码不一样，没有改动", "请重新运行命令")
    return typed
