"""Which input of one form takes what was entered in another: by id and by name, within the same group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from zhengti_zip.base.marks import folded
from zhengti_zip.form.base import Input
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.inputs import Slot, single_inputs, table_parts
from zhengti_zip.submission.paths import BUDGET, FUNDS, SCORES, InputPath

MONEY = (BUDGET, FUNDS)
"""Groups that hold amounts of one budget; an amount may stand in the other of them in another form."""


@dataclass(frozen=True)
class FormMatch:
    """The inputs of an old form and those of a new one that take their values.

    A field is matched by the part it plays (the department, the year …). Any other input is matched by id
    and name, else by name alone, else by id alone; a name or an id that
    another input of the new form answers better is left to it.
    """

    old: FormDefinition
    new: FormDefinition

    @cached_property
    def singles(self) -> Mapping[InputPath, InputPath]:
        """Old paths of the inputs that exist once, with the new ones."""
        old, new = list(single_inputs(self.old)), list(single_inputs(self.new))
        names = {slot.path: _name(self.old, slot) for slot in old}
        new_names = {slot.path: _name(self.new, slot) for slot in new}
        found = dict(self._roles())
        for by_id, by_name in ((True, True), (False, True), (True, False)):
            taken = set(found.values())
            free = [slot for slot in new if slot.path not in taken]
            for slot in old:
                fitting = [
                    other.path
                    for other in free
                    if _same_group(slot.path, other.path)
                    and (not by_id or other.path == slot.path)
                    and (not by_name or new_names[other.path] == names[slot.path])
                ]
                if slot.path not in found and len(fitting) == 1 and fitting[0] not in found.values():
                    found[slot.path] = fitting[0]
        return found

    def _roles(self) -> Iterator[tuple[InputPath, InputPath]]:
        """Fields that play the same part in both forms, whatever they are called."""
        old, new = self.old.roles.model_dump(), self.new.roles.model_dump()
        for role, field_id in old.items():
            if field_id is not None and new[role] is not None:
                yield InputPath.field(field_id), InputPath.field(new[role])

    def columns(self, table: str) -> Mapping[str, str]:
        """Old columns of a table, by id, with the new ones."""
        new = table_parts(self.new, table)
        ids, names = {part.id: part for part in new}, _by_name(new)
        found: dict[str, str] = {}
        for part in table_parts(self.old, table):
            match = ids.get(part.id) or names.get(folded(part.label))
            if match is not None and match.id not in found.values():
                found[part.id] = match.id
        return found

    @cached_property
    def types(self) -> Mapping[str, str]:
        """Old types of 绩效指标 with the new ones: 产出-数量 → 产出指标-数量指标."""
        whole = _unambiguous((_plain_type(name), name) for name in self.new.indicator_types)
        last = _unambiguous((_plain_type(name).rpartition("-")[2], name) for name in self.new.indicator_types)
        found = {}
        for name in self.old.indicator_types:
            plain = _plain_type(name)
            if match := whole.get(plain) or last.get(plain.rpartition("-")[2]):
                found[name] = match
        return found

    def target(self, path: InputPath) -> InputPath | None:
        """Where the value of an old input goes; None when the new form has no place for it."""
        if path.number is None:
            return self.singles.get(path)
        part = self.columns(path.group).get(path.part)
        return None if part is None else InputPath.cell(path.group, path.number, part)


def _name(form: FormDefinition, slot: Slot) -> str:
    """What an input is called; of a part beside a scored row with the name of the row, of money with its line."""
    return folded(slot.label if slot.path.group in (SCORES, FUNDS) else slot.item.label)


def _same_group(one: InputPath, other: InputPath) -> bool:
    return one.group == other.group or (one.group in MONEY and other.group in MONEY)


def _by_name(parts: Iterable[Input]) -> dict[str, Input]:
    found: dict[str, Input] = {}
    for part in parts:
        found.setdefault(folded(part.label), part)
    return found


def _plain_type(name: str) -> str:
    """A type without the word 指标 that some forms put behind each of its levels."""
    return "-".join(folded(step).removesuffix("指标") for step in name.split("-"))


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The pairs whose key occurs once."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: values[0] for key, values in found.items() if len(values) == 1}
