"""``zhengti-zip form``: start, check or look at a form definition."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengti_zip.base.commands import typed
from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import HELP_NAMES, Command, Group
from zhengti_zip.cli.file_paths import check_outputs, write
from zhengti_zip.cli.parameters import PATH, flag, force_option, number_option, option, output_option
from zhengti_zip.cli.streams import busy, hint, printable, say, say_exactly, say_json, tell
from zhengti_zip.pdf.preview import LEAST_DPI, MOST_DPI

if TYPE_CHECKING:
    from zhengti_zip.form.mistakes import Mistake
    from zhengti_zip.formtools.checkup import CheckUp

CASES = "cases.yaml"
COLOURS = {"error": "red", "remark": "cyan"}


@click.group(
    "form",
    cls=Group,
    short_help="新建、检查、预览一张表的定义",
    help="新建、检查、预览一张表的定义：一张表就是一个文件夹，其中 form.yaml 写明它的字段、指标、评分规则和版面。",
    epilog="zhengti-zip form new huadu-2023\nzhengti-zip form check huadu-2023 --cases\n"
    "zhengti-zip form preview huadu-2023",
    no_args_is_help=True,
    context_settings={"help_option_names": HELP_NAMES},
)
def form() -> None:
    """Commands for maintainers of a form."""


@form.command(
    "check",
    cls=Command,
    short_help="检查一张表的定义",
    help="检查一张表的定义，一次列出所有错误：在第几行、错在哪里、怎样改正。\n"
    "定义没有错误时，再用空白的和虚构的内容试着生成工作簿、PDF、Word 文件和自评报告，"
    "核对工作簿中的公式与评分程序是否一致（需要 LibreOffice），并提示容易误解之处。\n"
    "有错误或有案例不符时返回 1；只有提示时返回 0。",
    epilog="zhengti-zip form check huadu-2023\nzhengti-zip form check haizhu-2022 --cases",
)
@click.argument("folder", type=PATH, metavar="文件夹", help="含 form.yaml 的文件夹，或表的编号")
@flag("--cases", "with_cases", words="同时运行 cases.yaml 中的案例：填什么数据，应得多少分")
def check(folder: Path, with_cases: bool) -> ExitCode:
    """Check a definition."""
    from zhengti_zip.form.loader import form_folder
    from zhengti_zip.formtools.checkup import check_up

    place = form_folder(folder)
    with busy("正在检查表的定义"):
        found = check_up(place, cases=with_cases)
    _print(found, with_cases)
    if not found.is_sound:
        say("请改正后再检查一次。")
        return ExitCode.INPUT_ERROR
    say(f"没有错误，可以使用：zhengti-zip template --form {typed(folder)}")
    return ExitCode.OK


def _print(found: CheckUp, with_cases: bool) -> None:
    for mistake in found.mistakes:
        _say_mistake(mistake)
    if found.mistakes:
        numbers = Counter(mistake.level.label for mistake in found.mistakes)
        say("共 " + "、".join(f"{number} 处{label}" for label, number in numbers.items()) + "。")
    if not with_cases or found.form is None:
        return
    failed = [result for result in found.cases if not result.passed]
    for result in failed:
        say(printable(f"{CASES} 第 {result.case.line} 行  不符  {result.case.name}"))
        for mismatch in result.mismatches:
            say(printable(f"    {mismatch}"))
    say(f"案例 {len(found.cases)} 个：{len(found.cases) - len(failed)} 个相符，{len(failed)} 个不符。")


def _say_mistake(mistake: Mistake) -> None:
    word = click.style(mistake.level.label, fg=COLOURS[mistake.level.value], bold=True)
    where = printable(mistake.path) or "（整个文件）"
    say_exactly(f"{mistake.file} 第 {mistake.line} 行  {word}  {where}", newline=True)
    say(printable(f"    {mistake.message}"))
    say(printable(f"    处理：{mistake.remedy}"))


@form.command(
    "new",
    cls=Command,
    short_help="以现有的表为底稿新建一张",
    help="以现有的表为底稿，在新文件夹中建一张表。文件夹名就是表的编号。\n"
    "写上 --year 则建为那一年度的表：名称和标题中的年份随之改变，并列出还需核对的各行，例如从某年起适用的规则。\n"
    "已有的文件夹不会被覆盖。",
    epilog="zhengti-zip form new huadu-2023\nzhengti-zip form new 表/haizhu-2023 --from haizhu-2022 --year 2023",
)
@click.argument("folder", type=PATH, metavar="文件夹", help="新文件夹；名称用小写字母、数字和“-”")
@option("--from", "start", words="底稿：哪一张表（编号或所在文件夹）；不写则为 haizhu-2022", metavar="表")
@number_option("--year", 2000, 2100, "年度", "新表的年度；不写则与底稿相同")
def new(folder: Path, start: str | None, year: int | None) -> ExitCode:
    """Start a definition."""
    from zhengti_zip.form.loader import DEFAULT_FORM
    from zhengti_zip.formtools.scaffold import new_form

    made = new_form(folder, start or DEFAULT_FORM, year)
    say(str(made.file))
    tell("请核对：")
    for line in made.review:
        tell(printable(f"  {line}"))
    hint(f"请按 docs/adding-a-form.md 修改，然后运行：zhengti-zip form check {typed(folder)} --cases")
    return ExitCode.OK


@form.command(
    "preview",
    cls=Command,
    short_help="看一张表打印出来的样子",
    help="把一张表的空白页面生成 PNG 图片，边写定义边看。第二页起文件名加上“-2”“-3”。\n"
    "定义有错误时不生成，列出错误并返回 1。",
    epilog="zhengti-zip form preview huadu-2023\nzhengti-zip form preview huadu-2023 --filled -o 样子.png",
)
@click.argument("folder", type=PATH, metavar="文件夹", help="含 form.yaml 的文件夹，或表的编号")
@output_option("文件", "图片文件；不写则为当前文件夹下的“表编号.png”，已有的会被替换", suffixes=(".png",))
@flag("--filled", words="填上虚构的内容")
@number_option("--dpi", LEAST_DPI, MOST_DPI, "数值", "每英寸点数，36 至 600，默认 110", 110)
def preview(folder: Path, output: Path | None, filled: bool, dpi: int) -> ExitCode:
    """Write one PNG file per page."""
    from zhengti_zip.form.loader import form_folder, inspect_form
    from zhengti_zip.formtools.trial import preview_pictures

    place = form_folder(folder)
    definition, mistakes = inspect_form(place)
    if definition is None or mistakes:
        for mistake in mistakes:
            _say_mistake(mistake)
        say("请改正后再看。")
        return ExitCode.INPUT_ERROR
    target = output or Path(f"{definition.id}.png")
    with busy("正在排版……"):
        pictures = preview_pictures(definition, dpi, filled=filled)
    names = [target, *(target.with_stem(f"{target.stem}-{n}") for n in range(2, len(pictures) + 1))]
    write(dict(zip(names, pictures, strict=True)))
    return ExitCode.OK


@form.command(
    "schema",
    cls=Command,
    short_help="输出 form.yaml 的 JSON Schema",
    help="输出 form.yaml 的 JSON Schema，供编辑器补全和检查。\n"
    "放在 form.yaml 旁边，并在 form.yaml 第一行写 # yaml-language-server: $schema=form.schema.json；"
    "form new 建的表已经有了。",
    epilog="zhengti-zip form schema -o huadu-2023/form.schema.json",
)
@output_option("文件", "写到哪个文件；不写则显示在终端", suffixes=(".json",))
@force_option()
def schema(output: Path | None, force: bool) -> ExitCode:
    """Print or write the schema."""
    from zhengti_zip.base.jsontext import json_text
    from zhengti_zip.formtools.form_schema import form_schema

    if output is None:
        say_json(form_schema())
        return ExitCode.OK
    check_outputs([output], force=force)
    write({output: json_text(form_schema()).encode("utf-8")})
    return ExitCode.OK
