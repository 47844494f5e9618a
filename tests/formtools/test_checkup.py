"""``form check`` over the fictional form: one mistake at a time, named by key path and line, with a remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.form.slips import CONTRADICTIONS, REMARKS, SHAPE, Slip
from tests.forms_support import EVERY_DEFINITION, FICTIONAL
from tests.support import is_chinese
from zhengti_zip.form.loader import load_form
from zhengti_zip.form.mistakes import Level
from zhengti_zip.formtools import checkup
from zhengti_zip.formtools.checkup import CheckUp, check_up


def ids(slip: Slip) -> str:
    return slip.name


def examined(folder: Path, monkeypatch: pytest.MonkeyPatch) -> CheckUp:
    """The check-up of a machine without LibreOffice; the trial run, which takes seconds, is left out."""
    monkeypatch.setattr(checkup, "find_office", lambda: None)
    monkeypatch.setattr(checkup, "trial_mistakes", lambda form: [])
    return check_up(folder)


@pytest.mark.parametrize("slip", [*SHAPE, *CONTRADICTIONS], ids=ids)
def test_each_mistake_is_named_with_path_line_and_remedy(
    slip: Slip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = slip.write(tmp_path)
    found = examined(tmp_path, monkeypatch)
    assert found.form is None
    assert not found.is_sound
    (mistake,) = (mistake for mistake in found.mistakes if mistake.path == slip.path)
    assert slip.words in mistake.message
    assert slip.remedy in mistake.remedy
    assert mistake.line == line
    for other in found.mistakes:
        assert other.level is Level.ERROR
        assert is_chinese(other.message)
        assert is_chinese(other.remedy)


@pytest.mark.parametrize("slip", REMARKS, ids=ids)
def test_what_works_but_misleads_is_a_remark(
    slip: Slip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip.write(tmp_path)
    found = examined(tmp_path, monkeypatch)
    assert found.form is not None
    assert found.is_sound
    (mistake,) = (mistake for mistake in found.mistakes if "LibreOffice" not in mistake.message)
    assert mistake.level is Level.REMARK
    assert mistake.path == slip.path
    assert slip.words in mistake.message
    assert slip.remedy in mistake.remedy
    text = (tmp_path / "form.yaml").read_text(encoding="utf-8").splitlines()
    assert 1 <= mistake.line <= len(text)


@EVERY_DEFINITION
def test_the_real_forms_have_nothing_to_remark(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = examined(folder, monkeypatch)
    assert found.is_sound
    assert [mistake.level for mistake in found.mistakes] == [Level.REMARK]  # no LibreOffice
    assert is_chinese(found.mistakes[0].remedy)


def test_a_form_without_cases_is_told_so_only_when_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(FICTIONAL / "form.yaml", tmp_path)
    monkeypatch.setattr(checkup, "find_office", lambda: None)
    assert "cases.yaml" not in [mistake.file for mistake in check_up(tmp_path).mistakes]
    found = check_up(tmp_path, cases=True)
    assert {m.level for m in found.mistakes} == {Level.REMARK}
    assert "没有案例" in [m.message for m in found.mistakes if m.file == "cases.yaml"]
    assert found.is_sound


def test_anchors_that_multiply_are_stopped(tmp_path: Path) -> None:
    layers = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 12))
    (tmp_path / "form.yaml").write_text(f"l0: &l0 [一]\n{layers}", encoding="utf-8")
    (mistake,) = check_up(tmp_path).mistakes
    assert "超过" in mistake.message
    assert is_chinese(mistake.remedy)


def test_a_mistake_reads_as_one_line_with_its_remedy(tmp_path: Path) -> None:
    from zhengti_zip.base.errors import FormDefinitionError

    line = SHAPE[0].write(tmp_path)
    with pytest.raises(FormDefinitionError) as caught:
        load_form(tmp_path)
    assert (
        f"form.yaml 第 {line} 行 fields.1.max_lenght：没有这个键。是否为 max_length？" in caught.value.message
    )
