"""Commands that are imported when they are called, so that the program starts quickly."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module

import click


class LazyCommands(MutableMapping[str, click.Command]):
    """The commands of a package by name, in a given order.

    Args:
        package: the package of the modules.
        names: the commands; each is an attribute, of the same name, of a module of the same name.
    """

    def __init__(self, package: str, names: Sequence[str]) -> None:
        self._package = package
        self._found: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        command = self._found[name]
        if command is None:
            command = getattr(import_module(f"{self._package}.{name}"), name)
            assert isinstance(command, click.Command)
            self._found[name] = command
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._found[name] = command

    def __delitem__(self, name: str) -> None:
        del self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
