"""What departments wrote in their own words: long texts without punctuation, own names and set phrases."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
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
        for _, masked in clauses:
            users[masked].add(key)
    departments = len(set().union(*users.values()))
    set_phrases = {clause for clause, keys in users.items() if len(keys) > departments * SET_PHRASE_SHARE}
    return [
        Writing(
            party(result, text.place),
            department_key(result.department),
            text.label,
            text.text,
            "".join(exact for exact, masked in clauses if masked not in set_phrases),
            "".join(masked for _, masked in clauses if masked not in set_phrases),
        )
        for result, text, clauses in written
    ]


def departments_of(writings: Iterable[Writing]) -> int:
    """How many departments wrote something."""
    return len({writing.key for writing in writings})


def _clauses(text: str, result: Result) -> list[tuple[str, str]]:
    """The clauses of a text without punctuation and the own name, each also with its numbers masked."""
    whole = unicodedata.normalize("NFKC", text).casefold()
    if name := department_key(result.department).casefold():
        whole = "".join(whole.split(" ")).replace(name, "")
    parts = _CLAUSE_END.split(whole)
    found = ((_NOT_WORDS.sub("", part), _NOT_WORDS.sub("", _NUMBER.sub("0", part))) for part in parts)
    return [(exact, masked) for exact, masked in found if exact]
