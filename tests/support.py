"""What several tests build: submissions with one thing changed, form definitions with one mistake."""

from __future__ import annotations

import csv
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import FrameType
from typing import Any

from zhengti_zip.base.numbers import plain
from zhengti_zip.base.resources import templates_dir
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.loader import FORM_FILE, inspect_form, load_form
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules import Answers, Computed, NotComputed, Outcome
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.table import FormTable
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.source import Source

FORM_ID = "haizhu-2022"
DATA = Path(__file__).parent / "data"
SAMPLE = Path(__file__).parents[1] / "samples" / f"{FORM_ID}.json"

GONE: Any = object()
"""As a changed value: the key is left out."""

Changes = Mapping[str, Any]
Found = tuple[str, str, str]
"""Severity, code and path of a problem."""


def form() -> FormDefinition:
    """The form every test is about."""
    return load_form(FORM_ID)


def published() -> list[dict[str, str]]:
    """The rows of the published indicator table."""
    with (DATA / "haizhu-2022-indicators.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sound() -> dict[str, Any]:
    """Plain data of a submission there is nothing to say about: full marks entered by hand, with evidence."""
    return {
        "form": FORM_ID,
        "fields": {"department": "海珠区教育局", "year": 2022, "scope": "本级", "unit_count": 1},
        "goals": [{"goal": "完成年度工作计划。", "completion": "已全部完成。"}],
        "budget": {
            "total": "1297.59",
            "basic": "1155.12",
            "project": "142.47",
            "special": "0",
            "other_development": "0",
            "district": "0",
            "superior": "0",
        },
        "scores": {
            context.row.id: {"score": plain(context.row.weight), "evidence": "《2022年度台账》"}
            for context in form().rows
        },
        "data": {},
        "indicators": [],
        "units": [],
    }


def changed(changes: Changes) -> dict[str, Any]:
    """The sound submission with the values at some paths replaced, e.g. ``{"budget.total": "1"}``."""
    data = sound()
    for path, value in changes.items():
        *above, last = path.split(".")
        target: Any = data
        for key in above:
            target = target[int(key)] if isinstance(target, list) else target.setdefault(key, {})
        if value is GONE:
            del target[last]
        else:
            target[int(last) if isinstance(target, list) else last] = value
    return data


def source(changes: Changes | None = None) -> Source:
    """The sound submission with some changes, as read."""
    return from_data(changed(changes or {}), form())


def found(changes: Changes | None = None) -> list[Found]:
    """What is wrong with the sound submission after some changes."""
    return [(str(p.severity), p.code, p.path) for p in examine(source(changes)).problems]


def table(changes: Changes | None = None) -> FormTable:
    """The printed grid of the sound submission after some changes."""
    read = source(changes)
    return examine(read).table


def scored(row_id: str, answers: Mapping[str, Decimal | int | str], year: int = 2022) -> Outcome:
    """What the form's own rule makes of some data."""
    context = form().row_by_id[row_id]
    return context.row.rule_for(year).score(context.row.weight, Answers(answers))


def points(outcome: Outcome) -> Decimal:
    """The score of an outcome that has one."""
    assert isinstance(outcome, Computed), outcome
    return outcome.score


def refusal(outcome: Outcome) -> NotComputed:
    """An outcome that has no score."""
    assert isinstance(outcome, NotComputed), outcome
    return outcome


def indicator(
    direction: str, target: str | None = None, actual: str | None = None, **more: Any
) -> PerformanceIndicator:
    """A row of 绩效指标 of the group 产出."""
    return PerformanceIndicator(
        type="产出-数量",
        group="产出",
        name="指标",
        direction=direction,
        target=None if target is None else Decimal(target),
        actual=None if actual is None else Decimal(actual),
        **more,
    )


def half_up(exact: Fraction) -> Decimal:
    """An exact number rounded half up to 2 decimals, worked out without Decimal division."""
    return Decimal((exact * 200 + 1) // 2) / 100


@dataclass(frozen=True, slots=True)
class Edit:
    """One mistake made in the form definition.

    Attributes:
        name: what is wrong, for the test's id.
        old, new: the text that is there once, and what replaces it.
        path: the key path that must be named.
        at: a piece of the line that must be named, once in the edited text ("" for line 1); with "¦" in
            it, the line is the one where "¦" stands.
        also: further key paths that the same mistake makes wrong.
    """

    name: str
    old: str
    new: str
    path: str
    at: str
    also: tuple[str, ...] = ()

    def apply(self) -> str:
        """The edited definition."""
        text = definition_text()
        assert text.count(self.old) == 1, f"{self.old!r} stands {text.count(self.old)} times in {FORM_FILE}"
        return text.replace(self.old, self.new)

    def line(self) -> int:
        """The line that must be named."""
        text = self.apply()
        context, _, rest = self.at.rpartition("¦")
        piece = context + rest
        assert not piece or text.count(piece) == 1, f"{piece!r} stands {text.count(piece)} times"
        return text[: text.index(piece) + len(context)].count("\n") + 1


def definition_text() -> str:
    """The text of the real form definition."""
    return (templates_dir() / FORM_ID / FORM_FILE).read_text(encoding="utf-8")


def mistakes(folder: Path, content: str | bytes) -> list[Mistake]:
    """The mistakes of a definition with that content."""
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    (folder / FORM_FILE).write_bytes(data)
    return inspect_form(folder)[1]


def is_chinese(text: str) -> bool:
    """Whether a message has Chinese words in it."""
    return any("\u4e00" <= char <= "\u9fff" for char in text)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Fail what would otherwise hang."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"not done after {seconds} s")

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
