"""What a process does that draws for another one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import support
from zhengti_zip.batch.guard import Guard
from zhengti_zip.batch.worker import Failure
from zhengti_zip.drawing import _rehearsed, draw_here, drawn, practise
from zhengti_zip.render.pdf import render_pdf


@pytest.fixture
def guard() -> Iterator[Guard]:
    made = Guard()
    yield made
    made.stop()


def test_the_rehearsal_draws_a_page() -> None:
    """While it practises a child keeps quiet about errors."""
    assert render_pdf(_rehearsed()).startswith(b"%PDF")


def test_a_process_that_practised_draws_the_same(guard: Guard, tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    table = support.table()
    assert not isinstance(guard.run(practise, str(folder)), Failure)
    assert guard.run(drawn, (table, False, ())) == draw_here(table, False, ())()
    guard.hang_up()
    guard.stop(patience=30)
    assert not folder.exists()


def test_drawing_needs_no_models() -> None:
    """Importing what forms are loaded with would keep a companion from being ready in time."""
    script = (
        "import sys, zhengti_zip.companion, zhengti_zip.drawing, zhengti_zip.render.pdf\n"
        "assert 'pydantic' not in sys.modules and 'openpyxl' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[1])
