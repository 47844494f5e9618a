"""Mistakes in money tables, tables of rows, several indicator tables and unruled lines are named."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support import is_chinese
from zhengti_zip.form.geometry import geometry_of, own_edges, table_width, united_edges
from zhengti_zip.form.loader import FORM_FILE, inspect_form
from zhengti_zip.form.mistakes import Mistake

FORMS = Path(__file__).resolve().parents[1] / "forms"
PROJECT = (FORMS / "project-2031" / FORM_FILE).read_text(encoding="utf-8")
PROVINCE = (FORMS / "province-2031" / FORM_FILE).read_text(encoding="utf-8")


class Slip(NamedTuple):
    """One mistake: what is replaced by what, the key path that must be named, and words of the message."""

    old: str
    new: str
    path: str
    words: str


def mistakes(folder: Path, text: str) -> list[Mistake]:
    (folder / FORM_FILE).write_text(text, encoding="utf-8")
    return inspect_form(folder)[1]


SLIPS = {
    "没有的资金栏": Slip("show: spent}", "show: paid}", "layout.blocks.1.columns.2.show", "没有 paid 这一栏"),
    "没有的资金行": Slip("      line: total", "      line: sum", "layout.blocks.1.line", "没有 sum 这一行"),
    "没有的评分行": Slip("      row: execution_rate", "      row: rate", "layout.blocks.1.row", "评分行"),
    "没有的计算值": Slip(
        "show: derived.execution_rate", "show: derived.rate", "layout.blocks.1.columns.4.show", "derived.rate"
    ),
    "没有写明行": Slip("      line: total\n", "", "layout.blocks.1.columns.3.show", "印在哪一行"),
    "没有的目标栏": Slip(
        "show: completion, align", "show: done, align", "layout.blocks.2.columns.1.show", "没有 done 这一栏"
    ),
    "没有的表": Slip("table: goals", "table: units", "layout.blocks.2.table", "没有 units 这一部分"),
    "没有这一级": Slip("show: level2.name", "show: level3.name", "layout.columns.1.show", "level2"),
    "没有的指标栏": Slip("show: row.reason", "show: row.why", "layout.columns.7.show", "没有 row.why 这一栏"),
    "符号用错": Slip(
        "chars: 2.5, show: row.weight", "chars: 2.5, sign: true, show: row.weight", "layout.columns.5.sign", "target"
    ),
    "没有的指标": Slip(
        "kind: indicators\n", "kind: indicators\n      of: [output, profit]\n", "layout.blocks.3.of.1", "profit"
    ),
    "没有印全": Slip("kind: indicators\n", "kind: indicators\n      of: [output]\n", "layout.blocks", "没有一个块打印"),
    "印了两次": Slip(
        "    - kind: grid\n      keep",
        "    - {kind: indicators, of: [output]}\n    - kind: indicators\n      of: [output, benefit, satisfaction]\n"
        "    - kind: grid\n      keep",
        "layout.blocks",
        "有两个块都打印",
    ),
    "没有的签章值": Slip("value: fields.phone", "value: fields.tel", "layout.signature.1.value", "fields.tel"),
    "空的签章项": Slip("{text: 联系电话：, value: fields.phone}", "{}", "layout.signature.1", "没有内容"),
    "竖排的值": Slip(
        "unit: {value: fields.unit}", "unit: {value: fields.unit, vertical: true}", "layout.blocks.0.cells.unit", "竖排"
    ),
    "文字有后缀": Slip(
        "unit_head: {text: 实施单位}", "unit_head: {text: 实施单位, suffix: 级}", "layout.blocks.0.cells.unit_head",
        "suffix",
    ),
    "一栏太窄": Slip("chars: 1.5, vertical: true", "chars: 0.5", "layout.blocks.3.side.chars", "一个字也放不下"),
    "表太宽": Slip("chars: 20, show: goal", "chars: 70, show: goal", "layout.blocks.2.columns", "超过页边距"),
    "没有的对齐": Slip("show: goal, align: left", "show: goal, align: top", "layout.blocks.2.columns.0.align", "left"),
    "栏目写法": Slip("show: initial}", "show: Initial}", "layout.blocks.1.columns.0.show", "写法"),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_mistake_is_named_by_its_path_with_a_remedy(name: str, tmp_path: Path) -> None:
    slip = SLIPS[name]
    assert PROJECT.count(slip.old) == 1
    found = [m for m in mistakes(tmp_path, PROJECT.replace(slip.old, slip.new)) if m.path == slip.path]
    assert found, [str(m) for m in mistakes(tmp_path, PROJECT.replace(slip.old, slip.new))]
    assert slip.words in found[0].message + found[0].remedy
    assert is_chinese(found[0].message) and is_chinese(found[0].remedy)
    assert found[0].line > 0


def test_two_indicator_tables_share_the_levels(tmp_path: Path) -> None:
    second = "    - kind: indicators\n      of: [benefit]\n      side: {text: 效益, chars: 1.5}\n"
    text = PROJECT.replace("    - kind: grid\n      keep", f"{second}    - kind: grid\n      keep")
    assert mistakes(tmp_path, text) == []


def test_a_form_without_columns_for_its_table_is_told(tmp_path: Path) -> None:
    start = PROJECT.index("  columns:\n    - {head: 一级指标")
    text = PROJECT[:start] + PROJECT[PROJECT.index("  blocks:") :]
    assert [m.path for m in mistakes(tmp_path, text)] == ["layout"]


@pytest.mark.parametrize("name", ["project-2031", "province-2031"])
def test_every_block_is_as_wide_as_the_widest_and_no_column_is_narrower_than_said(name: str) -> None:
    form, found = inspect_form(FORMS / name)
    assert form is not None and found == []
    edges, positions = united_edges(form)
    assert edges[-1] == table_width(form.layout) <= geometry_of(form.layout).content_width
    for block, own in zip(form.layout.blocks, positions, strict=True):
        assert (own[0], own[-1]) == (0, len(edges) - 1)
        least = own_edges(form.layout, block)
        if least is None:
            continue
        for column in range(len(least) - 1):
            width = edges[own[column + 1]] - edges[own[column]]
            assert width >= least[column + 1] - least[column] - 1.0
