"""When the faster pieces are used, and that nothing of them is left when they are not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.cli.calling import environment
from zhengti_zip.pdf import fast


@pytest.fixture(autouse=True)
def _as_installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No variable set; WeasyPrint is left as the next test expects it."""
    monkeypatch.delenv(fast.PLAIN, raising=False)
    yield
    monkeypatch.undo()
    fast.import_weasyprint()


def line_boxes_come_from() -> str:
    """The package whose function finds the lines of a block."""
    fast.import_weasyprint()
    from weasyprint.layout import block

    return str(block.iter_line_boxes.__module__).partition(".")[0]


def test_the_versions_in_use_are_known() -> None:
    """Add a new pair of versions to ``fast.KNOWN`` once all tests of this folder pass with it."""
    assert fast.is_open()
    assert line_boxes_come_from() == "zhengti_zip"


@pytest.mark.parametrize("versions", [("70.1", "0.13.0"), ("70.0", "0.13.1"), ("68.0", "0.11.0"), ("", "")])
def test_other_versions_shut_the_gate(versions: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "_versions", lambda: versions)
    assert not fast.is_open()
    assert line_boxes_come_from() == "weasyprint"


def test_the_variable_shuts_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    assert line_boxes_come_from() == "zhengti_zip"
    monkeypatch.setenv("ZHENGTI_PLAIN_PDF", "1")
    assert line_boxes_come_from() == "weasyprint"
    monkeypatch.setenv("ZHENGTI_PLAIN_PDF", "")
    assert line_boxes_come_from() == "zhengti_zip"


IMPORTED = """
import ctypes.util, sys
from zhengti_zip import examine, read, render_pdf
source = read({sample!r})
content = render_pdf(examine(source).table)
assert ctypes.util.find_library("c"), "the search for libraries works again"
sys.stdout.buffer.write(content)
"""


def test_a_process_with_the_gate_shut_makes_the_same_and_has_nothing_of_the_pieces() -> None:
    code = IMPORTED.format(sample="samples/demo-2022.json")
    unused = "assert not [name for name in sys.modules if name.startswith('zhengti_zip.pdf.fast.')]"
    made = [
        subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, env=env).stdout
        for script, env in ((code, environment()), (code + unused, environment(ZHENGTI_PLAIN_PDF="1")))
    ]
    assert made[0] == made[1]
    assert made[0].startswith(b"%PDF")
