"""The fuzz test can fail: what it must notice is noticed."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.fuzz import running
from tests.fuzz.files import KINDS, data, workbook
from tests.fuzz.running import judged
from tests.workbook.tools import DEMO
from zhengti_zip.workbook import reader


def test_a_sound_file_is_no_finding() -> None:
    verdict = judged(["check", DEMO])
    assert (verdict.fault, verdict.code) == ("", 0)


def test_an_internal_error_is_a_finding_with_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("gone")

    monkeypatch.setattr(reader, "open_grid", broken)
    fault = judged(["check", DEMO]).fault
    assert "ZeroDivisionError: gone" in fault and "Traceback" in fault


def test_another_exit_code_is_a_finding(tmp_path: Path) -> None:
    target = tmp_path / "有.json"
    target.write_text("{}", encoding="utf-8")
    assert "code 4" in judged(["export", DEMO, "-o", target]).fault


def test_a_hang_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(running, "MAX_SECONDS", 0.05)
    monkeypatch.setattr(reader, "open_grid", endless)
    assert judged(["check", DEMO]).fault


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", KINDS)
def test_files_differ_and_a_seed_gives_the_same_again(kind: str) -> None:
    made = [KINDS[kind](Random(seed)).content for seed in range(8)]
    assert made == [KINDS[kind](Random(seed)).content for seed in range(8)]
    assert len(set(made)) > 4
    assert workbook() not in made or data() not in made
