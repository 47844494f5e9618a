"""The two streams: results to stdout, messages to stderr, both UTF-8 whatever the console's code page."""

from __future__ import annotations

import errno
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from typing import TYPE_CHECKING, Any, TextIO

import click

from zhengti_zip.base.errors import OutputError
from zhengti_zip.base.jsontext import json_text

if TYPE_CHECKING:
    from rich.console import RenderableType

READER_GONE = (errno.EPIPE, errno.EINVAL)
"""A pipe whose reader went away; Windows calls it an invalid argument."""

NATURAL = 10_000
"""Width given to a table that goes to a file or a pipe: nothing is wrapped there."""


def use_utf8() -> None:
    """Write UTF-8 on stdout and stderr; what cannot be encoded (odd file names) is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str, *, newline: bool = True) -> None:
    """Write a result to stdout.

    A reader that has gone away (``| head``) is no fault: the rest is dropped and the process ends
    with the code its work deserves.

    Raises:
        OutputError: stdout is a file that cannot be written.
    """
    try:
        click.echo(text, nl=newline, color=is_colourful(sys.stdout))
    except OSError as error:
        _give_up(sys.stdout)
        if error.errno not in READER_GONE:
            raise OutputError(
                f"不能写到标准输出：{error.strerror or error}", "请检查磁盘空间，或写到其他位置"
            ) from error


def say_json(data: Any) -> None:
    """Write a result to stdout as JSON (docs/json-output.md).

    Raises:
        OutputError: as :func:`say`.
    """
    say(json_text(data), newline=False)


def tell(text: str) -> None:
    """Write a message to stderr."""
    _tell(printable(text))


def complain(message: str, remedy: str = "") -> None:
    """Tell what went wrong and what to do about it."""
    _tell(click.style("错误：", fg="red", bold=True) + printable(message))
    if remedy:
        _tell(click.style("处理：", bold=True) + printable(remedy))


def _tell(text: str, *, newline: bool = True) -> None:
    """Write to stderr as it is; there is nowhere to complain when that fails."""
    try:
        click.echo(text, nl=newline, err=True, color=is_colourful(sys.stderr))
    except OSError:
        _give_up(sys.stderr)


def show(content: RenderableType, *, err: bool = False) -> None:
    """Write a table: as wide as the terminal on a terminal, unwrapped and without colours elsewhere."""
    stream = sys.stderr if err else sys.stdout
    text = rendered(content, _width(stream), is_colourful(stream))
    if err:
        _tell(text, newline=False)
    else:
        say(text, newline=False)


def rendered(content: RenderableType, width: int | None, colours: bool) -> str:
    """A table as text in ``width`` cells; None means as wide as it likes."""
    from rich.console import Console

    console = Console(
        file=io.StringIO(),
        width=width or NATURAL,
        force_terminal=colours,
        color_system="standard" if colours else None,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )
    with console.capture() as capture:
        console.print(content)
    return "".join(line.rstrip() + "\n" for line in capture.get().splitlines())


@contextmanager
def busy(words: str) -> Iterator[None]:
    """A spinner on stderr while work goes on, if stderr is a terminal.

    Libraries that print to stdout of their own accord (WeasyPrint does when one of its own libraries
    is missing) are kept from it: stdout is for results.
    """
    with redirect_stdout(io.StringIO()):
        if not is_terminal(sys.stderr):
            yield
            return
        from rich.console import Console

        with Console(stderr=True).status(words, spinner="line"):
            yield


def printable(text: str) -> str:
    """``text`` without control and invisible formatting characters, which workbooks may bring along.
    Our own colours are added around it afterwards.
    """
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf") else "�" for c in text)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is looking."""
    return stream is not None and not stream.closed and stream.isatty()


def is_colourful(stream: TextIO | None) -> bool:
    """Whether to use colours: on terminals, unless NO_COLOR is set or the terminal is dumb."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width(stream: TextIO) -> int | None:
    if not is_terminal(stream):
        return None
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except OSError:
        columns = 80
    return max(columns or 80, 40)


def _give_up(stream: TextIO) -> None:
    """Send what is still buffered nowhere, or Python would complain of it when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
