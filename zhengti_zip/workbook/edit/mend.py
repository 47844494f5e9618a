"""Single cells of a workbook changed to what a clerk typed on the page; everything else stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from zhengti_zip.base.characters import escaped
from zhengti_zip.base.coordinates import position, rectangle
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import RESAVE_WORKBOOK
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.entry import RawEntry
from zhengti_zip.submission.problems import Place
from zhengti_zip.submission.raw import Raw, Value, ValueProblem, shown
from zhengti_zip.submission.source import Source
from zhengti_zip.submission.values import MAX_TEXT, parse
from zhengti_zip.workbook.edit.cell_writing import CellWriter, is_like_formula, recalculate
from zhengti_zip.workbook.edit.ooxml import Element, Package, cell_elements, main
from zhengti_zip.workbook.edit.ooxml_styles import Styles
from zhengti_zip.workbook.input_cells import AskedCell, InputCells
from zhengti_zip.workbook.read.cell import SheetCell
from zhengti_zip.workbook.read.grid import damage_is, open_grid
from zhengti_zip.workbook.read.meaning import meaning
from zhengti_zip.workbook.read.meant import meant
from zhengti_zip.workbook.read.reader import read_cells

IN_EXCEL = "请用 Excel 或 WPS 打开工作簿修改"


@dataclass(frozen=True, slots=True)
class _Edit:
    """One cell and what was typed into it."""

    asked: AskedCell
    typed: str

    @property
    def value(self) -> Value | ValueProblem | None:
        """What it means; why it means nothing."""
        return _understood(self.asked.item, self.typed)


def mended(file: Path, content: bytes, edits: Mapping[str, str], form: FormDefinition | None = None) -> bytes:
    """The workbook with some cells changed, made sure to be read as they were meant.

    A number becomes a number where the format of its cell shows it as typed, else a text. What cannot be understood is
    written as typed; reading the workbook tells what is wrong with it.

    Args:
        file: its name, for messages.
        content: its bytes.
        edits: what was typed, by cell, e.g. ``{"部门预算!B5": "1297.59"}``; an empty text empties the cell.
        form: the form it must be of; None takes the one it names.

    Raises:
        InputError: the workbook cannot be read, a cell asks for nothing or holds a formula, or what was
            typed would not be read.
    """
    source, raw = read_cells(file, content, form)
    cells = InputCells(open_grid(file, content), source.form, source.places)
    asked = {_asked(cells, key): typed.replace("\r\n", "\n") for key, typed in edits.items()}
    wanted = [_Edit(cell, typed) for cell, typed in asked.items()]
    changed = [edit for edit in wanted if not _stands_there(edit, source, raw)]
    if not changed:
        return content
    with damage_is(InputError(f"{file} 的格式特殊，无法在其中修改", RESAVE_WORKBOOK)):
        written = _written(file, content, changed)
    _require_read(file, written, source.form, changed)
    return written


def _asked(cells: InputCells, key: str) -> AskedCell:
    sheet, _, cell = key.rpartition("!")
    try:
        found = cells.at(cells.seen(Place(sheet, cell)))
    except ValueError:
        found = None
    if found is None:
        raise InputError(f"“{shown(key)}”不是填写的单元格，不能在这里修改", IN_EXCEL)
    return found


def _stands_there(edit: _Edit, source: Source, raw: RawEntry) -> bool:
    """Whether a cell holds already what was typed."""
    path = edit.asked.path
    if source.places.get(path) != edit.asked.place:  # an empty row of a table
        return not edit.typed.strip()
    there = raw.value(path)
    if isinstance(there, str) or there is None:
        return (there or "") == edit.typed
    return _understood(edit.asked.item, there) == edit.value


def _written(file: Path, content: bytes, edits: list[_Edit]) -> bytes:
    package = Package(content, file)
    styles, writer, parts = Styles(package), CellWriter(package), package.sheets()
    by_sheet: dict[str, list[_Edit]] = {}
    for edit in edits:
        by_sheet.setdefault(edit.asked.place.sheet or "", []).append(edit)
    for sheet, here in by_sheet.items():
        part = parts[sheet]
        cells = cell_elements(package.xml(part), {edit.asked.place.cell for edit in here})
        _refuse_formulas(package.xml(part), cells, [edit.asked.place for edit in here])
        for edit in here:
            _write(writer, styles, part, cells[edit.asked.place.cell], edit)
    recalculate(package)
    return package.save()


def _refuse_formulas(sheet: Element, cells: Mapping[str, Element], places: Sequence[Place]) -> None:
    """Refuse a cell that has a formula, or one that is filled by a formula of another cell.

    Args:
        sheet: the sheet.
        cells: the cells by name.
        places: the places to write into.

    Raises:
        InputError: accordingly.
    """
    words, remedy = "里是公式，不能在这里修改", f"{IN_EXCEL}公式，或清除公式后直接填写"
    for place in places:
        if cells[place.cell].find(main("f")) is not None:
            raise InputError(f"“{place}”{words}", remedy)
    filled = [
        rectangle(formula.get("ref", ""))
        for formula in sheet.iter(main("f"))
        if formula.get("t") in ("array", "dataTable") and formula.get("ref")
    ]
    for place in places:
        row, column = position(place.cell)
        if any(left <= column <= right and top <= row <= bottom for left, top, right, bottom in filled):
            raise InputError(f"“{place}”{words}", remedy)


def _write(writer: CellWriter, styles: Styles, part: str, cell: Element, edit: _Edit) -> None:
    look, item, value = cell.get("s", "0"), edit.asked.item, edit.value
    if len(escaped(edit.typed)) > MAX_TEXT:
        words = f"“{edit.asked.place}”的文字有 {len(edit.typed)} 个字，单元格最多能放 {MAX_TEXT} 个字"
        raise InputError(words, "请精简这段文字")
    if isinstance(value, int | Decimal):
        digits = _stored(item, Decimal(value), styles.number_format(look))
        if digits:
            writer.number(part, cell, digits)
        else:
            writer.text(part, cell, plain(Decimal(value)))
        return
    # An option is written as the drop-down offers it, a text and what was not understood as typed.
    is_option = isinstance(value, str) and item.kind is not ValueKind.TEXT
    text = str(value) if is_option else edit.typed
    writer.text(part, cell, text)
    if is_like_formula(text):
        cell.set("s", styles.quoted(look))


def _stored(item: Input, value: Decimal, code: str) -> str:
    """The number to store so that a cell of this format is read as ``value``; "" where a text is needed."""
    factor = meaning(code, float(value)).factor
    for number in dict.fromkeys((value, value / factor)):
        stored = int(number) if number == number.to_integral_value() else float(number)
        found = meant(SheetCell(stored, "n", code), (), item)
        # A format that writes a unit may contradict the unit that is entered beside the number.
        if not found.notices and found.written is None and _understood(item, found.raw) == value:
            return plain(number)
    return ""


def _understood(item: Input, raw: Raw) -> Value | ValueProblem | None:
    try:
        return parse(item, raw).value
    except ValueProblem as problem:
        return problem


def _require_read(file: Path, content: bytes, form: FormDefinition, edits: list[_Edit]) -> None:
    """Refuse a change that would not be read: in a cell that is struck out, in a row that is passed over.

    Raises:
        InputError: it would not be read as it was meant.
    """
    source, raw = read_cells(file, content, form)
    paths = {place: path for path, place in source.places.items() if path.number is None or path.part}
    for edit in edits:
        path, wanted = paths.get(edit.asked.place), edit.value
        found = _understood(edit.asked.item, raw.value(path)) if path else None
        is_same = found == wanted or (isinstance(found, ValueProblem) and isinstance(wanted, ValueProblem))
        if not is_same:
            words = f"“{shown(edit.typed)}”填在“{edit.asked.place}”后不能按原意读出"
            raise InputError(words, f"请检查该单元格是否有删除线或特殊的数字格式；{IN_EXCEL}")
