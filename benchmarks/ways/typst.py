"""Typst, the quickest typesetter there is: the distance to the limit."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec

from benchmarks.stage import FONTS, RIVALS, Stage
from benchmarks.way import ColdWay, Job, WarmWay, Work


def lack_of_typst() -> str:
    """Why Typst cannot be measured; "" when it can."""
    return "" if find_spec("typst") else "typst is not installed"


class Reused(WarmWay):
    """A compiler that is kept, with the fonts of the form and no others."""

    name, title = "typst", "Typst, compiler reused: data → PDF"

    def lack(self) -> str:
        return lack_of_typst()

    def start(self, stage: Stage) -> Callable[[int], Work]:
        from benchmarks.forms import grid_data, table
        from benchmarks.rivals.typeset import compiler, typeset

        made = compiler(FONTS)

        def make(number: int) -> Work:
            grid = grid_data(table(number))
            return lambda: typeset(made, grid)

        return make


class Script(ColdWay):
    """A script that sets one form."""

    name, title = "typst-cold", "Typst, a script: data → PDF"

    def lack(self) -> str:
        return lack_of_typst()

    def job(self, stage: Stage, number: int) -> Job:
        folder = stage.out(self.name)
        script = (sys.executable, str(RIVALS / "typeset.py"), str(FONTS), str(folder))
        return Job(((*script, str(stage.file("grid", number))),), folder, {"*.pdf": 1})


TYPST_WAYS = (Reused(), Script())
