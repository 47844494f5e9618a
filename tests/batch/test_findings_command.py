"""``batch`` tells of warnings, high self-scores and doubts: on the terminal and as JSON, also against last year."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.batch.doubtful_district import COPIED
from tests.batch.offices import SAMPLE, office, tree, write
from tests.cli.calling import Outcome, call, spawn
from tests.forms_support import FICTIONAL
from zhengti_zip.batch.previous import read_only
from zhengti_zip.batch.settings import BatchSettings
from zhengti_zip.batch.task import Task
from zhengti_zip.printing.options import PrintOptions

pytestmark = pytest.mark.slow

COUNT = 9


def name(number: int) -> str:
    return f"虚构市第{number}局"


def save(folder: Path, number: int, data: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"局{number:04}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def planted(number: int) -> dict[str, Any]:
    """Departments 1 and 2 have one text, 3 names department 8, 4 has a high self-score."""
    data = office(number)
    if number in (1, 2):
        data["goals"][0]["completion"] = COPIED
    if number == 3:
        data["goals"][0]["completion"] = (
            f"全年共开展督导检查三十余次，{name(8)}全部完成了年初确定的工作任务，成效良好。"
        )
    if number == 4:
        data["scores"]["spending_rate"]["score"] = "9.7"
        data["data"] |= {"adjusted_budget": "1000", "spent": "950", "carried_over": "50"}  # 9.5 points
    return data


def last_year(number: int) -> dict[str, Any]:
    """A twelfth of the amounts of this year."""
    data = office(number)
    data["fields"]["year"] = 2021
    data["budget"] = {key: str(Decimal(amount) / 12) for key, amount in data["budget"].items()}
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("findings")
    for number in range(1, COUNT + 1):
        save(made / "填报", number, planted(number))
    save(made / "上年", 5, last_year(5))
    (made / "上年" / "坏.xlsx").write_bytes(b"PK\x03\x04 no more")
    return made


@pytest.fixture(scope="module")
def first(folder: Path) -> Outcome:
    return spawn(
        *("batch", folder / "填报", "-o", folder / "输出", "--docx", "--previous", folder / "上年", "--json")
    )


@pytest.fixture(scope="module")
def second(folder: Path, first: Outcome) -> Iterator[Outcome]:
    """The same command again, without JSON; the outputs are the same as after the first run."""
    before = tree(folder / "输出")
    outcome = spawn("batch", folder / "填报", "-o", folder / "输出", "--docx", "--previous", folder / "上年")
    assert tree(folder / "输出") == before
    yield outcome


def test_the_doubts_are_told_as_json(first: Outcome) -> None:
    assert first.code == 0, first.err
    found = {
        (doubt["kind"], doubt["certainty"], *(each["department"] for each in doubt["departments"]))
        for doubt in first.json["doubts"]
    }
    assert found == {
        ("same_text", "high", name(1), name(2)),
        ("other_name", "medium", name(3)),
        ("growth", "medium", name(5)),
    }
    growth = next(doubt for doubt in first.json["doubts"] if doubt["kind"] == "growth")
    assert "上年的 12 倍" in growth["evidence"][0] and growth["form"] == "haizhu-2022"


def test_self_scores_and_warnings_are_told_as_json(first: Outcome) -> None:
    [higher] = first.json["self_scores"]
    assert (higher["department"], higher["excess"]) == (name(4), "0.2")
    [row] = higher["rows"]
    assert (row["row"], row["self"], row["computed"]) == ("spending_rate", "9.7", "9.5")
    [warned] = (each for each in first.json["warnings"] if each["department"] == name(4))
    assert any("9.5" in warning["message"] for warning in warned["warnings"]), warned


def test_last_years_files_are_read_and_count_nowhere(folder: Path, first: Outcome) -> None:
    assert first.json["done"] == len(first.json["files"]) == COUNT
    assert not [arrival for arrival in first.json["arrivals"] if "上年" in arrival["file"]]
    made = set(tree(folder / "输出"))
    assert made == {f"局{n:04}.docx" for n in range(1, COUNT + 1)} | {"汇总表.xlsx", "汇总报告.pdf"}
    compared = [line["text"] for line in first.json["compared"]]
    assert compared[-1] == (
        "与上年比较：1 份；8 份没有找到更早年度的表，未比较；上年的文件中有 1 份没有读出部门，未使用"
    )


def test_the_terminal_tells_all_and_the_second_run_makes_nothing_again(second: Outcome) -> None:
    assert second.code == 0 and [Path(line).name for line in second.out.split()] == [
        "汇总表.xlsx",
        "汇总报告.pdf",
    ]
    for words in (
        "部门间核对有 3 处疑点",
        "文字相同",
        "1 份表有 1 行自评得分高于按数据得分，共多 0.2 分",
        "见汇总表的“警告”",
    ):
        assert words in second.err, words
    assert f"{COUNT} 份以前已处理，内容没有变化，未重做" in second.err


def test_last_year_among_this_years_inputs_is_refused(folder: Path, tmp_path: Path) -> None:
    outcome = call("batch", folder, "-o", tmp_path / "输出", "--previous", folder / "上年")
    assert outcome.code == 1 and "上年的文件也在本年的填报文件中" in outcome.err


def test_an_empty_folder_for_last_year_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "填报", 1)
    (tmp_path / "上年").mkdir()
    outcome = call("batch", tmp_path / "填报", "-o", tmp_path / "输出", "--previous", tmp_path / "上年")
    assert outcome.code == 1 and "没有填报文件" in outcome.err and not (tmp_path / "输出").exists()


@pytest.mark.parametrize(
    ("given", "file"), [("department-general", SAMPLE), (str(FICTIONAL), FICTIONAL / "sample.json")]
)
def test_last_years_file_is_of_the_form_it_names_or_else_of_the_one_given(given: str, file: Path) -> None:
    settings = BatchSettings(form=given, prints=PrintOptions(pdf=False, docx=False))
    answer = read_only(Task("上年.json", file.read_bytes(), settings))
    data = json.loads(file.read_text(encoding="utf-8"))
    assert (answer.result.form, answer.files) == (data["form"], {})
    assert answer.result.department
