"""A target that is missed is marked as missed; ratios are those of medians."""

from __future__ import annotations

import json

import pytest

from benchmarks.catalogue import WAYS
from benchmarks.processes import Cost
from benchmarks.report import report
from benchmarks.results import Series, as_json, ratios
from benchmarks.targets import TARGETS, Measure, Target, Verdict

FOUR_TO_TEN = {
    "ours": Series("Ours", runs=[Cost(4, 3, 90), Cost(1, 1, 80), Cost(5, 4, 100)]),
    "theirs": Series("Theirs", runs=[Cost(10, 12, 100), Cost(10, 10, 100), Cost(40, 12, 100)]),
}
"""Median times 4 and 10 seconds, of processor 3 and 12, median memory 90 and 100 MB."""


@pytest.mark.parametrize(
    ("at_most", "ratio", "verdict"),
    [
        (0.6, 0.59, Verdict.MET),
        (0.6, 0.6, Verdict.MET),
        (0.6, 0.601, Verdict.MISSED),
        (None, 12.0, Verdict.REPORTED),
    ],
)
def test_verdict_on_both_sides_of_the_limit(at_most: float | None, ratio: float, verdict: Verdict) -> None:
    assert Target("ours", "theirs", at_most).verdict(ratio) is verdict


def test_ratio_is_that_of_the_medians_with_single_rounds_beside_it() -> None:
    [ratio] = ratios(FOUR_TO_TEN, (Target("ours", "theirs", 0.5),))
    assert (ratio.value, ratio.lowest, ratio.highest) == (0.4, 0.1, 0.4)
    assert ratio.cpu == 0.25
    assert ratio.verdict is Verdict.MET


def test_memory_is_compared_by_the_largest_process() -> None:
    [ratio] = ratios(FOUR_TO_TEN, (Target("ours", "theirs", 0.8, Measure.MEMORY),))
    assert ratio.value == 0.9
    assert ratio.cpu is None
    assert ratio.verdict is Verdict.MISSED


def test_report_marks_what_is_missed_and_names_what_was_not_measured() -> None:
    measured = {**FOUR_TO_TEN, "absent": Series("Absent", lack="is not installed")}
    measured["broken"] = Series("Broken", error="exit code 3")
    targets = (Target("ours", "theirs", 0.3), Target("ours", "theirs", 0.4), Target("ours", "absent", 0.1))
    text = report(measured, ratios(measured, targets), {"system": "Test"})
    lines = text.splitlines()
    assert "| `ours` | `theirs` | 0.40 | 0.10–0.40 | 0.25 | 0.3 | **missed** |" in lines
    assert "| `ours` | `theirs` | 0.40 | 0.10–0.40 | 0.25 | 0.4 | met |" in lines
    assert "| `ours` | Ours | 4000 | 1000–5000 | 3000 | 90 |  |" in lines
    assert lines[-2:] == ["* absent: is not installed", "* broken: failed"]
    assert text.count("`absent`") == 0, "what was not measured has no ratio and no row"


def test_json_has_every_single_run() -> None:
    found = ratios(FOUR_TO_TEN, (Target("ours", "theirs", 0.3),))
    data = json.loads(json.dumps(as_json(FOUR_TO_TEN, found, {"rounds": 3})))
    assert data["ways"]["ours"]["wall_ms"] == [4000, 1000, 5000]
    assert data["ratios"][0]["verdict"] == "missed"
    assert data["ratios"][0]["ratio"] == 0.4


def test_every_target_names_two_ways_that_exist() -> None:
    names = [way.name for way in WAYS]
    assert len(set(names)) == len(names)
    assert {name for target in TARGETS for name in (target.ours, target.rival)} <= set(names)


def test_limits_are_those_agreed_on() -> None:
    limits = [(t.ours, t.rival, t.at_most) for t in TARGETS if t.at_most is not None]
    assert limits == [
        ("build", "libreoffice-docx", 0.6),
        ("check", "libreoffice-docx", 0.4),
        ("pdf", "weasyprint", 0.55),
        ("docx", "docxtpl", 0.4),
        ("read", "openpyxl", 1.0),
        ("batch-2", "libreoffice-docx-many", 0.8),
        ("batch-2", "libreoffice-docx-many", 0.7),
        ("help", "weasyprint-import", 0.333),
    ]
