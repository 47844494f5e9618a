"""Names of the sheets about what an officer should look at, and how several departments are named in one cell."""

from __future__ import annotations

from collections.abc import Iterable

WARNINGS, SELF_SCORES, DOUBTS = "警告", "自评与计算", "部门间核对"

MAX_NAMED = 10
"""Most departments of a doubt that are named."""


def named(entries: Iterable[str]) -> str:
    """Names or places of the departments of a doubt, one a line; of many only the first."""
    lines = list(entries)
    if len(lines) <= MAX_NAMED:
        return "\n".join(lines) if any(lines) else ""
    return "\n".join([*lines[:MAX_NAMED], f"…（共 {len(lines)} 处）"])
