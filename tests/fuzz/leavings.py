"""What commands leave on the disk: whole files in the output folder, and nothing anywhere else."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.fuzz.names import ELSEWHERE
from zhengti_zip.batch.journal import NAME as JOURNAL

TROUBLE = {
    "crashed",
    "environment",
    "not_printed",
    "not_written",
    "out_of_memory",
    "timed_out",
    "worker_killed",
}
"""Codes of a batch for what no input may bring about."""

Tree = dict[str, str]
"""Paths of files below a folder, and digests of what is in them."""


def tree(folder: Path) -> Tree:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): ""
        if path.is_symlink()
        else sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def is_whole(file: Path) -> bool:
    """Whether a file is what its name says, from its first byte to its last."""
    content = file.read_bytes()
    try:
        if file.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(BytesIO(content)) as archive:
                return archive.testzip() is None
        if file.suffix == ".json":
            json.loads(content)
    except (zipfile.BadZipFile, ValueError):
        return False
    if file.suffix == ".pdf":
        return content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
    if file.suffix == ".png":
        return content.startswith(b"\x89PNG") and content.endswith(b"IEND\xaeB`\x82")
    return bool(content)


def disorder(
    folder: Path, before: Tree, output: Path, also: Collection[str] = (), *, as_found: bool = False
) -> str:
    """What a command did to a folder that it should not have done; "" when nothing.

    Args:
        folder: where everything is.
        before: the files there before it.
        output: the output folder in it.
        also: names of other files it was to write.
        as_found: what it writes is taken as it stands out of a file that may be damaged.
    """
    inside = output.relative_to(folder).as_posix() + "/"
    after = {
        name: digest
        for name, digest in tree(folder).items()
        if not name.startswith(inside) and name not in also
    }
    if after != {name: digest for name, digest in before.items() if not name.startswith(inside)}:
        return f"changed outside the output folder: {sorted(set(after.items()) ^ set(before.items()))}"
    if ELSEWHERE.exists():
        return f"{ELSEWHERE} is there"
    for file in _files(output):
        if file.name.startswith(".zhengti-") and file.name != JOURNAL:
            return f"left over: {file.name}"
        if file.is_symlink() or not (as_found or file.name == JOURNAL or is_whole(file)):
            return f"not whole: {file.name}"
    return ""


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())


def last_run(log: Path) -> list[dict[str, Any]]:
    """The events of the last batch in a log."""
    events: list[dict[str, Any]] = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    starts = [number for number, event in enumerate(events) if event["event"] == "start"]
    return events[starts[-1] :] if starts else []


def miscarriage(
    events: Sequence[dict[str, Any]],
    output: Path,
    code: int,
    required: Collection[str],
    trouble: Collection[str] = TROUBLE,
) -> str:
    """What a batch did not do as it should; "" when nothing.

    Args:
        events: its log.
        output: its output folder.
        code: its exit code.
        required: SHA-256 of the inputs it must have printed.
        trouble: codes no input may have.
    """
    found = [event for event in events if event["event"] == "file"]
    if not events or events[-1]["event"] != "finish":
        return f"code {code}, the log does not come to an end"
    end = events[-1]
    left_out = {event["file"] for event in events if event["event"] == "skipped"}
    worked = sum(event["file"] not in left_out for event in found)
    counted = (end["done"] + end["failed"], end["skipped"])
    if code != (5 if end["failed"] else 0) or counted != (worked, len(left_out)):
        return f"code {code}, but {end}"
    for event in found:
        codes = {problem["code"] for problem in event["problems"]}
        if found_trouble := codes.intersection(trouble):
            return f"{event['file']!r}: {', '.join(sorted(found_trouble))}"
        if event["status"] == "done" and not any(
            name.endswith((".pdf", ".docx")) for name in event["outputs"]
        ):
            return f"{event['file']!r} is done but not printed"
    printed = {event["sha256"] for event in found if event["status"] == "done"}
    if missing := set(required) - printed:
        return f"good files not printed: {sorted(missing)}"
    # What was made of a file that turned out to have the data of another one is taken away again.
    counting = [event for event in found if event["file"] not in left_out]
    named = [*(name for event in counting for name in event["outputs"]), *end["summaries"]]
    there = {name for name in tree(output) if name != JOURNAL}
    if len(set(named)) != len(named) or set(named) != there:
        return f"written are {sorted(there)}, told of {sorted(named)}"
    return ""


def done_again(events: Sequence[dict[str, Any]]) -> list[str]:
    """Inputs that a batch worked on; after the same command was given before there should be none.

    What could not even be read has no digest and is looked at every time.
    """
    return [e["file"] for e in events if e["event"] == "file" and e["fate"] == "worked" and e["sha256"]]
