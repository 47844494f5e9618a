"""Days as people in China write them."""

from __future__ import annotations

from datetime import date


def chinese_date(day: date | None) -> str:
    """``2026年3月5日``; "" for None."""
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"
