"""The secret that signs sessions: from the environment, or from a file that only its owner can read."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from zhengti_zip.base.commands import typed
from zhengti_zip.base.errors import EnvironmentProblem, OutputError
from zhengti_zip.base.oserrors import reason

VARIABLE = "ZHENGTI_SECRET"
MIN_LENGTH = 32
"""Bytes of a secret."""


def server_secret(folder: Path) -> bytes:
    """The secret of a server; made with the first start.

    Args:
        folder: of the server; the file is called ``secret``.

    Raises:
        EnvironmentProblem: it is too short, or others can read the file.
        OutputError: the file cannot be read or made.
    """
    given = os.environ.get(VARIABLE)
    if given is not None:
        return _long_enough(given.encode("utf-8", "surrogateescape"), f"环境变量 {VARIABLE}")
    file = folder / "secret"
    try:
        if not file.exists():
            _make(file)
        must_be_private(file)
        return _long_enough(file.read_bytes().strip(), f"文件 {file} 里的密钥")
    except OSError as error:
        raise OutputError(
            f"不能读写密钥文件 {file}：{reason(error)}", "请检查所有者和权限，程序应以它的所有者运行"
        ) from error


def must_be_private(file: Path) -> None:
    """Refuse a file with a secret that others can read; on Windows folders are private by themselves.

    Raises:
        EnvironmentProblem: others can read it.
        OSError: it is not there.
    """
    if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        raise EnvironmentProblem(
            f"密钥文件 {file} 别的用户也能读写",
            f"请运行 chmod 600 {typed(file)}；可能已经泄露的，请换一个新的",
        )


def _make(file: Path) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(48) + "\n")


def _long_enough(secret: bytes, what: str) -> bytes:
    if len(secret) < MIN_LENGTH:
        raise EnvironmentProblem(
            f"{what}太短，至少要 {MIN_LENGTH} 个字节", "请用随机的内容，例如 openssl rand -base64 48 的输出"
        )
    return secret
