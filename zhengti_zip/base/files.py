"""Files are written completely or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from zhengti_zip.base.errors import OutputError
from zhengti_zip.base.excerpts import shortened
from zhengti_zip.base.folderlock import folder_locked
from zhengti_zip.base.oserrors import reason
from zhengti_zip.base.regularfile import is_special
from zhengti_zip.base.staging import PREFIX, SUFFIX, Staged, free_name, sweep_once


def write_atomically(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content`` atomically; an interrupted write leaves the old file unchanged.

    Raises:
        OutputError: the folder or the file cannot be written.
    """
    write_all_atomically({path: content})


def write_all_atomically(contents: Mapping[Path, bytes]) -> None:
    """Write several files; all new contents are on disk before the first old file is replaced.

    A process that is killed meanwhile leaves old files or new ones, never some of each: before the first is replaced
    the others are moved aside, so that at worst one is missing. Temporary files are removed by the next write.

    Raises:
        OutputError: one of them cannot be written, or is a device, pipe or folder. No file has been replaced, unless
            the renaming of one failed after that of others.
    """
    staged: list[Staged] = []
    current = Path()
    try:
        for current, content in contents.items():
            _require_replaceable(current)
            current.parent.mkdir(parents=True, exist_ok=True)
            sweep_once(current.parent)
            staged.append(Staged(current, content))
        with ExitStack() as locks:
            for folder in sorted({item.target.parent for item in staged}):
                locks.enter_context(folder_locked(folder))
            _replace_all(staged)
    except (OSError, ValueError) as error:
        raise _refusal(current, error) from error
    finally:
        for item in staged:
            item.discard()


def _replace_all(staged: Sequence[Staged]) -> None:
    """Rename all temporary files to their targets.

    Raises:
        OutputError: one could not be renamed; the old files moved aside are back.
    """
    aside: list[tuple[Path, Path]] = []
    current = Path()
    try:
        for current in (item.target for item in staged[1:]):
            if os.path.lexists(current):
                old = free_name(current.parent)
                current.rename(old)
                aside.append((old, current))
        for item in staged:
            current = item.target
            item.replace_target()
    except OSError as error:
        for old, target in aside:
            if not os.path.lexists(target):
                with suppress(OSError):
                    old.rename(target)
        raise _refusal(current, error) from error
    finally:
        for old, _ in aside:
            with suppress(OSError):
                old.unlink(missing_ok=True)


def _require_replaceable(path: Path) -> None:
    """Refuse to replace what is no regular file.

    Raises:
        OutputError: it is a device, pipe, socket or folder.
    """
    if is_special(path):
        refusal = OutputError(f"不能写入 {path}：它不是普通文件，而是设备或管道", "请用 -o 指定普通的文件名")
        raise refusal from FileExistsError(errno.EEXIST, "special file")
    if path.is_dir():
        folder = IsADirectoryError(errno.EISDIR, "")
        raise _refusal(path, folder) from folder


def ensure_writable(folder: Path) -> None:
    """Check before the work starts that ``folder`` can be written to; create it if missing.

    Raises:
        OutputError: it cannot be created or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder, prefix=PREFIX, suffix=SUFFIX):
            pass
    except (OSError, ValueError) as error:
        raise _refusal(folder, error) from error


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file."""
    if one == other:
        return True
    with suppress(OSError):  # one of them does not exist, or cannot be looked at
        return one.samefile(other)
    return False


def refuse_overwriting(path: Path, force: bool) -> None:
    """Refuse to replace a file that may be the user's work.

    Raises:
        OutputError: ``path`` is no regular file, or exists and ``force`` is off.
    """
    try:
        _require_replaceable(path)
        exists = path.exists()
    except (OSError, ValueError) as error:  # a name that the file system does not allow
        raise _refusal(path, error) from error
    if exists and not force:
        raise OutputError(f"文件已存在：{path}", "请换一个文件名；确实要覆盖时加上 --force")


def _refusal(path: Path, error: OSError | ValueError) -> OutputError:
    if not isinstance(error, OSError):
        return OutputError(f"不能写入 {path}：文件名无效", "请用 -o 指定其他文件名")
    if isinstance(error, PermissionError):
        return OutputError(
            f"不能写入 {path}：没有权限，或文件正被 Excel、WPS、Word 打开",
            "请关闭该文件，或用 -o 指定其他位置",
        )
    if isinstance(error, IsADirectoryError):
        return OutputError(f"不能写入 {path}：它是一个文件夹", "请用 -o 给出文件名")
    if isinstance(error, FileExistsError | NotADirectoryError):
        return OutputError(f"不能写入 {path}：路径中有一段是文件而不是文件夹", "请用 -o 指定其他位置")
    if error.errno == errno.ENAMETOOLONG:
        return OutputError(f"文件名太长：{shortened(path.name, 41)}", "请用 -o 指定较短的文件名")
    if error.errno == errno.ENOSPC:
        return OutputError(f"不能写入 {path}：磁盘已满", "请清理磁盘空间后重试")
    return OutputError(f"不能写入 {path}：{reason(error)}", "请用 -o 指定其他位置")
