"""The working of every score, and what would have won points back."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from zhengti_zip import read
from zhengti_zip.form.rules import Answers, Computed
from zhengti_zip.pdf.html import css_string
from zhengti_zip.pdf.worksheet import worksheet_pdf
from zhengti_zip.scoring.explanation import (
    WORKSHEET_HEADS,
    Explanation,
    explain,
    loss_text,
    summary,
    terminal_row,
    worksheet_row,
)
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.workbook.write.worksheet import worksheet_workbook

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module")
def demo() -> Explanation:
    return explain(read(SAMPLES / "demo-2022.json"))


def gains(explanation: Explanation, row_id: str) -> list[tuple[str, str]]:
    [row] = [row for row in explanation.rows if row.result.context.row.id == row_id]
    return [(gain.change, str(gain.points)) for gain in row.gains]


def test_losses_come_most_points_first_and_add_up_to_what_is_missing(demo: Explanation) -> None:
    lost = [row.lost for row in demo.losses]
    assert lost == sorted(lost, reverse=True)
    assert demo.evaluation.total is not None
    assert sum(lost) == 100 - demo.evaluation.total


def test_every_gain_is_what_scoring_again_gives(demo: Explanation) -> None:
    source = read(SAMPLES / "demo-2022.json")
    answers = Answers(source.submission.data, source.submission.indicators)
    for row in demo.rows:
        changed = [
            outcome.score
            for _, after in row.result.rule.changes(row.result.weight, answers)
            if isinstance(outcome := row.result.rule.score(row.result.weight, after), Computed)
        ]
        for gain in row.gains:
            assert (row.result.computed or Decimal(0)) + gain.points in changed


def test_what_would_have_won_points_back_per_kind_of_rule(demo: Explanation) -> None:
    assert gains(demo, "spending_rate") == [
        ("“年度支出数”达到 18,520.64 万元（100%）", "0.60"),
        ("“年度支出数”达到 17,594.61 万元（不低于 95%）", "0.10"),
    ]
    assert gains(demo, "finance_compliance") == [("“财务管理违规问题数”为 0 项", "0.50")]
    assert gains(demo, "performance_system") == [("“已建立评价结果应用制度”由“否”变为“是”", "1.00")]
    assert gains(demo, "output_indicators")[0] == ("指标“沿河步行道建成长度”达到目标值 ≥ 3.6公里", "0.64")
    assert gains(demo, "carry_over_rate") == []


@pytest.mark.parametrize(
    ("own", "spent", "expected"),
    [
        pytest.param("9", "500", [("100%", "1.00"), ("95%", "0.50")], id="自评9分-按数据5分"),
        pytest.param("9.5", "500", [("100%", "0.50")], id="自评9.5分-95%不再加分"),
        pytest.param("9.49", "500", [("100%", "0.51"), ("95%", "0.01")], id="自评9.49分-95%还加0.01分"),
        pytest.param("10", "500", [], id="自评满分-没有失分"),
        pytest.param("9", "990", [("100%", "1.00"), ("95%", "0.50")], id="自评低于按数据"),
        pytest.param(None, "500", [("100%", "5.00"), ("95%", "4.50")], id="只有数据"),
        pytest.param("10.004", "500", [], id="自评超过分值"),
        pytest.param("-0.004", "500", [], id="自评为负数"),
    ],
)
def test_gains_count_from_the_score_that_counts(
    own: str | None, spent: str, expected: list[tuple[str, str]]
) -> None:
    scores = {} if own is None else {"spending_rate": {"score": own}}
    explanation = explained(scores, spent=spent, adjusted_budget="1000")
    [row] = [row for row in explanation.rows if row.result.context.row.id == "spending_rate"]
    assert [(gain.change.rpartition("（")[2][:-1], str(gain.points)) for gain in row.gains] == expected
    assert all(gain.points <= row.lost for gain in row.gains)
    if row.lost:
        assert ("高于自评分" in loss_text(row)) is (own is not None and Decimal(spent) / 100 > Decimal(own))


def test_no_gain_of_the_samples_exceeds_what_was_lost(demo: Explanation) -> None:
    for explanation in (demo, explain(read(SAMPLES / "haizhu-2022.json"))):
        for row in explanation.rows:
            assert all(0 < gain.points <= row.lost for gain in row.gains)


def test_the_working_paper_says_how_each_indicator_was_completed(demo: Explanation) -> None:
    cells = worksheet_row(demo.rows[0])
    data = cells[WORKSHEET_HEADS.index("数据")].splitlines()
    assert len(data) == 6
    assert "沿河步行道建成长度：2.9公里（目标 ≥ 3.6公里；2.9 ÷ 3.6 ≈ 80.56%）" in data
    assert "绿地养护单位成本：12.6元/平方米（目标 ≤ 12元/平方米；1 −（12.6 − 12）÷ 12 = 95.00%）" in data
    rule = cells[WORKSHEET_HEADS.index("评分方法和规则")]
    assert "“=”型达到或超过目标为 100%" in rule
    shown = " ".join(terminal_row(demo.rows[0]))
    assert all(line in shown for line in data)
    degree = worksheet_row(demo.rows[1])[WORKSHEET_HEADS.index("数据")]
    assert "养护长效机制：达成（定性完成率 95%）" in degree


def explained(scores: object = None, **data: object) -> Explanation:
    from zhengti_zip import load_form

    return explain(from_data({"form": "haizhu-2022", "data": data, "scores": scores or {}}, load_form()))


@pytest.mark.parametrize(
    ("carried_over", "budget", "expected"),
    [
        ("129.76", "1297.59", [("“年末结转结余”不超过 129.75 万元（比率 ≤ 10%）", "1.00")]),
        ("129.75", "1297.59", []),
        (
            "400",
            "1000",
            [
                ("“年末结转结余”不超过 100 万元（比率 ≤ 10%）", "2.00"),
                ("“年末结转结余”不超过 200 万元（比率 ≤ 20%）", "1.00"),
                ("“年末结转结余”不超过 300 万元（比率 ≤ 30%）", "0.50"),
            ],
        ),
    ],
)
def test_a_band_is_reached_by_the_nearest_enterable_amount(
    carried_over: str, budget: str, expected: list[tuple[str, str]]
) -> None:
    assert gains(explained(carried_over=carried_over, annual_budget=budget), "carry_over_rate") == expected


def test_utilisation_names_each_better_band() -> None:
    found = gains(explained(assets_in_use="59.99", fixed_assets="100"), "asset_utilisation")
    assert [points for _, points in found] == ["2.00", "1.50", "1.00"]


def test_nothing_can_be_said_without_data() -> None:
    explanation = explain(read(SAMPLES / "haizhu-2022.json"))
    [row] = explanation.losses
    assert (row.result.context.row.id, str(row.lost)) == ("spending_rate", "1.00")
    assert "无法推算" in loss_text(row)
    assert summary(explanation) == "总分 99，评价等级：优"


def test_incomplete_form_says_what_is_missing() -> None:
    assert summary(explained()) == "还有 26 项没有有效得分，暂无总分"


def test_worksheet_workbook_adds_up_and_names_the_basis(demo: Explanation) -> None:
    book = load_workbook(BytesIO(worksheet_workbook(demo)))
    assert book.sheetnames == ["评分过程", "失分分析"]
    rows = list(book["评分过程"].iter_rows(min_row=5, values_only=True))
    assert len(rows) == 26
    assert sum(Decimal(str(row[8])) for row in rows) == demo.evaluation.total
    assert all(row[10] for row in rows)


@pytest.mark.slow
def test_worksheet_pdf_holds_every_working(demo: Explanation) -> None:
    pages = PdfReader(BytesIO(worksheet_pdf(demo))).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    for row in demo.rows:
        assert "".join(row.working.split()) in text
    assert float(pages[0].mediabox.width) > float(pages[0].mediabox.height)
    assert worksheet_pdf(demo) == worksheet_pdf(demo)


def test_a_form_name_cannot_leave_its_css_string() -> None:
    assert css_string('甲"</style>') == '"甲\\"\\3c /style>"'


@pytest.mark.parametrize(
    ("sample", "title", "line"),
    [
        ("demo-2022", "部门整体支出绩效自评评分底稿", "总分 94.55，评价等级：优"),
        ("project-national", "项目支出绩效自评评分底稿", "总分 98"),
        ("fixed-standards", "部门整体支出绩效评价自评评分底稿", "总分 91.87"),
    ],
)
def test_the_working_paper_is_called_after_its_form(sample: str, title: str, line: str) -> None:
    explanation = explain(read(SAMPLES / f"{sample}.json"))
    assert explanation.title == title
    assert summary(explanation) == line
    book = load_workbook(BytesIO(worksheet_workbook(explanation)))
    assert book.worksheets[0]["A1"].value == f"{title}：一、评分过程"


def test_values_worked_out_from_what_was_entered_are_shown() -> None:
    explanation = explain(read(SAMPLES / "project-national.json"))
    assert explanation.derived == (("执行率", "年度资金总额 全年执行数 ÷ 年度资金总额 全年预算数", "95.00%"),)
    book = load_workbook(BytesIO(worksheet_workbook(explanation)))
    assert [cell.value for cell in book["比率和合计"][5]][:2] == list(explanation.derived[0][:2])


def test_points_that_do_not_add_up_are_why_there_is_no_total() -> None:
    source = read(SAMPLES / "project-national.json")
    data = dict(source.submission.as_data())
    data["indicators"] = data["indicators"][:-1]
    assert summary(explain(from_data(data, source.form))) == "各项分值合计 90 分，应为 100 分，暂无总分"


def test_how_own_rows_are_measured_is_said_once() -> None:
    explanation = explain(read(SAMPLES / "project-national.json"))
    assert explanation.method.startswith("完成率：“≥”型达到目标为 100%")
    own = [row for row in explanation.rows if row.result.context.is_entered]
    assert {row.rule_text for row in own} == {"得分 = 分值 × 完成率"}
    sheet = load_workbook(BytesIO(worksheet_workbook(explanation))).worksheets[0]
    assert sheet["A3"].value == explanation.method
    assert "A3:L3" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert sheet.row_dimensions[3].height >= 18
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(worksheet_pdf(explanation))).pages)
    assert "".join(text.split()).count("达到目标两倍及以上为0") == 1


def test_a_form_without_own_rows_has_no_such_method(demo: Explanation) -> None:
    assert demo.method == ""
    assert any("“≥”型达到目标为 100%" in row.rule_text for row in demo.rows)


def test_a_form_without_reasons_does_not_point_to_them() -> None:
    explanation = explain(read(SAMPLES / "fixed-standards.json"))
    [row] = [row for row in explanation.losses if row.result.context.row.id == "social_benefit"]
    assert loss_text(row) == "本项由部门自评，没有按数据评分的规则"
