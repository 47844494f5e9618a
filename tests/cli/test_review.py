"""``review``: what a reviewer changed in the Word file, and the new workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import Outcome, call
from tests.review.comment_edits import comment_on
from tests.review.wordlike import DEMO, built, edited, inner_controls, packed, parts_of, retype, track
from zhengti_zip import read
from zhengti_zip.cli.terminal_tables import changed_parts

REASON = "scores.spending_rate.reason"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """The demo's file with one tracked change, one untracked one and a comment."""
    content = retype(built(DEMO), {"goals.2.goal": "改过的第三条目标"})
    content = edited(content, lambda root: track(inner_controls(root, REASON)[0], "改过的原因"))
    return saved(tmp_path, comment_on(parts_of(content), {"budget.basic": [("审阅人乙", "与决算不符")]}))


def saved(folder: Path, content: bytes) -> Path:
    file = folder / "审阅.docx"
    file.write_bytes(content)
    return file


def reviewed(document: Path, *options: str | Path, workbook: Path = DEMO) -> Outcome:
    return call("review", document, "--workbook", workbook, *options)


def test_changes_and_comments_are_listed_and_the_workbook_written(document: Path, tmp_path: Path) -> None:
    target = tmp_path / "新.xlsx"
    done = reviewed(document, "-o", target)
    assert done.code == 0
    for words in ("改过的第三条目标", "改过的原因", "审阅人甲 2023-02-03 09:30", "与决算不符", "共 2 处改动"):
        assert words in done.out, words
    assert str(target) in done.out and "总分：94.55 分（不变）；等级：优（不变）" in done.out
    assert read(target).submission.goals[2].goal == "改过的第三条目标"


def test_rejected_changes_are_no_changes(document: Path) -> None:
    done = reviewed(document, "--original", "--json")
    assert [change["path"] for change in done.json["changes"]] == ["goals.2.goal"]


def test_json_has_all_changes_and_comments(document: Path) -> None:
    done = reviewed(document, "--json")
    data = done.json
    assert (done.code, data["ok"], data["problems"], data["output"]) == (0, True, [], None)
    assert data["refused"] == []
    assert data["changes"][1] == {
        "key": REASON,
        "decision": REASON,
        "kind": "edited",
        "path": REASON,
        "field": "部门预算资金支出率 未达标原因",
        "sheet": "指标自评",
        "cell": "G7",
        "before": read(DEMO).submission.score_entry("spending_rate").reason,
        "after": "改过的原因",
        "author": "审阅人甲",
        "date": "2023-02-03T09:30:00Z",
        "comments": [],
        "note": "",
    }
    assert data["comments"] == [
        {
            "field": "基本支出",
            "sheet": "部门预算",
            "cell": "B6",
            "author": "审阅人乙",
            "date": "2023-02-03T09:30:00Z",
            "text": "与决算不符",
        }
    ]
    assert data["before"] == data["after"] == {"total": "94.55", "grade": "优"}


def test_without_changes(tmp_path: Path) -> None:
    done = reviewed(saved(tmp_path, built(DEMO)))
    assert done.code == 0 and "填写的内容没有改动" in done.out


def test_errors_in_the_result_give_code_1_and_the_workbook_all_the_same(tmp_path: Path) -> None:
    document = saved(tmp_path, retype(built(DEMO), {"scores.spending_rate.score": "11"}))
    target = tmp_path / "新.xlsx"
    done = reviewed(document, "-o", target)
    assert done.code == 1 and target.exists()
    assert "F7" in done.out and "尚不能确定" in done.out
    assert call("check", target).code == 1


def test_nothing_is_overwritten(document: Path, tmp_path: Path) -> None:
    target = tmp_path / "新.xlsx"
    target.write_bytes(b"typed")
    assert reviewed(document, "-o", target).code == 4 and target.read_bytes() == b"typed"
    assert reviewed(document, "-o", target, "--force").code == 0
    workbook = tmp_path / "填报.xlsx"
    workbook.write_bytes(DEMO.read_bytes())
    for precious, code in ((document, 2), (workbook, 4)):  # a workbook is no .docx
        before = precious.read_bytes()
        assert reviewed(document, "-o", precious, "--force", workbook=workbook).code == code
        assert precious.read_bytes() == before


@pytest.mark.parametrize("json", [(), ("--json",)])
def test_what_cannot_be_read_has_code_1_and_a_remedy(tmp_path: Path, json: tuple[str, ...]) -> None:
    for content in (b"", b"PK\x03\x04", b"%PDF-1.7", packed({"a": b""}), DEMO.read_bytes()):
        done = reviewed(saved(tmp_path, content), *json)
        assert done.code == 1 and "Traceback" not in done.err
        assert "审阅.docx" in (done.json["problems"][0]["message"] if json else done.err)
    assert reviewed(tmp_path / "没有.docx", *json).code == 1


def test_the_copies_of_several_reviewers_are_merged(document: Path, tmp_path: Path) -> None:
    other, target = tmp_path / "审阅乙.docx", tmp_path / "新.xlsx"
    other.write_bytes(retype(built(DEMO), {"budget.basic": "7", REASON: "另一种原因"}))
    done = call("review", document, other, "--workbook", DEMO, "-o", target)
    assert done.code == 1  # two reasons
    for words in ("冲突：审阅.docx、审阅乙.docx 改得不一样", "审阅人甲（审阅.docx）", "共 2 处改动"):
        assert words in done.out.replace("\n", ""), words
    assert read(target).submission.budget["basic"] == 7
    assert call("review", document, other, "--workbook", DEMO, "-o", other, "--force").code == 2


def test_the_workbook_must_be_named(document: Path) -> None:
    assert call("review", document).code == 2


def test_long_texts_are_shown_where_they_differ() -> None:
    before, after = "甲" * 100 + "1,297" + "乙" * 100, "甲" * 100 + "1,298" + "乙" * 100
    assert changed_parts(before, after) == (f"…{'甲' * 8}1,297{'乙' * 8}…", f"…{'甲' * 8}1,298{'乙' * 8}…")
    assert changed_parts("短", "更短") == ("短", "更短")
    assert changed_parts("全" * 50, "改" * 50) == ("全" * 50, "改" * 50)
    assert len(changed_parts("全" * 5000, "改")[0]) == 300
