"""``score``: rows, total and grade, for people and for programs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.cli.calling import ROOT, SAMPLE, call, sample, with_missing, written
from zhengti_zip.form.loader import load_form
from zhengti_zip.scoring.evaluation import evaluate
from zhengti_zip.scoring.scorejson import score_data
from zhengti_zip.submission.jsonform import from_data


def row(rows: list[dict[str, str | None]], row_id: str) -> dict[str, str | None]:
    return next(item for item in rows if item["id"] == row_id)


def without_score(folder: Path) -> Path:
    """The sample without its 支出率 score."""
    data = sample()
    del data["scores"]["spending_rate"]["score"]
    return written(folder, data)


def test_the_table_shows_rows_total_and_grade() -> None:
    outcome = call("score", SAMPLE)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0].split() == ["指标", "分值", "得分", "来源", "计算过程"]
    assert ["部门预算资金支出率", "10", "9", "自评分", "自评分", "9", "分"] in [
        line.split() for line in lines
    ]
    assert lines[-1] == "总分：99 分（满分 100 分），等级：优"


def test_a_missing_score_leaves_the_total_open_and_points_to_check(tmp_path: Path) -> None:
    file = without_score(tmp_path)
    outcome = call("score", file)
    assert outcome.code == 1
    assert ["部门预算资金支出率", "10", "—", "未填写"] in [line.split() for line in outcome.out.splitlines()]
    assert "总分：尚不能确定" in outcome.out
    assert "1 处错误" in outcome.err
    assert f"zhengti-zip check {file}" in outcome.err


def test_errors_elsewhere_do_not_hide_the_total(tmp_path: Path) -> None:
    outcome = call("score", with_missing(tmp_path))
    assert outcome.code == 1
    assert "总分：99 分" in outcome.out
    assert "1 处错误" in outcome.err


def test_json_of_a_sound_input() -> None:
    outcome = call("score", SAMPLE, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    scores = outcome.json
    assert list(scores) == ["form", "department", "year", "total", "grade", "rows"]
    assert (scores["form"], scores["year"], scores["total"], scores["grade"]) == (
        "haizhu-2022",
        "2022",
        "99",
        "优",
    )
    assert scores["department"] == "中国共产党广州市海珠区委员会组织部"
    assert row(scores["rows"], "spending_rate") == {
        "id": "spending_rate",
        "name": "部门预算资金支出率",
        "weight": "10",
        "score": "9",
        "source": "self",
        "working": "自评分 9 分",
    }


def test_json_of_a_score_worked_out_from_data(tmp_path: Path) -> None:
    data = sample()
    del data["scores"]["spending_rate"]["score"]
    data["data"] = {"adjusted_budget": "1000", "spent": "940"}
    found = row(call("score", written(tmp_path, data), "--json").json["rows"], "spending_rate")
    assert (found["score"], found["source"]) == ("9.4", "computed")
    assert "94.00%" in (found["working"] or "")


def test_json_is_null_where_nothing_is_known(tmp_path: Path) -> None:
    data = sample()
    data["fields"] = {}
    data["scores"] = {}
    outcome = call("score", written(tmp_path, data), "--json")
    assert outcome.code == 1
    scores = outcome.json
    assert (scores["department"], scores["total"], scores["grade"]) == (None, None, None)
    assert scores["year"] == "2022"  # the form's own, whose rules were applied
    found = row(scores["rows"], "spending_rate")
    assert (found["score"], found["source"], found["working"]) == (None, "none", "")
    assert "zhengti-zip check" in outcome.err


def test_only_a_form_with_grades_has_a_grade_in_any_json(tmp_path: Path) -> None:
    ungraded = ROOT / "samples" / "project-national.xlsx"
    assert call("build", ungraded, "-o", tmp_path, "--docx").code == 0
    (document,) = tmp_path.glob("*.docx")
    reviewed = call("review", document, "--workbook", ungraded, "--json").json
    scored = call("score", ungraded, "--json").json
    found = [scored, call("explain", ungraded, "--json").json, reviewed["before"], reviewed["after"]]
    assert [("grade" in data, data["total"]) for data in found] == [(False, scored["total"])] * 4
    assert "grade" not in call("diff", ungraded, ungraded, "--json").json
    assert call("explain", SAMPLE, "--json").json["grade"] == "优"


def test_an_unreadable_file_leaves_stdout_empty(tmp_path: Path) -> None:
    outcome = call("score", tmp_path / "没有.xlsx", "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("错误：找不到文件")


def test_a_limit_is_told_only_where_it_lowered_the_total() -> None:
    form = load_form(ROOT / "tests" / "forms" / "options-2031")
    source = from_data({"form": form.id}, form)
    evaluation = evaluate(form, source.submission)
    assert form.cap and "cap" not in score_data(source, evaluation)
    lowered = replace(evaluation, cap_applied="总分至多 12 分")
    assert score_data(source, lowered)["cap"] == "总分至多 12 分"
