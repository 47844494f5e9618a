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
from zhengti_zip.scoring.explanation import Explanation, explain, loss_text, summary
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


def explained(**data: object) -> Explanation:
    from zhengti_zip import load_form

    return explain(from_data({"form": "haizhu-2022", "data": data}, load_form()))


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
