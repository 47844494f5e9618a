"""JSON Schema of the submission of one form, for people who write the JSON themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.inputs import evidence_parts, goal_parts, indicator_parts, score_parts, tables_of
from zhengti_zip.submission.paths import EVIDENCE, GOALS, INDICATORS, UNITS

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_NUMBER: dict[str, Any] = {"type": ["string", "number"], "pattern": r"^-?\d+(\.\d+)?$"}


def json_schema(form: FormDefinition) -> dict[str, Any]:
    """The schema of ``form``'s submissions (JSON Schema 2020-12); titles and descriptions in Chinese."""
    return {
        "$schema": DRAFT,
        "title": form.name,
        "type": "object",
        "required": ["form"],
        "additionalProperties": False,
        "properties": dict(_properties(form)),
    }


def _properties(form: FormDefinition) -> Iterator[tuple[str, dict[str, Any]]]:
    """The keys of a submission. A key of a part the form does not have may be there, empty."""
    tables = tables_of(form)
    yield "form", {"const": form.id}
    yield "fields", _object(form.fields)
    yield "goals", _rows(_object(goal_parts(form)), GOALS in tables)
    yield "budget", _object(form.budget.columns)
    if form.funds.lines:
        yield "funds", _funds(form)
    yield "scores", _scores(form)
    yield "data", _object(tuple(item for _, item in form.data_inputs()))
    indicators = indicator_parts(form) if INDICATORS in tables else ()
    yield "indicators", _rows(_object(indicators), INDICATORS in tables)
    yield "units", _rows(_unit(form), UNITS in tables)
    if EVIDENCE in tables:
        yield "evidence", _rows(_object(evidence_parts(form)), is_there=True)


def _rows(row: dict[str, Any], is_there: bool) -> dict[str, Any]:
    return {"type": "array", "items": row} if is_there else {"type": "array", "maxItems": 0}


def _funds(form: FormDefinition) -> dict[str, Any]:
    lines: dict[str, Any] = {}
    for line in form.funds.lines:
        amounts = tuple(item for line_id, _, item in form.funds.cells() if line_id == line.id)
        lines[line.id] = {**_object(amounts), "title": line.label}
    return {"type": "object", "additionalProperties": False, "properties": lines, "title": form.funds.title}


def _object(items: tuple[Input, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {item.id: _value(item) for item in items},
    }


def _value(item: Input) -> dict[str, Any]:
    schema: dict[str, Any] = {"title": item.label + (f"（{item.measure}）" if item.measure else "")}
    if item.help:
        schema["description"] = item.help
    if item.options:
        return {**schema, "enum": [*item.options, ""]}
    if item.kind in (ValueKind.YEAR, ValueKind.COUNT):
        return {**schema, "type": "integer", "minimum": 0}
    if item.kind is ValueKind.DATE:
        return {**schema, "type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2})?$"}
    if item.kind.is_number:
        return {**schema, **_NUMBER}
    return {**schema, "type": "string"} | ({"maxLength": item.max_length} if item.max_length else {})


def _scores(form: FormDefinition) -> dict[str, Any]:
    rows = {
        context.row.id: {**_object(score_parts(form)), "title": f"{context.name}（{context.row.weight} 分）"}
        for context in form.rows
    }
    return {"type": "object", "additionalProperties": False, "properties": rows}


def _unit(form: FormDefinition) -> dict[str, Any]:
    amounts = _object(form.budget.columns)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {"name": {"title": "单位名称", "type": "string"}, "amounts": amounts},
    }
