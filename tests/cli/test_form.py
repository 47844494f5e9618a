"""``form check`` and ``form new``: what a maintainer of a form sees of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.calling import call
from tests.cli.test_help import assert_no_english
from tests.forms_support import BOTH_DEFINITIONS, FICTIONAL
from zhengti_zip.base.commands import typed
from zhengti_zip.cli.commands.form import form as group
from zhengti_zip.form.loader import load_form
from zhengti_zip.formtools import checkup


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the fictional form that a test may spoil."""
    copy = tmp_path / "yunshang-2032"
    shutil.copytree(FICTIONAL, copy)
    return copy


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice; the tests are quicker without the check of formulas."""
    monkeypatch.setattr(checkup, "find_office", lambda: None)


def spoil(folder: Path, old: str, new: str, name: str = "form.yaml") -> int:
    """Make a mistake; returns its line."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize("args", [(), ("check",), ("new",)], ids=["form", "check", "new"])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_chinese(args: tuple[str, ...], option: str) -> None:
    page = call("form", *args, option)
    assert (page.code, page.err) == (0, "")
    command = " ".join(("zhengti-zip form", *args))
    assert page.out.startswith(f"用法：{command} ")
    assert "显示帮助" in page.out
    assert f"示例：\n  {command}" in page.out
    assert_no_english(page.out)


@pytest.mark.parametrize("name", ["check", "new"])
def test_every_parameter_has_a_help_text(name: str) -> None:
    assert [param.name for param in group.commands[name].params if not getattr(param, "help", None)] == []


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "check"),
        (("chek",), "您要的是不是 check"),
        (("check",), "缺少参数 文件夹"),
        (("check", "haizhu-2022", "--case"), "您要的是不是 --cases"),
        (("check", "nowhere"), "没有名为“nowhere”的表"),
        (("new",), "缺少参数 文件夹"),
        (("new", "花都"), "“花都”不能作为表的编号"),
        (("new", "huadu-2023", "--from", "nothing"), "没有名为“nothing”的表"),
    ],
    ids=[
        "没有命令",
        "命令写错",
        "没有文件夹",
        "选项写错",
        "没有的表",
        "没有新文件夹",
        "不能作编号",
        "没有的底稿",
    ],
)
def test_a_wrong_call_is_a_usage_error(
    args: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = call("form", *args)
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.err
    assert list(tmp_path.iterdir()) == []


@BOTH_DEFINITIONS
@pytest.mark.usefixtures("no_office")
def test_a_sound_form_and_its_cases(folder: Path) -> None:
    outcome = call("form", "check", folder, "--cases")
    assert (outcome.code, outcome.err) == (0, "")
    assert "提示" in outcome.out  # the formulas were not checked
    assert "个相符，0 个不符。" in outcome.out
    assert f"没有错误，可以使用：zhengti-zip template --form {typed(folder)}" in outcome.out


@pytest.mark.usefixtures("no_office")
def test_an_id_serves_as_well_as_a_folder() -> None:
    outcome = call("form", "check", "haizhu-2022")
    assert outcome.code == 0
    assert "案例" not in outcome.out


def test_mistakes_are_listed_with_line_key_and_remedy(folder: Path) -> None:
    first = spoil(folder, "name: 履职成果\n    weight: 55", "name: 履职成果\n    weight: 54") + 1
    second = spoil(folder, "{name: 优良, at_least: 96", "{name: 优良, at_least: 196")
    outcome = call("form", "check", folder, "--cases")
    assert (outcome.code, outcome.err) == (1, "")
    assert f"form.yaml 第 {first} 行  错误  indicators.0.weight\n" in outcome.out
    assert f"form.yaml 第 {second} 行  错误  grade.lines.0.1.at_least\n" in outcome.out
    assert "共 3 处错误。" in outcome.out
    assert outcome.out.count("    处理：") == 3
    assert "案例" not in outcome.out  # nothing can be scored yet


@pytest.mark.usefixtures("no_office")
def test_a_case_that_comes_out_differently_is_named_with_the_working(folder: Path) -> None:
    spoil(folder, "{at_least: 92, points: 12.5}", "{at_least: 93, points: 12.5}")
    outcome = call("form", "check", folder, "--cases")
    assert outcome.code == 1
    assert "不符  执行率恰为 92%\n    资金执行率 应为 12.5，程序得 8（" in outcome.out
    assert "1 个不符。" in outcome.out
    assert call("form", "check", folder).code == 0


@pytest.mark.usefixtures("no_office")
def test_a_mistake_in_the_cases_is_named_by_line(folder: Path) -> None:
    old, new = "填报数据: {验收不合格项目数: 2}", "填报数据: {验收不合格项目: 2}"
    line = spoil(folder, old, new, "cases.yaml")
    outcome = call("form", "check", folder, "--cases")
    assert outcome.code == 1
    assert f"cases.yaml 第 {line} 行  错误" in outcome.out
    assert "是否为“验收不合格项目数”？" in outcome.out


def test_a_new_form_can_be_used_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "表" / "huadu-2023"
    outcome = call("form", "new", folder)
    assert (outcome.code, outcome.out) == (0, f"{folder / 'form.yaml'}\n")
    assert f"zhengti-zip form check {folder} --cases" in outcome.err
    assert load_form(folder).id == "huadu-2023"
    assert call("template", "--form", folder, "-o", tmp_path / "空白.xlsx").code == 0


def test_a_new_form_starts_from_another(tmp_path: Path) -> None:
    folder = tmp_path / "yunxia-2032"
    assert call("form", "new", folder, "--from", FICTIONAL).code == 0
    assert load_form(folder).full_score == 120
    assert (folder / "sample.json").exists()


def test_an_existing_folder_is_never_overwritten(folder: Path) -> None:
    before = (folder / "form.yaml").read_bytes()
    outcome = call("form", "new", folder)
    assert (outcome.code, outcome.out) == (4, "")
    assert "文件夹已存在" in outcome.err
    assert (folder / "form.yaml").read_bytes() == before


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("一个文件", encoding="utf-8")
    outcome = call("form", "new", tmp_path / "file" / "huadu-2023")
    assert (outcome.code, outcome.out) == (4, "")
    assert "不能写入" in outcome.err


def test_not_inside_the_form_it_starts_from(folder: Path) -> None:
    outcome = call("form", "new", folder / "huadu-2023", "--from", folder)
    assert (outcome.code, outcome.out) == (2, "")
    assert not (folder / "huadu-2023").exists()
