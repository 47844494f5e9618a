"""Moments as pages show them: in the time zone of the server."""

from __future__ import annotations

from datetime import datetime

from zhengti_zip.web.database.models import now


def shown_time(moment: datetime) -> str:
    """Hour and minute; of another day also the date, e.g. ``2026-03-01 09:30``."""
    local = moment.astimezone()
    is_today = local.date() == now().astimezone().date()
    return f"{local:%H:%M}" if is_today else f"{local:%Y-%m-%d %H:%M}"
