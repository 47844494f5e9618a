"""What a batch says on the terminal of the files it skipped and of the departments that have not handed in."""

from __future__ import annotations

from collections.abc import Iterable

from zhengti_zip.batch.arrivals import Arrivals
from zhengti_zip.batch.roster_check import Handed, RosterCheck
from zhengti_zip.batch.summary.arrival_words import ARRIVALS, roster_words
from zhengti_zip.cli.streams import hint, tell

NAMED = 5
"""Most names in one line; the summary has all."""


def tell_arrivals(arrivals: Arrivals) -> None:
    """Print which files were skipped and why, and who has not handed in."""
    for why, files in arrivals.skipped.items():
        tell(f"跳过 {len(files)} 个文件（{why}）：{_some(file.name for file in files)}")
    if arrivals.skipped:
        hint(f"跳过的原因见汇总表的“{ARRIVALS}”")
    if arrivals.roster:
        _tell_roster(arrivals.roster)


def _tell_roster(roster: RosterCheck) -> None:
    tell(roster_words(roster))
    if missing := roster.of(Handed.MISSING):
        tell(f"未报：{_some(line.entry.name for line in missing)}")
    if unlisted := dict.fromkeys(result.department for result in roster.unlisted):
        tell(f"不在名单上：{_some(unlisted)}")
    for notice in roster.notices:
        tell(f"名单：{notice}")


def _some(names: Iterable[str]) -> str:
    """The first of many names."""
    shown = list(names)
    return "、".join(shown[:NAMED]) + (" 等" if len(shown) > NAMED else "")
