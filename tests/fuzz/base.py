"""The real files that hostile ones start from."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any

from pypdf import PdfReader, PdfWriter

from tests.workbook.tools import DEMO
from zhengti_zip import build, read
from zhengti_zip.form.loader import load_form
from zhengti_zip.grid.examine import examine
from zhengti_zip.printing.options import PrintOptions
from zhengti_zip.submission.jsonform import from_data


@cache
def workbook() -> bytes:
    """The filled-in workbook of the fictional department."""
    return DEMO.read_bytes()


@cache
def data() -> bytes:
    """Its data."""
    return DEMO.with_suffix(".json").read_bytes()


@cache
def printed() -> tuple[bytes, bytes]:
    """Its PDF as printed, and the same with its streams and objects in the open."""
    with TemporaryDirectory() as folder:
        content = build(examine(read(DEMO)), folder, "表", PrintOptions(docx=False))[0].read_bytes()
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    for item in writer._objects:
        if item is not None and hasattr(item, "decode_self"):
            item.decode_self()
    stream = BytesIO()
    writer.write(stream)
    return content, stream.getvalue()


@cache
def documents() -> tuple[bytes, bytes]:
    """Its Word file, and one that shows as tracked changes what moved since another version."""
    with TemporaryDirectory() as folder:
        plain = build(examine(read(DEMO)), folder, "表", PrintOptions(pdf=False))[0].read_bytes()
        older = from_data(older_data(), load_form("haizhu-2022"))
        tracked = build(examine(read(DEMO)), folder, "比", PrintOptions(pdf=False, compare=older))[
            0
        ].read_bytes()
    return plain, tracked


def older_data() -> dict[str, Any]:
    """The data with some texts and amounts of another day."""
    older: dict[str, Any] = json.loads(data())
    older["goals"][0]["goal"] = "从前的目标。"
    older["budget"]["total"] = "1"
    older["fields"]["department"] = "从前的部门"
    return older
