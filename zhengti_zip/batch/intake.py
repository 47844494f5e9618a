"""The inputs of a batch: found in folders, patterns, single files and archives, each with a unique name."""

from __future__ import annotations

import glob
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path, PurePosixPath

from zhengti_zip.base.errors import InputError, OutputError
from zhengti_zip.base.filekinds import WORKBOOK_SUFFIXES
from zhengti_zip.base.limits import read_limited
from zhengti_zip.base.oserrors import reason
from zhengti_zip.base.safenames import shown_name
from zhengti_zip.batch.archive import Archive
from zhengti_zip.batch.places import SUMMARY_STEMS, output_stems
from zhengti_zip.batch.task import ANNOTATED

ZIP = ".zip"


@dataclass(frozen=True)
class Item:
    """One input.

    Attributes:
        name: as shown to the user, with forward slashes; unique in a batch, and free of lone surrogates.
        file: the file, or the archive it is a member of.
        stem: path of its outputs without ending, relative to the output folder.
        archive, member: the archive it is read from, and its number there.
        refusal: why it cannot be read; None when that is still to be tried.
    """

    name: str
    file: Path
    stem: str = ""
    archive: Archive | None = None
    member: int = 0
    refusal: InputError | None = None

    def read(self) -> bytes:
        """The bytes of the input.

        Raises:
            InputError: it cannot be read.
        """
        if self.refusal:
            raise self.refusal
        if self.archive:
            return self.archive.read(self.member)
        try:
            return read_limited(self.file)
        except InputError as error:  # messages show the name without its folder
            message = error.message.replace(str(self.file), self.name.rpartition("/")[2])
            raise InputError(message, error.remedy) from error


@dataclass
class Intake:
    """What was found.

    Attributes:
        items: the inputs, sorted by name.
        passed_over: names of files that are no inputs, e.g. annotated copies.
    """

    items: list[Item] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def take_in(roots: Sequence[Path], output: Path) -> Intake:
    """Find all inputs.

    Args:
        roots: files, folders, archives or patterns (``*``, ``**``).
        output: the output folder, which is never read.

    Raises:
        InputError: one of ``roots`` does not exist.
        OutputError: the output folder is a folder of inputs, or an output would replace an input.
    """
    found = Intake()
    groups: list[tuple[str, list[Item]]] = []
    is_new = _Seen()
    for root in _expanded(roots):
        if _same(root if root.is_dir() else root.parent, output):
            raise OutputError(f"输出文件夹不能就是填报文件所在的文件夹：{output}", "请用 -o 指定另一个文件夹")
        items = [
            replace(item, name=shown_name(item.name)) for item in _under(root, output, found) if is_new(item)
        ]
        folder = _real(root) if root.is_dir() else _real(root).parent
        groups.append((shown_name(folder.name), items))
    items = sorted(_distinct(_prefixed(groups)), key=lambda item: item.name)
    stems = output_stems([item.name for item in items])
    found.items = [replace(item, stem=stem) for item, stem in zip(items, stems, strict=True)]
    _protect(found.items, output)
    return found


def _expanded(roots: Iterable[Path]) -> Iterator[Path]:
    for root in roots:
        if os.path.lexists(root):
            yield root
            continue
        # A Windows shell does not expand patterns; pathlib expands relative ones only.
        matches = sorted(set(_matches(root)))
        if not matches:
            raise InputError(f"找不到 {root}", "请检查文件名和所在文件夹")
        yield from map(Path, matches)


def _matches(pattern: Path) -> Iterator[str]:
    """The paths that a pattern with ``*`` and ``**`` fits. ``**`` does not follow links, which may lead in circles."""
    parts = pattern.parts
    if "**" not in parts:
        yield from glob.glob(str(pattern))  # noqa: PTH207
        return
    first = parts.index("**")
    rest = Path(*(part for part in parts[first:] if part != "**"))
    starts = glob.glob(str(Path(*parts[:first]))) if first else [os.curdir]  # noqa: PTH207
    for start in starts:
        for folder, folders, _ in os.walk(start):
            folders[:] = [name for name in folders if not _is_hidden(name)]
            yield from glob.glob(os.path.join(glob.escape(folder), str(rest)))  # noqa: PTH118, PTH207


def _under(root: Path, output: Path, found: Intake) -> Iterator[Item]:
    """The inputs of one root. A file named by the user is taken whatever its name is."""
    if not root.is_dir():
        yield from _of_file(root, root.name)
        return
    for folder, file in _walked(root, output):
        name = file.relative_to(root).as_posix() if file != root else root.name
        if folder is not None:
            yield Item(
                name, file, refusal=InputError(f"不能读取文件夹 {name}：{folder}", "请检查文件夹的权限")
            )
        elif _is_wanted(file, found, name):
            yield from _of_file(file, name)


def _walked(root: Path, output: Path) -> Iterator[tuple[str | None, Path]]:
    """Every visible file below a folder as ``(None, file)``; every unreadable folder as ``(reason, folder)``."""
    errors: list[OSError] = []
    for folder, folders, files in os.walk(root, onerror=errors.append):
        here = Path(folder)
        folders[:] = sorted(f for f in folders if not _is_hidden(f) and not _same(here / f, output))
        yield from ((None, here / name) for name in sorted(files) if not _is_hidden(name))
    yield from ((reason(error), Path(error.filename or root)) for error in errors)


def _of_file(file: Path, name: str) -> Iterator[Item]:
    if file.suffix.lower() != ZIP:
        yield Item(name, file)
        return
    try:
        archive = Archive(file)
        wanted = {number: member for number, member in archive.members() if _is_wanted_member(member)}
        archive.vet(wanted)
    except InputError as error:
        yield Item(name, file, refusal=error)
        return
    inside = PurePosixPath(name).with_suffix("")
    for number, member in wanted.items():
        yield Item(f"{inside}/{member.lstrip('/')}", file, archive=archive, member=number)


def _is_wanted_member(member: str) -> bool:
    path = PurePosixPath(member)
    is_visible = not any(_is_hidden(part) or part == "__MACOSX" for part in path.parts)
    return is_visible and path.suffix.lower() in WORKBOOK_SUFFIXES and not _is_summary(path.name)


def _is_wanted(file: Path, found: Intake, name: str) -> bool:
    suffix = file.suffix.lower()
    if suffix == ZIP:
        return True
    is_copy = (
        file.name.endswith(ANNOTATED) and file.with_name(file.name.removesuffix(ANNOTATED) + ".xlsx").exists()
    )
    if suffix not in WORKBOOK_SUFFIXES or is_copy or _is_summary(file.name):
        found.passed_over.append(shown_name(name))
        return False
    return True


def _is_hidden(name: str) -> bool:
    """Hidden files, and the lock files of Excel and WPS."""
    return name.startswith((".", "~$")) and name not in (".", "..")


def _is_summary(name: str) -> bool:
    return name.endswith(".xlsx") and name.startswith(SUMMARY_STEMS)


def _prefixed(groups: list[tuple[str, list[Item]]]) -> Iterator[Item]:
    """The items of all roots; where names of two roots clash, the folder of each root is put in front of its names."""
    counted = Counter(name for _, items in groups for name in {item.name for item in items})
    for folder, items in groups:
        is_clash = any(counted[item.name] > 1 for item in items)
        yield from (replace(item, name=f"{folder}/{item.name}") if is_clash else item for item in items)


def _distinct(items: Iterable[Item]) -> Iterator[Item]:
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


class _Seen:
    """Tells whether an input is new, i.e. was not reached by another path before."""

    def __init__(self) -> None:
        self._real: dict[Path, Path] = {}
        self._seen: set[tuple[Path, int]] = set()

    def __call__(self, item: Item) -> bool:
        if item.file not in self._real:  # cached: an archive has thousands of members
            self._real[item.file] = _real(item.file)
        real = (self._real[item.file], item.member if item.archive else -1)
        is_new = real not in self._seen
        self._seen.add(real)
        return is_new


def _same(one: Path, other: Path) -> bool:
    return _real(one) == _real(other)


def _real(path: Path) -> Path:
    """The path without links. Unlike ``Path.resolve`` it does not fail for links in a circle."""
    return Path(os.path.realpath(path))


def _protect(items: Sequence[Item], output: Path) -> None:
    """Check that no annotated copy would replace an input.

    Raises:
        OutputError: one would.
    """
    files = set(map(_real, {item.file for item in items}))
    targets = [output / (item.stem + ANNOTATED) for item in items]
    folders = {folder: _real(folder) for folder in {target.parent for target in targets}}
    for target in targets:  # the target itself is not resolved: a link there is replaced, not followed
        if folders[target.parent] / target.name in files:
            raise OutputError(f"会覆盖填报文件 {target}", "请用 -o 指定另一个文件夹")
