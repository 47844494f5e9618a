"""Files kept inside a printed form (the input, the data, the scores), and the fixed time of its files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest time a zip entry can have."""

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
        Seconds since 1970: SOURCE_DATE_EPOCH if it is a valid number, otherwise 1980-01-01.
    """
    earliest = int(EARLIEST.timestamp())
    try:
        return max(int(os.environ[EPOCH_VARIABLE]), earliest)
    except (KeyError, ValueError):
        return earliest
