"""The Excel formula of each rule against the engine, and what is said when LibreOffice fails."""

from __future__ import annotations

import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.forms_support import EVERY_DEFINITION, FICTIONAL, HAIZHU, ROOT
from tests.support import is_chinese
from zhengti_zip.base.errors import EnvironmentProblem
from zhengti_zip.form.base import ValueKind
from zhengti_zip.form.loader import load_form
from zhengti_zip.form.mistakes import Level
from zhengti_zip.form.rules.deduction import Deduction
from zhengti_zip.form.rules.formulas import CellName
from zhengti_zip.formtools import checkup
from zhengti_zip.formtools import office as office_program
from zhengti_zip.formtools.checkup import check_up
from zhengti_zip.formtools.formula_check import Probe, check_formulas, probes_of
from zhengti_zip.formtools.office import find_office

pytestmark = pytest.mark.slow

OWN_ROWS = ROOT / "tests" / "forms" / "project-2031"

RULES = [rule for folder in (HAIZHU, FICTIONAL) for row in load_form(folder).rows for rule in row.row.rules]

needs_office = pytest.mark.skipif(
    find_office() is None and os.environ.get("CI") != "true", reason="LibreOffice is not installed"
)


def office() -> str:
    found = find_office()
    assert found is not None
    return found


@needs_office
@EVERY_DEFINITION
def test_formulas_and_engine_agree_on_every_boundary(folder: Path) -> None:
    assert [mismatch.message for mismatch in check_formulas(load_form(folder), office())] == []


@needs_office
def test_the_formula_of_entered_rows_agrees_too() -> None:
    form = load_form(OWN_ROWS)
    assert any(probe.path == "own.rules.0" for probe in probes_of(form))
    assert [mismatch.message for mismatch in check_formulas(form, office())] == []


@EVERY_DEFINITION
def test_every_version_of_every_rule_is_probed(folder: Path) -> None:
    form = load_form(folder)
    counts = Counter(probe.path for probe in probes_of(form))
    manual = sum(rule.kind == "manual" for context in form.rows for rule in context.row.rules)
    own = len(form.own.rules) if form.own else 0
    assert len(counts) + manual == sum(len(context.row.rules) for context in form.rows) + own
    assert min(counts.values()) >= 5


@EVERY_DEFINITION
def test_probes_lie_on_both_sides_of_every_threshold(folder: Path) -> None:
    """Nearer than 0.02 %; where things are counted, one more or less."""
    near, one = Decimal("0.02"), 100
    by_rule: dict[str, list[Probe]] = {}
    for probe in probes_of(load_form(folder)):
        by_rule.setdefault(probe.path, []).append(probe)
    for path, probes in by_rule.items():
        rule = probes[0].rule
        counts = any(item.kind is ValueKind.COUNT for item in rule.inputs())
        for band in getattr(rule, "bands", ()):
            sides = set()
            for probe in probes:
                numerator, denominator = rule.inputs()[1].id, rule.inputs()[0].id
                above, below = probe.answers.number(numerator), probe.answers.number(denominator)
                if (
                    above is not None
                    and below
                    and abs(above * 100 - band.limit_percent * below) <= (one if counts else below * near)
                ):
                    sides.add((above * 100).compare(band.limit_percent * below))
            assert sides == {-1, 0, 1}, (path, band.text())


@pytest.mark.parametrize("kind", sorted({rule.kind for rule in RULES}))
def test_probes_of_each_kind_have_scores_and_none(kind: str) -> None:
    engines = [
        probe.engine
        for folder in (HAIZHU, FICTIONAL)
        for probe in probes_of(load_form(folder))
        if probe.rule.kind == kind
    ]
    if kind == "manual":
        assert engines == []
    else:
        assert None in engines
        assert len({engine for engine in engines if engine is not None}) > 2


def _wrong(rule: Deduction, weight: Decimal, name: CellName) -> str:
    return f"{weight}-{name(f'data.{rule.count.id}')}*{rule.step}"


@needs_office
def test_a_formula_that_says_something_else_is_an_error_at_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Deduction, "formula", _wrong)
    found = check_up(FICTIONAL)
    assert not found.is_sound
    assert {mistake.path for mistake in found.mistakes} == {
        "indicators.1.groups.0.indicators.0.rows.2.rules.0",
        "indicators.1.groups.1.indicators.2.rows.0.rules.0",
        "indicators.1.groups.1.indicators.2.rows.0.rules.1",
    }
    text = (FICTIONAL / "form.yaml").read_text(encoding="utf-8").splitlines()
    for mistake in found.mistakes:
        assert mistake.level is Level.ERROR
        assert "kind: deduction" in text[mistake.line - 1]
        assert is_chinese(mistake.remedy)
    assert "验收不合格项目数 未填 时，程序不得分，公式得 3.5 分" in found.mistakes[0].message


@needs_office
def test_a_formula_with_an_error_value_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Deduction, "formula", lambda rule, weight, name: "NOSUCH(1)")
    messages = [mismatch.message for mismatch in check_formulas(load_form(FICTIONAL), office())]
    assert messages
    assert all("#NAME?" in message for message in messages)


def test_without_libreoffice_that_is_said_and_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "find_office", lambda: None)
    found = check_up(FICTIONAL)
    assert found.is_sound
    assert [mistake.level for mistake in found.mistakes] == [Level.REMARK]
    assert "LibreOffice" in found.mistakes[0].message


def program(folder: Path, script: str) -> str:
    """A stand-in for LibreOffice."""
    file = folder / "soffice"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo cannot start >&2; exit 7", "返回 7）：cannot start"),
        ("exit 0", "没有算出公式（返回 0）"),
        ("exec sleep 5", "没有算完公式"),
    ],
    ids=["失败", "没有结果", "太久"],
)
def test_a_libreoffice_that_does_not_work_is_told_clearly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    monkeypatch.setattr(office_program, "TIMEOUT_SECONDS", 1)
    with pytest.raises(EnvironmentProblem) as caught:
        check_formulas(load_form(FICTIONAL), program(tmp_path, script))
    assert words in caught.value.message
    assert is_chinese(caught.value.remedy)


def test_a_libreoffice_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="不能启动"):
        check_formulas(load_form(FICTIONAL), str(tmp_path / "soffice"))
