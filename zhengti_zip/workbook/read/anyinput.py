"""Read any input file: workbook or JSON, told apart by what is in it or by the suffix .json."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zhengti_zip.base.filekinds import FileKind, kind_of
from zhengti_zip.base.limits import read_limited
from zhengti_zip.base.originals import Original
from zhengti_zip.base.safenames import shown_name
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import load_form
from zhengti_zip.submission.source import Source


def read(
    path: str | Path,
    form: str | Path | FormDefinition | None = None,
    fonts: Sequence[str | Path] = (),
) -> Source:
    """Read a department's workbook (.xlsx) or its JSON form.

    Args:
        path: the file.
        form: id or folder of the form it must be of; None takes the one the file names.
        fonts: font files for characters no bundled font has.

    Raises:
        InputError: the file as a whole cannot be taken.
        UsageProblem: there is no such form.
        FormDefinitionError: the form has mistakes.
    """
    file = Path(path)
    definition = form if isinstance(form, FormDefinition) or form is None else load_form(form)
    return read_content(file, read_limited(file), definition, fonts)


def read_content(
    file: Path, content: bytes, form: FormDefinition | None = None, fonts: Sequence[str | Path] = ()
) -> Source:
    """The same for a file whose bytes are at hand, e.g. out of an archive.

    Args:
        file: its name, for messages; nothing is opened.
        content: its bytes.

    Raises:
        InputError: it cannot be taken.
        UsageProblem: there is no form such as it names.
    """
    if kind_of(file, content) is FileKind.JSON:
        from zhengti_zip.submission.jsonform import json_source

        source = json_source(file, content, form)
    else:
        from zhengti_zip.workbook.read.reader import read_workbook

        source = read_workbook(file, content, form)
    return replace(source, original=Original(shown_name(file.name), content), fonts=tuple(map(Path, fonts)))
