"""Work grows with the size of a file, not with its square: every costly kind, doubled and doubled again.

Processor times of one process are compared with each other, so that a slow or busy machine does not matter.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import call
from tests.fuzz.costly import COSTLY
from tests.fuzz.running import ALLOWED, spent
from tests.workbook.tools import DEMO

pytestmark = pytest.mark.slow

GROWTH = 2.6
"""How many times the time may grow when the size doubles. Twice is linear, four times would be squared."""

NOISE_SECONDS = 0.4
"""Of processor time that a run may take more than another of the same size."""


def seconds(name: str, size: int, folder: Path) -> float:
    """What the commands that take a kind of file need for one of a size."""
    suffix, _, _, make = COSTLY[name]
    file = folder / f"部门{suffix}"
    file.write_bytes(make(size))
    calls: dict[str, list[list[str | Path]]] = {
        ".xlsx": [["check", file, "--annotate", folder / "标注.xlsx", "--force"]],
        ".docx": [["review", file, "--workbook", DEMO, "-o", folder / "新.xlsx", "--force"]],
        ".json": [["check", file]],
        ".pdf": [["extract", file, "-o", folder, "--force"]],
    }
    start = spent()
    for arguments in calls[suffix]:
        done = call(*arguments)
        assert done.code in ALLOWED, done.err
        assert "程序内部错误" not in done.err and "Traceback" not in done.err, done.err
    return spent() - start


@pytest.mark.parametrize("name", COSTLY)
def test_twice_the_size_takes_about_twice_the_time(name: str, tmp_path: Path) -> None:
    _, usual, most, _ = COSTLY[name]
    sizes = [min(usual * factor, most) for factor in (1, 2, 4)]
    seconds(name, sizes[0], tmp_path)  # libraries are imported, fonts read
    first, second, third = (seconds(name, size, tmp_path) for size in sizes)
    assert second < GROWTH * first + NOISE_SECONDS, (first, second, third)
    assert third < GROWTH * second + NOISE_SECONDS, (first, second, third)
