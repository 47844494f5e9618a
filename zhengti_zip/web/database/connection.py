"""The connection to the database, brought to the present schema by Alembic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from zhengti_zip.base.errors import EnvironmentProblem

READS_ONLY = "zhengti_reads_only"
"""Execution option of a connection that never writes."""

MIGRATIONS = Path(__file__).with_name("migrations")
SECONDS_TO_WAIT = 30
"""How long a writer waits for another; SQLite has one writer at a time."""


class Database:
    """The database of a server.

    Args:
        url: ``sqlite:///<file>`` or ``postgresql+psycopg://…``.
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writing = sessionmaker(self.engine, expire_on_commit=False)
        self._reading = sessionmaker(self.engine.execution_options(**{READS_ONLY: True}))

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that commits when the block ends, and takes everything back when it fails."""
        with self._writing.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads; it waits for no writer, and nothing it changes is kept."""
        with self._reading() as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees one moment, however long it reads."""
        options: dict[str, Any] = {READS_ONLY: True}
        if self.engine.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
        with self.engine.execution_options(**options).connect() as connection:
            yield connection

    def upgrade(self) -> None:
        """Bring the schema to that of this program; makes it when there is none.

        Raises:
            EnvironmentProblem: the database cannot be reached, or is of a later version of the program.
        """
        try:
            with self.engine.begin() as connection:
                command.upgrade(migration_config(connection), "head")
        except SQLAlchemyError as error:
            raise EnvironmentProblem(
                f"不能使用数据库 {self.engine.url.render_as_string(hide_password=True)}：{_cause(error)}",
                "请检查地址、用户名、密码和权限，确认数据库服务已启动",
            ) from error
        except CommandError as error:
            raise EnvironmentProblem(
                f"数据库是由另一版本的程序建立的：{error}", "请安装不低于该版本的 zhengti-zip"
            ) from error

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def migration_config(connection: Connection | None = None) -> Config:
    """What Alembic needs; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _cause(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
    engine = create_engine(url, connect_args={"timeout": SECONDS_TO_WAIT})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, record: object) -> None:
        # Transactions are begun here and not by sqlite3, which begins them late: two readers that
        # turn writers at the same time would refuse each other at once instead of waiting.
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        reads = connection.get_execution_options().get(READS_ONLY, False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine
