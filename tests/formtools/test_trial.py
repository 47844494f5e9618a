"""Everything the program does with a form is done once when it is checked; what stops it is a mistake."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.forms_support import EVERY_DEFINITION, FICTIONAL
from tests.support import is_chinese
from zhengti_zip.base.errors import EnvironmentProblem
from zhengti_zip.form.loader import form_ids, load_form
from zhengti_zip.form.mistakes import Level
from zhengti_zip.formtools import trial
from zhengti_zip.formtools.trial import trial_mistakes, trial_submission
from zhengti_zip.scoring.evaluation import evaluate
from zhengti_zip.submission.inputs import single_inputs, table_parts
from zhengti_zip.submission.paths import TABLES
from zhengti_zip.workbook.write.filling import Filling


@EVERY_DEFINITION
def test_nothing_stops_the_program_in_the_real_forms(folder: Path) -> None:
    assert trial_mistakes(load_form(folder)) == []


@EVERY_DEFINITION
def test_a_fictional_submission_has_something_in_every_input(folder: Path) -> None:
    form = load_form(folder)
    filling = Filling(form, trial_submission(form))
    assert [slot.path for slot in single_inputs(form) if filling.single(slot.path) in (None, "")] == []
    for table in TABLES:
        rows = filling.rows(table)
        assert len(rows) >= 3 or not table_parts(form, table)
        assert [part.id for part in table_parts(form, table) if not all(row[part.id] for row in rows)] == []


@pytest.mark.parametrize("form_id", form_ids())
def test_the_rows_of_a_fictional_submission_add_up_to_a_total(form_id: str) -> None:
    form = load_form(form_id)
    evaluation = evaluate(form, trial_submission(form))
    assert sum(row.weight for row in evaluation.rows) == form.full_score
    assert evaluation.total is not None


def test_a_character_that_no_font_has_is_told_before_anybody_prints(tmp_path: Path) -> None:
    shutil.copytree(FICTIONAL, tmp_path / "form")
    file = tmp_path / "form" / "form.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("text: 报告部门", "text: 报告部门😀"), encoding="utf-8")
    (mistake,) = trial_mistakes(load_form(tmp_path / "form"))
    assert mistake.level is Level.ERROR
    assert mistake.message.startswith("不能生成空白 PDF：字体中没有以下字符")
    assert "U+1F600" in mistake.message
    assert is_chinese(mistake.remedy)


def test_a_crash_is_a_mistake_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(source: object) -> None:
        raise KeyError("wages")

    monkeypatch.setattr(trial, "examine", crash)
    (mistake,) = trial_mistakes(load_form(FICTIONAL))
    assert mistake.level is Level.ERROR
    assert mistake.message.startswith(
        "试着评分、检查空白表并排版时程序出错：KeyError：'wages'（formtools/trial.py 第 "
    )
    assert is_chinese(mistake.remedy)


def test_what_this_machine_lacks_is_no_fault_of_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(source: object) -> None:
        raise EnvironmentProblem("缺少 Pango", "运行 zhengti-zip doctor")

    monkeypatch.setattr(trial, "examine", lacking)
    (mistake,) = trial_mistakes(load_form(FICTIONAL))
    assert mistake.level is Level.REMARK
