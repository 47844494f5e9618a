"""Forms compared with what they were before random edits, texts over several pages among them.

A dozen by default; ZHENGTI_LONG=1 takes three hundred.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random
from typing import Any

import pytest

from tests.support import form, table
from tests.word.reviewer import ACCEPT, REJECT, W, body, cells
from zhengti_zip.grid.table import FormTable, Origin
from zhengti_zip.word.document import render_docx

SEEDS = (
    range(300) if os.environ.get("ZHENGTI_LONG") == "1" else (0, 3, 8, 17, 41, 60, 77, 90, 120, 136, 150, 157)
)
"""Seeds; those of the short form include a text cut by a page break with a deletion at its end."""

WORDS = [
    "完成",
    "推进",
    "年度",
    "重点工作",
    "12项",
    "1,297.5万元",
    "，",
    "。",
    "；",
    "\n",
    "95%",
    "GDP",
    "👍🏽",
    "שלום",
    "（一）",
]

Entered = dict[str, Any]


class Editor:
    """Fills in a form at random and changes it at random."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.length = self.chance.choice([12, 12, 12, 60, 400])

    def filled(self) -> Entered:
        entered: Entered = {"goals": [self._goal() for _ in range(self.chance.randrange(1, 6))]}
        for context in self.chance.sample(form().rows, self.chance.randrange(10)):
            path = f"scores.{context.row.id}"
            entered |= {f"{path}.score": "0.5", f"{path}.reason": self._text(self.length)}
            entered[f"{path}.improvement"] = self._text(12)
        return entered

    def edited(self, entered: Entered) -> Entered:
        goals = [dict(goal) for goal in entered["goals"]]
        for _ in range(self.chance.randrange(4)):
            self._edit(goals)
        now = {**entered, "goals": goals}
        for path in [path for path in entered if path != "goals"]:
            if self.chance.random() < 0.3:
                now[path] = "1" if path.endswith("score") else self._changed(entered[path])
        if self.chance.random() < 0.5:
            now["fields.department"] = "海珠区文化局"
        return now

    def _edit(self, goals: list[dict[str, str]]) -> None:
        kind = self.chance.choice(["insert", "remove", "change", "shuffle"])
        if kind == "insert":
            goals.insert(self.chance.randrange(len(goals) + 1), self._goal())
        elif kind == "remove" and len(goals) > 1:
            goals.pop(self.chance.randrange(len(goals)))
        elif kind == "shuffle":
            self.chance.shuffle(goals)
        else:
            goal = self.chance.choice(goals)
            part = self.chance.choice(sorted(goal))
            goal[part] = self._changed(goal[part])

    def _goal(self) -> dict[str, str]:
        return {part: self._text(self.length) for part in ("goal", "completion", "reason")}

    def _text(self, length: int) -> str:
        return "".join(self.chance.choices(WORDS, k=self.chance.randrange(length)))

    def _changed(self, text: str) -> str:
        if not text or self.chance.random() < 0.3:
            return self._text(12)
        start = self.chance.randrange(len(text))
        return text[:start] + self._text(5) + text[start + self.chance.randrange(8) :]


def entered_characters(word: list[str], printed: FormTable) -> Counter[str]:
    """The characters of all cells except labels, which a page break repeats."""
    labels = {cell.text for cell in printed.cells if cell.origin is Origin.LABEL}
    return Counter("".join(text for text in word if text not in labels).replace("\n", ""))


@pytest.mark.parametrize("seed", SEEDS)
def test_accepting_gives_the_new_form_and_rejecting_the_previous_one(seed: int) -> None:
    editor = Editor(seed)
    entered = editor.filled()
    earlier, now = table(entered), table(editor.edited(entered))
    compared = body(render_docx(now, previous=earlier))
    for command, printed in ((ACCEPT, now), (REJECT, earlier)):
        settled, expected = cells(compared, command), cells(body(render_docx(printed)))
        # With other page breaks the cells differ, so characters are counted: none is lost or doubled.
        if settled != expected:
            assert entered_characters(settled, printed) == entered_characters(expected, printed)
    numbers = [mark.get(f"{W}id") for mark in compared.iter(f"{W}ins", f"{W}del")]
    assert len(set(numbers)) == len(numbers)
