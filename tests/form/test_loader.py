"""Forms are found by id or folder, and what has the wrong shape is named by key path and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import FORM_ID, Edit, definition_text, form, is_chinese, mistakes
from zhengti_zip.base.errors import FormDefinitionError, UsageProblem
from zhengti_zip.form.loader import FORM_FILE, form_ids, inspect_form, load_form

SPENDING = "indicators.0.groups.0.indicators.2.rows.0"
FIRST_RULE = "indicators.0.groups.0.indicators.0.rows.0.rules.0"
BANDS = "indicators.1.groups.1.indicators.0.rows.0.rules.0.bands"

CARRY_OVER_BANDS = """bands:
                      - {at_most: 10, points: 2}
                      - {at_most: 20, points: 1}
                      - {at_most: 30, points: 0.5}"""
FIRST_BASIS = "groups: [产出]\n                    basis: 财预〔2020〕10号"

SHAPE = [
    Edit("多余的键", "full_score: 100", "full_score: 100\nfull_mark: 1", "full_mark", "full_mark"),
    Edit("写错的键", "max_length: 60", "max_lenght: 60", "fields.0.max_lenght", "max_lenght"),
    Edit(
        "布局中写错的键",
        "keep_with_previous: true\n      areas:\n        - [label, bands",
        "keep_with_last: true\n      areas:\n        - [label, bands",
        "layout.blocks.6.keep_with_last",
        "keep_with_last",
    ),
    Edit("缺少键", "source: 广州市海珠区各部门公开的2022年度部门整体支出绩效自评表\n", "", "source", ""),
    Edit(
        "缺少下级的键",
        "full_score: 100\n\ngrade:\n  lines:",
        "full_score: 100\n\ngrade:\n  line:",
        "grade.lines",
        "grade:",
        also=("grade.line",),
    ),
    Edit("版本为0", "version: 1", "version: 0", "version", "version: 0"),
    Edit("版本有小数", "version: 1", "version: 1.5", "version", "version: 1.5"),
    Edit("整数位太多", "full_score: 100", "full_score: 10000", "full_score", "full_score: 10000"),
    Edit(
        "单元格名",
        "        basics: {text",
        "        Basics: {text",
        "layout.blocks.0.cells.Basics",
        "Basics:",
    ),
    Edit("版本不是数", "version: 1", "version: 一", "version", "version: 一"),
    Edit("年度太早", "year: 2022\nsource", "year: 1999\nsource", "year", "year: 1999"),
    Edit("id写法", f"id: {FORM_ID}", "id: Haizhu_2022", "id", "id: Haizhu_2022"),
    Edit(
        "字段id是数字", "{id: department, label: 部门名称", "{id: 1, label: 部门名称", "fields.0.id", "id: 1,"
    ),
    Edit("名称为空", "name: 整体效能", "name: ''", "indicators.0.groups.0.name", "name: ''"),
    Edit(
        "分值不是数",
        "weight: 0.5",
        "weight: 半分",
        "indicators.1.groups.4.indicators.0.rows.0.weight",
        "半分",
    ),
    Edit(
        "分值为负",
        "weight: 0.5",
        "weight: -0.5",
        "indicators.1.groups.4.indicators.0.rows.0.weight",
        "weight: -0.5",
    ),
    Edit("分值太大", "full_score: 100", "full_score: 1001", "full_score", "full_score: 1001"),
    Edit(
        "小数太多",
        "weight: 0.5",
        "weight: 0.495",
        "indicators.1.groups.4.indicators.0.rows.0.weight",
        "0.495",
    ),
    Edit(
        "应为列表",
        'title:\n  - "{year}年度{department}（{scope}）"\n  - 部门整体支出绩效自评表',
        "title: 部门整体支出绩效自评表",
        "title",
        "title:",
    ),
    Edit("列表为空", "areas:\n        - [basics]", "areas: []", "layout.blocks.0.areas", "areas: []"),
    Edit(
        "应为键值",
        "roles: {year: year, department: department, unit_count: unit_count}",
        "roles: 年度",
        "roles",
        "roles:",
    ),
    Edit(
        "应为真假",
        "basics: {text: 部门基本情况, bold: true}",
        "basics: {text: 部门基本情况, bold: 粗}",
        "layout.blocks.0.cells.basics.bold",
        "bold: 粗",
    ),
    Edit("没有的纸张", "size: A4", "size: B5", "layout.page.size", "size: B5"),
    Edit(
        "没有的方向", "orientation: portrait", "orientation: 竖", "layout.page.orientation", "orientation: 竖"
    ),
    Edit(
        "边距只有三个",
        "margin_mm: [15, 15, 14, 15]",
        "margin_mm: [15, 15, 14]",
        "layout.page.margin_mm.3",
        "margin_mm",
    ),
    Edit(
        "边距五个",
        "margin_mm: [15, 15, 14, 15]",
        "margin_mm: [15, 15, 14, 15, 15]",
        "layout.page.margin_mm",
        "margin_mm",
    ),
    Edit(
        "边距太大",
        "margin_mm: [15, 15, 14, 15]",
        "margin_mm: [15, 61, 14, 15]",
        "layout.page.margin_mm.1",
        "margin_mm",
    ),
    Edit("字号太小", "body_pt: 6.5", "body_pt: 4.9", "layout.type.body_pt", "body_pt"),
    Edit("没有的块", "- kind: indicators", "- kind: indicator", "layout.blocks.4", "- kind: indicator\n"),
    Edit("没有的字段种类", "kind: choice\n", "kind: choise\n", "fields.2.kind", "choise"),
    Edit("没有的栏目内容", "show: row.reason", "show: row.resaon x", "layout.columns.8.show", "resaon"),
    Edit("引用写法", "value: goals.goal", "value: goal", "layout.blocks.2.cells.goals.value", "value: goal,"),
    Edit(
        "没有依据",
        FIRST_BASIS,
        "groups: [产出]",
        f"{FIRST_RULE}.basis",
        "- kind: completion\n                    groups: [产出]\n",
    ),
    Edit(
        "依据太短",
        FIRST_BASIS,
        "groups: [产出]\n                    basis: 财",
        f"{FIRST_RULE}.basis",
        "basis: 财\n",
    ),
    Edit(
        "没有的评分方法",
        "- kind: proportional\n                    denominator: {id: adjusted_budget",
        "- kind: proportionnal\n                    denominator: {id: adjusted_budget",
        f"{SPENDING}.rules.0",
        "proportionnal",
    ),
    Edit(
        "别的方法的参数",
        "numerator: {id: spent,",
        "step: 1\n                    numerator: {id: spent,",
        f"{SPENDING}.rules.0.step",
        "step: 1\n                    numerator",
    ),
    Edit(
        "分段里多余的键",
        "{at_most: 10, points: 2}",
        "{at_most: 10, point: 2, points: 2}",
        f"{BANDS}.0.point",
        "point: 2,",
    ),
    Edit("没有分段", CARRY_OVER_BANDS, "bands: []", BANDS, "bands: []"),
]

YAML = [
    Edit("键重复", "year: 2022\nsource", "year: 2022\nyear: 2023\nsource", "year", "year: 2023"),
    Edit(
        "下级键重复",
        "weight: 0.5",
        "weight: 0.5\n                weight: 0.5 # 二",
        "indicators.1.groups.4.indicators.0.rows.0.weight",
        "# 二",
    ),
    Edit(
        "行内键重复",
        "{at_most: 10, points: 2}",
        "{at_most: 10, at_most: 11, points: 2}",
        f"{BANDS}.0.at_most",
        "at_most: 11",
    ),
    Edit("缩进错误", "version: 1\n", "version: 1\n  other: 2\n", "", "  other: 2"),
    Edit("没有的锚点", "denominator: *intents_due", "denominator: *intents_dew", "", "*intents_dew"),
    Edit("不支持的类型", "version: 1", "version: !!binary 1", "version", "!!binary"),
    Edit("不是有限的数", "body_pt: 6.5", "body_pt: .inf", "layout.type.body_pt", ".inf"),
]


@pytest.mark.parametrize("edit", SHAPE, ids=lambda edit: str(edit.name))
def test_a_wrong_shape_is_named_by_path_and_line(tmp_path: Path, edit: Edit) -> None:
    found = mistakes(tmp_path, edit.apply())
    assert (found[0].path, found[0].line) == (edit.path, edit.line())
    assert all(is_chinese(mistake.message) for mistake in found)
    assert all(mistake.file == FORM_FILE for mistake in found)
    assert [mistake.path for mistake in found[1:]] == list(edit.also)


def test_a_key_is_no_suggestion_for_itself(tmp_path: Path) -> None:
    edit = next(edit for edit in SHAPE if edit.name == "别的方法的参数")
    (found,) = mistakes(tmp_path, edit.apply())
    assert "是否为 step" not in found.message


@pytest.mark.parametrize("edit", YAML, ids=lambda edit: str(edit.name))
def test_bad_yaml_is_named_by_path_and_line(tmp_path: Path, edit: Edit) -> None:
    (found,) = mistakes(tmp_path, edit.apply())
    assert (found.path, found.line) == (edit.path, edit.line())
    assert is_chinese(found.message)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="空文件"),
        pytest.param("# 只有说明\n".encode(), id="只有注释"),
        pytest.param("- 列表\n".encode(), id="列表"),
        pytest.param("文字".encode(), id="文字"),
        pytest.param(definition_text().encode("gbk", errors="replace"), id="GBK编码"),
        pytest.param(definition_text().encode("utf-16"), id="UTF-16编码"),
    ],
)
def test_a_file_that_is_no_definition(tmp_path: Path, content: bytes) -> None:
    (found,) = mistakes(tmp_path, content)
    assert (found.line, found.path) == (1, "")
    assert is_chinese(found.message)


def test_a_definition_that_cannot_be_read(tmp_path: Path) -> None:
    definition, found = inspect_form(tmp_path / "nowhere")
    assert definition is None
    assert [(mistake.line, mistake.path) for mistake in found] == [(1, "")]
    assert is_chinese(found[0].message)


def test_several_mistakes_are_listed_together(tmp_path: Path) -> None:
    text = definition_text().replace("version: 1\n", "version: 0\n").replace("size: A4", "size: B5")
    assert [mistake.path for mistake in mistakes(tmp_path, text)] == ["version", "layout.page.size"]


def test_loading_a_definition_with_mistakes_lists_them_with_line_and_path(tmp_path: Path) -> None:
    edit = Edit("总分", "full_score: 100", "full_score: 90", "indicators", "\n¦indicators:")
    (mistake,) = mistakes(tmp_path, edit.apply())
    with pytest.raises(FormDefinitionError) as caught:
        load_form(tmp_path)
    assert str(mistake) in caught.value.message
    assert f"第 {mistake.line} 行 indicators" in str(mistake)
    assert is_chinese(caught.value.remedy)


def test_the_forms_that_ship() -> None:
    assert FORM_ID in form_ids()
    assert load_form() is form()
    for form_id in form_ids():
        assert load_form(form_id).id == form_id


@pytest.mark.parametrize("name", ["nothing", "", "海珠", "../haizhu-2022", "/nowhere", "a\0b"], ids=ascii)
def test_no_such_form(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageProblem) as caught:
        load_form(name)
    assert FORM_ID in caught.value.remedy


def test_a_name_too_long_for_any_file() -> None:
    with pytest.raises(UsageProblem):
        load_form("a" * 300)
