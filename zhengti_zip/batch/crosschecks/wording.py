"""What departments wrote in their own words: long texts without punctuation, own names and set phrases."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhengti_zip.batch.crosschecks.doubt import Party, department_key, party
from zhengti_zip.batch.crosschecks.thresholds import SET_PHRASE_SHARE
from zhengti_zip.batch.result import Result

_CLAUSE_END = re.compile(r"[。，,；;：:！!？?、\n]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Writing:
    """A long text of a department.

    Attributes:
        party: the department, with the place of the text.
        key: of the department.
        label: the input, as on the form.
        text: as entered.
        exact: its own words in one piece, without punctuation.
        masked: the same with every number as ``0``: whoever copies a text changes the numbers first.
    """

    party: Party
    key: str
    label: str
    text: str
    exact: str
    masked: str


def writings_of(results: Iterable[Result]) -> list[Writing]:
    """The long texts of all departments, in the order of the results.

    Clauses that more than :data:`SET_PHRASE_SHARE` of the departments have are left out. Linear in the texts.
    """
    written = [(result, text, _clauses(text.text, result)) for result in results for text in result.texts]
    users: defaultdict[str, set[str]] = defaultdict(set)
    for result, _, clauses in written:
        key = department_key(result.department)
        for clause in clauses:
            users[_masked(clause)].add(key)
    departments = len(set().union(*users.values()))
    set_phrases = {clause for clause, keys in users.items() if len(keys) > departments * SET_PHRASE_SHARE}
    found = []
    for result, text, clauses in written:
        own = [clause for clause in clauses if _masked(clause) not in set_phrases]
        exact = "".join(map(_words, own))
        masked = "".join(_words(_masked(clause)) for clause in own)
        where = party(result, text.place)
        found.append(Writing(where, department_key(result.department), text.label, text.text, exact, masked))
    return found


def departments_of(writings: Iterable[Writing]) -> int:
    """How many departments wrote something."""
    return len({writing.key for writing in writings})


def plain_text(text: str) -> tuple[str, list[int]]:
    """A text in which names can be looked for: one width, no spaces; and where each character stands in the original."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for plain in unicodedata.normalize("NFKC", character):
            if not plain.isspace():
                characters.append(plain)
                places.append(place)
    return "".join(characters), places


def _clauses(text: str, result: Result) -> Sequence[str]:
    """The clauses of a text, in which the department does not name itself."""
    whole = unicodedata.normalize("NFKC", text).casefold()
    name = department_key(result.department).casefold()
    parts = ("".join(part.split()) for part in _CLAUSE_END.split(whole))
    return [part.replace(name, "") if name else part for part in parts if part]


def _masked(clause: str) -> str:
    return _NUMBER.sub("0", clause)


def _words(clause: str) -> str:
    return _NOT_WORDS.sub("", clause)
