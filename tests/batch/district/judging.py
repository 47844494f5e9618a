"""What the run over the fictional district must have found, no more and no less; sums as pandas works them out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.batch.district import faults
from tests.batch.district.folder import DONE, FAILED, OFFICES, SKIPPED, Folder
from tests.batch.district.making import form
from tests.batch.district.office import Office, names
from tests.batch.summary_cases import sheets, table

DUE = "2023年3月31日"
STRANGE = ("空白", "通讯录")
"""Workbooks that are no forms of anybody: they stand on one list, because nobody knows whom to write to."""


@dataclass(frozen=True)
class Run:
    """One run of ``batch`` over the district.

    Attributes:
        folder: what it was given.
        output: the output folder.
        json: its document on stdout.
        said: its messages on stderr.
    """

    folder: Folder
    output: Path
    json: Any
    said: str

    def table(self, sheet: str) -> list[dict[str, Any]]:
        """The lines of a sheet of 汇总表 by column head."""
        return table(sheets((self.output / "汇总表.xlsx").read_bytes())[sheet])


def name_of(number: int) -> str:
    """The name of a department."""
    return names()[number - 1][0]


@cache
def counted() -> tuple[Office, ...]:
    """The departments that pass."""
    return tuple(faults.planted(number) for number in OFFICES if number not in faults.NOT_COUNTED)


def scores_by_hand() -> pd.DataFrame:
    """A line for every department that passes and every row: weight, self-score, computed score, score."""
    return pd.DataFrame(
        {
            "部门": office.name,
            "指标": context.name,
            "分值": context.row.weight,
            "自评": office.self_scores.get(context.row.id),
            "计算": office.computed(context.row.id, context.row.weight),
            "得分": office.score(context.row.id, context.row.weight),
        }
        for office in counted()
        for context in form().rows
    )


def every_file_has_a_row(run: Run) -> None:
    lines = {line["文件"]: line for line in run.table("收到的文件") if line["文件"]}
    assert set(lines) == set(run.folder.sent)
    for name, sent in run.folder.sent.items():
        line = lines[name]
        assert line["结果"] == sent.fate, name
        assert sent.why in (line["说明"] or ""), (name, line["说明"])
        if sent.number and sent.number != faults.UNREADABLE and line["部门"]:
            assert line["部门"] == name_of(sent.number)
    words = sheets((run.output / "汇总表.xlsx").read_bytes())["收到的文件"]["A2"].value
    fates = [sent.fate for sent in run.folder.sent.values()]
    assert f"共 {len(fates)} 个文件" in str(words)
    for fate in (DONE, FAILED, SKIPPED):
        assert f"{fate} {fates.count(fate)} 个" in str(words)
    assert f"隐藏文件、临时文件 {run.folder.hidden} 个" in str(words)


def the_roster_is_compared(run: Run) -> None:
    lines = defaultdict(set)
    for line in run.table("应报未报"):
        if line["情况"]:
            lines[line["情况"]].add(line["单位名称"])
    listed = {number for number in OFFICES if number not in faults.UNLISTED}
    done = {office.name for office in counted() if office.number in listed}
    assert lines.pop("已报") == done
    assert lines.pop("不在名单上") == set(map(name_of, faults.UNLISTED))
    # Also the torn file, whose name alone tells whose it is.
    assert lines.pop("已报，没有通过") == set(map(name_of, faults.NOT_COUNTED))
    assert lines.pop("未报") == set(faults.MISSING)
    assert not lines


def returned_ones_have_their_errors(run: Run) -> None:
    """By file: the department, and the code of its first error."""
    files = {file["file"]: file for file in run.json["files"]}
    for number, (_, code) in faults.ERRORS.items():
        file = files[run.folder.file_of(number)]
        assert file["status"] == "failed"
        errors = [problem["code"] for problem in file["problems"] if problem["severity"] == "error"]
        assert errors == [code], name_of(number)
    with_errors = {file["department"] for file in run.json["files"] if file["status"] == "failed"} - {None}
    assert with_errors == {name_of(number) for number in faults.NOT_COUNTED - {faults.UNREADABLE}}


def passed_ones_have_their_warnings(run: Run) -> None:
    wanted = {(name_of(number), code) for number, (_, codes) in faults.WARNINGS.items() for code in codes}
    wanted |= {(name_of(number), "score_differs") for number in faults.DIFFERING}
    found = [
        (each["department"], warning["code"]) for each in run.json["warnings"] for warning in each["warnings"]
    ]
    assert set(found) == wanted
    assert found.count((name_of(4), "score_differs")) == faults.DIFFERING.count(4)
    lines = [line["部门"] for line in run.table("警告") if line["部门"]]
    assert sorted(lines) == sorted(department for department, _ in found)


def self_scores_above_the_data_are_summed(run: Run) -> None:
    scores = scores_by_hand()
    above = scores[scores["自评"].notna() & (scores["自评"] > scores["计算"])].copy()
    above["多评"] = above["自评"] - above["计算"]
    wanted = above.groupby("部门")["多评"].sum()
    found = {each["department"]: Decimal(each["excess"]) for each in run.json["self_scores"]}
    assert found == wanted.to_dict()
    lines = [line for line in run.table("自评与计算") if line["序号"]]
    assert {(line["部门"], line["指标"], Decimal(str(line["多评"]))) for line in lines} == {
        (row["部门"], row["指标"], row["多评"]) for _, row in above.iterrows()
    }
    total = next(line for line in run.table("自评与计算") if str(line["指标"]).startswith("合计"))
    assert Decimal(str(total["多评"])) == above["多评"].sum()


def everybody_gets_the_right_letter(run: Run) -> None:
    """退回 and 催报: a folder for each department that is to mend something, a letter for each that is missing."""
    returned = {folder.name for folder in (run.output / "退回").iterdir() if folder.is_dir()}
    assert returned == set(map(name_of, faults.NOT_COUNTED))
    listed = (run.output / "退回" / "看不出部门的文件.txt").read_text(encoding="utf-8-sig")
    assert listed.count(".xlsx：") == len(STRANGE) and all(f"/{name}.xlsx：" in listed for name in STRANGE)
    for number in faults.ERRORS:
        name = name_of(number)
        letter = (run.output / "退回" / name / "退回通知.txt").read_text(encoding="utf-8-sig")
        problem = next(
            problem
            for file in run.json["files"]
            if file["file"] == run.folder.file_of(number)
            for problem in file["problems"]
        )
        assert letter.startswith(f"{name}：")
        assert all(
            words in letter for words in (problem["place"], problem["message"], problem["remedy"], DUE)
        )
        assert (run.output / "退回" / name / f"{name}-标注.xlsx").is_file()
        assert (run.output / "退回" / name / "退回通知.docx").is_file()
    tied = (run.output / "退回" / name_of(faults.TIED) / "退回通知.txt").read_text(encoding="utf-8-sig")
    assert all(f"{place}/{name_of(faults.TIED)}.xlsx" in tied for place in ("机关", "补报"))
    reminded = {file.name for file in (run.output / "催报").iterdir()}
    assert reminded == {f"{name}.{ending}" for name in faults.MISSING for ending in ("txt", "docx")}


def departments_are_compared(run: Run) -> None:
    found = defaultdict(set)
    for doubt in run.json["doubts"]:
        found[doubt["kind"]].add(frozenset(party["department"] for party in doubt["departments"]))
    wanted = {
        "same_text": {frozenset(map(name_of, faults.SAME_TEXT))},
        "near_text": {frozenset(map(name_of, faults.NEAR_TEXT))},
        "other_name": {frozenset({name_of(number)}) for number in faults.OTHER_NAME},
        "outlying_amount": {frozenset({name_of(number)}) for number in faults.OUTLYING_AMOUNTS},
        "outlying_ratio": {frozenset({name_of(number)}) for number in faults.OUTLYING_RATIOS},
        "growth": {frozenset({name_of(number)}) for number in faults.GROWN},
    }
    assert found == wanted
    messages = {
        doubt["departments"][0]["department"]: doubt["message"]
        for doubt in run.json["doubts"]
        if doubt["kind"] == "other_name"
    }
    for number, other in faults.OTHER_NAME.items():
        assert name_of(other) in messages[name_of(number)]
    assert len([line for line in run.table("部门间核对") if line["疑点"]]) == len(run.json["doubts"])


def sums_are_those_of_pandas(run: Run) -> None:
    """部门排名, 指标分析, 等级分布 and 预算合计."""
    scores = scores_by_hand()
    totals = scores.groupby("部门")["得分"].sum().astype(float)
    ranking = read(run, "部门排名").dropna(subset=["部门"]).set_index("部门")
    assert set(ranking.index) == set(totals.index)
    assert (ranking["总分"].loc[totals.index].astype(float) == totals).all()
    assert (ranking["名次"].loc[totals.index] == totals.rank(method="min", ascending=False)).all()
    lost = scores.assign(失分=scores["分值"] - scores["得分"]).groupby("指标")["失分"].sum().astype(float)
    rows = read(run, "指标分析").dropna(subset=["序号"])
    analysed = rows.groupby("三级指标")["失分合计"].sum()
    by_name = {str(name).partition("\n")[0]: value for name, value in analysed.items()}
    assert by_name == pytest.approx(lost.to_dict(), abs=1e-9)
    grades = pd.cut(totals, [0, 60, 80, 90, 101], right=False, labels=["差", "中", "良", "优"]).value_counts()
    given = read(run, "等级分布").dropna(subset=["等级"]).set_index("等级")["部门数"]
    assert {grade: given[grade] for grade in grades.index} == grades.to_dict()
    budget = pd.DataFrame([office.budget for office in counted()]).sum()
    sums = read(run, "预算合计").set_index("填报范围").loc["合计"]
    for column in form().budget.columns:
        assert Decimal(str(sums[column.label])) == budget[column.id], column.label
    assert sums["部门数"] == len(counted())


def read(run: Run, sheet: str) -> pd.DataFrame:
    """A sheet of 汇总表 as pandas reads it."""
    return pd.read_excel(BytesIO((run.output / "汇总表.xlsx").read_bytes()), sheet_name=sheet, header=3)


CHECKS = (
    everybody_gets_the_right_letter,
    every_file_has_a_row,
    the_roster_is_compared,
    returned_ones_have_their_errors,
    passed_ones_have_their_warnings,
    self_scores_above_the_data_are_summed,
    departments_are_compared,
    sums_are_those_of_pandas,
)
