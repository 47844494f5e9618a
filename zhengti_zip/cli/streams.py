"""Output: results to stdout, messages to stderr, both in UTF-8 whatever the code page."""

from __future__ import annotations

import errno
import io
import os
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from typing import TYPE_CHECKING, Any, TextIO

import click

from zhengti_zip.base.errors import OutputError
from zhengti_zip.base.jsontext import json_text
from zhengti_zip.cli.verbosity import is_detailed, is_quiet

if TYPE_CHECKING:
    from rich.console import RenderableType

READER_GONE = (errno.EPIPE, errno.EINVAL)
"""Errors of a pipe without a reader; on Windows it is EINVAL."""

NATURAL = 10_000
"""Width in cells of a table written to a file or pipe, so that nothing is wrapped."""


def use_utf8() -> None:
    """Set stdout and stderr to UTF-8; lone surrogates of file names are escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Write a line to stdout, its control characters replaced: a file name may hold commands for the terminal.

    Raises:
        OutputError: as :func:`say_exactly`.
    """
    say_exactly(
        "".join(c if c in "\n\t" or unicodedata.category(c) != "Cc" else "�" for c in text), newline=True
    )


def say_exactly(text: str, *, newline: bool = False) -> None:
    """Write a result to stdout as it is.

    When the reader has closed the pipe (``| head``), the rest is dropped without an error.

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
        OutputError: as :func:`say_exactly`.
    """
    say_exactly(json_text(data))


def tell(text: str) -> None:
    """Write a message to stderr."""
    _tell(printable(text))


def hint(text: str) -> None:
    """Write a next step or a summary to stderr, unless ``-q`` was given."""
    if not is_quiet():
        tell(text)


def detail(text: str) -> None:
    """Write what was done to stderr, if ``-v`` was given."""
    if is_detailed():
        tell(text)


def complain(message: str, remedy: str = "") -> None:
    """Write an error and its remedy to stderr."""
    _tell(click.style("错误：", fg="red", bold=True) + printable(message))
    if remedy:
        _tell(click.style("处理：", bold=True) + printable(remedy))


def _tell(text: str, *, newline: bool = True) -> None:
    """Write to stderr; errors are ignored, since there is no other stream to report them."""
    try:
        click.echo(text, nl=newline, err=True, color=is_colourful(sys.stderr))
    except OSError:
        _give_up(sys.stderr)


def show(content: RenderableType, *, err: bool = False) -> None:
    """Write a table: fitted to a terminal; elsewhere neither wrapped nor coloured."""
    stream = sys.stderr if err else sys.stdout
    text = rendered(content, _width(stream), is_colourful(stream))
    if err:
        _tell(text, newline=False)
    else:
        say_exactly(text)


def rendered(content: RenderableType, width: int | None, colours: bool) -> str:
    """A table as text, wrapped to ``width`` cells; None does not wrap."""
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
    """Show a spinner on stderr during the block, if stderr is a terminal; with ``-v`` say how long it took.

    Text that libraries print to stdout is dropped (WeasyPrint prints when a native library is missing).
    """
    start = time.monotonic()
    with redirect_stdout(io.StringIO()):
        if is_quiet() or not is_terminal(sys.stderr):
            yield
        else:
            from rich.console import Console

            with Console(stderr=True).status(words, spinner="line"):
                yield
    detail(f"{words.rstrip('…')}：用时 {time.monotonic() - start:.2f} 秒")


def printable(text: str) -> str:
    """``text`` with control and format characters replaced, which could change the terminal."""
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf") else "�" for c in text)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether the stream is a terminal."""
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
    """Redirect a stream to the null device; otherwise Python reports the unwritten buffer at exit."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
