"""The version of the program; the changelog has the same."""

from __future__ import annotations

VERSION = "0.1.0"
