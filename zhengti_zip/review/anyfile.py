"""Read the data of any file of this program: workbook, JSON, PDF or Word file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import RESAVE_WORD, FileKind, kind_of, refusal
from zhengti_zip.base.limits import read_limited
from zhengti_zip.base.originals import EVALUATION_NAME, SUBMISSION_NAME, Original
from zhengti_zip.base.safenames import shown_name
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import load_form
from zhengti_zip.submission.source import Source
from zhengti_zip.workbook.read.anyinput import read_content


def read_any(path: str | Path, form: str | Path | FormDefinition | None = None) -> Source:
    """Read the entered data of a file of any of the four kinds. The content decides the kind, not the suffix.

    A PDF gives the data attached to it, a Word file the data inside with the edits made since.

    Args:
        path: the file.
        form: id or folder of the form it must be of; None takes the one the file names.

    Raises:
        InputError: the file cannot be read, or has no data of this program.
        UsageProblem: there is no such form.
        FormDefinitionError: the form has mistakes.
    """
    file = Path(path)
    definition = form if isinstance(form, FormDefinition) or form is None else load_form(form)
    return read_any_content(file, read_limited(file), definition)


def read_any_content(file: Path, content: bytes, form: FormDefinition | None = None) -> Source:
    """The same for a file whose bytes are at hand, e.g. one that was uploaded.

    Args:
        file: its name, for messages; nothing is opened.
        content: its bytes.

    Raises:
        InputError: it cannot be taken, or has no data of this program.
        UsageProblem: there is no form such as it names.
    """
    kind = kind_of(file, content)
    if kind is FileKind.PDF:
        from zhengti_zip.pdf.extract import attached_files

        source = source_in_pdf(file, attached_files(file, content), form)
    elif kind is FileKind.WORD:
        from zhengti_zip.review.word_source import read_word_source

        source = read_word_source(content, str(file), form)
    elif kind.advice == RESAVE_WORD:
        raise refusal(kind, FileKind.WORD, file)
    else:
        source = read_content(file, content, form)
    return replace(source, original=Original(shown_name(file.name), content))


def source_in_pdf(file: Path, attached: Mapping[str, bytes], form: FormDefinition | None = None) -> Source:
    """The data attached to a PDF.

    A draft has also the file it was made from attached. That file is read instead when it still gives the
    same data, because it has also the values that could not be understood.

    Args:
        file: name of the PDF, for messages.
        attached: the files inside, see :func:`zhengti_zip.pdf.extract.attached_files`.

    Raises:
        InputError: the data are damaged, or of another or an unknown form.
    """
    printed = read_content(Path(f"{file} 中的 {SUBMISSION_NAME}"), attached[SUBMISSION_NAME], form)
    for name, kept in attached.items():
        if name in (SUBMISSION_NAME, EVALUATION_NAME):
            continue
        try:
            original = read_content(Path(name), kept, form or printed.form)
        except InputError:  # of a later version of the program, or changed since
            continue
        if original.submission == printed.submission:
            return original
    return printed
