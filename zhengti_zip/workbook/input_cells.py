"""The cells of a workbook that a department fills in, by place: what each asks for, also in rows that are still empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhengti_zip.base.coordinates import cell_name, position
from zhengti_zip.form.base import Input
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.inputs import row_label, single_inputs, table_parts, tables_of
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Place
from zhengti_zip.workbook.defined_names import name_of
from zhengti_zip.workbook.read.grid import CellGrid
from zhengti_zip.workbook.read.stripped import Area


@dataclass(frozen=True, slots=True)
class AskedCell:
    """A cell that is filled in.

    Attributes:
        place: where it is.
        path: which input it is; in an empty row of a table, the one it becomes when the row follows those filled in.
        item: what it asks for.
        label: what it is called.
    """

    place: Place
    path: InputPath
    item: Input
    label: str


class InputCells:
    """The cells of a workbook that are filled in.

    Args:
        grid: the workbook.
        form: the form it is of.
        places: where each input stands, as reading the workbook found them.
    """

    def __init__(self, grid: CellGrid, form: FormDefinition, places: Mapping[InputPath, Place]) -> None:
        self._grid, self._form = grid, form
        singles = {slot.path: (slot.item, slot.label) for slot in single_inputs(form)}
        self._parts = {
            table: {part.id: part for part in table_parts(form, table)} for table in tables_of(form)
        }
        self._cells: dict[Place, AskedCell] = {}
        self._rows: dict[str, set[int]] = {table: set() for table in self._parts}
        for path, place in places.items():
            if place.sheet and path in singles:
                self._cells[place] = AskedCell(place, path, *singles[path])
            elif place.sheet and path.number is not None and path.part in self._parts[path.group]:
                self._cells[place] = self._in_table(place, path)
                self._rows[path.group].add(position(place.cell)[0])

    def seen(self, place: Place) -> Place:
        """The cell that is seen at a place: of merged cells the upper left one.

        Raises:
            ValueError: the place names no cell.
        """
        row, column = position(place.cell)
        merged = self._grid.covering(place.sheet or "", row, column)
        left, top = (merged[0], merged[1]) if merged else (column, row)
        return Place(place.sheet, cell_name(top, left))

    def at(self, place: Place) -> AskedCell | None:
        """What a cell asks for; None where it asks for nothing."""
        if place in self._cells:
            return self._cells[place]
        row, column = position(place.cell)
        for table, part, area in self._columns():
            if (area.sheet, area.left) == (place.sheet, column) and area.top <= row <= area.bottom:
                return self._in_table(place, InputPath.cell(table, len(self._rows[table]), part.id))
        return None

    def listed(self) -> Iterator[AskedCell]:
        """Every input that has a place, and the first empty row behind those filled in of each table."""
        yield from self._cells.values()
        for table, part, area in self._columns():
            row = max(self._rows[table], default=area.top - 1) + 1
            if row <= area.bottom:
                path = InputPath.cell(table, len(self._rows[table]), part.id)
                yield self._in_table(Place(area.sheet, cell_name(row, area.left)), path)

    def _columns(self) -> Iterator[tuple[str, Input, Area]]:
        """The columns of the tables that their names still lead to."""
        for table, parts in self._parts.items():
            for part in parts.values():
                area = self._grid.names.get(name_of(InputPath.column(table, part.id)))
                if area is not None:
                    yield table, part, area

    def _in_table(self, place: Place, path: InputPath) -> AskedCell:
        part = self._parts[path.group][path.part]
        return AskedCell(place, path, part, row_label(path.group, path.number or 0, part))


def written_places(grid: CellGrid, form: FormDefinition, submission: Submission) -> dict[InputPath, Place]:
    """Where each input stands in a workbook that was just made of a submission, rows without content included."""
    found: dict[InputPath, Place] = {}
    for slot in single_inputs(form):
        if area := grid.names.get(name_of(slot.path)):
            found[slot.path] = Place(area.sheet, cell_name(area.top, area.left))
    for table in tables_of(form):
        for part in table_parts(form, table):
            area = grid.names.get(name_of(InputPath.column(table, part.id)))
            if area is None:
                continue
            found.setdefault(InputPath.whole(table), Place(area.sheet, cell_name(area.top, area.left)))
            for number in range(len(submission.rows(table))):
                place = Place(area.sheet, cell_name(area.top + number, area.left))
                found[InputPath.cell(table, number, part.id)] = place
    return found
