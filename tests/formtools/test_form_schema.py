"""The JSON Schema of form.yaml: it takes the real forms, finds typical mistakes, and ships with the program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.calling import call
from tests.form.slips import SHAPE, Slip
from tests.forms_support import FICTIONAL, ROOT
from zhengti_zip.base.resources import templates_dir
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import form_ids
from zhengti_zip.form.rules import rule_kinds
from zhengti_zip.form.yamlfile import read_yaml
from zhengti_zip.formtools.form_schema import form_schema

VALIDATOR = Draft202012Validator(form_schema())
SHIPPED = pytest.mark.parametrize("form_id", form_ids())
ONLY_THE_PROGRAM = {"小数太多", "坏的YAML", "键重复", "不在其列"}
"""Mistakes that are none to a schema: decimals, what is no YAML, and references to other parts of the form."""


def errors(folder: Path) -> list[str]:
    data = read_yaml(folder / "form.yaml").data
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(form_schema())


@SHIPPED
def test_the_shipped_forms_fit(form_id: str) -> None:
    assert errors(templates_dir() / form_id) == []


@pytest.mark.parametrize("name", ["fictional-2031", "project-2031", "province-2031"])
def test_the_forms_of_the_tests_fit(name: str) -> None:
    assert errors(ROOT / "tests" / "forms" / name) == []


@pytest.mark.parametrize(
    "slip", [slip for slip in SHAPE if slip.name not in ONLY_THE_PROGRAM], ids=lambda slip: slip.name
)
def test_a_mistake_of_shape_is_found_by_the_schema_too(slip: Slip, tmp_path: Path) -> None:
    slip.write(tmp_path)
    assert errors(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "goals: none",
        "goals: {columns: [goal, {id: completion, label: 实际完成情况}]}",
        "score_parts: [score, {id: reason, label: 扣分原因}]",
        "units: true",
    ],
)
def test_shorter_ways_of_writing_fit(tmp_path: Path, text: str) -> None:
    definition = (FICTIONAL / "form.yaml").read_text(encoding="utf-8").replace("\nunits: true\n", "\n")
    (tmp_path / "form.yaml").write_text(f"{text}\n{definition}", encoding="utf-8")
    assert errors(tmp_path) == []


def test_every_key_and_every_part_is_described() -> None:
    schema = form_schema()
    assert set(schema["properties"]) == set(FormDefinition.model_fields) - {"folder"}
    undescribed = [name for name, part in schema["$defs"].items() if not part.get("description")]
    assert undescribed == [name for name in undescribed if "enum" in schema["$defs"][name]]
    assert schema["properties"]["full_score"]["description"].startswith("what the first-level weights")


def test_each_kind_of_rule_has_its_own_keys() -> None:
    schema = form_schema()
    for kind, rule in rule_kinds().items():
        part: dict[str, Any] = schema["$defs"][rule.__name__]
        assert part["properties"]["kind"] == {"const": kind, "title": rule.title}
        assert part["additionalProperties"] is False


def test_the_schema_that_ships_is_the_present_one() -> None:
    """After a change of the models: zhengti-zip form schema -o templates/form.schema.json --force."""
    shipped = json.loads((templates_dir() / "form.schema.json").read_text(encoding="utf-8"))
    assert shipped == form_schema()


@SHIPPED
def test_the_shipped_forms_name_it(form_id: str) -> None:
    first = (templates_dir() / form_id / "form.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../form.schema.json"


def test_the_command_prints_and_writes_it(tmp_path: Path) -> None:
    printed = call("form", "schema")
    assert (printed.code, printed.json) == (0, form_schema())
    file = tmp_path / "form.schema.json"
    assert call("form", "schema", "-o", file).code == 0
    assert json.loads(file.read_text(encoding="utf-8")) == form_schema()
    assert call("form", "schema", "-o", file).code == 4
    assert call("form", "schema", "-o", file, "--force").code == 0
