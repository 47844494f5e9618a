"""The kinds of jobs, and what does each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zhengti_zip.web.office import archive, ranking
from zhengti_zip.web.work import handlers, handlers_of_two
from zhengti_zip.web.work.keeping import EXAMINE
from zhengti_zip.web.work.undertaking import Undertaking

Handler = Callable[[Undertaking], dict[str, Any] | None]
"""Does one job and returns its result as plain data."""

KINDS: Mapping[str, Handler] = {
    EXAMINE: handlers.examine,
    "compare": handlers_of_two.compare,
    "review": handlers_of_two.review,
    "review_outcome": handlers_of_two.review_outcome,
    ranking.REPORT: ranking.report,
    archive.ARCHIVE: archive.archive,
}
