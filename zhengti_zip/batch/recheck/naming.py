"""Which files are called what: one paper for each department, and none where it is unclear which form counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Protocol, TypeVar

from zhengti_zip.base.safenames import MAX_NAME_BYTES, named_after
from zhengti_zip.batch.places import place_key
from zhengti_zip.batch.recheck.calls import Unread
from zhengti_zip.batch.recheck.model import PaperSubject
from zhengti_zip.submission.raw import compact


class About(Protocol):
    """Anything about one form of one department."""

    @property
    def name(self) -> str:
        """The file it comes from."""

    @property
    def subject(self) -> PaperSubject:
        """Whose form it is."""


Found = TypeVar("Found", bound=About)
Key = tuple[str, str, str, int]


def subject_key(subject: PaperSubject) -> Key:
    """What two files have in common that are about the same form of a department."""
    return subject.form, compact(subject.department), subject.scope, subject.year


def doubled(found: Sequence[Found]) -> list[Unread]:
    """The papers that are not the only one about their form, each with the others named."""
    groups: defaultdict[Key, list[Found]] = defaultdict(list)
    for each in found:
        groups[subject_key(each.subject)].append(each)
    return [
        Unread(each.name, f"“{each.subject.department}”有 {len(group)} 份复核底稿，另见 {others}", _WHICH)
        for group in groups.values()
        if len(group) > 1
        for each in group
        for others in ["、".join(other.name for other in group if other is not each)[:200]]
    ]


_WHICH = "请确认以哪一份为准，移走其余的再运行"


def file_names(subjects: Sequence[PaperSubject], ending: str) -> list[str]:
    """A file name for each subject, safe on all systems, none twice: department and scope, with more only if needed."""
    taken: set[str] = set()
    names = []
    for subject in subjects:
        name = next(name for name in _candidates(subject, ending) if place_key(name) not in taken)
        taken.add(place_key(name))
        names.append(name)
    return names


def _candidates(subject: PaperSubject, ending: str) -> Iterator[str]:
    whose = subject.department or "未填部门名称"
    if subject.scope:
        whose += f"（{subject.scope}）"
    yield _named(whose, ending)
    yield _named(f"{whose}-{subject.year}", ending)
    marked = f"{whose}-{subject.year}-{subject.form}"
    yield _named(marked, ending)
    number = 0
    while True:
        yield _named(f"{marked}~{sha256(f'{subject_key(subject)}{number}'.encode()).hexdigest()[:8]}", ending)
        number += 1


def _named(stem: str, ending: str) -> str:
    """The stem made safe and cut so that the ending still fits."""
    return named_after(stem, MAX_NAME_BYTES - len(ending.encode("utf-8"))) + ending
