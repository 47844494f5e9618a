"""The rules as a finance officer reads them."""

from __future__ import annotations

from pathlib import Path

from zhengti_zip import load_form
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.rules.deduction import Deduction
from zhengti_zip.scoring.rulebook import rulebook

ROOT = Path(__file__).resolve().parents[2]


def test_every_row_has_a_rule_with_its_basis() -> None:
    entries = rulebook(load_form())
    assert len(entries) == 26
    assert all(entry.rule.basis and entry.in_force and entry.years == "各年度" for entry in entries)


def test_dated_versions_say_which_years_they_hold(tmp_path: Path) -> None:
    text = (ROOT / "templates" / "haizhu-2022" / "form.yaml").read_text(encoding="utf-8")
    first = "                  - kind: deduction\n                    count: {id: finance_violations"
    later = text[text.index(first) :].split("          - id:")[0].split("      - id:")[0]
    newer = later.replace("kind: deduction\n", "kind: deduction\n                    since: 2022\n", 1)
    oldest = later.replace("step: 0.5", "step: 1")
    folder = tmp_path / "dated"
    folder.mkdir()
    (folder / "form.yaml").write_text(text.replace(later, oldest + newer), encoding="utf-8")
    form = load_form(folder)
    versions = [entry for entry in rulebook(form) if entry.row_id == "finance_compliance"]
    assert [(entry.years, entry.in_force) for entry in versions] == [("至 2021", False), ("2022 起", True)]
    row = form.row_by_id["finance_compliance"].row
    rules = [row.rule_for(year) for year in (2021, 2022, 2030)]
    assert [plain(rule.step) for rule in rules if isinstance(rule, Deduction)] == ["1", "0.5", "0.5"]


def test_a_completion_rule_says_how_each_direction_is_counted() -> None:
    entries = [entry for entry in rulebook(load_form()) if entry.rule.kind == "completion"]
    assert len(entries) == 2
    for entry in entries:
        words = entry.cells()[4]
        for part in ("“≥”型", "“≤”型", "“=”型达到或超过目标为 100%", "“定性”", "最高 100%", "目标值为 0"):
            assert part in words
        assert entry.as_json()["rule"] == words


def test_rows_a_department_enters_have_one_entry() -> None:
    [entry] = [entry for entry in rulebook(load_form("project-national")) if entry.row_id == "own"]
    name, weight, years, method, _, data, _ = entry.cells()
    assert (name, weight, years) == ("绩效指标（部门填写的每一项）", "按填写", "各年度")
    assert (method, data) == ("完成值法", "年度指标值、实际完成值")
    assert entry.as_json()["weight"] is None
