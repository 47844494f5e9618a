"""The judge of a batch: a fictional district of 60 departments with a known list of faults.

All of them are found, nothing else is, and every sum is that of pandas over the numbers of the generator.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.batch.district.folder import district
from tests.batch.district.judging import CHECKS, Run
from tests.cli.calling import spawn
from tests.workbook.tools import convert, needs_libreoffice

pytestmark = pytest.mark.slow


@needs_libreoffice
def test_everything_planted_is_found_and_nothing_else(tmp_path: Path) -> None:
    folder, output = district(tmp_path), tmp_path / "输出"
    options: list[str | Path] = [
        "--roster",
        folder.roster,
        "--previous",
        folder.previous,
        "--newest",
        "--json",
        "--docx",
    ]
    outcome = spawn("batch", folder.inputs, "-o", output, *options)
    assert outcome.code == 5, outcome.err
    run = Run(folder, output, outcome.json, outcome.err)
    for check in CHECKS:
        check(run)
    recalculated = tmp_path / "重算"
    shutil.copytree(output, recalculated / "输出")
    convert([output / "汇总表.xlsx"], recalculated / "输出", "xlsx")
