"""``-q`` and ``-v``: what is said beside the result. The result itself never changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import COMMANDS, SAMPLE, call, with_errors, with_warning


def test_quiet_leaves_the_next_step_out(tmp_path: Path) -> None:
    target = tmp_path / "组织部.xlsx"
    done = call("template", "-q", "-o", target)
    assert (done.code, done.out, done.err) == (0, f"{target}\n", "")
    assert "zhengti-zip check" in call("template", "-o", target, "--force").err


def test_quiet_leaves_no_problem_out(tmp_path: Path) -> None:
    warned = call("build", with_warning(tmp_path), "-o", tmp_path / "出", "-q", "--pdf")
    assert warned.code == 0
    assert "共 1 处警告" in warned.err and "总分" not in warned.err
    wrong = with_errors(tmp_path)
    assert call("score", "-q", wrong).err == call("score", wrong).err != ""


def test_the_switches_may_stand_before_the_command(tmp_path: Path) -> None:
    assert call("-q", "template", "-o", tmp_path / "甲.xlsx").err == ""


def test_detailed_tells_what_was_read_and_written_and_how_long_it_took(tmp_path: Path) -> None:
    done = call("build", SAMPLE, "-o", tmp_path, "-v")
    assert done.out == call("build", SAMPLE, "-o", tmp_path).out
    for words in (f"已读取 {SAMPLE}：", "（haizhu-2022）", "正在排版：用时 ", "返回 0"):
        assert words in done.err
    assert "已读取" not in call("build", SAMPLE, "-o", tmp_path).err, "the level is that of one call"


def test_detailed_shows_the_trace_of_an_error(tmp_path: Path) -> None:
    assert "Traceback" in call("check", tmp_path / "没有.xlsx", "-v").err
    assert "Traceback" not in call("check", tmp_path / "没有.xlsx").err


def test_a_quiet_batch_lists_only_what_failed(tmp_path: Path) -> None:
    (tmp_path / "入").mkdir()
    with_errors(tmp_path / "入")
    (tmp_path / "入" / "说明.txt").write_text("不是填报文件", encoding="utf-8")
    done = call("batch", tmp_path / "入", "-o", tmp_path / "出", "--workers", "1", "-q")
    assert done.code == 5
    assert "失败的文件" in done.err and "生成的文件在" not in done.err
    assert "说明.txt" in done.err and "跳过的原因见" not in done.err
    again = call("batch", tmp_path / "入", "-o", tmp_path / "出", "--workers", "1", "-v")
    assert "部门.json：失败" in again.err and "生成的文件在" in again.err and "跳过的原因见" in again.err


def test_a_quiet_recheck_says_nothing_of_what_went_well(tmp_path: Path) -> None:
    papers = tmp_path / "底稿"
    calls: list[list[str | Path]] = [
        ["recheck", "paper", SAMPLE, "-o", papers],
        ["recheck", "paper", SAMPLE, "-o", papers],  # there already
        ["recheck", "sum", papers, "-o", tmp_path / "汇总.xlsx", "--force"],  # not reviewed yet
        ["recheck", "sample", SAMPLE, "--share", "100%", "--seed", "7"],
    ]
    for command in calls:
        assert call(*command, "-q").err == ""
    for command, words in zip(calls[2:], ("还没有复核", "抽取 1 份"), strict=True):
        assert words in call(*command).err


def test_a_quiet_trend_lists_only_what_is_not_counted(tmp_path: Path) -> None:
    wrong = with_errors(tmp_path)
    command = ("trend", SAMPLE, "-o", tmp_path / "趋势.xlsx", "--force", "--workers", "1")
    assert call(*command, "-q").err == ""
    assert "只有 2022 一个年度的文件" in call(*command).err
    quiet = call(*command, wrong, "-q")
    assert quiet.code == 5
    assert "没有计入的文件" in quiet.err and wrong.name in quiet.err and "一个年度" not in quiet.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_both(command: str) -> None:
    page = call(command, "--help").out
    assert "-q, --quiet" in page and "-v, --verbose" in page
