"""Moments and days as people in China read them; inside the program a moment is always in UTC."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from zhengti_zip.web.database.models import now

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""There has been no summer time since 1991, so no time zone data are needed, which Windows has not."""


def china_time(moment: datetime | None) -> str:
    """``2026-03-05 09:30`` in China; "" for None."""
    return "" if moment is None else moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def shown_time(moment: datetime) -> str:
    """Hour and minute in China; of another day also the date, e.g. ``2026-03-01 09:30``."""
    is_today = china_day(moment) == china_today()
    return f"{moment.astimezone(CHINA):%H:%M}" if is_today else china_time(moment)


def china_day(moment: datetime) -> date:
    """The day it is in China at a moment."""
    return moment.astimezone(CHINA).date()


def china_today() -> date:
    """The day it is in China now."""
    return china_day(now())
