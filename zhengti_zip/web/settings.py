"""What a server is started with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from zhengti_zip.base.processors import cores
from zhengti_zip.batch.settings import DEFAULT_MEGABYTES, DEFAULT_SECONDS

DESK_KEEPS = timedelta(hours=1)
"""How long a desk keeps the files of a visitor after the last use."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What a server is started with.

    Attributes:
        folder: holds the files, and the database where it is SQLite.
        database_url: as SQLAlchemy takes it.
        secret: signs cookies; 32 bytes or more.
        is_office: whether there are accounts, rounds and departments; else a desk without accounts.
        public_url: how browsers reach the server, e.g. ``https://zp.example.gov.cn``; for links in texts.
        is_secure: whether browsers reach it by https, so that cookies are for https only.
        workers: how many files are worked on at a time.
        seconds, megabytes: limits of the work on one file.
        keeps: how long files that belong to no department are kept after their last use.
    """

    folder: Path
    database_url: str
    secret: bytes
    is_office: bool = False
    public_url: str = "http://127.0.0.1:8000"
    is_secure: bool = False
    workers: int = 0
    seconds: int = DEFAULT_SECONDS
    megabytes: int = DEFAULT_MEGABYTES
    keeps: timedelta = DESK_KEEPS

    @property
    def worker_count(self) -> int:
        """How many files are worked on at a time; one for each processor unless it was set."""
        return self.workers or cores()
