"""The judge of a batch: a fictional district of 60 departments with a known list of faults.

All of them are found, nothing else is, and every sum is that of pandas over the numbers of the generator.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.district.folder import district
from tests.batch.district.judging import CHECKS, Run
from tests.batch.recalculation import assert_same_results, recalculated
from tests.cli.calling import spawn
from tests.workbook.tools import needs_libreoffice

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
    options += ["--replies", "--due", "2023-03-31", "--sender", "示例区财政局"]
    outcome = spawn("batch", folder.inputs, "-o", output, *options)
    assert outcome.code == 5, outcome.err
    run = Run(folder, output, outcome.json, outcome.err)
    for check in CHECKS:
        check(run)
    content = (output / "汇总表.xlsx").read_bytes()
    assert_same_results(content, recalculated({"汇总表": content}, tmp_path / "重算")["汇总表"], 60)
