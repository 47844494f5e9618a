"""The figures of a batch equal a computation with pandas, ties and thresholds included."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from tests.batch.summary_cases import (
    department,
    failure,
    figures,
    form,
    forms,
    other_form,
    score_head,
    scored,
    sheets,
    table,
)
from zhengti_zip.batch.duplicates import CODE as DUPLICATE
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.summary.figures import divided
from zhengti_zip.batch.summary.workbook import summary_workbook
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring.evaluation import grade_of


def frame(results: list[Result]) -> pd.DataFrame:
    """Results as a data frame, made from their JSON."""
    lines = [json.loads(result.to_json()) for result in results]
    flat = [
        {
            "name": line["name"],
            "department": line["department"],
            "scope": line["scope"],
            "total": float(line["total"]),
            "grade": line["grade"],
            **{f"score.{key}": float(value) for key, value in line["scores"].items()},
            **{f"budget.{key}": float(value or 0) for key, value in line["budget"].items()},
        }
        for line in lines
        if line["status"] == "done"
    ]
    return pd.DataFrame(flat)


@pytest.fixture(scope="module")
def many() -> tuple[pd.DataFrame, dict[str, list[dict[str, Any]]]]:
    """2,000 departments and 25 failures: as data frame and as workbook."""
    results = [scored(number) for number in range(2000)]
    results += [failure(f"失败{number}.xlsx", "没有填写") for number in range(25)]
    written = sheets(summary_workbook(figures(results)))
    return frame(results), {title: table(sheet) for title, sheet in written.items()}


def close(given: Any, wanted: Any) -> bool:
    """Equal up to the last of the 15 digits of a cell."""
    return bool(given == pytest.approx(float(wanted), rel=1e-12, abs=1e-9))


@pytest.mark.slow
def test_ranks_and_totals_of_2000_departments(many: Any) -> None:
    data, written = many
    lines = {line["填报文件"]: line for line in written["部门排名"]}
    ranks = data["total"].rank(method="min", ascending=False).astype(int)
    assert len(lines) == len(data) == 2000
    assert data["total"].duplicated().any(), "no tie among the cases"
    for rank, (_, row) in zip(ranks, data.iterrows(), strict=True):
        line = lines[row["name"]]
        assert (line["名次"], line["总分"], line["等级"]) == (rank, row["total"], row["grade"])
        assert all(line[score_head(c.row.id)] == row[f"score.{c.row.id}"] for c in form().rows)


def test_indicators_of_2000_departments(many: Any) -> None:
    data, written = many
    by_number = {line["序号"]: line for line in written["指标分析"] if line["序号"]}
    lost_in_all = 0.0
    for number, context in enumerate(form().rows, start=1):
        scores, weight, line = data[f"score.{context.row.id}"], float(context.row.weight), by_number[number]
        lost_in_all += (weight - scores).sum()
        assert line["三级指标"] == context.name
        assert close(line["平均分"], scores.mean())
        assert close(line["得分率"], scores.mean() / weight)
        assert (line["最高分"], line["最低分"]) == (scores.max(), scores.min())
        assert close(line["失分合计"], (weight - scores).sum())
        assert line["未满分部门数"] == (scores < weight).sum()
        assert close(line["未满分占比"], (scores < weight).mean())
    assert close(written["指标分析"][-1]["失分合计"], lost_in_all)
    assert sum(line["占全部失分"] for line in by_number.values()) == pytest.approx(1)
    losses = [line["失分合计"] for line in written["指标分析"][:-1]]
    assert losses == sorted(losses, reverse=True)


def test_grades_and_score_bands_of_2000_departments(many: Any) -> None:
    data, written = many
    counts = data["grade"].value_counts()
    grades = {line["等级"]: line for line in written["等级分布"] if line["等级"]}
    assert {name: line["部门数"] for name, line in grades.items()} == {
        band.name: counts.get(band.name, 0) for band in form().grade.bands
    }
    lines = [(line["分数段"], line["部门数 2"]) for line in written["等级分布"] if line["分数段"]]
    lowest = int(lines[0][0].partition("～")[0])
    assert lowest <= data["total"].min() < lowest + 5
    # 100 lies in the last band; every other limit belongs to the band above it.
    cut = pd.cut(data["total"].clip(upper=99.999), range(lowest, 101, 5), right=False)
    assert [count for _, count in lines] == cut.value_counts(sort=False).tolist()


def test_budgets_of_2000_departments(many: Any) -> None:
    data, written = many
    sums = data.groupby("scope").sum(numeric_only=True)
    for line in written["预算合计"]:
        chosen = sums.sum() if line["填报范围"] == "合计" else sums.loc[line["填报范围"]]
        for column in form().budget.columns:
            assert close(line[column.label], round(chosen[f"budget.{column.id}"], 2)), column.label
    assert [line["填报范围"] for line in written["预算合计"]] == ["本级", "汇总", "合计"]
    assert [line["部门数"] for line in written["预算合计"]] == [
        *data["scope"].value_counts().sort_index(),
        2000,
    ]


def test_equal_totals_share_a_rank() -> None:
    totals = {"丁局": "80", "甲局": "99.5", "丙局": "90", "乙局": "90", "戊局": "80"}
    ranked = figures([department(name, total) for name, total in totals.items()]).ranked
    assert [(item.rank, item.result.department) for item in ranked] == [
        (1, "甲局"),
        (2, "丙局"),
        (2, "乙局"),
        (4, "丁局"),
        (4, "戊局"),
    ]


@pytest.mark.parametrize(
    ("total", "grade", "band"),
    [
        ("100", "优", "95～100"),
        ("95", "优", "95～100"),
        ("94.99", "优", "90～95"),
        ("90", "优", "90～95"),
        ("89.99", "良", "85～90"),
        ("80", "良", "80～85"),
        ("79.99", "中", "75～80"),
        ("60", "中", "60～65"),
        ("59.99", "差", "55～60"),
        ("0", "差", "0～5"),
    ],
)
def test_both_sides_of_every_threshold(total: str, grade: str, band: str) -> None:
    found = figures([department("某局", total)])
    assert [item.name for item in found.grades if item.count] == [grade]
    assert [f"{b.low:f}～{b.high:f}" for b in found.bands if b.count] == [band]


def test_the_grade_is_taken_from_the_form() -> None:
    found = figures([department("某局", "59", grade="优"), department("他局", "95", grade="特优")])
    assert [(grade.name, grade.count) for grade in found.grades] == [
        ("优", 1),
        ("良", 0),
        ("中", 0),
        ("差", 0),
        ("特优", 1),
    ]


def test_failed_files_and_forms_without_total_are_in_no_figure() -> None:
    draft = department("草稿局", "90", total=None, grade="")
    twice = failure("乙局.xlsx", department="乙局", total=Decimal(100))
    found = figures([department("甲局", "70"), draft, twice])
    assert [item.result.department for item in found.ranked] == ["甲局"]
    assert found.without_total == (draft,) and found.failed == (twice,)
    assert found.average == found.median == Decimal(70)
    assert found.lost == Decimal(30)
    assert [line.sums["total"] for line in found.budgets] == [Decimal("1.00")]


def test_departments_with_several_files_are_counted() -> None:
    first, second = failure("a.xlsx", "重复"), failure("b.xlsx", "重复")
    twice = [
        Result.from_json(result.to_json().replace('"code": "required"', f'"code": "{DUPLICATE}"'))
        for result in (first, second)
    ]
    assert len(figures([*twice, failure("c.xlsx", "没有填写")]).duplicates) == 2


def test_files_of_unknown_form_join_the_only_form() -> None:
    unknown, known = failure("a.xlsx", form=""), department("甲局", "90")
    assert divided([known, unknown], forms()) == {form().id: [unknown, known]}
    assert divided([unknown], forms()) == {"": [unknown]}
    assert divided([], forms()) == {}


def test_results_are_divided_by_form() -> None:
    other, stranger = scored(1, other_form()), department("乙局", "90", form="elsewhere-2022")
    unknown, known = failure("a.xlsx", form=""), department("甲局", "90")
    found = divided([known, unknown, other, stranger], forms())
    assert {key: len(group) for key, group in found.items()} == {"": 2, form().id: 1, other_form().id: 1}


@pytest.mark.parametrize("definition", [form(), other_form()], ids=lambda definition: str(definition.id))
def test_any_form_can_be_summed_up(definition: FormDefinition) -> None:
    results = [scored(number, definition) for number in range(30)]
    found = figures(results, definition)
    assert sum(grade.count for grade in found.grades) == sum(band.count for band in found.bands) == 30
    reached = [grade_of(definition, item.total) for item in found.ranked]
    assert [item.result.grade for item in found.ranked] == [grade.name for grade in reached if grade]
    assert found.lost == definition.full_score * 30 - sum(found.totals)
    assert summary_workbook(found).startswith(b"PK")
