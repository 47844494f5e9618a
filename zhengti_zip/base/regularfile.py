"""Regular files told from pipes, devices and links to them, which would wait, never end or be damaged."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.oserrors import reason

SYSTEM_FOLDERS = ("/dev", "/proc", "/sys")
"""A link in one of these is part of the system, such as ``/dev/stdout``."""

NAME_A_FILE = "请给出工作簿（.xlsx）的文件名"


def open_regular(file: Path) -> BinaryIO:
    """Open an input for reading; the caller closes it. Never waits, whatever the path leads to.

    Raises:
        InputError: missing, a folder, no regular file, or unreadable.
    """
    try:
        # Without O_NONBLOCK a pipe waits for its writer. For regular files it has no meaning.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    raise _folder(file) if stat.S_ISDIR(mode) else _special(file)


def same_state(one: os.stat_result, other: os.stat_result) -> bool:
    """Whether two looks at an open file found the same file, unchanged between them."""
    return (one.st_dev, one.st_ino, one.st_size, one.st_mtime_ns) == (
        other.st_dev,
        other.st_ino,
        other.st_size,
        other.st_mtime_ns,
    )


def changed_meanwhile(file: Path) -> InputError:
    """The refusal of a file that was written to while it was read."""
    return InputError(f"{file} 在读取过程中被改动", "请等它保存或复制完毕，再运行同一命令")


def is_special(path: Path) -> bool:
    """Whether a path leads to something that no output may replace: a device, pipe or socket, or a system's link."""
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            folder = f"{os.path.realpath(path.parent)}{os.sep}"
            if folder.startswith(tuple(f"{name}/" for name in SYSTEM_FOLDERS)):
                return True
            found = path.stat()
    except (OSError, ValueError):  # there is nothing, or a link to nothing
        return False
    return not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode))


def _unreadable(file: Path, error: OSError | ValueError) -> InputError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return InputError(f"找不到文件 {file}", "请检查文件名和所在文件夹")
    with suppress(OSError, ValueError):  # Windows does not open folders, Linux does not open sockets
        mode = file.stat().st_mode
        if stat.S_ISDIR(mode):
            return _folder(file)
        if not stat.S_ISREG(mode):
            return _special(file)
    words = reason(error) if isinstance(error, OSError) else "文件名无效"
    return InputError(f"不能读取 {file}：{words}", "请检查文件权限，或关闭正在使用它的程序")


def _folder(file: Path) -> InputError:
    return InputError(f"{file} 是一个文件夹，不是文件", NAME_A_FILE)


def _special(file: Path) -> InputError:
    return InputError(f"{file} 不是普通文件", NAME_A_FILE)
