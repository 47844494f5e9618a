"""Dates as people type them: 2026-03-01, 2026年3月1日, 2026/3/1, 2026.3.1, and the dates of a workbook."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from zhengti_zip.base.marks import folded
from zhengti_zip.form.base import Input
from zhengti_zip.submission.raw import Parsed, Raw, ValueProblem, shown

DATE_YEARS = range(1900, 2200)
"""Years a date of a form can have."""

_WRITTEN = re.compile(r"(\d{4})\s*(?:年|-|/|\.)\s*(\d{1,2})\s*(?:月|-|/|\.)\s*(\d{1,2})\s*[日号]?")


def parse_date(item: Input, raw: Raw) -> Parsed:
    """A date as ISO text, ``2026-03-01``.

    Raises:
        ValueProblem: it is no date, or none there is.
    """
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return Parsed(_sensible(item, raw, raw).isoformat())
    match = _WRITTEN.fullmatch(folded(str(raw))) if isinstance(raw, str) else None
    if match is None:
        raise _not_a_date(item, raw)
    try:
        found = date(*map(int, match.groups()))
    except ValueError as fault:
        raise ValueProblem("not_a_date", f"没有“{shown(raw)}”这一天", "请核对年、月、日") from fault
    return Parsed(_sensible(item, raw, found).isoformat())


def date_of(text: str) -> date | None:
    """The date of an ISO text; None for any other text."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-03-01") else None
    except ValueError:
        return None


def _sensible(item: Input, raw: Raw, found: date) -> date:
    if found.year not in DATE_YEARS:
        raise ValueProblem("not_a_date", f"“{shown(raw)}”的年份不合理", f"请核对“{item.label}”")
    return found


def _not_a_date(item: Input, raw: Raw) -> ValueProblem:
    is_moment = isinstance(raw, time)
    words = "是时间，不是日期" if is_moment else "不是日期"
    return ValueProblem(
        "not_a_date", f"“{shown(raw)}”{words}", f"请填写“{item.label}”的年月日，例如 2026-03-01"
    )
