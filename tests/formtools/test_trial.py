"""Everything the program does with a form is done once when it is checked; what stops it is a mistake."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.forms_support import EVERY_DEFINITION, FICTIONAL
from tests.support import is_chinese
from zhengti_zip.base.errors import EnvironmentProblem
from zhengti_zip.base.resources import templates_dir
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


BELOW = '{% extends "shared/report.md.j2" %}\n\n{% block measures %}\n## 六、改进措施\n\n'
"""The first five lines of a report template that replaces the last part."""


@pytest.mark.parametrize(
    ("template", "told"),
    [
        (
            f"{BELOW}{{{{ reprot.total }}}}{{% endblock %}}",
            [(6, "不能生成空白自评报告：没有名为“reprot”的变量")],
        ),
        (f"{BELOW}{{{{ report.sum }}}}\n{{% endblock %}}", [(6, "不能生成空白自评报告：没有“sum”的内容")]),
        (
            f"{BELOW}{{% for row in report.rows %}}\n",
            [(6, "不能生成空白自评报告：“for”没有结束，缺少“endfor”")],
        ),
        (
            f"{BELOW}{{{{ report.goals[0].goal }}}}{{% endblock %}}",
            [(6, "不能生成空白自评报告：没有第 1 项：列表是空的")],
        ),
        (
            f"{BELOW}{{% if report.total %}}\n{{{{ report.total / 2 }}}}\n{{% endif %}}{{% endblock %}}",
            [(7, "不能生成填好的自评报告：运行时出错（TypeError：")],
        ),
        (
            f"{BELOW}| 甲 |\n| 乙 |{{% endblock %}}",
            [(1, "不能生成空白自评报告：写出的“| 乙 |”不对：表头下面一行")],
        ),
        (
            f"{BELOW}{{{{ report.goals[0].goal }}}}\n{{% if report.goals %}}{{{{ zero }}}}{{% endif %}}{{% endblock %}}",
            [(6, "不能生成空白自评报告：没有第 1 项"), (7, "不能生成填好的自评报告：没有名为“zero”的变量")],
        ),
        (f"{BELOW}{{{{ report.total or '没有总分' }}}}{{% endblock %}}", []),
    ],
    ids=["变量名写错", "没有的内容", "没有结束", "空白时没有", "填好时不能算", "表格写错", "两处", "正确"],
)
def test_a_report_template_is_tried_with_blank_and_filled_in_data(
    template: str, told: list[tuple[int, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "pdf",
        "word",
        "blank_book",
        "filled_book",
    ):  # these steps take seconds and have tests of their own
        monkeypatch.setattr(trial._Trial, name, lambda *_: None)
    shutil.copytree(templates_dir() / "haizhu-2022", tmp_path / "form")
    (tmp_path / "form" / "report.md.j2").write_text(template, encoding="utf-8")
    found = trial_mistakes(load_form(tmp_path / "form"))
    assert len(found) == len(told)
    for mistake, (line, words) in zip(found, told, strict=True):
        assert (mistake.file, mistake.line) == ("report.md.j2", line)
        assert mistake.message.startswith(words)
        assert "docs/reports.md" in mistake.remedy


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
