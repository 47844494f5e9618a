"""A PDF drawn by a companion: the same bytes and the same errors, whatever becomes of it, and nothing left behind."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests import support
from tests.processes import children, is_alive, on_linux, wait_until, with_room
from zhengti_zip.companion import Companion, companion
from zhengti_zip.drawing import draw_here
from zhengti_zip.errors import RenderError
from zhengti_zip.originals import Attachment
from zhengti_zip.table import FormTable, Paragraph

ATTACHED = [Attachment("数据.json", b"{}", "填报数据", "Data")]
OTHERS: set[int] = set()
"""Processes that other tests have left idle."""

FONT = Path(__file__).parents[1] / "fonts" / "ZhengtiSymbols-Regular.ttf"


@pytest.fixture(autouse=True)
def _others() -> None:
    OTHERS.clear()
    OTHERS.update(children(os.getpid()))


def ours() -> list[int]:
    """The children of this process that the test has started."""
    return [child for child in children(os.getpid()) if child not in OTHERS]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this process keeps its temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def child(temporary: Path) -> Iterator[Companion]:
    made = Companion()
    made.get_ready()
    yield made
    made.close()
    assert not list(temporary.iterdir())


@pytest.fixture(scope="module")
def table() -> FormTable:
    return support.table()


@pytest.fixture(scope="module")
def drawn_by_us(table: FormTable) -> bytes:
    return draw_here(table, False, ATTACHED)()


@pytest.fixture(scope="module")
def with_font(table: FormTable) -> FormTable:
    return replace(table, fonts=(FONT,))


@pytest.fixture(scope="module")
def drawn_with_font(with_font: FormTable) -> bytes:
    return draw_here(with_font, False, ())()


def only_child() -> int:
    """The process of the one companion there is."""
    (found,) = ours()
    return found


def unprintable(table: FormTable) -> FormTable:
    """A table with a character no font has."""
    cell = replace(table.cells[0], paragraphs=(Paragraph("\U0001f600"),))
    return replace(table, cells=(cell, *table.cells[1:]))


@with_room
def test_the_bytes_are_the_same(table: FormTable, drawn_by_us: bytes) -> None:
    with companion() as draw:
        assert draw != draw_here
        assert draw(table, False, ATTACHED)() == drawn_by_us


def test_a_draft_is_a_draft(child: Companion, table: FormTable) -> None:
    assert child.draw(table, True, ())() == draw_here(table, True, ())()


def test_fonts_are_found(with_font: FormTable, drawn_with_font: bytes, child: Companion) -> None:
    assert child.draw(with_font, False, ())() == drawn_with_font


def test_an_error_is_the_same(child: Companion, table: FormTable) -> None:
    wrong = unprintable(table)
    with pytest.raises(RenderError) as here:
        draw_here(wrong, False, ())()
    with pytest.raises(RenderError) as there:
        child.draw(wrong, False, ())()
    assert (there.value.message, there.value.remedy) == (here.value.message, here.value.remedy)
    assert "Traceback" in there.value.__notes__[0]  # it came from the child, and says where


@on_linux
def test_a_child_killed_before_it_draws_is_not_missed(
    child: Companion, table: FormTable, drawn_by_us: bytes
) -> None:
    os.kill(only_child(), signal.SIGKILL)
    wait_until(lambda: not ours())
    assert child.draw(table, False, ATTACHED)() == drawn_by_us


@on_linux
@pytest.mark.parametrize("delay", [0.0, 0.1, 0.4])
def test_a_child_killed_while_it_draws_is_not_missed(
    child: Companion, table: FormTable, drawn_by_us: bytes, delay: float
) -> None:
    finish = child.draw(table, False, ATTACHED)
    killer = threading.Timer(delay, os.kill, (only_child(), signal.SIGKILL))
    killer.start()
    assert finish() == drawn_by_us
    killer.join()


@on_linux
def test_a_child_killed_while_the_form_is_on_its_way_is_not_missed(
    child: Companion, table: FormTable
) -> None:
    """It takes nothing from the pipe, which is soon full."""
    large = [Attachment("数据.json", os.urandom(1 << 20), "填报数据", "Data")]
    process = only_child()
    os.kill(process, signal.SIGSTOP)
    killer = threading.Timer(0.2, os.kill, (process, signal.SIGKILL))
    killer.start()
    assert child.draw(table, False, large)() == draw_here(table, False, large)()
    killer.join()


def test_no_child_is_not_missed(
    table: FormTable, drawn_by_us: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no such interpreter"))
    child = Companion()
    child.get_ready()
    assert child.draw(table, False, ATTACHED)() == drawn_by_us
    child.close()


def test_an_interpreter_that_is_none_is_not_missed(
    table: FormTable, drawn_by_us: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    child = Companion()
    child.get_ready()
    assert child.draw(table, False, ATTACHED)() == drawn_by_us
    child.close()


@on_linux
@with_room
def test_whatever_ends_the_block_ends_the_child(temporary: Path) -> None:
    for error in (KeyboardInterrupt, SystemExit, ValueError):
        with pytest.raises(error), companion():
            started = only_child()
            raise error
        assert not is_alive(started)
        assert not list(temporary.iterdir())


@on_linux
def test_none_is_started_in_vain() -> None:
    with companion(wanted=False) as draw:
        assert draw == draw_here
        assert not ours()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cannot do without processors")
def test_one_processor_has_no_room_for_a_child() -> None:
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        with companion() as draw:
            assert draw == draw_here
            assert not ours()
    finally:
        os.sched_setaffinity(0, allowed)
