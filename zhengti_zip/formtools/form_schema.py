"""The JSON Schema of ``form.yaml``, made from the models that load it, so that editors complete and check it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from zhengti_zip.form.base import Part
from zhengti_zip.form.checks import Check
from zhengti_zip.form.checks import Level as Severity
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.rules import rule_kinds
from zhengti_zip.form.rules.rule import Rule

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_SHORTER: dict[str, Schema] = {"Column": {"type": "string"}, "GoalTable": {"enum": ["none", None]}}
"""What may be written instead of some parts: the id of a column the program knows, ``none`` for no goals."""

_REFERENCE = "#/$defs/{model}"
_ATTRIBUTES = re.compile(r"(?s)\n\s*Attributes:\n(.*?)(?:\n\s*\n|\Z)")


def form_schema() -> Schema:
    """The schema of a form definition (JSON Schema 2020-12)."""
    kinds = rule_kinds()
    models: list[tuple[type[BaseModel], Any]] = [(FormDefinition, "validation")]
    models += [(rule, "validation") for rule in kinds.values()]
    _, whole = models_json_schema(models, ref_template=_REFERENCE, schema_generator=_Generator)
    parts: dict[str, Schema] = whole["$defs"]
    described = {part.__name__: part for part in _parts(Part)}
    for name, schema in parts.items():
        if name in described:
            _describe(schema, described[name])
    for kind, rule in kinds.items():
        schema = parts[rule.__name__]
        schema["properties"] = {"kind": {"const": kind, "title": rule.title}, **schema["properties"]}
        schema["required"] = ["kind", *schema.get("required", ())]
    parts["Rule"] = _rule(kinds)
    for name, part in described.items():
        if name in parts and issubclass(part, Check):
            parts[name] = _or_severity(parts[name])
    form = parts.pop(FormDefinition.__name__)
    del form["properties"]["folder"]
    return {"$schema": DRAFT, "title": "form.yaml", **_tidy(form), "$defs": _tidy(parts)}


class _Generator(GenerateJsonSchema):
    """Decimals are plain numbers: the definition is read from YAML, where nobody writes them as texts."""

    def decimal_schema(self, schema: Any) -> Schema:
        made: Schema = {"type": "number"}
        for key, word in (
            ("ge", "minimum"),
            ("le", "maximum"),
            ("gt", "exclusiveMinimum"),
            ("lt", "exclusiveMaximum"),
        ):
            if key in schema:
                made[word] = float(schema[key])
        return made

    def function_before_schema(self, schema: Any) -> Schema:
        """What a validator turns a shorter way of writing into is described by :func:`_tidy`."""
        return self.generate_inner(schema["schema"])


def _parts(part: type[Part]) -> Iterator[type[Part]]:
    for child in part.__subclasses__():
        yield child
        yield from _parts(child)


def _describe(schema: Schema, part: type[Part]) -> None:
    """Put the words of the docstrings into the schema."""
    schema["description"] = _summary(part)
    keys = {name: field.alias or name for name, field in part.model_fields.items()}
    for name, words in _attributes(part).items():
        key = keys.get(name, name)
        if key in schema.get("properties", {}):
            schema["properties"][key]["description"] = words


def _summary(part: type[Part]) -> str:
    return inspect.cleandoc(part.__doc__ or "").partition("\n\n")[0].replace("\n", " ")


def _attributes(part: type[Part]) -> dict[str, str]:
    """The descriptions under ``Attributes:`` of a model and of those it is based on, by key."""
    found: dict[str, str] = {}
    for model in reversed(part.__mro__):
        if not (section := _ATTRIBUTES.search(inspect.cleandoc(model.__doc__ or "") + "\n\n")):
            continue
        for entry in re.split(r"\n(?=\s{4}\S)", section[1]):
            names, _, words = entry.strip().partition(": ")
            for name in names.split(", "):
                found[name] = re.sub(r"^written ``\w+``; ", "", " ".join(words.split()))
    return found


def _rule(kinds: dict[str, type[Rule]]) -> Schema:
    """One of the kinds, told by ``kind``; an editor that knows the kind completes its keys only."""
    return {
        "type": "object",
        "description": _summary(Rule),
        "required": ["kind"],
        "properties": {"kind": {"enum": sorted(kinds)}},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"$ref": _REFERENCE.format(model=rule.__name__)},
            }
            for kind, rule in sorted(kinds.items())
        ],
    }


def _or_severity(schema: Schema) -> Schema:
    """A check may be written as its severity alone."""
    return {
        "anyOf": [{"enum": list(get_args(Severity))}, schema],
        "description": schema.get("description", ""),
    }


def _tidy(schema: Any) -> Any:
    """Without the titles pydantic makes of keys, and with the shorter ways of writing that validators take."""
    if isinstance(schema, list):
        return [_tidy(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if shorter := _SHORTER.get(str(schema.get("$ref", "")).rpartition("/")[2]):
        plain = {"anyOf": [shorter, {"$ref": schema["$ref"]}]}
        return plain | {key: schema[key] for key in ("description",) if key in schema}
    is_long = isinstance(schema.get("default"), dict | list | tuple)
    kept = {key: _tidy(value) for key, value in schema.items() if key != "default" or not is_long}
    if isinstance(kept.get("title"), str) and "const" not in kept:
        del kept["title"]
    return kept
