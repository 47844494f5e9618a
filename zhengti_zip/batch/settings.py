"""What a batch is asked to make of every file; plain data that travels to the workers."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhengti_zip.printing.options import PrintOptions

DEFAULT_SECONDS = 60
DEFAULT_MEGABYTES = 1024


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """What every worker of a batch must know.

    Attributes:
        form: id or absolute folder of the form every file must be of; None takes the one each file names.
        fonts: absolute paths of font files for characters no bundled font has.
        prints: which files to make, and how; ``draft`` prints those with errors too, with a watermark.
        epoch: the time written into files, in seconds since 1970; 0 leaves it to the process.
        program: digest of the program and its resources (:func:`zhengti_zip.batch.digests.program_digest`);
            a worker on another machine must have the same.
        resources: digest of the form folder and fonts named above; these too must be the same everywhere.
    """

    form: str | None = None
    fonts: tuple[str, ...] = ()
    prints: PrintOptions = field(default_factory=PrintOptions)
    epoch: int = 0
    program: str = ""
    resources: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost before its worker is stopped.

    Attributes:
        seconds: time for one file; 0 for no limit.
        megabytes: memory of a worker, enforced on Linux; 0 for no limit.
    """

    seconds: float = DEFAULT_SECONDS
    megabytes: int = DEFAULT_MEGABYTES
