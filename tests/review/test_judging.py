"""Random edits of every kind, in the markup of every program, come back or are reported; nothing else does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.review.flavours import FLAVOURS
from tests.review.judging import KEPT_BY_LIBREOFFICE, edited_file, faults, saved
from tests.workbook.tools import convert, needs_libreoffice

FORMS = ("haizhu-2022", "project-national", "department-general", "sichuan-project-2023", "fixed-standards")
SEEDS = 34 if os.environ.get("ZHENGTI_LONG") else 4
"""Files of each form and program: 510 or 60 in all."""

MOST_EDITS = 20


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("name", FORMS)
def test_every_edit_comes_back_or_is_reported(name: str, flavour: str, seed: int) -> None:
    file = edited_file(name, seed, 1 + seed * 7 % MOST_EDITS)
    content = saved(file, flavour)
    made = [edit.what for edit in file.edits]
    assert (made, faults(name, file, content)) == (made, [])


@needs_libreoffice
def test_what_libreoffice_saved_comes_back_or_is_reported(tmp_path: Path) -> None:
    files = {}
    for name in FORMS:
        for seed in range(1, SEEDS, 10):
            file = edited_file(name, seed, 1 + seed * 7 % MOST_EDITS, KEPT_BY_LIBREOFFICE)
            files[f"{name}-{seed}.docx"] = name, file
            (tmp_path / f"{name}-{seed}.docx").write_bytes(file.content())
    for saved_file in convert(sorted(tmp_path.glob("*.docx")), tmp_path / "saved", "docx"):
        name, file = files[saved_file.name]
        found = faults(name, file, saved_file.read_bytes())
        assert (saved_file.name, found) == (saved_file.name, [])
