"""The folders 退回 and 催报 of a batch: letters as text and Word, with the annotated copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import read_limited
from zhengti_zip.base.safenames import named_after
from zhengti_zip.batch.journal import Journal
from zhengti_zip.batch.places import LONGEST_STEM, REMINDERS, RETURNS, place_key
from zhengti_zip.batch.replies.letters import Reminder, reminder_text, return_notice_text
from zhengti_zip.batch.replies.notices import (
    ANY_TITLE,
    ReplySettings,
    Returned,
    nobodys,
    nobodys_text,
    notice_of,
    returned,
)
from zhengti_zip.batch.result import Result

NOTICE, REMINDER = "退回通知", "催报通知"

NOBODYS = f"{RETURNS}/看不出部门的文件.txt"
"""The list of the files that go back to nobody: a letter needs somebody to send it to."""

ReadFile = Callable[[str], bytes | None]


@dataclass
class Replies:
    """What was written.

    Attributes:
        returned: departments with a notice.
        reminded: departments with a reminder.
        nobodys: how many files the list :data:`NOBODYS` has.
        paths: of all letters and copies below the output folder.
        left: those not replaced, because somebody has edited them.
    """

    returned: list[str] = field(default_factory=list)
    reminded: list[str] = field(default_factory=list)
    nobodys: int = 0
    paths: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def write_replies(
    journal: Journal,
    results: Sequence[Result],
    missing: Sequence[str],
    titles: Mapping[str, str],
    settings: ReplySettings,
) -> Replies:
    """Write all letters and copies into the output folder; what somebody has edited stays.

    Raises:
        OutputError: one cannot be written.
    """

    def read_file(path: str) -> bytes | None:
        try:
            return read_limited(journal.folder / path)
        except InputError:
            return None

    found, lost = returned(results), nobodys(results)
    contents = replies(found, lost, missing, titles, settings, read_file)
    departments = [each.department or each.results[0].name for each in found]
    return Replies(departments, list(missing), len(lost), list(contents), journal.put(contents))


def replies(
    found: Sequence[Returned],
    lost: Sequence[Result],
    missing: Sequence[str],
    titles: Mapping[str, str],
    settings: ReplySettings,
    read_file: ReadFile,
) -> dict[str, bytes]:
    """All letters and copies and the list of nobody's files, by path below the output folder.

    Args:
        found: what goes back.
        lost: failed files of nobody.
        missing: the departments that have not handed in.
        titles: the name of each form by its id.
        read_file: gives an output by its path; None when it is gone.
    """
    made: dict[str, bytes] = {}
    for each, folder in zip(found, _folders(found), strict=True):
        text = return_notice_text(notice_of(each, titles, settings))
        made |= _letter(f"{RETURNS}/{folder}/{NOTICE}", NOTICE, text)
        for path, name in zip(each.copies, _apart([PurePosixPath(p).name for p in each.copies]), strict=True):
            content = read_file(path)
            if content is not None:
                made[f"{RETURNS}/{folder}/{name}"] = content
    if lost:
        made[NOBODYS] = _text(nobodys_text(lost))
    title = next(iter(titles.values())) if len(titles) == 1 else ANY_TITLE
    for department, name in zip(missing, _apart(map(_safe, missing)), strict=True):
        doing = "到目前为止还没有收到贵单位的填报文件。请尽快填好报送；已经报送的，请与我们核对。"
        reminder = Reminder(department, title, "未报", doing, settings.due, sender=settings.sender)
        made |= _letter(f"{REMINDERS}/{name}", REMINDER, reminder_text(reminder))
    return made


def _letter(stem: str, title: str, text: str) -> dict[str, bytes]:
    from zhengti_zip.word.letter import letter_docx

    return {f"{stem}.txt": _text(text), f"{stem}.docx": letter_docx(title, text)}


def _text(text: str) -> bytes:
    """A text file; with a byte order mark, without which Notepad on an older Windows takes UTF-8 for GBK."""
    return text.encode("utf-8-sig")


def _folders(found: Sequence[Returned]) -> list[str]:
    """A folder for each: the name of the department, or of the file where that is unknown."""
    return _apart(_safe(each.department or PurePosixPath(each.results[0].name).stem) for each in found)


def _safe(name: str) -> str:
    return named_after(name, LONGEST_STEM)


def _apart(names: Iterable[str]) -> list[str]:
    """The names, numbered where a system would take two for one."""
    taken: set[str] = set()
    found = []
    for name in names:
        path, number, candidate = PurePosixPath(name), 1, name
        while place_key(candidate) in taken:
            number += 1
            candidate = f"{path.stem}（{number}）{path.suffix}"
        taken.add(place_key(candidate))
        found.append(candidate)
    return found
