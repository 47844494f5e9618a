"""What a person may have meant who typed a command or an option that does not exist."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

import click

LIKENESS = 0.6
"""Least likeness of two names (difflib) at which one is offered for the other."""

MOST_OFFERED = 2
EQUALLY_NEAR = 0.1
"""Difference of likeness up to which a second name is offered beside the best."""

DASHES = "-‐‑‒–—―−－"
"""What word processors and Chinese keyboards make of a hyphen."""


def near_names(typed: str, names: Iterable[str]) -> list[str]:
    """The names most like ``typed``, best first.

    Capitals, full-width letters, an unfinished name and two swapped letters are understood.
    """
    plain = unicodedata.normalize("NFKC", typed).casefold()
    bare = plain.lstrip("-")
    scored = [(_likeness(bare, name.lstrip("-")), name) for name in names if bare]
    best = sorted((item for item in scored if item[0] >= LIKENESS), key=lambda item: -item[0])
    if best and best[0][0] > 1:  # the same but for its writing, or the one name that begins so
        return [name for score, name in best if score == best[0][0]][:MOST_OFFERED]
    return [name for score, name in best[:MOST_OFFERED] if score >= best[0][0] - EQUALLY_NEAR]


def _likeness(typed: str, name: str) -> float:
    if typed == name:
        return 3
    if len(typed) > 1 and name.startswith(typed):
        return 2
    if sorted(typed) == sorted(name):
        return 1
    return SequenceMatcher(None, typed, name).ratio()


def commands_about(word: str, commands: Mapping[str, click.Command]) -> list[str]:
    """Commands whose one-line description has the word: ``检查`` is ``check``."""
    if len(word) < 2 or word.isascii():
        return []
    places = {name: (command.short_help or "").find(word) for name, command in commands.items()}
    found = sorted((name for name, place in places.items() if place >= 0), key=lambda name: places[name])
    return found[:MOST_OFFERED]


def meant_option(word: str, names: Iterable[str]) -> str:
    """The option somebody meant who typed other dashes than hyphens; "" if the word is none."""
    if word[:1] not in DASHES or word.startswith("-"):
        return ""
    bare = word.lstrip(DASHES)
    known = [name for name in names if name.lstrip("-") == bare]
    return known[0] if known else ""


def question(names: list[str]) -> str:
    """The sentence that offers names; "" if there are none."""
    return f"。您要的是不是 {' 或 '.join(names)}？" if names else ""
