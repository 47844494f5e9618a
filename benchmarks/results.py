"""What was measured, and the ratios that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.processes import Cost
from benchmarks.targets import TARGETS, Measure, Target, Verdict
from benchmarks.way import Way


@dataclass(slots=True)
class Series:
    """The runs of one way, costs per form.

    Attributes:
        title: what the way does.
        forms: forms made in one run.
        runs: what each run cost; times are those of one form, memory that of the run.
        tree: MB of all processes together, from the round that is not counted; None where unknown.
        lack: why the way cannot run here; "" when it can.
        error: how it failed; "" when it did not. One that failed once has no figures.
    """

    title: str
    forms: int = 1
    runs: list[Cost] = field(default_factory=list)
    tree: float | None = None
    lack: str = ""
    error: str = ""

    def fail(self, error: Exception) -> None:
        """Take the way out of the run; the others go on."""
        self.error = str(error)
        self.runs.clear()

    def values(self, measure: Measure) -> list[float]:
        """The figure of every run: seconds or MB."""
        return [run.wall if measure is Measure.TIME else run.peak for run in self.runs]


@dataclass(frozen=True, slots=True)
class Ratio:
    """One way divided by another.

    Attributes:
        target: what was compared.
        value: ratio of the medians.
        lowest, highest: of the ratios of single rounds.
        cpu: ratio of the medians of processor time; None for memory.
    """

    target: Target
    value: float
    lowest: float
    highest: float
    cpu: float | None

    @property
    def verdict(self) -> Verdict:
        """Whether the target is met."""
        return self.target.verdict(self.value)


def ratios(measured: Mapping[str, Series], targets: tuple[Target, ...] = TARGETS) -> list[Ratio]:
    """Every ratio both of whose ways were measured."""
    found = []
    for target in targets:
        ours, rival = measured.get(target.ours), measured.get(target.rival)
        if ours and rival and ours.runs and rival.runs:
            found.append(_ratio(target, ours, rival))
    return found


def _ratio(target: Target, ours: Series, rival: Series) -> Ratio:
    pair = [series.values(target.measure) for series in (ours, rival)]
    rounds = [left / right for left, right in zip(*pair, strict=False)]
    cpu = None
    if target.measure is Measure.TIME:
        cpu = median(run.cpu for run in ours.runs) / median(run.cpu for run in rival.runs)
    return Ratio(target, median(pair[0]) / median(pair[1]), min(rounds), max(rounds), cpu)


def as_json(measured: Mapping[str, Series], found: list[Ratio], machine: Mapping[str, Any]) -> dict[str, Any]:
    """Everything, for a file; times in ms per form, memory in MB."""
    return {
        "machine": dict(machine),
        "ways": {name: _series(series) for name, series in measured.items()},
        "ratios": [
            {
                "ours": ratio.target.ours,
                "against": ratio.target.rival,
                "measure": ratio.target.measure.value,
                "ratio": round(ratio.value, 4),
                "lowest": round(ratio.lowest, 4),
                "highest": round(ratio.highest, 4),
                "cpu_ratio": None if ratio.cpu is None else round(ratio.cpu, 4),
                "at_most": ratio.target.at_most,
                "verdict": ratio.verdict.name.lower(),
            }
            for ratio in found
        ],
    }


def _series(series: Series) -> dict[str, Any]:
    return {
        "title": series.title,
        "lack": series.lack,
        "failed": bool(series.error),
        "forms": series.forms,
        "wall_ms": [round(run.wall * 1000, 2) for run in series.runs],
        "cpu_ms": [round(run.cpu * 1000, 2) for run in series.runs],
        "peak_mb": [round(run.peak, 1) for run in series.runs],
        "tree_mb": None if series.tree is None else round(series.tree, 1),
    }


def new_series(ways: tuple[Way, ...]) -> dict[str, Series]:
    """An empty series for each way; those that cannot run say why."""
    return {way.name: Series(way.title, lack=way.lack()) for way in ways}
