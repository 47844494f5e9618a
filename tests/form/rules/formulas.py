"""The Excel formula of one rule against its score, worked out by LibreOffice on the probes of the rule."""

from __future__ import annotations

import os
from decimal import Decimal

import pytest

from zhengti_zip.form.rules import Rule
from zhengti_zip.formtools.formula_check import Probe, find_office, mismatches

needs_office = pytest.mark.skipif(
    find_office() is None and os.environ.get("CI") != "true", reason="LibreOffice is not installed"
)


def disagreements(rules: dict[str, Rule], weights: tuple[str, ...]) -> list[str]:
    """What formula and engine say differently, for each rule by its name and each weight."""
    probes = [
        Probe(name, name, Decimal(weight), rule, answers)
        for name, rule in rules.items()
        for weight in weights
        for answers in rule.probes(Decimal(weight))
    ]
    assert len({probe.engine for probe in probes}) > 3
    office = find_office()
    assert office is not None
    return [mismatch.message for mismatch in mismatches(probes, office)]
