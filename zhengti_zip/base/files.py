"""Files are written completely or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from zhengti_zip.base.errors import OutputError
from zhengti_zip.base.excerpts import shortened


def write_atomically(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content`` atomically; an interrupted write leaves the old file unchanged.

    Raises:
        OutputError: the folder or the file cannot be written.
    """
    write_all_atomically({path: content})


def write_all_atomically(contents: Mapping[Path, bytes]) -> None:
    """Write several files; all new contents are on disk before the first old file is replaced.

    Raises:
        OutputError: one of them cannot be written. No file has been replaced, unless the renaming of
            one failed after that of others.
    """
    staged: list[tuple[Path, Path]] = []
    current = Path()
    try:
        for current, content in contents.items():
            staged.append((_stage(current, content), current))
        for temporary, current in staged:
            temporary.replace(current)
    except OSError as error:
        raise _refusal(current, error) from error
    finally:
        for temporary, _ in staged:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _stage(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(21, "是一个文件夹", str(path))
    handle, name = tempfile.mkstemp(prefix=".zhengti-", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(path))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _mode(path: Path) -> int:
    """The permissions of the replaced file, or those of a new file under the process' umask."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def ensure_writable(folder: Path) -> None:
    """Check before the work starts that ``folder`` can be written to; create it if missing.

    Raises:
        OutputError: it cannot be created or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _refusal(folder, error) from error


def refuse_overwriting(path: Path, force: bool) -> None:
    """Refuse to replace a file that may be the user's work.

    Raises:
        OutputError: ``path`` exists and ``force`` is off.
    """
    try:
        exists = path.exists()
    except OSError as error:  # a name that the file system does not allow
        raise _refusal(path, error) from error
    if exists and not force:
        raise OutputError(f"文件已存在：{path}", "请换一个文件名；确实要覆盖时加上 --force")


def _refusal(path: Path, error: OSError) -> OutputError:
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
    return OutputError(f"不能写入 {path}：{error.strerror or error}", "请用 -o 指定其他位置")
