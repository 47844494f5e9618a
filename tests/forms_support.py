"""Every form that tests run over: the one that ships, and a fictional one that shares nothing with it.

    @BOTH_FORMS
    def test_something(example: Example) -> None: ...

gives a complete submission of each. A test that is not about one form's words belongs on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

from zhengti_zip import load_form, read
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.table import FormTable
from zhengti_zip.submission.source import Source

ROOT = Path(__file__).resolve().parents[1]
FICTIONAL = ROOT / "tests" / "forms" / "fictional-2031"
HAIZHU = ROOT / "templates" / "haizhu-2022"
FORM_FOLDERS = (HAIZHU, FICTIONAL)
EVERY_FORM = sorted(path.parent for path in ROOT.glob("t*/**/form.yaml"))
"""The folders of all shipped and all fictional forms."""


@dataclass(frozen=True)
class Example:
    """A form and one complete submission of it.

    Attributes:
        name: for the test's id.
        folder: the form's folder.
        file: the submission as JSON.
    """

    name: str
    folder: Path
    file: Path

    @cached_property
    def form(self) -> FormDefinition:
        """The form."""
        return load_form(self.folder)

    @cached_property
    def source(self) -> Source:
        """The submission as read."""
        return read(self.file, self.folder)

    @cached_property
    def table(self) -> FormTable:
        """The printed grid."""
        return examine(self.source).table


EXAMPLES = (
    Example("海珠-公开", HAIZHU, ROOT / "samples" / "haizhu-2022.json"),
    Example("海珠-示例", HAIZHU, ROOT / "samples" / "demo-2022.json"),
    Example("云上市", FICTIONAL, FICTIONAL / "sample.json"),
)

BOTH_FORMS = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example.name))
"""Runs a test with each ``example``."""

BOTH_DEFINITIONS = pytest.mark.parametrize("folder", FORM_FOLDERS, ids=lambda folder: str(folder.name))
"""Runs a test with the ``folder`` of each form."""


@cache
def fictional() -> FormDefinition:
    """The fictional form."""
    return load_form(FICTIONAL)


def squeezed(text: str) -> str:
    """Text without any white space, as it is compared with what a PDF gives back."""
    return re.sub(r"\s+", "", text)


def schema_faults(value: Any, schema: Mapping[str, Any], path: str = "$") -> Iterator[str]:
    """What a JSON value violates of the parts of JSON Schema that the program's schemas use."""
    known = {"$schema", "title", "description", "type", "required", "additionalProperties", "properties"}
    unknown = schema.keys() - known - {"items", "enum", "const", "pattern", "minimum", "maxLength"}
    assert not unknown, f"{path}: this check does not know {unknown}"
    types = schema.get("type", [])
    names = {dict: "object", list: "array", str: "string", int: "integer", float: "number", bool: "boolean"}
    given = names[type(value)]
    allowed = [types] if isinstance(types, str) else types
    if allowed and given not in allowed and not (given == "integer" and "number" in allowed):
        yield f"{path}: {given}"
    if "const" in schema and value != schema["const"]:
        yield f"{path}: {value!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r}"
    if isinstance(value, str):
        if not re.search(schema.get("pattern", ""), value) or len(value) > schema.get(
            "maxLength", len(value)
        ):
            yield f"{path}: {value!r}"
    elif isinstance(value, int) and value < schema.get("minimum", value):
        yield f"{path}: {value!r}"
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from schema_faults(item, schema.get("items", {}), f"{path}[{number}]")
    elif isinstance(value, dict):
        yield from _object_faults(value, schema, path)


def _object_faults(value: Mapping[str, Any], schema: Mapping[str, Any], path: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    yield from (f"{path}.{key}: missing" for key in schema.get("required", []) if key not in value)
    for key, item in value.items():
        if key in properties:
            yield from schema_faults(item, properties[key], f"{path}.{key}")
        elif schema.get("additionalProperties") is False:
            yield f"{path}.{key}: unknown"
