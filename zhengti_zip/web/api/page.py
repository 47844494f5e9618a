"""The page that lists what programs can ask for, made of the OpenAPI description itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response

from zhengti_zip.web.pages import page

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Value:
    """A value that goes in or comes out: its name and what it means."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a program can ask for."""

    method: str
    path: str
    summary: str
    given: tuple[Value, ...]
    answer: tuple[Value, ...]


@router.get("/api")
def described(request: Request) -> Response:
    """All operations by subject."""
    groups: dict[str, list[Operation]] = {}
    for tag, operation in operations(request.app):
        groups.setdefault(tag, []).append(operation)
    return page(request, "desk/api.html.j2", groups=groups)


def operations(app: FastAPI) -> Iterator[tuple[str, Operation]]:
    """Every operation with its subject, as the application describes it."""
    description = app.openapi()
    schemas = description.get("components", {}).get("schemas", {})
    for path, methods in description["paths"].items():
        for method, each in methods.items():
            given = [Value(item["name"], item.get("description", "")) for item in each.get("parameters", ())]
            body = each.get("requestBody", {}).get("content", {})
            for content in body.values():
                given += _values(content["schema"], schemas)
            answers = [item for code, item in each["responses"].items() if code.startswith("2")]
            shape = answers[0].get("content", {}).get("application/json", {}).get("schema", {})
            tag = each.get("tags", ["其他"])[0]
            words = each.get("summary", "")
            operation = Operation(method.upper(), path, words, tuple(given), tuple(_values(shape, schemas)))
            yield tag, operation


def _values(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> list[Value]:
    """The values of an object, or of each object in a list."""
    schema = schema.get("items", schema)
    if reference := schema.get("$ref"):
        schema = schemas[reference.rpartition("/")[2]]
    return [Value(name, item.get("description") or "") for name, item in schema.get("properties", {}).items()]
