"""Read any input file: workbook or JSON, told apart by what is in it or by the suffix .json."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import load_form
from zhengti_zip.limits import read_limited
from zhengti_zip.originals import Original
from zhengti_zip.source import Source

JSON_SUFFIX = ".json"
PEEKED_BYTES = 256


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
    if _is_json(file):
        from zhengti_zip.jsonfile import read_json

        source = read_json(file, definition)
    else:
        from zhengti_zip.workbook.reader import read_workbook

        source = read_workbook(file, definition)
    return replace(source, original=Original(file.name, read_limited(file)), fonts=tuple(map(Path, fonts)))


def _is_json(file: Path) -> bool:
    """Whether a file holds JSON, by its name or its first character; what cannot be read is no JSON."""
    if file.suffix.lower() == JSON_SUFFIX:
        return True
    try:
        with file.open("rb") as stream:
            start = stream.read(PEEKED_BYTES)
    except OSError:
        return False
    return start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{")
