"""Reading a submission from its JSON form (docs/data-format.md)."""

from __future__ import annotations

import reprlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.jsonreading import json_data
from zhengti_zip.base.limits import MAX_JSON_BYTES, MAX_STRANGE, MAX_TABLE_ROWS, read_limited, too_many_bytes
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import known_form, remedy_for_another
from zhengti_zip.submission.entry import RawEntry, assemble
from zhengti_zip.submission.inputs import (
    TOTALLED_TABLES,
    groups_of,
    label_of,
    names_a_total,
    single_inputs,
    table_parts,
    tables_of,
)
from zhengti_zip.submission.paths import FUNDS, GROUPS, SCORES, SINGLES, TABLES, UNITS, InputPath
from zhengti_zip.submission.problems import Place, Problem, Severity, locate
from zhengti_zip.submission.raw import is_blank
from zhengti_zip.submission.source import Source
from zhengti_zip.submission.values import Raw, shown

AMOUNTS = "amounts"


def read_json(file: Path, form: FormDefinition | None = None) -> Source:
    """Read a JSON submission.

    Args:
        file: UTF-8 JSON.
        form: the form to read it as; None takes the one it names.

    Raises:
        InputError: not readable, not JSON, or not a submission.
        UsageProblem: it names a form there is none of.
    """
    return json_source(file, read_limited(file), form)


def json_source(file: Path, content: bytes, form: FormDefinition | None = None) -> Source:
    """The same for a file already read; ``file`` is its name, for messages.

    Raises:
        InputError: not JSON, or not a submission.
        UsageProblem: it names a form there is none of.
    """
    if len(content) > MAX_JSON_BYTES:
        raise too_many_bytes(file, len(content), MAX_JSON_BYTES)
    data = json_data(content, str(file))
    if not isinstance(data, dict) or not isinstance(data.get("form"), str):
        raise InputError(
            f"{file} 不是填报数据：缺少 form", "请用 zhengti-zip export 生成，或参照 docs/data-format.md"
        )
    definition = form or known_form(data["form"])
    if data["form"] != definition.id:
        raise InputError(
            f"{file} 是 {shown(data['form'])} 的数据，不是 {definition.id} 的",
            remedy_for_another(data["form"], "数据"),
        )
    return from_data(data, definition)


def from_data(data: Mapping[str, Any], form: FormDefinition) -> Source:
    """Read plain JSON data as a submission of ``form``; whatever does not belong is a problem."""
    reader = _Reader(form)
    reader.read(data)
    submission, problems = assemble(form, reader.raw)
    places = {path: Place(None, reader.key(path)) for path in reader.paths()}
    return Source(form, submission, places, locate([*reader.problems, *problems], places))


class _Reader:
    """Sorts JSON data into raw values by path."""

    def __init__(self, form: FormDefinition) -> None:
        self.form = form
        self.raw = RawEntry()
        self.problems: list[Problem] = []
        self._nested = {SCORES: set(form.row_by_id), FUNDS: {line.id for line in form.funds.lines}}
        self._rows: dict[str, list[int]] = {}
        """Which row of the file each row of a table is."""

    def key(self, path: InputPath) -> str:
        """The key of a path in the file, where rows of sums count too."""
        if path.number is None or path.group not in self._rows:
            return path.json_key
        row = InputPath.row(path.group, path.number)
        return InputPath(
            InputPath.row(path.group, self._rows[path.group][path.number]) + path[len(row) :]
        ).json_key

    def paths(self) -> Iterator[InputPath]:
        """Every path a problem may name, in the order of the form."""
        singles = [slot.path for slot in single_inputs(self.form)]
        for group in groups_of(self.form):
            yield InputPath.whole(group)
            yield from (path for path in singles if path.group == group)
            if group in TABLES:
                parts = table_parts(self.form, group)
                for number in range(len(self.raw.tables.get(group, []))):
                    yield from (InputPath.cell(group, number, part.id) for part in parts)

    def read(self, data: Mapping[str, Any]) -> None:
        known, tables = {slot.path for slot in single_inputs(self.form)}, tables_of(self.form)
        for key, value in data.items():
            if key in SINGLES and isinstance(value, Mapping):
                self._group(InputPath.whole(key), value, known)
            elif key in TABLES and isinstance(value, list):
                self._table(key, value) if key in tables or not value else self._unknown(InputPath(key))
            elif key in GROUPS:
                self._wrong_shape(InputPath.whole(key), value)
            elif key != "form":
                self._unknown(InputPath(key))

    def _group(self, path: InputPath, group: Mapping[str, Any], known: set[InputPath]) -> None:
        for key, value in group.items():
            here = path.child(key)
            is_row = key in self._nested.get(path, ())
            if is_row and isinstance(value, Mapping):
                self._group(here, value, known)
            elif is_row:
                self._wrong_shape(here, value)
            elif here not in known:
                self._unknown(here)
            elif isinstance(value, dict | list):
                self._wrong_shape(here, value)
            else:
                self.raw.singles[here] = value

    def _table(self, table: str, rows: list[Any]) -> None:
        if len(rows) > MAX_TABLE_ROWS:
            raise InputError(f"{table} 有 {len(rows)} 行，最多 {MAX_TABLE_ROWS} 行", "请删除多余的行")
        known = {part.id for part in table_parts(self.form, table)}
        collected = self.raw.tables.setdefault(table, [])
        places = self._rows.setdefault(table, [])
        for number, row in enumerate(rows):
            if words := self._total(table, row):
                self._tell_total(InputPath.row(table, number), words)
                continue
            here = InputPath.row(table, len(collected))
            values: dict[str, Raw] = {}
            collected.append(values)
            places.append(number)
            if not isinstance(row, Mapping):
                self._wrong_shape(here, row)
                continue
            for key, value in self._flat(table, row):
                if key not in known and not (table == UNITS and key == AMOUNTS):
                    self._unknown(here.child(key))
                elif key == AMOUNTS or isinstance(value, dict | list):
                    self._wrong_shape(here.child(key), value)
                else:
                    values[key] = value

    def _total(self, table: str, row: Any) -> str:
        """What names a row of sums that nobody asked for; "" for any other row."""
        if table not in TOTALLED_TABLES or not isinstance(row, Mapping):
            return ""
        texts = [row.get(part.id) for part in table_parts(self.form, table) if not part.kind.is_number]
        first = next((text for text in texts if isinstance(text, str) and not is_blank(text)), "")
        return first if names_a_total(first) else ""

    def _tell_total(self, row: InputPath, words: str) -> None:
        path, place = InputPath.whole(row.group), Place(None, row.json_key)
        message = f"{row.json_key}“{shown(words)}”不用填，没有读取"
        remedy = "请删除这一行；合计由程序计算"
        self.problems.append(
            Problem(Severity.WARNING, "total_row", message, remedy, path, row.group, shown(words), place)
        )

    @staticmethod
    def _flat(table: str, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """The keys of a table row; amounts of a unit stand one level deeper."""
        for key, value in row.items():
            if table == UNITS and key == AMOUNTS and isinstance(value, Mapping):
                yield from value.items()
            else:
                yield key, value

    def _unknown(self, path: InputPath) -> None:
        place = Place(None, shown(self.key(path)))
        message, remedy = f"没有 {shown(self.key(path))} 这个键", "请检查拼写，参照 docs/data-format.md"
        self._strange(Problem(Severity.ERROR, "unknown_key", message, remedy, path, shown(path), "", place))

    def _wrong_shape(self, path: InputPath, value: Any) -> None:
        message = f"{self.key(path)} 的结构不对"
        remedy = "请参照 docs/data-format.md，或用 zhengti-zip export 生成"
        # A list may be nested as deeply as Python can just print it.
        label, text = label_of(self.form, path), shown(reprlib.repr(value))
        place = Place(None, self.key(path))
        self._strange(Problem(Severity.ERROR, "wrong_shape", message, remedy, path, label, text, place))

    def _strange(self, problem: Problem) -> None:
        if len(self.problems) >= MAX_STRANGE:
            raise InputError(
                f"文件中不认识的内容超过 {MAX_STRANGE} 处，不是填报数据",
                "请用 zhengti-zip export 重新生成，或参照 docs/data-format.md",
            )
        self.problems.append(problem)
