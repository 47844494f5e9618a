"""The inputs of a batch: found in folders, patterns, single files and archives, each with a unique name.

Every file that is met is kept: the inputs as ``items``, the others as ``skipped`` with the reason, the archives that
were opened, and the number of hidden files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

from zhengti_zip.base.errors import InputError, OutputError
from zhengti_zip.base.regularfile import open_regular
from zhengti_zip.base.safenames import shown_name
from zhengti_zip.batch.archive import Archive
from zhengti_zip.batch.found_files import expanded, is_hidden, real_path, same_path, walked
from zhengti_zip.batch.item import Item
from zhengti_zip.batch.item_names import Groups, distinct, prefixed
from zhengti_zip.batch.places import output_stems, outputs_of
from zhengti_zip.batch.standing import (
    LEAST_START,
    Standing,
    is_copy,
    is_office_file,
    original_of,
    seems_an_archive,
    standing_of,
)

ROSTER = "应报名单：用 --roster 给出的名单，不是填报文件"
OPENED = "其实是 .zip 压缩包，已打开"

NOWHERE = Path(".zhengti-nowhere")
"""Stands for the output folder where none is written; no folder of inputs is hidden."""


@dataclass
class Intake:
    """What was found.

    Attributes:
        items: the inputs, sorted by name.
        skipped: files that are no inputs, e.g. annotated copies, sorted by name; each says why.
        archives: the archives that were opened, with the number of visible files in each.
        hidden: number of hidden files and folders.
    """

    items: list[Item] = field(default_factory=list)
    skipped: list[Item] = field(default_factory=list)
    archives: dict[str, int] = field(default_factory=dict)
    hidden: int = 0


def take_in(roots: Sequence[Path], output: Path, roster: Path | None = None) -> Intake:
    """Find all inputs.

    Args:
        roots: files, folders, archives or patterns (``*``, ``**``).
        output: the output folder, which is never read.
        roster: a file that is no input, wherever it stands.

    Raises:
        InputError: one of ``roots`` does not exist.
        OutputError: the output folder is a folder of inputs, or an output would replace an input.
    """
    intake = Intake()
    search = _Search(output, real_path(roster) if roster else None, intake)
    groups: list[tuple[str, list[Item]]] = []
    for root in expanded(roots):
        if same_path(root if root.is_dir() else root.parent, output):
            raise OutputError(f"输出文件夹不能就是填报文件所在的文件夹：{output}", "请用 -o 指定另一个文件夹")
        found = [replace(item, name=shown_name(item.name)) for item in search.under(root)]
        folder = real_path(root) if root.is_dir() else real_path(root).parent
        groups.append((shown_name(folder.name), found))
    certain, perhaps, skipped = (
        list(prefixed(_only(groups, is_wanted)))
        for is_wanted in (
            lambda item: not item.skipped and not item.is_candidate,
            lambda item: not item.skipped and item.is_candidate,
            lambda item: bool(item.skipped),
        )
    )
    items = sorted(distinct([*certain, *perhaps]), key=lambda item: item.name)
    late = frozenset(number for number, item in enumerate(items) if item.is_candidate)
    stems = output_stems([item.name for item in items], late)
    intake.items = [replace(item, stem=stem) for item, stem in zip(items, stems, strict=True)]
    intake.skipped = sorted(skipped, key=lambda item: item.name)
    _protect(intake.items, output)
    return intake


def _only(groups: Groups, is_wanted: Callable[[Item], bool]) -> Groups:
    return [(folder, list(filter(is_wanted, items))) for folder, items in groups]


class _Search:
    """Collects the files of one take-in; a file that is reached by two paths is taken once."""

    def __init__(self, output: Path, roster: Path | None, intake: Intake) -> None:
        self._output, self._roster, self._intake = output, roster, intake
        self._seen: set[Path] = set()

    def under(self, root: Path) -> Iterator[Item]:
        """Every file of one root. A file named by the user is an input whatever its name is."""
        if not root.is_dir():
            if self._is_new(root):
                standing, _ = standing_of(root.name, bytes)
                is_archive = standing is Standing.ARCHIVE
                yield from self._taken(root, root.name, Standing.ARCHIVE if is_archive else Standing.INPUT)
            return
        for found in walked(root, self._output):
            file = found.path
            name = file.relative_to(root).as_posix() if file != root else root.name
            if found.is_hidden:
                self._intake.hidden += self._is_new(file)
            elif found.unreadable:
                refusal = InputError(f"不能读取文件夹 {name}：{found.unreadable}", "请检查文件夹的权限")
                yield Item(name, file, refusal=refusal)
            elif self._is_new(file):
                yield from self._sorted(file, name)

    def _is_new(self, file: Path) -> bool:
        real = real_path(file)
        is_new = real not in self._seen
        self._seen.add(real)
        return is_new

    def _sorted(self, file: Path, name: str) -> Iterator[Item]:
        if self._roster and real_path(file) == self._roster:
            yield Item(name, file, skipped=ROSTER)
            return
        has_original = is_copy(file.name) and file.with_name(original_of(file.name)).exists()
        standing, why = standing_of(file.name, partial(_start, file), has_original)
        if standing is Standing.SKIPPED:
            yield Item(name, file, skipped=why)
        else:
            yield from self._taken(file, name, standing)

    def _taken(self, file: Path, name: str, standing: Standing) -> Iterator[Item]:
        item = Item(name, file, is_candidate=standing is Standing.CANDIDATE)
        if standing is Standing.ARCHIVE:
            yield from self._of_archive(file, name)
        elif file.suffix.lower() == ".xlsx" and seems_an_archive(_start_or_none(file)):
            yield from self._of_archive(file, name, misnamed=True)
        else:
            yield item

    def _of_archive(self, file: Path, name: str, misnamed: bool = False) -> Iterator[Item]:
        """The members of a zip file; the file itself when it is an Office file or is refused as a whole."""
        whole = Item(name, file)
        try:
            archive = Archive(file)
            members = list(archive.members())
            if is_office_file(member for _, member in members):
                yield (
                    whole
                    if misnamed
                    else replace(whole, note="扩展名是 .zip，内容是 Office 文件，已按内容读取")
                )
                return
            found = list(_members(archive, members, name))
            archive.vet(item.member for item in found if not item.skipped)
        except InputError as error:
            yield whole if misnamed else replace(whole, refusal=error)
            return
        self._intake.hidden += len(members) - len(found)
        shown = shown_name(name)
        self._intake.archives[f"{shown}（{OPENED}）" if misnamed else shown] = len(found)
        yield from found


def _members(archive: Archive, members: Sequence[tuple[int, str]], name: str) -> Iterator[Item]:
    """The visible members of an archive, inputs and others."""
    inside = PurePosixPath(name).with_suffix("")
    present = {member for _, member in members}
    for number, member in members:
        path = PurePosixPath(member)
        if any(is_hidden(part) or part == "__MACOSX" for part in path.parts):
            continue
        has_original = is_copy(path.name) and original_of(member) in present
        standing, why = standing_of(path.name, partial(archive.start, number, LEAST_START), has_original)
        yield Item(
            f"{inside}/{member.lstrip('/')}",
            archive.file,
            archive=archive,
            member=number,
            is_candidate=standing in (Standing.CANDIDATE, Standing.ARCHIVE),
            skipped=why,
        )


def _start(file: Path) -> bytes:
    """The first bytes of a file.

    Raises:
        InputError: it cannot be read.
    """
    try:
        with open_regular(file) as stream:
            return stream.read(LEAST_START)
    except OSError as error:
        raise InputError(f"不能读取：{error.strerror}", "请检查文件的权限") from error
    except InputError as error:
        raise InputError(error.message.replace(str(file), shown_name(file.name)), error.remedy) from error


def _start_or_none(file: Path) -> bytes:
    try:
        return _start(file)
    except InputError:  # said when the input is read
        return b""


def _protect(items: Sequence[Item], output: Path) -> None:
    """Check that no output would replace an input.

    Raises:
        OutputError: one would.
    """
    files = set(map(real_path, {item.file for item in items}))
    targets = [output / path for item in items for path in outputs_of(item.stem)]
    folders = {folder: real_path(folder) for folder in {target.parent for target in targets}}
    for target in targets:  # the target itself is not resolved: a link there is replaced, not followed
        if folders[target.parent] / target.name in files:
            raise OutputError(f"会覆盖填报文件 {target}", "请用 -o 指定另一个文件夹")
