"""Mistakes in the parts of a definition that forms with own rows have: money, paths, sheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms_support import ROOT
from zhengti_zip.form.loader import inspect_form

TEXT = (ROOT / "tests" / "forms" / "project-2031" / "form.yaml").read_text(encoding="utf-8")
RULE = "indicators.0.indicators.0.rows.0.rules.0"


@pytest.mark.parametrize(
    ("old", "new", "path", "words", "remedy"),
    [
        (
            "{use: funds.total.spent}",
            "funds.total.spent",
            f"{RULE}.numerator",
            "键: 值",
            "{use: funds.total.spent}",
        ),
        (
            "{use: funds.total.spent}",
            "{use: Funds.total}",
            f"{RULE}.numerator.use",
            "路径的写法",
            "funds.total.spent",
        ),
        (
            "{use: funds.total.spent}",
            "{use: funds.total.spend}",
            f"{RULE}.numerator.use",
            "没有 funds.total.spend",
            "路径",
        ),
        (
            "divide: [funds.total.spent,",
            "divide: [funds total,",
            "derived.0.divide.0",
            "路径的写法",
            "derived.计算值",
        ),
        (
            "title: 项目资金\n",
            "title: 项目资金\n  absent: [total]\n",
            "funds.absent.0",
            "单元格的写法",
            "total.initial",
        ),
        ("    - type\n", "", "own.columns", "缺少 type", "补上"),
        ("    - direction\n", "", "own.columns", "缺少 direction", "补上"),
        ("    - degree_percent\n", "", "own.columns", "缺少 degree_percent", "补上"),
        ("title: 绩效指标\n", "title: 绩效/指标\n", "own.title", "不能有“/”", "改用"),
        (
            "title: 绩效指标\n",
            "title: 基本情况\n",
            "own.title",
            "两张工作表都叫“基本情况”（另一张见 sheets.fields）",
            "换一个",
        ),
        ("title: 项目资金\n", "title: 指标自评\n", "funds.title", "两张工作表", "换一个"),
        (
            "instructions:",
            "sheets: {fields: '基本:情况'}\n\ninstructions:",
            "sheets.fields",
            "Excel 不接受",
            "31",
        ),
    ],
)
def test_a_mistake_is_told_once_with_a_remedy(
    tmp_path: Path, old: str, new: str, path: str, words: str, remedy: str
) -> None:
    assert old in TEXT
    (tmp_path / "form.yaml").write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    (mistake,) = inspect_form(tmp_path)[1]
    assert mistake.path == path
    assert words in mistake.message
    assert remedy in mistake.remedy


def test_a_title_of_a_sheet_that_is_not_there_may_be_used_again(tmp_path: Path) -> None:
    """The form has no 部门预算, so its table of money may be called so."""
    (tmp_path / "form.yaml").write_text(
        TEXT.replace("title: 项目资金\n", "title: 部门预算\n"), encoding="utf-8"
    )
    assert inspect_form(tmp_path)[1] == []
