"""Random edits of every kind, in the markup of every program, come back or are reported; nothing else does."""

from __future__ import annotations

import os

import pytest

from tests.review.flavours import FLAVOURS
from tests.review.judging import edited_file, faults, saved

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
    assert (faults(name, file, content), [edit.what for edit in file.edits]) == (
        [],
        [e.what for e in file.edits],
    )
