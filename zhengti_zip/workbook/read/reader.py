"""Workbook → Source: inputs found by defined name, values understood, every problem with its cell."""

from __future__ import annotations

from pathlib import Path

from zhengti_zip.base.commands import upgrade_command
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import form_option
from zhengti_zip.submission.entry import RawEntry, assemble
from zhengti_zip.submission.paths import GROUPS
from zhengti_zip.submission.problems import locate
from zhengti_zip.submission.source import Source
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.read.collecting import Collector
from zhengti_zip.workbook.read.grid import open_grid
from zhengti_zip.workbook.read.recognition import recognised
from zhengti_zip.workbook.read.strays import strays
from zhengti_zip.workbook.read.tables import TableReader


def read_workbook(file: Path, content: bytes, form: FormDefinition | None = None) -> Source:
    """Read a department's workbook.

    Args:
        file: its name, for messages.
        content: an .xlsx file made by ``zhengti-zip template``.
        form: the form it must be of; None takes the one its hidden sheet names, or it is like.

    Raises:
        InputError: it is not such a workbook.
        UsageProblem: its form is unknown.
    """
    return read_cells(file, content, form)[0]


def read_cells(file: Path, content: bytes, form: FormDefinition | None = None) -> tuple[Source, RawEntry]:
    """The same, with the raw values beside it, for who must not lose what could not be understood.

    Raises:
        InputError: it is not such a workbook.
        UsageProblem: its form is unknown.
    """
    grid = open_grid(file, content)
    known = recognised(file, grid, form)
    plan = WorkbookPlan(known.form)
    work = Collector(grid, plan, upgrade_command(file) + form_option(known.form), is_old=known.is_old)
    tables = {area.table: area for area in plan.tables}
    for group in GROUPS:
        if group in tables:
            TableReader(work, tables[group]).read()
        else:
            for cell in plan.cells:
                if cell.path.group == group:
                    work.single(cell)
    work.tell_lost()
    found = work.found
    submission, problems = assemble(known.form, found.raw)
    noticed = [*known.problems, *strays(grid, plan, found.places), *found.problems, *problems]
    located = locate(noticed, found.places)
    source = Source(known.form, submission, found.places, located, withheld=frozenset(found.withheld))
    return source, found.raw
