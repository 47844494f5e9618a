"""Paths a user gives: checked before any work is done, and shown as they must be typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from zhengti_zip.base.commands import typed
from zhengti_zip.base.errors import OutputError
from zhengti_zip.cli.streams import detail, say


def check_outputs(outputs: Iterable[Path], inputs: Iterable[Path] = (), *, force: bool) -> None:
    """Refuse outputs that would replace something.

    Args:
        outputs: the files to be written.
        inputs: files that are never replaced, not even with ``--force``.
        force: whether other files may be replaced.

    Raises:
        OutputError: an output is an input, or exists and ``force`` is off.
    """
    from zhengti_zip.base.files import refuse_overwriting

    for output in outputs:
        protect_inputs([output], inputs)
        refuse_overwriting(output, force)


def protect_inputs(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Refuse to write over what a person typed.

    Raises:
        OutputError: an output is an input, under whatever name.
    """
    from zhengti_zip.base.files import is_same

    for output in outputs:
        if any(is_same(output, file) for file in inputs):
            raise OutputError(f"输出文件不能就是填报文件本身：{output}", "请用 -o 指定其他文件名或文件夹")


def write(contents: Mapping[Path, bytes]) -> None:
    """Write files, all or none, and print their paths.

    Raises:
        OutputError: one cannot be written.
    """
    from zhengti_zip.base.files import write_all_atomically

    write_all_atomically(contents)
    for path, content in contents.items():
        say(str(path))
        detail(f"已写入 {path}：{len(content)} 字节")


def command_line(command: str, file: Path, form_name: str | None = None, fonts: Iterable[Path] = ()) -> str:
    """A command for a hint, with the ``--form`` and ``--font`` it needs to read the file the same way."""
    parts = ["zhengti-zip", command, typed(file)]
    if form_name:
        parts += ["--form", typed(Path(form_name))]
    for font in fonts:
        parts += ["--font", typed(font)]
    return " ".join(parts)
