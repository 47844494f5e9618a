"""Whatever can be entered in any form is the same after it was written as JSON and read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.forms_support import EVERY_FOLDER
from tests.workbook import generated
from zhengti_zip import load_form
from zhengti_zip.submission.inputs import groups_of, table_parts
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.paths import GROUPS, INDICATORS, TABLES
from zhengti_zip.submission.schema import json_schema

FORMS = pytest.mark.parametrize("folder", EVERY_FOLDER, ids=lambda folder: str(folder.name))


@FORMS
@given(seed=st.integers(0, 10**9))
@settings(max_examples=25, deadline=None)
def test_a_submission_is_the_same_after_json(folder: Path, seed: int) -> None:
    form = load_form(folder)
    data = json.loads(generated.submission(form, seed).to_json())
    asked = {part.id for part in table_parts(form, INDICATORS)}
    data["indicators"] = [{key: row[key] for key in row if key in asked} for row in data["indicators"]]
    source = from_data(data, form)
    assert [p for p in source.reading_problems if p.is_error and p.code != "not_a_choice"] == []
    if not source.unread:
        assert source.submission.as_data() == data
        assert list(Draft202012Validator(json_schema(form)).iter_errors(data)) == []
    text = source.submission.to_json()
    assert from_data(json.loads(text), form).submission.to_json() == text


@FORMS
def test_a_group_the_form_does_not_have_is_an_unknown_key(folder: Path) -> None:
    form = load_form(folder)
    for group in GROUPS:
        rows = group in TABLES
        data = {"form": form.id, group: [{"x_y": "1"}] if rows else {"x_y": "1"}}
        codes = [problem.code for problem in from_data(data, form).reading_problems]
        assert codes == ["unknown_key"], group
    assert set(groups_of(form)) <= set(GROUPS)
