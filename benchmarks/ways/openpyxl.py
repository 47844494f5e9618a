"""openpyxl reading the workbook: what any Python program would begin with."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.stage import Stage
from benchmarks.way import WarmWay, Work


class Load(WarmWay):
    """The cells alone: nothing found, parsed or checked."""

    name, title = "openpyxl", "`openpyxl.load_workbook`"

    def start(self, stage: Stage) -> Callable[[int], Work]:
        from openpyxl import load_workbook

        return lambda number: lambda: load_workbook(stage.file("xlsx", number)).sheetnames


OPENPYXL_WAYS = (Load(),)
