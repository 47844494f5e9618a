"""Names of inputs: where several roots or archives give the same name, the names are told apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import PurePosixPath

from zhengti_zip.batch.item import Item

Groups = Sequence[tuple[str, Sequence[Item]]]
"""The name of the folder of each root, and what was found under it."""


def prefixed(groups: Groups) -> Iterator[Item]:
    """The items of all roots; where names of two roots clash, the folder of each root is put in front of its names."""
    counted = Counter(name for _, items in groups for name in {item.name for item in items})
    for folder, items in groups:
        is_clash = any(counted[item.name] > 1 for item in items)
        yield from (replace(item, name=f"{folder}/{item.name}") if is_clash else item for item in items)


def distinct(items: Iterable[Item]) -> Iterator[Item]:
    """The items, numbered where several have one name: an archive may hold a name twice, or be called like a folder.

    Which of them keeps the name depends on their paths, not on the order they were given in.
    """
    named: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        named[item.name].append(item)
    taken = set(named)
    for name, same in named.items():
        path, numbers = PurePosixPath(name), count(2)
        first, *others = sorted(same, key=lambda item: (str(item.file), item.member))
        yield first
        for item in others:
            # One counter for all: starting from 2 for each item would take quadratic time.
            made = (str(path.with_name(f"{path.stem}（{number}）{path.suffix}")) for number in numbers)
            new = next(other for other in made if other not in taken)
            taken.add(new)
            yield replace(item, name=new)
