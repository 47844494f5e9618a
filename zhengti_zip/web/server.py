"""What every request works with: settings, database, store, jobs and cookies."""

from __future__ import annotations

from dataclasses import dataclass

from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.security.cookies import Cookies
from zhengti_zip.web.settings import ServerSettings
from zhengti_zip.web.store import Store
from zhengti_zip.web.work.jobs import Jobs


@dataclass(frozen=True)
class Server:
    """A server that runs.

    Attributes:
        settings: what it was started with.
        database: what it remembers.
        store: the bytes of files.
        jobs: work in progress.
        cookies: writes and reads sessions.
    """

    settings: ServerSettings
    database: Database
    store: Store
    jobs: Jobs
    cookies: Cookies

    @classmethod
    def start(cls, settings: ServerSettings) -> Server:
        """Open what is there, bring it to the present schema, and go on with work that was left.

        Raises:
            EnvironmentProblem: the database cannot be used.
            OSError: the folder cannot be written.
        """
        settings.folder.mkdir(parents=True, exist_ok=True)
        database = Database(settings.database_url)
        database.upgrade()
        store = Store(settings.folder / "files")
        store.sweep()
        jobs = Jobs(settings, database, store)
        jobs.start()
        return cls(settings, database, store, jobs, Cookies(settings.secret))

    def stop(self) -> None:
        """End all work; what was not finished is done after the next start."""
        self.jobs.stop()
        self.database.close()
