"""``diff`` and ``build --compare``: what moved since last time."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.cli.calling import DEMO, SAMPLE, Outcome, call, sample, with_errors, written
from tests.forms_support import FICTIONAL


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The sample in a folder of its own."""
    return Path(shutil.copy(SAMPLE, tmp_path / "去年.json"))


def moved(folder: Path) -> Path:
    """The sample with a row more, a number and a text changed."""
    data = sample()
    data["goals"].insert(0, {"goal": "新建图书馆一座。", "completion": "主体结构封顶。"})
    data["scores"]["spending_rate"]["score"] = "8"
    data["fields"]["department"] += "（筹）"
    return written(folder, data, "今年.json")


def test_equal_files_give_zero(old: Path) -> None:
    outcome = call("diff", old, SAMPLE)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "填报内容相同。\n总分：99 分（不变）；等级：优（不变）\n"


def test_different_files_give_one_and_every_difference_in_the_order_of_the_form(old: Path) -> None:
    outcome = call("diff", old, moved(old.parent))
    assert (outcome.code, outcome.err) == (1, "")
    lines = outcome.out.splitlines()
    assert lines[0].split() == ["项目", "原来", "现在"]
    name = sample()["fields"]["department"]
    assert lines[2].split() == ["部门名称", name, f"{name}（筹）"]
    assert re.split("  +", lines[3]) == [
        "年度目标 第 1 条（新增）",
        "（没有这一行）",
        "绩效目标：新建图书馆一座。；完成情况：主体结构封顶。",
    ]
    assert re.split("  +", lines[4]) == ["部门预算资金支出率 自评分", "9 分", "8 分"]
    assert lines[5:] == ["", "共 3 处不同。", "总分：99 分 → 98 分；等级：优（不变）"]


def test_of_a_long_text_only_the_change_is_shown(old: Path) -> None:
    data = sample()
    text = data["goals"][0]["completion"]
    assert len(text) > 60
    data["goals"][0]["completion"] = text[:30] + "（已核实）" + text[30:]
    outcome = call("diff", old, written(old.parent, data))
    assert f"…{text[22:30]}（已核实）{text[30:38]}…" in outcome.out
    assert text[:20] not in outcome.out


def test_json_has_all_differences(old: Path) -> None:
    outcome = call("diff", old, moved(old.parent), "--json")
    assert (outcome.code, outcome.err) == (1, "")
    data = outcome.json
    assert data["equal"] is False
    assert data["form"] == "haizhu-2022"
    assert data["total"] == {"before": "99", "after": "98"}
    assert data["grade"] == {"before": "优", "after": "优"}
    assert data["problems"] == []
    assert [(d["kind"], d["path"]) for d in data["differences"]] == [
        ("changed", "fields.department"),
        ("added", "goals.0"),
        ("changed", "scores.spending_rate.score"),
    ]
    assert data["differences"][2] == {
        "kind": "changed",
        "path": "scores.spending_rate.score",
        "label": "部门预算资金支出率 自评分",
        "before": "9",
        "after": "8",
        "unit": "分",
    }


def test_json_of_equal_files(old: Path) -> None:
    outcome = call("diff", old, SAMPLE, "--json")
    assert outcome.code == 0
    assert (outcome.json["equal"], outcome.json["differences"]) == (True, [])


def not_compared(outcome: Outcome) -> dict[str, Any]:
    assert outcome.code == 6
    data: dict[str, Any] = outcome.json
    assert (data["equal"], data["differences"]) == (None, [])
    return data


@pytest.mark.parametrize("swapped", [False, True])
def test_a_file_that_cannot_be_read_is_not_the_same_as_a_difference(old: Path, swapped: bool) -> None:
    files = [old, old.parent / "没有.xlsx"]
    files = files[::-1] if swapped else files
    outcome = call("diff", *files)
    assert (outcome.code, outcome.out) == (6, "")
    assert "找不到文件" in outcome.err
    assert "处理：" in outcome.err
    (problem,) = not_compared(call("diff", *files, "--json"))["problems"]
    assert problem["code"] == "unreadable"


def test_another_form_cannot_be_compared(old: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "sample.pdf"
    assert call("build", FICTIONAL / "sample.json", "--form", FICTIONAL, "--pdf", "-o", tmp_path).code == 0
    outcome = call("diff", old, pdf, "--form", FICTIONAL)
    assert (outcome.code, outcome.out) == (6, "")
    assert "haizhu-2022" in outcome.err


def test_unknown_keys_cannot_be_compared_and_are_named(old: Path) -> None:
    data = sample()
    data["fields"]["departement"] = "某局"
    file = written(old.parent, data)
    outcome = call("diff", old, file)
    assert (outcome.code, outcome.out) == (6, "")
    assert "没有 fields.departement 这个键" in outcome.err
    assert [p["code"] for p in not_compared(call("diff", old, file, "--json"))["problems"]] == ["unknown_key"]


def test_a_value_that_could_not_be_read_is_a_difference_shown_as_typed(old: Path) -> None:
    outcome = call("diff", old, with_errors(old.parent))
    assert outcome.code == 1
    assert "约一千万（无法识别）" in outcome.out
    assert "（空）" in outcome.out


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_printed_file_is_compared_with_what_it_was_printed_from(old: Path, kind: str) -> None:
    assert call("build", old, f"--{kind}").code == 0
    made = old.with_suffix(f".{kind}")
    assert call("diff", made, old).code == 0
    assert call("diff", made, moved(old.parent), "--json").json["differences"][1]["path"] == "goals.0"


# build --compare


def document(file: Path) -> str:
    with ZipFile(file) as archive:
        return archive.read("word/document.xml").decode("utf-8")


@pytest.mark.parametrize("kind", ["json", "pdf", "docx"])
def test_the_word_file_shows_changes_since_any_kind_of_file(old: Path, kind: str, tmp_path: Path) -> None:
    if kind != "json":
        assert call("build", old, f"--{kind}").code == 0
    folder = tmp_path / "报送"
    now = moved(old.parent)
    outcome = call("build", now, "--compare", old.with_suffix(f".{kind}"), "-o", folder)
    assert outcome.code == 0, outcome.err
    assert sorted(Path(line).name for line in outcome.out.splitlines()) == ["今年.docx", "今年.pdf"]
    text = document(folder / "今年.docx")
    assert "<w:ins " in text
    assert "<w:del " in text
    assert call("diff", folder / "今年.docx", now).code == 0


def test_compared_with_itself_the_word_file_is_the_usual_one(old: Path, tmp_path: Path) -> None:
    assert call("build", old, "--docx", "-o", tmp_path / "一").code == 0
    assert call("build", old, "--docx", "--compare", DEMO, "-o", tmp_path / "二").code == 0
    assert call("build", old, "--docx", "--compare", SAMPLE, "-o", tmp_path / "三").code == 0
    usual, other, same = (tmp_path / name / "去年.docx" for name in "一二三")
    assert same.read_bytes() == usual.read_bytes() != other.read_bytes()


def test_compare_without_docx_is_refused(old: Path) -> None:
    outcome = call("build", old, "--pdf", "--compare", SAMPLE)
    assert (outcome.code, outcome.out) == (2, "")
    assert "--docx" in outcome.err
    assert not old.with_suffix(".pdf").exists()


def test_the_file_compared_with_is_not_written_over(old: Path) -> None:
    assert call("build", old, "--docx").code == 0
    earlier = old.with_suffix(".docx")
    content = earlier.read_bytes()
    outcome = call("build", old, "--compare", earlier)
    assert (outcome.code, outcome.out) == (4, "")
    assert "-o" in outcome.err
    assert earlier.read_bytes() == content


@pytest.mark.parametrize("name", ["没有.xlsx", "坏.pdf"])
def test_a_file_to_compare_with_that_cannot_be_read_stops_the_build(old: Path, name: str) -> None:
    earlier = old.parent / name
    if name == "坏.pdf":
        earlier.write_bytes(b"%PDF-1.7 ")
    outcome = call("build", old, "--compare", earlier)
    assert (outcome.code, outcome.out) == (1, "")
    assert name in outcome.err
    assert not old.with_suffix(".docx").exists()


def test_values_not_understood_in_the_earlier_file_are_counted(old: Path) -> None:
    outcome = call("build", old, "--docx", "--compare", with_errors(old.parent))
    assert outcome.code == 0
    assert "部门.json 有 1 处内容无法识别" in outcome.err


def test_another_form_is_not_compared_with(old: Path) -> None:
    assert call("build", FICTIONAL / "sample.json", "--form", FICTIONAL, "--pdf", "-o", old.parent).code == 0
    outcome = call("build", old, "--docx", "--compare", old.parent / "sample.pdf")
    assert outcome.code == 2, "a form that is not installed is known by its folder only"
    assert not old.with_suffix(".docx").exists()
