"""Copy a workbook and make the changes in it; changed cells are coloured and listed on a first sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import deepcopy

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import RESAVE_WORKBOOK
from zhengti_zip.base.numbers import plain
from zhengti_zip.review.change_sheet import CHANGE_SHEET, COLOUR, MARK_NAME, change_sheet
from zhengti_zip.review.submission_values import item_at
from zhengti_zip.review.target_workbook import TargetWorkbook
from zhengti_zip.review.workbook_changes import MOVED, REMOVED, MergeResult, MovedCell, WorkbookChange
from zhengti_zip.submission.problems import Place
from zhengti_zip.submission.values import Value, ValueProblem, parse
from zhengti_zip.workbook.edit.cell_writing import CellWriter, is_like_formula, recalculate
from zhengti_zip.workbook.edit.list_sheet import add_first, remove_first
from zhengti_zip.workbook.edit.ooxml import Element, Package, cell_elements, main
from zhengti_zip.workbook.edit.ooxml_styles import Styles
from zhengti_zip.workbook.formats import is_plain_number
from zhengti_zip.workbook.read.grid import damage_is
from zhengti_zip.workbook.write import style

INPUT_COLOUR = str(style.INPUT_FILL.start_color.rgb)[-6:]


def write_changes(target: TargetWorkbook, merged: MergeResult) -> bytes:
    """The new workbook, still without the list. Everything except the changed cells stays as it was.

    Args:
        target: the workbook to copy.
        merged: the changes.

    Raises:
        InputError: a part of the workbook is damaged.
    """
    with damage_is(_damaged(target)):
        return _written(target, merged)


def add_list(target: TargetWorkbook, content: bytes, merged: MergeResult) -> bytes:
    """Put the list of everything that the review found before the sheets of the new workbook.

    Args:
        target: the workbook that was copied, for messages.
        content: what :func:`write_changes` made.
        merged: the changes, and what was not taken over or read.
    """
    with damage_is(_damaged(target)):
        package = Package(content, target.file)
        add_first(package, change_sheet(merged, Styles(package)), CHANGE_SHEET, MARK_NAME)
        return package.save()


def _damaged(target: TargetWorkbook) -> InputError:
    return InputError(f"{target.file} 的格式特殊，无法在其中写入改动", RESAVE_WORKBOOK)


def _written(target: TargetWorkbook, merged: MergeResult) -> bytes:
    package = Package(target.content, target.file)
    styles = Styles(package)
    _remove_old(package, styles)
    parts = package.sheets()
    marker = _Marker(package, styles)
    _move_rows(package, marker, parts, merged.moved)
    by_part: dict[str, list[tuple[Place, WorkbookChange]]] = {}
    for change in merged.changes:
        if change.place and change.place.sheet and change.kind not in (MOVED, REMOVED):
            by_part.setdefault(parts[change.place.sheet], []).append((change.place, change))
    for part, changes in by_part.items():
        cells = cell_elements(package.xml(part), {place.cell for place, _ in changes})
        for place, change in changes:
            marker.write(part, cells[place.cell], _value(target, change))
    recalculate(package)
    return package.save()


def _move_rows(
    package: Package, marker: _Marker, parts: Mapping[str, str], moved: Sequence[MovedCell]
) -> None:
    """Give cells the content of others, all of them at once."""
    by_sheet: defaultdict[str, list[MovedCell]] = defaultdict(list)
    for cell in moved:
        by_sheet[cell.place.sheet or ""].append(cell)
    for sheet, cells in by_sheet.items():
        part = parts[sheet]
        names = {place.cell for cell in cells for place in (cell.place, cell.source) if place}
        found = cell_elements(package.xml(part), names)
        contents = {name: deepcopy(element) for name, element in found.items()}
        for cell in cells:
            source = contents[cell.source.cell] if cell.source else None
            marker.move(part, found[cell.place.cell], source, cell.is_marked)


def _value(target: TargetWorkbook, change: WorkbookChange) -> Value | None:
    """What is written into the cell: a value, or the text as typed when it cannot be understood."""
    try:
        return parse(item_at(target.form, change.path), change.after).value
    except ValueProblem:
        return change.after


class _Marker:
    """Writes values into cells and colours them."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._writer, self._styles = CellWriter(package), styles

    def move(self, part: str, cell: Element, source: Element | None, is_marked: bool) -> None:
        """Give a cell the content and the look of another, of a formula its result; None empties it."""
        if source is None:
            self._writer.clear(part, cell)
            return
        self._writer.copy(part, cell, source)
        if is_marked:
            cell.set("s", self._styles.filled(cell.get("s", "0"), COLOUR))

    def write(self, part: str, cell: Element, value: Value | None) -> None:
        """Replace the content of a cell of a sheet and colour it."""
        look = cell.get("s", "0")
        is_number = value is not None and not isinstance(value, str)
        if is_number and not is_plain_number(self._styles.number_format(look)):
            # A cell that shows percentages or dates would show another value.
            value, is_number = _plain(value), False
        if is_number:
            self._writer.number(part, cell, _plain(value))
        else:
            self._writer.text(part, cell, str(value or ""))
        cell.set("s", self._styles.filled(look, COLOUR, as_text=is_like_formula(value)))


def _plain(value: Value | None) -> str:
    return str(value) if isinstance(value, int | str) or value is None else plain(value)


def _remove_old(package: Package, styles: Styles) -> None:
    """Remove the list and the colours of an earlier review."""
    remove_first(package, MARK_NAME)
    plain_looks: dict[str, str] = {}
    for part in package.sheets().values():
        for cell in package.xml(part).iter(main("c")):
            look = cell.get("s", "0")
            if look not in plain_looks:
                is_ours = styles.fill_colour(look) == COLOUR
                plain_looks[look] = styles.filled(look, INPUT_COLOUR) if is_ours else look
            if plain_looks[look] != look:
                cell.set("s", plain_looks[look])
