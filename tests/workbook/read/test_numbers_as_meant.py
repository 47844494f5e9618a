"""A number input takes the number meant, or asks: never another number in silence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.workbook.read.changed import ACTUAL, BUDGET_TOTAL, COUNT, changed, problem_at, rich, told, value
from tests.workbook.tools import DEMO
from zhengti_zip import read
from zhengti_zip.workbook.write.upgrade import upgrade

TARGET_PERCENT, ACTUAL_PERCENT = ("绩效指标", "E14"), ("绩效指标", "H14")
"""90 and 92.4, of the unit %."""


@pytest.mark.parametrize(
    "typed", ["18652.37①", "18652.37⑴", "18652.37*", "18,652.37万元（注1）", "18652.37※"]
)
def test_a_note_mark_is_left_out_and_told(tmp_path: Path, typed: str) -> None:
    source = changed(tmp_path, (BUDGET_TOTAL, typed, "#,##0.00"))
    assert value(source, BUDGET_TOTAL) == Decimal("18652.37")
    found = problem_at(source, BUDGET_TOTAL)
    assert (found.severity.value, found.code) == ("notice", "understood")
    assert "已忽略注号" in found.message


@pytest.mark.parametrize("typed", ["326.5²", "326.5¹", "10³", "326.5¹²", "３２６．５²"])
def test_a_raised_digit_behind_a_number_is_asked_about(tmp_path: Path, typed: str) -> None:
    source = changed(tmp_path, (ACTUAL, typed, "General"))
    assert value(source, ACTUAL) is None
    assert problem_at(source, ACTUAL).code == "not_a_number"
    assert "上标" in problem_at(source, ACTUAL).message


def test_a_raised_run_behind_a_number_is_asked_about(tmp_path: Path) -> None:
    source = changed(tmp_path, (ACTUAL, rich("326.5", ("1", "superscript")), "General"))
    assert value(source, ACTUAL) is None
    assert "326.5¹" in problem_at(source, ACTUAL).message


@pytest.mark.parametrize("typed", ["7\n8", "7 8", "83\n12", "7　8", "1,200\n300", "7\t8"])
def test_two_numbers_in_a_cell_are_an_error(tmp_path: Path, typed: str) -> None:
    source = changed(tmp_path, (COUNT, typed, "0"), (ACTUAL, typed, "General"))
    for where in (COUNT, ACTUAL):
        assert problem_at(source, where).code == "two_numbers"
        assert value(source, where) is None


@pytest.mark.parametrize("typed", ["18 652.37", "18652.37\n", "\n18652.37\n万元", "18 652.37 万元"])
def test_blanks_that_leave_one_number(tmp_path: Path, typed: str) -> None:
    source = changed(tmp_path, (BUDGET_TOTAL, typed, "#,##0.00"))
    assert value(source, BUDGET_TOTAL) == Decimal("18652.37")


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        (186523700, "0!.0000,"),
        (186523700, "0!.0000"),
        (186523700, "0!.0,"),
        (18652370, "#,##0.00,"),
        (18652.37, '0"万"0000"元"'),
        (186523700, "0.00,,%"),
        (186523700, "0.00%\n,,"),
        (18652.37, ";;;"),
        (18652.37, '"无"'),
    ],
)
def test_a_format_that_shows_another_number_is_asked_about(tmp_path: Path, stored: float, code: str) -> None:
    source = changed(tmp_path, (BUDGET_TOTAL, stored, code))
    assert value(source, BUDGET_TOTAL) is None
    found = problem_at(source, BUDGET_TOTAL)
    assert found.code == "shown_otherwise"
    assert format(Decimal(str(stored)), "f") in found.message


@pytest.mark.parametrize(
    ("stored", "code", "notice"),
    [
        (186523700, '#,##0.00"元"', "已换算为 18,652.37 万元"),
        (1.865237, '0.000000"亿元"', "已换算为 18,652.37 万元"),
        (186523700, '0!.0,"万元"', "186523700"),
        (186523700, '0!.0000"万元"', "186523700"),
    ],
)
def test_a_unit_in_the_format_says_what_is_meant(
    tmp_path: Path, stored: float, code: str, notice: str
) -> None:
    source = changed(tmp_path, (BUDGET_TOTAL, stored, code))
    assert value(source, BUDGET_TOTAL) == Decimal("18652.37")
    assert notice in " ".join(problem.message for problem in source.reading_problems)
    assert {severity for severity, _, _ in told(source)} == {"notice"}


@pytest.mark.parametrize(
    "code",
    [
        '0.00"万元"',
        "#,##0.00_ ",
        "¥#,##0.00",
        '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        "0",
        "0.00E+00",
        "@",
    ],
)
def test_a_format_that_shows_the_number_itself_is_no_matter(tmp_path: Path, code: str) -> None:
    source = changed(tmp_path, (BUDGET_TOTAL, 18652.37, code))
    assert value(source, BUDGET_TOTAL) == Decimal("18652.37")
    assert told(source) == []


@pytest.mark.parametrize("code", ['#,##0.00"美元"', "[$$-409]#,##0.00", '0.00"‰"'])
def test_another_currency_is_no_amount(tmp_path: Path, code: str) -> None:
    source = changed(tmp_path, (BUDGET_TOTAL, 18652.37, code))
    assert problem_at(source, BUDGET_TOTAL).code == "not_a_number"


def test_a_zero_that_the_format_hides_is_a_zero(tmp_path: Path) -> None:
    source = changed(tmp_path, (("单位明细", "G9"), 0, "0.00;-0.00;"))
    assert value(source, ("单位明细", "G9")) == 0
    assert told(source) == []


@pytest.mark.parametrize(
    ("where", "stored"), [(COUNT, 1), (COUNT, 0.07), (BUDGET_TOTAL, 18652.37), (("指标自评", "F7"), 0.09)]
)
def test_a_percentage_where_none_is_asked_for_is_asked_about(
    tmp_path: Path, where: tuple[str, str], stored: float
) -> None:
    source = changed(tmp_path, (where, stored, "0%"))
    found = problem_at(source, where)
    assert found.code == "other_unit"
    assert "%" in found.message
    assert value(source, where) is None


def test_a_percentage_in_a_row_of_another_unit_is_asked_about(tmp_path: Path) -> None:
    source = changed(tmp_path, (ACTUAL, 3.265, "0.0%"))
    found = problem_at(source, ACTUAL)
    assert found.code == "other_unit"
    assert "326.5%" in found.message
    assert "万平方米" in found.message


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [(3.265, '0.00"百万"', "3.27百万"), (32.65, '0.0"%"', "32.7%"), (3, '0"‰"', "3‰"), (2, "$0", "$2")],
)
def test_a_multiple_in_a_row_of_another_unit_is_asked_about(
    tmp_path: Path, stored: float, code: str, text: str
) -> None:
    source = changed(tmp_path, (ACTUAL, stored, code))
    found = problem_at(source, ACTUAL)
    assert (found.code, found.value) == ("other_unit", text)


def test_the_unit_of_the_row_in_the_format_is_no_matter(tmp_path: Path) -> None:
    source = changed(tmp_path, (ACTUAL, 326.5, '0.0"万平方米"'), (COUNT, 7, '0"个"'))
    assert (value(source, ACTUAL), value(source, COUNT)) == (Decimal("326.5"), 7)
    assert told(source) == []


def test_a_multiple_in_the_format_of_a_count_is_asked_about(tmp_path: Path) -> None:
    assert problem_at(changed(tmp_path, (COUNT, 7, '0"万"')), COUNT).code == "other_unit"


def test_a_percentage_in_a_row_without_unit_is_read_and_told(tmp_path: Path) -> None:
    source = changed(tmp_path, (("绩效指标", "G14"), None, "General"), (ACTUAL_PERCENT, 0.924, "0.0%"))
    assert value(source, ACTUAL_PERCENT) == Decimal("92.4")
    assert "读作 92.4" in problem_at(source, ACTUAL_PERCENT).message


@pytest.mark.parametrize(
    ("stored", "code"), [(0.924, "0.0%"), (92.4, '0.0"%"'), ("92.4％", "General"), (92.4, "General")]
)
def test_a_percentage_where_one_is_asked_for(tmp_path: Path, stored: Any, code: str) -> None:
    source = changed(tmp_path, (ACTUAL_PERCENT, stored, code))
    assert value(source, ACTUAL_PERCENT) == Decimal("92.4")
    assert told(source) == []


@pytest.mark.parametrize(
    ("target", "actual", "where"),
    [
        ((90, "General"), (0.924, "General"), ACTUAL_PERCENT),
        ((0.9, "0%"), (0.924, "General"), ACTUAL_PERCENT),
        ((0.9, "General"), (92.4, "General"), TARGET_PERCENT),
        ((90, "General"), (1, "General"), ACTUAL_PERCENT),
    ],
)
def test_a_fraction_beside_a_percentage_is_asked_about(
    tmp_path: Path, target: tuple[float, str], actual: tuple[float, str], where: tuple[str, str]
) -> None:
    source = changed(tmp_path, (TARGET_PERCENT, *target), (ACTUAL_PERCENT, *actual))
    asked = [p for p in source.reading_problems if p.code == "maybe_fraction"]
    assert [(p.severity.value, str(p.place)) for p in asked] == [("warning", "!".join(where))]


@pytest.mark.parametrize(
    ("direction", "target", "actual"),
    [("≥", 0.9, 0.924), ("≤", 5, 0.05), ("≥", 90, 0.1), ("≥", 90, 92.4), ("≥", 2, 1.5)],
)
def test_small_percentages_that_may_well_be_meant(
    tmp_path: Path, direction: str, target: float, actual: float
) -> None:
    source = changed(
        tmp_path,
        (("绩效指标", "D14"), direction, "General"),
        (TARGET_PERCENT, target, "General"),
        (ACTUAL_PERCENT, actual, "General"),
    )
    assert [p for p in source.reading_problems if p.code == "maybe_fraction"] == []


def test_upgrade_keeps_what_was_asked_about_in_sight(tmp_path: Path) -> None:
    changed(tmp_path, (BUDGET_TOTAL, 18652370, "#,##0.00,"), (COUNT, 1, "0%"))
    new = tmp_path / "新.xlsx"
    new.write_bytes(upgrade(tmp_path / "改动.xlsx"))
    source = read(new)
    assert "18652370（显示为 18,652.37）" in problem_at(source, BUDGET_TOTAL).message
    assert problem_at(source, COUNT).value == "100%"
    assert read(DEMO).submission.model_copy(
        update={"budget": {}, "data": {}}
    ) == source.submission.model_copy(update={"budget": {}, "data": {}})
