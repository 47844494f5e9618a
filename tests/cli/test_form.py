"""``form check`` and ``form new``: what a maintainer of a form sees of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.calling import call
from tests.cli.test_help import assert_no_english
from tests.forms_support import EVERY_DEFINITION, FICTIONAL
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


COMMANDS = ("check", "new", "preview", "schema")


@pytest.mark.parametrize("args", [(), *((name,) for name in COMMANDS)], ids=["form", *COMMANDS])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_chinese(args: tuple[str, ...], option: str) -> None:
    page = call("form", *args, option)
    assert (page.code, page.err) == (0, "")
    command = " ".join(("zhengti-zip form", *args))
    assert page.out.startswith(f"用法：{command} ")
    assert "显示帮助" in page.out
    assert f"示例：\n  {command}" in page.out
    assert_no_english(page.out)


@pytest.mark.parametrize("name", COMMANDS)
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


@EVERY_DEFINITION
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


@pytest.mark.usefixtures("no_office")
def test_a_mistake_in_the_report_template_is_named_by_line(folder: Path) -> None:
    (folder / "report.md.j2").write_text("# 报告\n\n{{ reprot.total }}\n", encoding="utf-8")
    outcome = call("form", "check", folder)
    assert outcome.code == 1
    assert "report.md.j2 第 3 行  错误  {{ reprot.total }}\n" in outcome.out
    assert "    不能生成空白自评报告：没有名为“reprot”的变量\n" in outcome.out
    assert "共 1 处错误" in outcome.out


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


def test_a_form_for_another_year_says_what_is_to_be_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "yunshang-2033"
    outcome = call("form", "new", folder, "--from", FICTIONAL, "--year", "2033")
    assert (outcome.code, outcome.out) == (0, f"{folder / 'form.yaml'}\n")
    form = load_form(folder)
    assert (form.id, form.year, form.version) == ("yunshang-2033", 2033, 1)
    assert form.name == "2033年度云上市市级部门履职绩效报告表（虚构）"
    text = (folder / "form.yaml").read_text(encoding="utf-8").splitlines()
    for words in (
        "source 是原表的出处",
        "“投诉处置”：2030 年度起的规则，仍然适用",
        "仍写着 2031：note: 2031年起",
    ):
        line = next(line for line in outcome.err.splitlines() if words in line)
        number = int(line.split(" 第 ")[1].split(" 行")[0])
        assert any(word in text[number - 1] for word in ("source:", "since: 2030", "note: 2031年起"))
    assert any(
        line.startswith("  cases.yaml") and "2031年度投诉两件" in line for line in outcome.err.splitlines()
    )
    assert call("check", folder / "sample.json", "--form", folder).code in (0, 1)


@pytest.mark.parametrize(
    ("year", "words"),
    [("2030", "2031 年度起的规则，2030 年度还不适用"), ("2031", "2031 年度起的规则，仍然适用")],
)
def test_dated_rules_are_named_with_what_the_year_makes_of_them(
    tmp_path: Path, year: str, words: str
) -> None:
    outcome = call("form", "new", tmp_path / "yunshang", "--from", FICTIONAL, "--year", year)
    assert f"“项目全程管理（履约进度）”：{words}" in outcome.err


def test_a_rule_that_begins_with_the_new_year_is_named(folder: Path, tmp_path: Path) -> None:
    spoil(folder, "since: 2031\n", "since: 2032\n")
    outcome = call("form", "new", tmp_path / "next", "--from", folder, "--year", "2033")
    assert "2032 年度起的规则，2033 年度开始适用" in outcome.err


def test_a_new_form_without_a_year_is_told_so(tmp_path: Path) -> None:
    outcome = call("form", "new", tmp_path / "yunshang", "--from", FICTIONAL)
    assert "year 仍是 2031；是别的年度的表，改为那一年" in outcome.err


def test_a_title_with_the_old_year_goes_along(folder: Path, tmp_path: Path) -> None:
    spoil(folder, "  - 云上市市级部门履职绩效报告表（虚构）", '  - "2031年云上市: 报告表"')
    assert call("form", "new", tmp_path / "next", "--from", folder, "--year", "2033").code == 0
    assert load_form(tmp_path / "next").title[0] == "2033年云上市: 报告表"


def test_a_new_form_has_the_schema_beside_it_and_names_it_once(tmp_path: Path) -> None:
    for folder, start in ((tmp_path / "one", "haizhu-2022"), (tmp_path / "two", str(tmp_path / "one"))):
        assert call("form", "new", folder, "--from", start).code == 0
        text = (folder / "form.yaml").read_text(encoding="utf-8")
        assert text.startswith("# yaml-language-server: $schema=form.schema.json\n")
        assert text.count("yaml-language-server") == 1
        assert (folder / "form.schema.json").is_file()


def test_a_preview_is_a_picture_of_each_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = call("form", "preview", FICTIONAL, "--dpi", "40")
    assert (outcome.code, outcome.out) == (0, "fictional-2031.png\nfictional-2031-2.png\n")
    assert (tmp_path / "fictional-2031.png").read_bytes().startswith(b"\x89PNG")
    blank = (tmp_path / "fictional-2031.png").read_bytes()
    again = call("form", "preview", FICTIONAL, "--dpi", "40", "--filled", "-o", "fictional-2031.png")
    assert again.code == 0  # a preview replaces the one before
    assert (tmp_path / "fictional-2031.png").read_bytes() != blank


def test_a_preview_of_a_form_with_mistakes_lists_them(folder: Path, tmp_path: Path) -> None:
    line = spoil(folder, "value: fields.mission", "value: fields.missing")
    outcome = call("form", "preview", folder, "-o", tmp_path / "a.png")
    assert outcome.code == 1
    assert f"form.yaml 第 {line} 行  错误" in outcome.out
    assert "没有 fields.missing 这个值" in outcome.out
    assert not (tmp_path / "a.png").exists()
