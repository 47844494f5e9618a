"""Remarks can be made to go away: by printing what is asked for, or by not asking for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms_support import FICTIONAL
from zhengti_zip.form.loader import load_form
from zhengti_zip.formtools.remarks import remarks

TEXT = (FICTIONAL / "form.yaml").read_text(encoding="utf-8")
NOT_PRINTED = {
    "row.reason": (
        "    - {head: 失分原因, chars: 14, show: row.reason, align: left, empty: ／}\n",
        "未达标原因",
    ),
    "row.improvement": (
        "    - {head: 整改措施, chars: 14, show: row.improvement, align: left, empty: ／}\n",
        "改进措施",
    ),
}


def messages(folder: Path, text: str) -> list[str]:
    (folder / "form.yaml").write_text(text, encoding="utf-8")
    return [mistake.message for mistake in remarks(load_form(folder))]


@pytest.mark.parametrize("part", NOT_PRINTED)
def test_a_column_that_is_not_printed_need_not_be_asked_for(tmp_path: Path, part: str) -> None:
    column, label = NOT_PRINTED[part]
    assert TEXT.count(column) == 1
    # One column fewer in the grid that takes the columns of the table.
    text = TEXT.replace(column, "").replace("bands, bands, bands]", "bands, bands]")
    (tmp_path / "asked").mkdir()
    assert messages(tmp_path / "asked", text) == [f"“{label}”没有打印"]
    kept = [key for key in ("score", "reason", "improvement", "evidence") if key != part.partition(".")[2]]
    (tmp_path / "not asked").mkdir()
    assert messages(tmp_path / "not asked", f"score_parts: [{', '.join(kept)}]\n{text}") == []


def test_a_goal_column_that_is_not_printed_need_not_be_asked_for(tmp_path: Path) -> None:
    text = TEXT.replace("why: {value: goals.reason, align: left, empty: 全部完成}", "why: {}")
    (tmp_path / "asked").mkdir()
    assert messages(tmp_path / "asked", text) == ["“未能完成原因”没有打印"]
    (tmp_path / "not asked").mkdir()
    assert messages(tmp_path / "not asked", f"goals: {{columns: [goal, completion]}}\n{text}") == []
