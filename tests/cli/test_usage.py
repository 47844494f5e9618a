"""Wrong calls: exit code 2, a Chinese sentence, the usage line, and nothing on stdout."""

from __future__ import annotations

import click
import pytest

from tests.cli.calling import SAMPLE, call
from tests.cli.test_help import assert_no_english
from zhengti_zip.cli.chinese import Command, Misuse, usage_message

CASES = [
    (["chek"], "没有命令 chek。您要的是不是 check？", "用法：zhengti-zip 命令 [选项]"),
    (["CHECK"], "没有命令 CHECK。您要的是不是 check？", "用法：zhengti-zip 命令 [选项]"),
    (["chekc"], "没有命令 chekc。您要的是不是 check？", "用法：zhengti-zip 命令 [选项]"),
    (["exp"], "没有命令 exp。您要的是不是 explain 或 export？", "用法：zhengti-zip 命令 [选项]"),
    (["检查"], "没有命令 检查。您要的是不是 check 或 doctor？", "用法：zhengti-zip 命令 [选项]"),
    (["组织部.xlsx"], "没有命令 组织部.xlsx。请先写命令，再写文件，例如 zhengti-zip check 组织部.xlsx\n", ""),
    (["form", "prevew"], "没有命令 prevew。您要的是不是 preview？", "用法：zhengti-zip form 命令 [选项]"),
    (["help", "chekc"], "没有命令 chekc。您要的是不是 check？", "用法：zhengti-zip 命令 [选项]"),
    (["nothing-like-it"], "没有命令 nothing-like-it\n", ""),
    (["check", "--fore", "a.xlsx"], "没有选项 --fore。您要的是不是 --force？", "用法：zhengti-zip check"),
    (["check", "--JSON", "a.xlsx"], "没有选项 --JSON。您要的是不是 --json？", "用法：zhengti-zip check"),
    (
        ["check", "a.xlsx", "——json"],
        "多余的参数：——json。选项前面要用英文的减号：--json",
        "用法：zhengti-zip check",
    ),
    (
        ["preview", "a.xlsx", "--dpi", "35"],
        "--dpi 的内容不对，要写 36 到 600 的整数",
        "用法：zhengti-zip preview",
    ),
    (
        ["preview", "a.xlsx", "--dpi", "高"],
        "--dpi 的内容不对，要写 36 到 600 的整数",
        "用法：zhengti-zip preview",
    ),
    (["forms", "-q", "-v"], "-q 和 -v 不能同时使用", "用法：zhengti-zip forms"),
    (["-q", "forms", "-v"], "-q 和 -v 不能同时使用", "用法：zhengti-zip forms"),
    (["completion", "fish"], "终端 的内容不对，只能是 bash、zsh、powershell", "用法：zhengti-zip completion"),
    (["--verzion"], "没有选项 --verzion。您要的是不是 --version？", "用法：zhengti-zip 命令 [选项]"),
    (["--"], "缺少命令", "用法：zhengti-zip 命令 [选项]"),
    (["check"], "缺少参数 填报文件", "用法：zhengti-zip check [选项] 填报文件"),
    (["check", "a.xlsx", "b.xlsx"], "多余的参数：b.xlsx", "用法：zhengti-zip check [选项] 填报文件"),
    (["check", "--jsn", "a.xlsx"], "没有选项 --jsn。您要的是不是 --json？", "用法：zhengti-zip check"),
    (["check", "-x", "a.xlsx"], "没有选项 -x", "用法：zhengti-zip check"),
    (["check", "a.xlsx", "--form"], "选项 --form 后面缺少内容", "用法：zhengti-zip check"),
    (["check", "a.xlsx", "--json=1"], "选项 --json 后面不能带值", "用法：zhengti-zip check"),
    (["export", "a.xlsx"], "缺少选项 -o / --output", "用法：zhengti-zip export"),
    (["fill", "a.json", "-o"], "选项 -o 后面缺少内容", "用法：zhengti-zip fill"),
    (["forms", "haizhu"], "多余的参数：haizhu", "用法：zhengti-zip forms [选项]\n"),
]


@pytest.mark.parametrize(("args", "message", "usage"), CASES, ids=[" ".join(case[0]) for case in CASES])
def test_a_wrong_call_is_explained(args: list[str], message: str, usage: str) -> None:
    outcome = call(*args)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"错误：{message}\n{usage}" if usage else f"错误：{message}")
    assert outcome.err.rstrip().endswith("--help")
    assert_no_english(outcome.err)


@pytest.mark.parametrize("command", ["template", "check", "score", "build", "schema"])
def test_an_unknown_form_is_a_usage_error_naming_the_forms_there_are(command: str) -> None:
    inputs = [] if command in ("template", "schema") else [SAMPLE]
    outcome = call(command, *inputs, "--form", "haizhu-1999")
    assert (outcome.code, outcome.out) == (2, "")
    assert "haizhu-1999" in outcome.err
    assert "haizhu-2022" in outcome.err


def raised(error: click.UsageError, param: click.Parameter | None = None) -> str:
    command = Command("改", params=[param] if param else [])
    error.ctx = click.Context(command)
    return usage_message(error)


def test_every_other_usage_error_of_click_is_chinese_too() -> None:
    """Errors that no present option can cause."""
    choice = click.Option(["--kind"], type=click.Choice(["甲", "乙"]))
    assert raised(click.BadParameter("boo", param=choice), choice) == "--kind 的内容不对，只能是 甲、乙"
    assert raised(click.BadParameter("boo")) == "参数的内容不对"
    assert raised(click.BadArgumentUsage("boo")) == "命令的写法不对"
    assert raised(click.MissingParameter()) == "缺少参数"
    assert raised(Misuse("两个选项不能同时使用")) == "两个选项不能同时使用"
