"""A whole district: every input is finished, and memory does not grow.

The short form takes a few departments. With ZHENGTI_LONG=1 it takes 2,000; the last result of that is
written down in benchmarks/README.md.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from tests.batch.offices import office, tree, workbook, write
from tests.cli.calling import environment
from tests.processes import workers_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads memory from /proc"),
]

IS_LONG = bool(os.environ.get("ZHENGTI_LONG"))
OFFICES = 2000 if IS_LONG else 40
EVERY = 20
"""One input in 20 is a workbook; making a workbook takes longer than printing it."""

GROWTH = Decimal("1.15")
MOST_MB = 300


def resident(process: int) -> int:
    """Memory of a process in MB; 0 when it is gone."""
    try:
        text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in text.splitlines() if line.startswith("VmRSS")), 0)


def total_of(number: int) -> Decimal:
    """The total of a fictional department."""
    return sum((Decimal(row["score"]) for row in office(number)["scores"].values()), Decimal(0))


def test_a_whole_district(tmp_path: Path) -> None:
    inputs, outputs, log = tmp_path / "填报", tmp_path / "输出", tmp_path / "log"
    inputs.mkdir()
    for number in range(OFFICES):
        if number % EVERY:
            write(inputs / f"街道{number % 9}", number)
        else:
            (inputs / f"局{number:04}.xlsx").write_bytes(workbook(number))
    command = [sys.executable, "-m", "zhengti_zip", "batch", str(inputs), "-o", str(outputs)]
    options = ["--workers", "2", "--log-file", str(log), *([] if IS_LONG else ["--docx"])]
    with (tmp_path / "err").open("wb") as err:
        start = time.monotonic()
        process = subprocess.Popen([*command, *options], stdout=err, stderr=err, env=environment())
        main, workers = [], []
        while process.poll() is None:
            main.append(resident(process.pid))
            workers += [megabytes for child in workers_of(process.pid) if (megabytes := resident(child))]
            time.sleep(0.5 if IS_LONG else 0.05)
        seconds = time.monotonic() - start
    assert process.returncode == 0, (tmp_path / "err").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    found = {line["department"]: Decimal(line["total"]) for line in lines if line["event"] == "file"}
    assert found == {f"虚构市第{number}局": total_of(number) for number in range(OFFICES)}
    assert_summed_up(outputs / "汇总表.xlsx")
    kinds = 2 if IS_LONG else 1
    assert sum(name.endswith((".pdf", ".docx")) for name in tree(outputs)) == OFFICES * kinds + 1
    print(f"{OFFICES} forms, {seconds:.0f} s, main {max(main)} MB, workers at most {max(workers)} MB")
    assert max(workers) < MOST_MB
    if IS_LONG:
        assert is_flat(workers) and is_flat(main[: -int(len(main) * 0.1)])


def assert_summed_up(summary: Path) -> None:
    """Totals, ranks and budget sums equal those that pandas works out from the inputs."""
    lines = [
        {"部门": data["fields"]["department"], "总分": float(total_of(number)), **data["budget"]}
        for number in range(OFFICES)
        for data in [office(number)]
    ]
    inputs = pd.DataFrame(lines).set_index("部门").astype(float)
    given = pd.read_excel(summary, sheet_name="部门排名", header=3).dropna(subset=["部门"]).set_index("部门")
    assert len(given) == OFFICES
    given = given.loc[inputs.index]
    assert (given["总分"].astype(float) == inputs["总分"]).all()
    assert (given["名次"] == inputs["总分"].rank(method="min", ascending=False)).all()
    sums = pd.read_excel(summary, sheet_name="预算合计", header=3).set_index("填报范围").loc["合计"]
    assert sums["总预算"] == pytest.approx(inputs["total"].sum(), abs=0.005)
    assert sums["基本支出"] == pytest.approx(inputs["basic"].sum(), abs=0.005)


def is_flat(memory: list[int]) -> bool:
    """Whether the last quarter of the run needs hardly more memory than the second."""
    quarter = len(memory) // 4
    early, late = statistics.median(memory[quarter : 2 * quarter]), statistics.median(memory[-quarter:])
    return Decimal(late) <= GROWTH * Decimal(early)
