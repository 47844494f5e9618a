"""A definition of the right shape that contradicts itself is named by key path and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import Edit, definition_text, is_chinese, mistakes

ROW = "indicators.{0}.groups.{1}.indicators.{2}.rows.{3}".format
SPENDING = ROW(0, 0, 2, 0) + ".rules.0"
CARRY_OVER = ROW(1, 1, 0, 0) + ".rules.0"
FINANCE = ROW(1, 1, 1, 0) + ".rules.0"
DISCLOSURE = ROW(1, 2, 0, 0) + ".rules.0"
SYSTEM = ROW(1, 3, 0, 0) + ".rules.0"
UTILISATION = ROW(1, 5, 5, 0) + ".rules.0"
CONTRACTS = ROW(1, 4, 3, 0) + ".rules.0"
BOTH_POINTS = """\
                      - {id: budget_published, label: 部门预算按时公开（批复后二十日内）, points: 1}
                      - {id: accounts_published, label: 部门决算按时公开（批复后二十日内）, points: 1}"""
LAPSES = """\
                    step: 1
                    basis: 默认口径，以当地财政部门通知为准
      - id: procurement
"""
TWO_VERSIONS = """\
                    step: 1
                    since: 2022
                    basis: 默认口径，以当地财政部门通知为准
                  - kind: manual
                    since: {}
                    basis: 后来的口径
      - id: procurement
"""

WEIGHTS = [
    Edit("满分", "full_score: 100", "full_score: 99", "indicators", "\n¦indicators:"),
    Edit(
        "一级指标",
        "name: 管理效率\n    weight: 50",
        "name: 管理效率\n    weight: 51",
        "indicators",
        "\n¦indicators:",
        also=("indicators.1.weight",),
    ),
    Edit(
        "二级指标",
        "name: 预算编制\n        weight: 3",
        "name: 预算编制\n        weight: 4",
        "indicators.1.weight",
        "name: 管理效率\n    ¦weight: 50",
        also=("indicators.1.groups.0.weight",),
    ),
    Edit(
        "评分行",
        "weight: 0.5",
        "weight: 0.4",
        "indicators.1.groups.4.weight",
        "weight: 10\n        indicators:\n          - id: procurement_intent",
    ),
]

IDS = [
    Edit(
        "字段",
        "  - {id: department, label",
        "  - {id: year, label: 另一年度, kind: year}\n  - {id: department, label",
        "fields.2.id",
        "label: 年度, kind: year",
    ),
    Edit(
        "预算栏",
        "{id: superior, label: 上级补助资金",
        "{id: district, label: 上级补助资金",
        "budget.columns.6.id",
        "label: 上级补助资金, kind",
        also=("budget.sums.1.right.1", "layout.blocks.3.cells.v_superior.value"),
    ),
    Edit("一级指标", "- id: efficiency\n", "- id: effectiveness # 二\n", "indicators.1.id", "# 二"),
    Edit("二级指标", "- id: disclosure\n", "- id: budgeting # 二\n", "indicators.1.groups.2.id", "# 二"),
    Edit(
        "三级指标",
        "- id: results_use\n            name",
        "- id: overall # 二\n            name",
        "indicators.1.groups.3.indicators.1.id",
        "# 二",
    ),
    Edit(
        "评分行", "- id: intent_timeliness\n", "- id: spending_rate # 二\n", ROW(1, 4, 0, 1) + ".id", "# 二"
    ),
    Edit("等级", "{name: 良, at_least", "{name: 优, at_least", "grade.lines.0.1.name", "at_least: 80"),
    Edit("选项", "choices: [本级, 汇总]", "choices: [本级, 本级]", "fields.2.choices", "choices: [本级"),
    Edit("栏目", "show: row.improvement", "show: row.reason", "layout.columns.9.show", "head: 改进措施"),
    Edit(
        "指标类型",
        "产出: [数量, 质量, 时效, 成本]",
        "产出: [数量, 数量, 时效, 成本]",
        "outcomes.groups.产出",
        "产出: [数量",
    ),
    Edit(
        "指标类型的组",
        "groups: [效益, 满意度]",
        "groups: [效益, 效益]",
        ROW(0, 0, 1, 0) + ".rules.0.groups",
        "groups: [效益, 效益]",
    ),
    Edit(
        "数据项内容不同",
        "{id: finance_violations, label: 财务管理违规问题数",
        "{id: contracts, label: 财务管理违规问题数",
        CONTRACTS,
        "- kind: proportional\n                    period: 30日\n                    denominator: &contracts",
        also=(ROW(1, 4, 4, 0) + ".rules.0",),
    ),
    Edit(
        "数据项种类不同",
        "{id: spent, label: 年度支出数, kind: amount",
        "{id: annual_budget, label: 年度预算总额, kind: count",
        CARRY_OVER,
        "- kind: banded\n                    denominator: {id: annual_budget",
    ),
    Edit(
        "要点",
        "{id: accounts_published, label",
        "{id: budget_published, label",
        f"{DISCLOSURE}.points.1.id",
        "label: 部门决算按时公开",
    ),
    Edit(
        "小计",
        "{id: development, label: 事业发展支出",
        "{id: department_budget, label: 事业发展支出",
        "budget.subtotals.1.id",
        "label: 事业发展支出",
    ),
    Edit(
        "预算栏与单位名称",
        "{id: superior, label: 上级补助资金",
        "{id: name, label: 上级补助资金",
        "budget.columns.6.id",
        "{id: name,",
        also=("budget.sums.1.right.1", "layout.blocks.3.cells.v_superior.value"),
    ),
]

REFERENCES = [
    Edit("标题占位", "{year}年度", "{yaer}年度", "title.0", "{yaer}"),
    Edit("标题空占位", "{year}年度", "{}年度", "title.0", "{}年度"),
    Edit("标题花括号", "{year}年度", "{year年度", "title.0", "{year年度"),
    Edit("角色-没有的字段", "roles: {year: year", "roles: {year: nian", "roles.year", "roles:"),
    Edit("角色-种类不对", "department: department,", "department: scope,", "roles.department", "roles:"),
    Edit("角色-单位数不是个数", "unit_count: unit_count}", "unit_count: year}", "roles.unit_count", "roles:"),
    Edit("选择没有选项", "    choices: [本级, 汇总]\n", "", "fields.2.choices", "- id: scope"),
    Edit("文字有选项", "max_length: 60", "choices: [甲]", "fields.0.choices", "choices: [甲]"),
    Edit(
        "预算栏不是金额",
        "{id: total, label: 总预算, kind: amount",
        "{id: total, label: 总预算, kind: count",
        "budget.columns.0.kind",
        "label: 总预算, kind",
    ),
    Edit("合计左边没有的栏", "- left: [total]", "- left: [totel]", "budget.sums.0.left.0", "totel"),
    Edit(
        "合计右边没有的栏",
        "right: [district, superior]",
        "right: [district, province]",
        "budget.sums.1.right.1",
        "province",
    ),
    Edit(
        "小计没有的栏",
        "columns: [basic, project]",
        "columns: [basic, projekt]",
        "budget.subtotals.0.columns.1",
        "projekt",
    ),
    Edit(
        "没有的指标类型",
        "groups: [产出]",
        "groups: [产值]",
        ROW(0, 0, 0, 0) + ".rules.0.groups",
        "groups: [产值]",
    ),
    Edit(
        "没有的字段值",
        "value: fields.department",
        "value: fields.name",
        "layout.blocks.1.cells.name.value",
        "fields.name",
    ),
    Edit(
        "没有的预算值",
        "value: budget.total",
        "value: budget.sum",
        "layout.blocks.3.cells.v_total.value",
        "budget.sum}",
    ),
    Edit(
        "没有的目标值",
        "value: goals.completion",
        "value: goals.done",
        "layout.blocks.2.cells.done.value",
        "goals.done",
    ),
    Edit(
        "没有的总分值",
        "value: total.score",
        "value: total.points",
        "layout.blocks.5.cells.score.value",
        "total.points",
    ),
    Edit(
        "没有的等级值",
        "value: grade.bands",
        "value: grade.band",
        "layout.blocks.6.cells.bands.value",
        "grade.band}",
    ),
]

GRIDS = [
    Edit(
        "一行太短",
        "[label, goals, goals, goals, goals, goals, goals, why, why, why]",
        "[label, goals, goals, goals, goals, goals, goals, why, why]",
        "layout.blocks.2.areas.3",
        "goals, why, why]",
    ),
    Edit(
        "一行太长",
        "areas:\n        - [basics]",
        "areas:\n        - [basics, basics]",
        "layout.blocks.0.areas.0",
        "[basics, basics]",
    ),
    Edit(
        "不是矩形",
        "goals, why_head, why_head, why_head]",
        "goals, why_head, why_head, done_head]",
        "layout.blocks.2.areas",
        "areas:\n        - [label, goals",
    ),
    Edit(
        "有空位没有定义",
        "        units: {value: fields.unit_count",
        "        name2: {value: fields.unit_count",
        "layout.blocks.1.areas",
        "areas:\n        - [label, label, name",
        also=("layout.blocks.1.cells.name2",),
    ),
    Edit(
        "有定义没有空位",
        "after: {}\n",
        "after: {}\n        more: {}\n",
        "layout.blocks.5.cells.more",
        "more: {}",
    ),
    Edit(
        "又有文字又有值",
        "{value: total.weight}",
        "{value: total.weight, text: 满分}",
        "layout.blocks.5.cells.weight",
        "text: 满分",
    ),
    Edit("没有指标表", "    - kind: indicators\n", "", "layout.blocks", "  blocks:"),
    Edit(
        "两个指标表",
        "    - kind: indicators\n",
        "    - kind: indicators\n    - kind: indicators\n",
        "layout.blocks",
        "  blocks:",
    ),
]

GRADES = [
    Edit(
        "次序", "{name: 良, at_least: 80", "{name: 良, at_least: 95", "grade.lines.0.1.at_least", "name: 良"
    ),
    Edit(
        "相同界限",
        "{name: 中, at_least: 60",
        "{name: 中, at_least: 80",
        "grade.lines.1.0.at_least",
        "name: 中",
    ),
    Edit(
        "最低不是0",
        "{name: 差, at_least: 0",
        "{name: 差, at_least: 1",
        "grade.lines.1.1.at_least",
        "name: 差",
    ),
    Edit(
        "最高超过满分",
        "{name: 优, at_least: 90",
        "{name: 优, at_least: 101",
        "grade.lines.0.0.at_least",
        "name: 优",
    ),
]

RULES = [
    Edit("分段没有界限", "{at_most: 10, points: 2}", "{points: 2}", f"{CARRY_OVER}.bands.0", "- {points: 2}"),
    Edit(
        "分段两个界限",
        "{at_most: 10, points: 2}",
        "{at_most: 10, above: 5, points: 2}",
        f"{CARRY_OVER}.bands.0",
        "above: 5",
    ),
    Edit(
        "分段第一段不是满分",
        "{at_most: 10, points: 2}",
        "{at_most: 10, points: 1.9}",
        f"{CARRY_OVER}.bands.0.points",
        "points: 1.9",
    ),
    Edit(
        "分段界限次序",
        "{at_most: 30, points: 0.5}",
        "{at_most: 15, points: 0.5}",
        f"{CARRY_OVER}.bands.2",
        "at_most: 15",
    ),
    Edit(
        "分段界限相同",
        "{at_most: 30, points: 0.5}",
        "{at_most: 20, points: 0.5}",
        f"{CARRY_OVER}.bands.2",
        "{at_most: 20, points: 0.5}",
    ),
    Edit(
        "分段界限次序-向上",
        "{at_least: 60, points: 1}",
        "{at_least: 80, points: 1}",
        f"{UTILISATION}.bands.2",
        "at_least: 80, points",
    ),
    Edit(
        "分段方向",
        "{at_least: 60, points: 1}",
        "{at_most: 60, points: 1}",
        f"{UTILISATION}.bands.2",
        "{at_most: 60",
    ),
    Edit(
        "分段分值次序",
        "{at_most: 30, points: 0.5}",
        "{at_most: 30, points: 1}",
        f"{CARRY_OVER}.bands.2.points",
        "at_most: 30",
    ),
    Edit(
        "分段其余太高",
        "points: 0.5}\n                    otherwise: 0",
        "points: 0.5}\n                    otherwise: 0.5",
        f"{CARRY_OVER}.otherwise",
        "otherwise: 0.5",
    ),
    Edit(
        "要点合计",
        "{id: rules_goals, label: 已建立绩效目标管理制度, points: 1}",
        "{id: rules_goals, label: 已建立绩效目标管理制度, points: 2}",
        f"{SYSTEM}.points",
        "points:\n                      - {id: rules_goals",
    ),
    Edit(
        "要点为0",
        BOTH_POINTS,
        BOTH_POINTS.replace("1}", "2}", 1)[:-2] + "0}",
        f"{DISCLOSURE}.points.1.points",
        "points: 0}",
    ),
    Edit(
        "扣分为0",
        "label: 财务管理违规问题数, kind: count, unit: 项}\n                    step: 0.5",
        "label: 财务管理违规问题数, kind: count, unit: 项}\n                    step: 0 # 零",
        f"{FINANCE}.step",
        "# 零",
    ),
    Edit(
        "扣分超过分值",
        "label: 财务管理违规问题数, kind: count, unit: 项}\n                    step: 0.5",
        "label: 财务管理违规问题数, kind: count, unit: 项}\n                    step: 2.5",
        f"{FINANCE}.step",
        "step: 2.5",
    ),
    Edit(
        "扣分不是个数",
        "label: 财务管理违规问题数, kind: count",
        "label: 财务管理违规问题数, kind: amount",
        f"{FINANCE}.count.kind",
        "label: 财务管理违规问题数",
    ),
    Edit(
        "比例-分子不是数",
        "label: 年度支出数, kind: amount",
        "label: 年度支出数, kind: text",
        f"{SPENDING}.numerator",
        "label: 年度支出数",
    ),
    Edit(
        "比例-同一个数",
        "numerator: {id: spent, label: 年度支出数",
        "numerator: {id: adjusted_budget, label: 调整后预算数",
        f"{SPENDING}.denominator",
        "denominator: {id: adjusted_budget",
    ),
    Edit(
        "比例-没有期限",
        "                    period: 30日\n                    denominator: *intents_due",
        "                    denominator: *intents_due",
        ROW(1, 4, 0, 1) + ".rules.0.period",
        "- kind: proportional\n                    denominator: *intents_due",
    ),
    Edit(
        "比例-多余的期限",
        "denominator: {id: adjusted_budget",
        "period: 30日 # 多\n                    denominator: {id: adjusted_budget",
        f"{SPENDING}.period",
        "# 多",
    ),
    Edit("版本次序", LAPSES, TWO_VERSIONS.format(2021), ROW(1, 3, 2, 0) + ".rules.1.since", "since: 2021"),
    Edit(
        "版本重复",
        LAPSES,
        TWO_VERSIONS.format(2022),
        ROW(1, 3, 2, 0) + ".rules.1.since",
        "- kind: manual\n                    ¦since: 2022",
    ),
]

EVERY = [
    pytest.param(edit, id=f"{kind}-{edit.name}")
    for kind, edits in {
        "分值": WEIGHTS,
        "重复": IDS,
        "引用": REFERENCES,
        "格子": GRIDS,
        "等级": GRADES,
        "评分方法": RULES,
    }.items()
    for edit in edits
]


@pytest.mark.parametrize("edit", EVERY)
def test_a_contradiction_is_named_by_path_and_line(tmp_path: Path, edit: Edit) -> None:
    found = mistakes(tmp_path, edit.apply())
    assert [mistake.path for mistake in found] == [edit.path, *edit.also]
    assert found[0].line == edit.line()
    assert all(is_chinese(mistake.message) for mistake in found)


def versions(*later: str, first: str = "") -> str:
    """The definition with more versions of the rule of 绩效管理制度执行, whose form is of 2022."""
    rules = "".join(f"                  - {rule}\n" for rule in later)
    old = "                  - kind: deduction\n                    count: {id: system_lapses"
    text = definition_text()
    start, end = text.index(old), text.index("      - id: procurement\n")
    own = text[start:end]
    if first:
        dated = own.replace("- kind: deduction", "- since: 2022\n                    kind: deduction")
        own = f"                  - {first}\n{dated}"
    return text[:start] + own + rules + text[end:]


COUNT = "kind: deduction, step: 1, basis: 默认口径"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param(
            versions(
                f"{{since: 2023, {COUNT}, count: {{id: audit_findings, label: 审计发现问题数, kind: count}}}}"
            ),
            1,
            id="以后的年度要用另一项数据",
        ),
        pytest.param(
            versions(
                "{since: 2024, kind: checklist, basis: 默认口径, points: [{id: audited, label: 已接受审计, points: 7}]}"
            ),
            1,
            id="以后的年度改为要点",
        ),
        pytest.param(
            versions(first=f"{{{COUNT}, count: {{id: old_lapses, label: 违反旧制度事项数, kind: count}}}}"),
            0,
            id="以前的年度用过另一项数据",
        ),
        pytest.param(
            versions(
                "{since: 2023, kind: proportional, basis: 默认口径, numerator: {id: spent, label: 年度支出数, "
                "kind: amount, unit: 万元}, denominator: {id: revised, label: 再次调整后预算数, kind: amount}}"
            ),
            1,
            id="两项数据中一项没有",
        ),
    ],
)
def test_a_version_that_needs_data_the_workbook_does_not_ask_for_is_refused(
    tmp_path: Path, text: str, number: int
) -> None:
    [mistake] = mistakes(tmp_path, text)
    assert mistake.path == ROW(1, 3, 2, 0) + f".rules.{number}"
    assert "2022 年度" in mistake.message
    assert "form new" in mistake.remedy


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            versions(
                "{since: 2023, kind: deduction, step: 2, basis: 默认口径, "
                "count: {id: system_lapses, label: 未按绩效管理制度执行的事项数, kind: count, unit: 项}}"
            ),
            id="同一项数据",
        ),
        pytest.param(versions("{since: 2023, kind: manual, basis: 默认口径}"), id="改为自评"),
        pytest.param(
            versions(
                f"{{since: 2023, {COUNT}, count: {{id: finance_violations, label: 财务管理违规问题数, kind: count, unit: 项}}}}"
            ),
            id="另一行已要求的数据",
        ),
        pytest.param(
            versions("{since: 2023, kind: completion, groups: [产出], basis: 默认口径}"), id="绩效指标"
        ),
    ],
)
def test_versions_that_use_what_the_workbook_asks_for_are_taken(tmp_path: Path, text: str) -> None:
    assert mistakes(tmp_path, text) == []


GROUPS = ("groups: [产出]", "groups: [效益, 满意度]")


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        ("", "", False),
        ("exact", "exact", False),
        ("reached", "", False),
        ("exact", "", True),
        ("", "exact", True),
        ("reached", "exact", True),
    ],
)
def test_one_form_reads_an_equal_target_in_one_way(
    tmp_path: Path, first: str, second: str, wrong: bool
) -> None:
    text = definition_text()
    for groups, equal in zip(GROUPS, (first, second), strict=True):
        if equal:
            text = text.replace(groups, f"{groups}\n                    equal: {equal}")
    found = mistakes(tmp_path, text)
    assert [mistake.path for mistake in found] == ([ROW(0, 0, 1, 0) + ".rules.0.equal"] if wrong else [])
