"""The printed grid of the published sample is the published form, cell by cell."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.support import GONE, SAMPLE, Changes, form, published, sound, table
from zhengti_zip.form.print_columns import Align
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.table import Break, Cell, FormTable, Origin
from zhengti_zip.submission.jsonform import read_json

HEADS = [
    "一级指标",
    "分值",
    "二级指标",
    "分值",
    "三级指标",
    "分值",
    "指标解释",
    "得分/自评分",
    "未达标原因",
    "改进措施",
]
COLUMNS = [
    "一级指标",
    "一级分值",
    "二级指标",
    "二级分值",
    "三级指标",
    "分值",
    "指标解释",
    "得分",
    "未达标原因",
    "改进措施",
]
"""The columns of the transcription, in printed order."""

FIRST_LINES = [
    ["部门基本情况"],
    ["部门名称", "中国共产党广州市海珠区委员会组织部", "单位数： 1"],
]
BUDGET_LINES = [
    ["年度部门预算情况", "总预算（万元）", "年度预算资金类别"],
    ["年度部门预算情况", "总预算（万元）", "部门预算", "事业发展支出", "事业发展支出(按预算级次划分)"],
    [
        "年度部门预算情况",
        "总预算（万元）",
        "基本支出",
        "项目支出",
        "专项资金",
        "其他事业发展支出",
        "区本级资金",
        "上级补助资金",
    ],
    ["年度部门预算情况", "1,297.59", "1,155.12", "142.47", "0", "0", "0", "0"],
]


@pytest.fixture(scope="module")
def sample() -> FormTable:
    read = read_json(SAMPLE)
    return examine(read).table


def across(printed: FormTable, row: int) -> list[Cell]:
    """The cells that cover a row, left to right."""
    covering = [cell for cell in printed.cells if cell.row <= row <= cell.last_row]
    return sorted(covering, key=lambda cell: cell.column)


def texts(printed: FormTable, row: int) -> list[str]:
    return [cell.text for cell in across(printed, row)]


def head(printed: FormTable) -> int:
    (number,) = [number for number, row in enumerate(printed.rows) if row.is_head]
    return number


def by_path(printed: FormTable, path: str) -> Cell:
    (cell,) = [cell for cell in printed.cells if cell.path == path]
    return cell


def assert_covered_once(printed: FormTable) -> None:
    spots = Counter(
        (row, column)
        for cell in printed.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )
    every = {(row, column) for row in range(len(printed.rows)) for column in range(len(printed.edges) - 1)}
    assert spots.keys() == every
    assert set(spots.values()) == {1}


def test_the_title(sample: FormTable) -> None:
    assert sample.title == (
        "2022年度中国共产党广州市海珠区委员会组织部（本级）",
        "部门整体支出绩效自评表",
    )
    assert (sample.form_id, sample.year) == ("haizhu-2022", 2022)
    assert sample.department == "中国共产党广州市海珠区委员会组织部"


def test_the_basic_block(sample: FormTable) -> None:
    assert [texts(sample, row) for row in range(2)] == FIRST_LINES
    assert across(sample, 0)[0].column_span == len(sample.edges) - 1


def test_goals_and_completions_stand_side_by_side_and_numbered(sample: FormTable) -> None:
    label, goals, done_head = across(sample, 2)
    assert (label.text, label.row_span) == ("年度整体绩效目标", 4)
    assert (goals.row, goals.row_span) == (2, 4)
    assert [texts(sample, row)[-1] for row in (2, 4, 5)] == ["整体绩效目标完成情况", "未能完成原因", "-"]
    assert done_head.row_span == 1
    done = across(sample, 3)[-1]
    assert [p.text[:2] for p in goals.paragraphs] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert [p.text[:3] for p in done.paragraphs if p.text[1] == "."] == [
        "1.召",
        "2.维",
        "3.打",
        "4.统",
        "5.（",
        "6.组",
    ]
    second = next(p for p in done.paragraphs if p.text.startswith("（2）"))
    assert second.path == "goals.4.completion"
    assert goals.align is done.align is Align.LEFT
    assert goals.scale == done.scale == 1.15


def test_the_budget_block(sample: FormTable) -> None:
    first = next(cell.row for cell in sample.cells if cell.text == "年度部门预算情况")
    assert [texts(sample, row) for row in range(first, first + 4)] == BUDGET_LINES
    assert head(sample) == first + 4


def test_the_heads_of_the_indicator_table(sample: FormTable) -> None:
    assert texts(sample, head(sample)) == HEADS


@pytest.mark.parametrize("number", range(26))
def test_every_cell_of_the_published_table_in_order(sample: FormTable, number: int) -> None:
    row = published()[number]
    assert texts(sample, head(sample) + 1 + number) == [row[column] for column in COLUMNS]


def test_labels_are_merged_over_their_rows(sample: FormTable) -> None:
    spans = {
        cell.text: cell.row_span for cell in sample.cells if cell.row > head(sample) and cell.column == 0
    }
    assert spans["履职效能"] == 3
    assert spans["管理效率"] == 23
    second = [cell for cell in sample.cells if cell.text in {row["二级指标"] for row in published()}]
    assert [(cell.text, cell.row_span) for cell in second] == [
        ("整体效能", 3),
        ("预算编制", 1),
        ("预算执行", 2),
        ("信息公开", 2),
        ("绩效管理", 3),
        ("采购管理", 7),
        ("资产管理", 6),
        ("运行成本", 2),
    ]


def test_one_name_and_one_explanation_over_two_scored_rows(sample: FormTable) -> None:
    name, explanation = (
        next(cell for cell in sample.cells if cell.text == text)
        for text in ("采购意向公开合规性", "反映采购意向公开完整性、及时性情况。")
    )
    assert (name.row, name.row_span) == (explanation.row, explanation.row_span)
    assert name.row_span == 2
    weights = [across(sample, row)[5].text for row in (name.row, name.row + 1)]
    assert weights == ["0.5", "1.5"]
    assert sample.rows[name.row + 1].break_before is Break.NEVER


def test_the_total_and_the_grade(sample: FormTable) -> None:
    last = len(sample.rows) - 1
    assert [text for text in texts(sample, last - 1) if text] == ["总分", "100", "99"]
    label, bands = across(sample, last)
    assert label.text == "评价等级"
    assert [paragraph.text for paragraph in bands.paragraphs] == [
        "☑优  90分≤得分≤100分； ☐良  80分≤得分＜90分；",
        "☐中  60分≤得分＜80分； ☐差  得分＜60分",
    ]
    assert all(sample.rows[row].break_before is Break.NEVER for row in (last - 1, last))


def test_the_grid_of_the_sample_has_no_hole_and_no_overlap(sample: FormTable) -> None:
    assert_covered_once(sample)
    assert list(sample.cells) == sorted(sample.cells, key=lambda cell: (cell.row, cell.column))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="完整"),
        pytest.param({"goals": [], "fields": {}, "budget": {}, "scores": {}}, id="全空"),
        pytest.param({"goals": [{"goal": "甲", "completion": "乙\n丙"}] * 30}, id="三十条目标"),
        pytest.param({"scores.spending_rate.score": GONE}, id="缺一个得分"),
    ],
)
def test_the_grid_never_has_a_hole_or_an_overlap(changes: Changes) -> None:
    assert_covered_once(table(changes))


def test_pages_break_between_second_level_groups_by_preference(sample: FormTable) -> None:
    first = head(sample) + 1
    breaks = [row.break_before for row in sample.rows[first : first + 26]]
    groups = [row["二级指标"] for row in published()]
    for number in range(1, 26):
        starts_group = groups[number] != groups[number - 1]
        assert (breaks[number] is Break.PREFERRED) == starts_group
    assert breaks[0] is Break.NEVER


def test_the_columns_hold_their_characters_and_an_amount_of_seven_digits(sample: FormTable) -> None:
    body = sample.geometry.body
    asked = [column.chars for column in form().layout.columns]
    got = [sample.text_width(cell) / body for cell in across(sample, head(sample))]
    assert got == pytest.approx(asked, abs=0.2)
    assert sample.width <= sample.geometry.content_width
    amount = by_path(sample, "budget.basic")
    assert sample.text_width(amount) >= len("1,234,567.89") * body * 0.5


def test_only_labels_have_the_origin_label(sample: FormTable) -> None:
    for cell in sample.cells:
        entered = cell.path.startswith(("fields.", "goals.", "budget.", "scores."))
        computed = cell.path.startswith(("total.", "grade."))
        expected = Origin.ENTERED if entered else Origin.COMPUTED if computed else Origin.LABEL
        assert cell.origin is expected, cell.text


def score_row(changes: dict[str, Any]) -> list[str]:
    """得分, 未达标原因 and 改进措施 of 部门预算资金支出率."""
    printed = table({f"scores.spending_rate.{part}": value for part, value in changes.items()})
    return [
        by_path(printed, f"scores.spending_rate.{part}").text for part in ("score", "reason", "improvement")
    ]


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        pytest.param({"score": "10"}, ["10", "-", "-"], id="满分印短横"),
        pytest.param({"score": "10", "reason": "——"}, ["10", "-", "-"], id="满分写长横也印短横"),
        pytest.param({"score": "10", "reason": "说明"}, ["10", "说明", "-"], id="满分也印说明"),
        pytest.param(
            {"score": "9.50", "reason": "甲", "improvement": "乙"}, ["9.5", "甲", "乙"], id="低于分值"
        ),
        pytest.param({"score": "2.335"}, ["2.34", "", ""], id="缺说明时留空"),
        pytest.param({"score": "0"}, ["0", "", ""], id="零分"),
        pytest.param({"score": GONE}, ["", "-", "-"], id="没有得分"),
    ],
)
def test_what_a_scored_row_prints(changes: dict[str, Any], shown: list[str]) -> None:
    assert score_row(changes) == shown


def test_a_computed_score_is_printed_like_an_entered_one() -> None:
    printed = table(
        {"scores.contract_signing.score": GONE, "data.contracts": 9, "data.contracts_signed_in_time": 7}
    )
    assert by_path(printed, "scores.contract_signing.score").text == "2.33"
    assert by_path(printed, "total.score").text == "99.33"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("0", "0"), ("1234567.89", "1,234,567.89"), ("5", "5.00"), ("1.005", "1.01"), ("", "")],
)
def test_amounts(amount: str, shown: str) -> None:
    assert by_path(table({"budget.special": amount}), "budget.special").text == shown


@pytest.mark.parametrize(
    ("total", "ticked"), [("100", "优"), ("90", "优"), ("89.99", "良"), ("79.99", "中"), ("59.99", "差")]
)
def test_the_box_of_the_grade_reached_is_ticked_and_no_other(total: str, ticked: str) -> None:
    changes: dict[str, Any] = {}
    left = 100 - float(total)
    for context in form().rows:
        lost = min(left, float(context.row.weight))
        left -= lost
        changes[f"scores.{context.row.id}.score"] = f"{float(context.row.weight) - lost:.2f}"
    bands = by_path(table(changes), "grade.bands").text
    assert bands.count("☑") == 1
    assert bands.count("☐") == 3
    assert f"☑{ticked}" in bands


def test_nothing_is_ticked_without_a_total() -> None:
    printed = table({"scores.spending_rate.score": GONE})
    assert "☑" not in by_path(printed, "grade.bands").text
    assert by_path(printed, "total.score").text == ""


def test_reasons_keep_the_numbers_of_their_goals() -> None:
    goals = [
        {"goal": text, "completion": text, "reason": reason}
        for text, reason in zip("甲乙丙", ("", "缓", "-"), strict=True)
    ]
    printed = table({"goals": goals})
    assert by_path(printed, "goals.0.goal").text == "1.甲\n2.乙\n3.丙"
    assert by_path(printed, "goals.1.reason").text == "2.缓"


def test_the_department_is_printed_as_it_is_even_with_braces() -> None:
    printed = table({"fields.department": "{year}局{"})
    assert printed.title[0] == "2022年度{year}局{（本级）"


def test_a_text_of_several_paragraphs_has_several_paragraphs() -> None:
    printed = table({"scores.spending_rate": {"score": "9", "reason": "甲\n乙", "improvement": "丙"}})
    cell = by_path(printed, "scores.spending_rate.reason")
    assert [paragraph.text for paragraph in cell.paragraphs] == ["甲", "乙"]
    assert {paragraph.path for paragraph in cell.paragraphs} == {"scores.spending_rate.reason"}


def test_the_sound_submission_is_for_one_unit() -> None:
    assert sound()["fields"]["unit_count"] == 1
    assert by_path(table(), "fields.unit_count").text == "单位数： 1"
    assert by_path(table({"fields.unit_count": 12}), "fields.unit_count").text == "单位数： 12"
