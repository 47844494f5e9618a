"""JSON Schema of the submission of one form, for people who write the JSON themselves."""

from __future__ import annotations

from typing import Any

from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.inputs import SCORE_PARTS, goal_parts, indicator_parts

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
        "properties": {
            "form": {"const": form.id},
            "fields": _object(form.fields),
            "goals": {"type": "array", "items": _object(goal_parts())},
            "budget": _object(form.budget.columns),
            "scores": _scores(form),
            "data": _object(tuple(item for _, item in form.data_inputs())),
            "indicators": {"type": "array", "items": _object(indicator_parts(form))},
            "units": {"type": "array", "items": _unit(form)},
        },
    }


def _object(items: tuple[Input, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {item.id: _value(item) for item in items},
    }


def _value(item: Input) -> dict[str, Any]:
    schema: dict[str, Any] = {"title": item.label + (f"（{item.unit}）" if item.unit else "")}
    if item.help:
        schema["description"] = item.help
    if item.options:
        return {**schema, "enum": [*item.options, ""]}
    if item.kind in (ValueKind.YEAR, ValueKind.COUNT):
        return {**schema, "type": "integer", "minimum": 0}
    if item.kind.is_number:
        return {**schema, **_NUMBER}
    return {**schema, "type": "string"} | ({"maxLength": item.max_length} if item.max_length else {})


def _scores(form: FormDefinition) -> dict[str, Any]:
    rows = {
        context.row.id: {**_object(SCORE_PARTS), "title": f"{context.name}（{context.row.weight} 分）"}
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
