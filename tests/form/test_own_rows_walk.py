"""docs/own-rows.md: the form built there is sound, is filled in and printed, and its cases hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.calling import call, written
from tests.forms_support import ROOT, squeezed
from zhengti_zip.form.loader import inspect_form

TEXT = (ROOT / "docs" / "own-rows.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The form of the page, put together from its blocks."""
    blocks = re.findall(r"(?ms)^```yaml\n(.*?)^```", TEXT)
    cases = [block for block in blocks if block.startswith("- 名称")]
    made = tmp_path / "hedong-project-2032"
    made.mkdir()
    (made / "cases.yaml").write_text("\n".join(cases), encoding="utf-8")
    definition = "\n".join(block for block in blocks if block not in cases)
    (made / "form.yaml").write_text(definition, encoding="utf-8")
    return made


def test_the_form_has_no_mistakes_and_its_cases_hold(folder: Path) -> None:
    definition, mistakes = inspect_form(folder)
    assert definition is not None
    assert mistakes == []
    outcome = call("form", "check", folder, "--cases")
    assert outcome.code == 0
    assert "2 个相符，0 个不符" in outcome.out


def row(kind: str, name: str, target: str, actual: str, weight: str, reason: str = "") -> dict[str, str]:
    return {
        "type": kind,
        "name": name,
        "direction": "≥",
        "target": target,
        "unit": "项",
        "actual": actual,
        "weight": weight,
        "reason": reason,
    }


def test_it_is_filled_in_checked_and_printed(folder: Path, tmp_path: Path) -> None:
    data = {
        "form": "hedong-project-2032",
        "fields": {"project": "路灯改造", "unit": "河东市政所", "year": 2032, "filled_on": "2033-02-01"},
        "funds": {
            "total": {"budget": "100", "spent": "95"},
            "fiscal": {"budget": "80", "spent": "80"},
            "other": {"budget": "20", "spent": "15"},
        },
        "indicators": [
            row("产出指标-数量指标", "更换路灯", "200", "180", "30", "两条路封闭施工，推迟到次年"),
            row("产出指标-质量指标", "验收合格", "10", "10", "20"),
            row("效益指标", "减少投诉", "5", "6", "30"),
        ],
    }
    book = tmp_path / "路灯.xlsx"
    assert call("fill", written(tmp_path, data), "-o", book, "--form", folder).code == 0
    checked = call("check", book, "--form", folder)
    assert (checked.code, checked.err) == (0, "")
    assert call("build", book, "-o", tmp_path, "--form", folder).code == 0
    text = squeezed("".join(page.extract_text() for page in PdfReader(tmp_path / "路灯.pdf").pages))
    for words in ("≥200项", "95.00%", "填报日期：2033年2月1日", "19", "27", "总分10096"):
        assert words in text
