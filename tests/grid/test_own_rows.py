"""The printed grid of forms whose rows are the department's own."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.forms_support import EXAMPLES
from tests.grid.own_rows import PROJECT, PROJECT_ROWS, PROVINCE, PROVINCE_DATA, own_table, row
from zhengti_zip.grid.heights import above_height, title_height
from zhengti_zip.grid.pages import Page
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import Cell, FormTable, Origin
from zhengti_zip.grid.typeface import entered_texts
from zhengti_zip.submission.model import Goal


@pytest.fixture(scope="module")
def project() -> FormTable:
    return own_table(PROJECT)


@pytest.fixture(scope="module")
def province() -> FormTable:
    return own_table(PROVINCE)


def across(printed: FormTable, number: int) -> list[Cell]:
    """The cells that cover a row, left to right."""
    covering = [cell for cell in printed.cells if cell.row <= number <= cell.last_row]
    return sorted(covering, key=lambda cell: cell.column)


def row_with(printed: FormTable, text: str) -> list[str]:
    """The texts of the first row in which a cell with this text begins."""
    first = next(cell.row for cell in printed.cells if cell.text == text)
    return [cell.text for cell in across(printed, first)]


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
    assert set(spots.values()) == {1}
    assert len(spots) == len(printed.rows) * (len(printed.edges) - 1)


@pytest.mark.parametrize("name", [PROJECT, PROVINCE])
@pytest.mark.parametrize("rows", [[], PROJECT_ROWS[:1], None], ids=["没有指标", "一项指标", "全部指标"])
def test_the_grid_has_no_hole_and_no_overlap(name: str, rows: list[dict[str, str]] | None) -> None:
    assert_covered_once(own_table(name) if rows is None else own_table(name, indicators=rows, goals=[]))


def test_the_money_table_has_the_score_on_one_line(project: FormTable) -> None:
    side = "项目资金（万元）"
    assert row_with(project, "年度资金总额") == [
        *(side, "年度资金总额", "1,000,000.00", "1,000,000.00", "957,321.45", "10", "95.73%", "9.57"),
    ]
    assert row_with(project, "上年结转资金") == [side, "上年结转资金", "0", "0", "0", "—", "—", "—"]
    heads = next(cell for cell in project.cells if cell.text == side)
    assert heads.row_span == 5


def test_a_reason_of_the_execution_stands_beside_all_lines(province: FormTable) -> None:
    reason = by_path(province, "scores.execution_rate.reason")
    assert reason.text == "一座桥的尾款按合同在下年支付。"
    assert reason.row_span == 5
    assert row_with(province, "其他资金")[1:6] == ["其他资金", "/", "0", "0", "/"]


def test_a_target_has_sign_and_unit_that_are_not_part_of_the_input(project: FormTable) -> None:
    target, actual = by_path(project, "indicators.3.target"), by_path(project, "indicators.3.actual")
    assert (target.text, target.paragraphs[0].value) == ("≤90万元", "90")
    assert (actual.text, actual.paragraphs[0].value) == ("88.5万元", "88.5")


def test_a_qualitative_indicator_shows_its_promise_and_the_degree(project: FormTable) -> None:
    assert by_path(project, "indicators.4.target_text").text == "明显提升"
    assert by_path(project, "indicators.4.degree").text == "达成"
    assert by_path(project, "indicators.4.score").text == "28.5"


def test_entered_rows_stand_under_their_levels_in_the_order_of_the_form() -> None:
    printed = own_table(PROJECT, indicators=list(reversed(PROJECT_ROWS)))
    names = [cell.text for cell in printed.cells if cell.path.endswith(".name")]
    assert names == [
        "开展文物保护宣传活动",
        "维修古桥",
        "工程验收合格率",
        "维修总成本",
        "提升公众文物保护意识",
        "游客满意度",
    ]
    spans = {cell.text: cell.row_span for cell in printed.cells}
    assert (spans["产出指标"], spans["数量指标"], spans["成本指标"]) == (4, 2, 1)


def test_the_label_at_the_side_covers_heads_and_rows_and_runs_downwards(project: FormTable) -> None:
    (side,) = [cell for cell in project.cells if cell.text == "绩效指标"]
    assert side.row_span == 1 + len(PROJECT_ROWS)
    (page,) = paginate(project)
    lines = next(cell.lines for cell in page.cells if cell.source is side)
    assert [line.text for line in lines] == ["绩", "效", "指", "标"]


def test_a_group_without_rows_prints_nothing_or_a_blank_line(project: FormTable, province: FormTable) -> None:
    assert "时效指标" not in [cell.text for cell in project.cells]
    number, *levels, name, direction, target, unit, actual, rate, weight, score, reason = row_with(
        province, "质量指标"
    )[1:]
    assert levels == ["产出指标", "质量指标"]
    assert {number, name, direction, target, unit, actual, rate, weight, score, reason} == {""}


def test_rows_are_numbered_without_the_blank_ones(province: FormTable) -> None:
    names = [cell for cell in province.cells if cell.path.endswith(".name")]
    assert [across(province, cell.row)[1].text for cell in names] == ["1", "2", "3"]


def test_a_blank_form_has_a_line_for_every_group() -> None:
    printed = own_table(PROJECT, indicators=[], goals=[])
    groups = {"数量指标", "质量指标", "时效指标", "成本指标", "经济效益指标", "服务对象满意度指标"}
    assert groups <= {cell.text for cell in printed.cells}
    assert by_path(printed, "goals.0.goal").text == ""


def test_a_completion_is_printed_in_per_cent(province: FormTable) -> None:
    rates = [cell.text for cell in province.cells if cell.origin is Origin.COMPUTED and "%" in cell.text]
    assert rates == ["87.9%", "100%", "90%", "100%"]


def test_a_suffix_and_decimals_of_a_cell(province: FormTable) -> None:
    shown = next(cell for cell in province.cells if cell.text == "105.5 万元")
    assert (shown.path, shown.paragraphs[0].value) == ("funds.total.spent", "105.5")
    without = own_table(PROVINCE, funds={})
    empty = [cell for cell in without.cells if cell.path == "funds.total.spent"]
    assert [cell.text for cell in empty] == ["", ""]


def test_lines_above_the_title_and_the_signature_hold_values(province: FormTable) -> None:
    (code,) = province.above
    (span,) = code.inputs
    assert (code.text, span.path) == ("报表编号：YS-2031-0417", "fields.code")
    assert code.text[span.start : span.end] == "YS-2031-0417"
    assert [item.text for item in province.signature] == ["项目负责人：周远", "财务负责人："]
    assert above_height(province) > 0
    assert title_height(province) > above_height(province)


def test_values_outside_the_table_have_prompts(province: FormTable) -> None:
    labels = {str(path): prompt.label for path, prompt in province.prompts.items()}
    assert labels["fields.code"] == "报表编号"
    assert labels["indicators.1.actual"] == "第 2 项 实际完成值"
    assert labels["funds.total.spent"] == "预算执行情况 总额 预算执行数"
    assert province.prompts[by_path(province, "derived.execution_rate").path].is_computed


def many(count: int, kind: str = "产出指标-数量指标") -> list[dict[str, str]]:
    return [row(kind, f"第{number}项", "0.4", reason="由" * (number % 23)) for number in range(count)]


def heads(page: Page) -> list[str]:
    row = next(number for number, part in enumerate(page.rows) if part.is_head)
    return [cell.source.text for cell in page.cells if cell.row == row]


def test_a_hundred_and_fifty_rows_repeat_heads_and_labels() -> None:
    printed = own_table(PROJECT, indicators=many(150), goals=PROVINCE_DATA["goals"] * 40)
    pages = paginate(printed)
    assert len(pages) > 4
    for number, page in enumerate(pages):
        title = title_height(printed) if page.has_title else 0
        assert page.height + title <= printed.geometry.content_height + 1e-6
        shown = {cell.source.text for cell in page.cells}
        names = [cell for cell in page.cells if cell.source.path.endswith(".name")]
        if names:
            assert {"绩效指标", "产出指标", "数量指标", "三级指标"} <= shown
        elif number:
            assert heads(page) == ["年度总体目标", "预期目标", "实际完成情况"]
        for cell in page.cells:
            if cell.source.origin is not Origin.ENTERED:
                assert "".join(line.text for line in cell.lines) == cell.source.text
    found = [cell.source.text for page in pages for cell in page.cells if cell.source.path.endswith(".name")]
    assert found == [f"第{number}项" for number in range(150)]


def test_a_page_starts_with_a_group_rather_than_in_the_middle_of_one() -> None:
    rows = many(24) + many(14, "产出指标-成本指标")
    printed = own_table(PROJECT, indicators=rows)
    pages = paginate(printed)
    first = [cell.source.text for cell in pages[1].cells if cell.row == 1 and cell.source.path == ""]
    assert "成本指标" in first


def test_a_column_only_this_form_has_is_looked_through_for_characters_no_font_has() -> None:
    (example,) = (example for example in EXAMPLES if example.folder.name == "list-2031")
    column = next(item.id for item in example.form.goal_columns if item.id not in Goal.known_columns())
    goals = (Goal.of({"goal": "甲", column: "乙"}),)
    submission = example.source.submission.model_copy(update={"goals": goals})
    assert (f"goals.0.{column}", "乙") in list(entered_texts(example.form, submission))
