"""Files kept inside a printed form (the input, the data, the scores), and the fixed time of its files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime

from zhengti_zip.base.excerpts import shortened

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest time a zip entry can have."""

EPOCH_2107 = 4354819198
"""The last second of 2107 that a zip entry can have."""

SUBMISSION_NAME = "submission.json"
EVALUATION_NAME = "evaluation.json"


@dataclass(frozen=True, slots=True)
class Original:
    """The file a submission was read from: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a PDF.

    Attributes:
        name: its file name.
        content: its bytes.
        description: what it is, in Chinese.
        relationship: its AFRelationship in ISO 32000-2: Source, Data, Supplement …
    """

    name: str
    content: bytes
    description: str
    relationship: str


def fixed_time() -> int:
    """The time written into all files, so that the same input always gives the same bytes.

    Returns:
        Seconds since 1970: SOURCE_DATE_EPOCH, or what is nearest to it between 1980 and 2107; 1980-01-01 when it is not
        set or no number.
    """
    earliest = int(EARLIEST.timestamp())
    try:
        return min(max(int(os.environ[EPOCH_VARIABLE]), earliest), EPOCH_2107)
    except (KeyError, ValueError):
        return earliest


def settle_epoch() -> str:
    """Replace a SOURCE_DATE_EPOCH that cannot be written into files by the time that is, also for the libraries.

    Returns:
        What has been replaced, in Chinese; "" when the variable is not set or fit.
    """
    given = os.environ.get(EPOCH_VARIABLE)
    used = str(fixed_time())
    if given is None or given == used:
        return ""
    os.environ[EPOCH_VARIABLE] = used
    when = datetime.fromtimestamp(int(used), UTC)
    return f"环境变量 {EPOCH_VARIABLE} 的值“{shortened(given, 21)}”不能用作文件时间，按 {when:%Y-%m-%d} 处理"
