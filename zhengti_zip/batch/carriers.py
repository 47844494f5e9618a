"""Reading an input in whatever file it came: workbook, JSON, PDF or Word file; and what is said of other files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import UNPACK, FileKind, kind_of, refusal

if TYPE_CHECKING:
    from zhengti_zip.form.definition import FormDefinition
    from zhengti_zip.submission.source import Source

PRINTS = (FileKind.PDF, FileKind.WORD)
"""What ``build`` makes: files with the data inside."""

ARCHIVES = (FileKind.ZIP, FileKind.RAR, FileKind.SEVEN_ZIP)

NO_DATA = "不是由本程序生成，里面没有填报数据"

EMBEDDED = b"/EmbeddedFile"
"""Stands in every PDF that has another file inside; looking for it costs a thousandth of opening the PDF."""


class Foreign(Exception):
    """A file that may be an input turned out to be none.

    Attributes:
        why: as ``Result.fate``.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def why_foreign(kind: FileKind) -> str:
    """Why a file of this kind is no input, as ``Result.fate``."""
    if kind in ARCHIVES:
        return f"压缩包：{kind.title}没有打开；{UNPACK}"
    if kind in PRINTS:
        return f"{kind.title}：{NO_DATA}"
    if kind is FileKind.EMPTY:
        return "空文件：里面没有内容"
    if kind.advice and kind is not FileKind.WORKBOOK:
        return f"{kind.title}：没有读取；如是填报文件，{kind.advice}"
    return f"{kind.title}：不是填报文件"


def read_carrier(
    file: Path,
    content: bytes,
    form: FormDefinition | None,
    fonts: Sequence[str | Path],
    *,
    is_candidate: bool,
) -> tuple[FileKind, Source]:
    """The input in a file, and the kind of the file. The content decides the kind, not the suffix.

    Args:
        file: its name, for messages.
        content: its bytes.
        form: the form it must be of; None takes the one the file names.
        fonts: font files for characters no bundled font has.
        is_candidate: whether it may be no input at all.

    Raises:
        Foreign: a candidate that is no input.
        InputError: an input that cannot be read.
        UsageProblem: there is no form such as it names.
    """
    from zhengti_zip.base.originals import Original

    try:
        kind = kind_of(file, content)
        attached = _attached(kind, file, content)
        if is_candidate and kind is FileKind.JSON:
            return kind, _read(file, content, form, fonts)
    except InputError as error:
        if is_candidate:
            raise Foreign(f"读不出来：{error.message}") from error
        raise
    if kind in PRINTS:
        source = _in_print(kind, file, content, attached, form)
        if source is not None:
            return kind, replace(source, original=Original(file.name, content), fonts=tuple(map(Path, fonts)))
        if not is_candidate:
            raise refusal(kind, FileKind.WORKBOOK, file)
    if is_candidate and kind is not FileKind.WORKBOOK:
        raise Foreign(why_foreign(kind))
    return kind, _read(file, content, form, fonts)


def _read(file: Path, content: bytes, form: FormDefinition | None, fonts: Sequence[str | Path]) -> Source:
    from zhengti_zip.workbook.read.anyinput import read_content

    return read_content(file, content, form, fonts)


def _attached(kind: FileKind, file: Path, content: bytes) -> dict[str, bytes]:
    """The files inside a PDF of this program; none of any other file.

    Raises:
        InputError: the PDF has files inside and cannot be read.
    """
    if kind is not FileKind.PDF or EMBEDDED not in content:
        return {}
    from zhengti_zip.pdf.extract import attachments

    return attachments(file, content)


def _in_print(
    kind: FileKind, file: Path, content: bytes, attached: dict[str, bytes], form: FormDefinition | None
) -> Source | None:
    """The data inside a PDF or a Word file; None when there are none.

    Raises:
        InputError: they are damaged, or of another or an unknown form.
    """
    if kind is FileKind.PDF:
        from zhengti_zip.base.originals import SUBMISSION_NAME
        from zhengti_zip.review.anyfile import source_in_pdf

        return source_in_pdf(file, attached, form) if SUBMISSION_NAME in attached else None
    from zhengti_zip.review.word_source import read_word_source
    from zhengti_zip.review.wordfile import WordFile

    if WordFile(content, str(file)).embedded() is None:
        return None
    return read_word_source(content, str(file), form)
