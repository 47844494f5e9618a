"""Fuzzing that follows the branches a reader takes: ``python -m tests.fuzz.guided TARGET FOLDER [LIBFUZZER OPTIONS]``.

Needs atheris, which only this command uses (``pip install .[fuzz]``). TARGET is a key of TARGETS; FOLDER keeps the inputs
that reached new branches. An exception that is not the program's own, ten seconds or a gigabyte are faults: the
run ends and keeps the input. For example five minutes, many inputs at a time::

    python -m tests.fuzz.guided sheet FOLDER -max_total_time=300
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["zhengti_zip"], exclude=["zhengti_zip.pdf.fast"]):
    from tests.fuzz import base
    from zhengti_zip.base.errors import ZhengtiError
    from zhengti_zip.form.base import Input
    from zhengti_zip.form.loader import inspect_form
    from zhengti_zip.grid.examine import examine
    from zhengti_zip.review.document import read_document
    from zhengti_zip.submission.values import ValueProblem, parse
    from zhengti_zip.workbook.read.anyinput import read_content

LIMITS = ("-timeout=10", "-rss_limit_mb=1024", "-max_len=300000")

KINDS = ("text", "amount", "count", "points", "number", "percent", "year", "date", "yes_no")


def _workbook(content: bytes) -> None:
    examine(read_content(Path("部门.xlsx"), content))


def _json(content: bytes) -> None:
    examine(read_content(Path("部门.json"), content))


def _word(content: bytes) -> None:
    read_document(content, "部门.docx")


def _part(target: Callable[[bytes], None], whole: Callable[[], bytes], name: str, content: bytes) -> None:
    """Give a target a sound package with one part replaced: a damaged zip would get no further than its checksum."""
    target(_with_part(whole(), name, content))


def _with_part(package: bytes, name: str, content: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return stream.getvalue()


def _form(content: bytes) -> None:
    _scratch().write_bytes(content)
    inspect_form(_scratch().parent)


def _value(content: bytes) -> None:
    """The first byte chooses the kind of input, the others are what was typed."""
    if content:
        kind = KINDS[content[0] % len(KINDS)]
        item = Input.model_validate({"id": "value", "label": "值", "kind": kind})
        parse(item, content[1:].decode("utf-8", "replace"))


@cache
def _scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="zhengti-fuzz-")) / "form.yaml"


def _document() -> bytes:
    return base.documents()[1]


SHEET, NAMES, STYLES, DOCUMENT = (
    "xl/worksheets/sheet3.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "word/document.xml",
)
FORM = Path("templates/haizhu-2022/form.yaml")

TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], bytes]]] = {
    "workbook": (_workbook, base.workbook),
    "sheet": (partial(_part, _workbook, base.workbook, SHEET), lambda: _read(base.workbook(), SHEET)),
    "names": (partial(_part, _workbook, base.workbook, NAMES), lambda: _read(base.workbook(), NAMES)),
    "styles": (partial(_part, _workbook, base.workbook, STYLES), lambda: _read(base.workbook(), STYLES)),
    "json": (_json, base.data),
    "word": (partial(_part, _word, _document, DOCUMENT), lambda: _read(_document(), DOCUMENT)),
    "form": (_form, FORM.read_bytes),
    "value": (_value, "\x01１，２９７．５９万元".encode),
}
"""What is given the bytes, and the sound bytes the search starts from."""


def _read(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return archive.read(name)


def main() -> None:
    """Search until libFuzzer's limit of time or the first fault."""
    target, start = TARGETS[sys.argv[1]]
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sound").write_bytes(start())

    def once(content: bytes) -> None:
        with suppress(ZhengtiError, ValueProblem):
            target(content)

    prefix = f"-artifact_prefix={folder}/"
    atheris.Setup([sys.argv[0], *LIMITS, prefix, *sys.argv[3:], str(folder)], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
