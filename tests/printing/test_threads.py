"""Forms built concurrently in threads: each department gets its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from tests import support
from tests.cli.calling import ROOT
from zhengti_zip.grid.examine import examine
from zhengti_zip.printing.build import printed
from zhengti_zip.submission.source import Source

THREADS = 8
DEPARTMENTS = [f"第{number}组织部" for number in range(1, 17)]


@pytest.fixture(autouse=True)
def _threads_change_often() -> Iterator[None]:
    """Switch threads often; the default interval of 5 ms hides most faults."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def source(department: str) -> Source:
    return support.source({"fields.department": department})


def built(source: Source) -> tuple[dict[str, bytes], list[str]]:
    """The files, and what is wrong, as ``build`` finds them."""
    examined = examine(source)
    return printed(examined), [str(problem) for problem in examined.problems]


def test_every_department_gets_its_own_form() -> None:
    alone = [built(source(department)) for department in DEPARTMENTS]
    assert len({files[".pdf"] for files, _ in alone}) == len(DEPARTMENTS)
    with ThreadPoolExecutor(THREADS) as pool:
        together = list(pool.map(built, map(source, DEPARTMENTS)))
    for department, one, other in zip(DEPARTMENTS, alone, together, strict=True):
        assert one == other, department


FRESH = """
import sys
from concurrent.futures import ThreadPoolExecutor
from tests.printing.test_threads import DEPARTMENTS, THREADS, pdf_digest
sys.setswitchinterval(1e-5)
with ThreadPoolExecutor(THREADS) as pool:
    print(*pool.map(pdf_digest, DEPARTMENTS[:THREADS]))
"""


def pdf_digest(department: str) -> str:
    """Of the PDF of a department."""
    files, _ = built(source(department))
    return sha256(files[".pdf"]).hexdigest()


def test_the_first_forms_of_a_process_are_built_concurrently() -> None:
    """Fonts are read and libraries imported by whichever thread comes first."""
    done = subprocess.run(
        [sys.executable, "-c", FRESH], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    assert done.stdout.split() == [pdf_digest(department) for department in DEPARTMENTS[:THREADS]]
