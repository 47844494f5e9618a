"""What is compared with what, and how much the ratio may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """What of two ways is divided by each other."""

    TIME = "time per form"
    MEMORY = "peak memory of the largest process"


class Verdict(StrEnum):
    """Whether a ratio is within its target."""

    MET = "met"
    MISSED = "**missed**"
    REPORTED = "–"


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio of medians and its limit.

    Attributes:
        ours, rival: names of the two ways.
        at_most: the limit; None where the ratio is only reported.
        measure: what is compared.
    """

    ours: str
    rival: str
    at_most: float | None = None
    measure: Measure = Measure.TIME

    def verdict(self, ratio: float) -> Verdict:
        """What a ratio means for this target; the limit itself is within."""
        if self.at_most is None:
            return Verdict.REPORTED
        return Verdict.MET if ratio <= self.at_most else Verdict.MISSED


TARGETS = (
    Target("build", "libreoffice-docx", 0.6),
    Target("check", "libreoffice-docx", 0.4),
    Target("pdf", "weasyprint", 0.55),
    Target("pdf", "typst"),
    Target("docx", "docxtpl", 0.4),
    Target("read", "openpyxl", 1.0),
    Target("batch-2", "libreoffice-docx-many", 0.8),
    Target("batch-2", "batch-1"),
    Target("batch-2", "libreoffice-docx-many", 0.7, Measure.MEMORY),
    Target("help", "weasyprint-import", 0.333),
    Target("build", "libreoffice-xlsx"),
    Target("build", "docxtpl-libreoffice"),
    Target("build", "chromium"),
    Target("build", "weasyprint-cold"),
    Target("build", "typst-cold"),
    Target("batch-2", "libreoffice-xlsx-many"),
    Target("batch-2", "docxtpl-libreoffice-many"),
    Target("batch-2", "weasyprint-many"),
)
