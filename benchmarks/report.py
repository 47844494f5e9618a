"""The results as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

from benchmarks.results import Ratio, Series
from benchmarks.targets import Measure


def report(measured: Mapping[str, Series], found: list[Ratio], machine: Mapping[str, Any]) -> str:
    """Both tables and what they were measured on."""
    said = ", ".join(f"{key} {value}" for key, value in machine.items())
    lacking = [
        f"* {name}: {series.lack or 'failed'}"
        for name, series in measured.items()
        if series.lack or series.error
    ]
    parts = [said, *([_ratio_table(found)] if found else []), _way_table(measured)]
    if lacking:
        parts.append("Not measured:\n\n" + "\n".join(lacking))
    return "\n\n".join(parts) + "\n"


def _ratio_table(found: list[Ratio]) -> str:
    head = ("ours", "against", "ratio", "single rounds", "processor time", "at most", "target")
    rows = []
    for ratio in found:
        target = ratio.target
        memory = " (memory)" if target.measure is Measure.MEMORY else ""
        rows.append(
            (
                f"`{target.ours}`{memory}",
                f"`{target.rival}`",
                f"{ratio.value:.2f}",
                f"{ratio.lowest:.2f}–{ratio.highest:.2f}",
                "" if ratio.cpu is None else f"{ratio.cpu:.2f}",
                "" if target.at_most is None else f"{target.at_most:g}",
                ratio.verdict.value,
            )
        )
    return _table(head, rows, numbers={2, 3, 4, 5})


def _way_table(measured: Mapping[str, Series]) -> str:
    head = ("way", "what it does", "ms per form", "lowest–highest", "processor, ms")
    memory = ("largest process, MB", "all processes, MB")
    rows = []
    for name, series in measured.items():
        if not series.runs:
            continue
        walls = [run.wall * 1000 for run in series.runs]
        rows.append(
            (
                f"`{name}`",
                series.title + (f" ({series.forms} forms)" if series.forms > 1 else ""),
                f"{median(walls):.0f}",
                f"{min(walls):.0f}–{max(walls):.0f}",
                f"{median(run.cpu for run in series.runs) * 1000:.0f}",
                f"{median(run.peak for run in series.runs):.0f}",
                "" if series.tree is None else f"{series.tree:.0f}",
            )
        )
    return _table((*head, *memory), rows, numbers={2, 3, 4, 5, 6})


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], numbers: set[int]) -> str:
    rule = tuple("---:" if index in numbers else "---" for index in range(len(head)))
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))
